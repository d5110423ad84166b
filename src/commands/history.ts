import { renderHistory, historyJson } from '../render/history.ts'
import type { World } from '../world.ts'
import { findPerson } from './find.ts'
import { present, printJson } from './present.ts'

/** `coach history [NAME]` */
export async function run(
  world: World,
  name: string | undefined,
  options: { readonly json?: boolean },
): Promise<void> {
  const notebook = await world.read()
  const personId = name === undefined ? undefined : findPerson(notebook, name).person.id
  const sessions = notebook?.sessions.list(personId) ?? []
  if (options.json) printJson(world, sessions.map(historyJson))
  else if (sessions.length > 0) present(world, sessions, renderHistory)
  else world.say('No session yet. Begin with: coach session NAME\n')
}
