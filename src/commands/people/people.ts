import { personJson, renderPeople } from '../../render/people/people.ts'
import type { World } from '../../world.ts'
import { type JsonOptions, print, printJson } from '../../output/print.ts'

/** Flags of `coach people`. */
export interface PeopleOptions extends JsonOptions {
  readonly all?: boolean
}

/** `coach people` */
export async function run(world: World, options: PeopleOptions): Promise<void> {
  const notebook = await world.read()
  const people = (notebook?.people.summaries() ?? []).filter(
    (person) => options.all || person.archivedAt === null,
  )
  if (options.json) printJson(world, people.map(personJson))
  else if (people.length > 0) print(world, people, renderPeople)
  else world.tell('There is nobody yet. Begin with: coach session NAME\n')
}
