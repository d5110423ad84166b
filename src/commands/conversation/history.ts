import { renderHistory, historyJson } from '../../render/conversation/history.ts'
import { safe } from '../../text/text.ts'
import type { World } from '../../world.ts'
import { findPerson } from '../lookup.ts'
import { type JsonOptions, print, printJson } from '../../output/print.ts'

/** `coach history [NAME]` */
export async function run(
  world: World,
  name: string | undefined,
  options: JsonOptions,
): Promise<void> {
  const notebook = await world.read()
  const person = name === undefined ? undefined : findPerson(notebook, name).person
  const sessions = notebook?.sessions.list(person?.id) ?? []
  if (options.json) printJson(world, sessions.map(historyJson))
  else if (sessions.length > 0) print(world, sessions, renderHistory)
  else {
    const whose = person ? ` with ${safe(person.name)}` : ''
    world.tell(`No session${whose} yet. Begin with: coach session NAME\n`)
  }
}
