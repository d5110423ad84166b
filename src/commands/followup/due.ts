import { EXIT, type ExitCode } from '../../errors.ts'
import { type DueThing, dueThings } from '../../followup/due.ts'
import { dueJson, renderDue } from '../../render/followup/due.ts'
import type { World } from '../../world.ts'
import { findPerson } from '../lookup.ts'
import { print, printJson } from '../../output/print.ts'

/** Flags of `coach due`. */
export interface DueOptions {
  readonly person?: string
  readonly json?: boolean
}

/** `coach due`: one line for each overdue thing. @returns 10 when there is any, for scripts and shell prompts */
export async function run(world: World, options: DueOptions): Promise<ExitCode> {
  const notebook = await world.read()
  const personId =
    options.person === undefined ? undefined : findPerson(notebook, options.person).person.id
  // A conversation that is being prepared or recorded is no longer overdue.
  const begun = new Set(notebook?.sessions.unfinished().map((one) => one.personId))
  const planned = (notebook?.nextSessions.allPlanned() ?? []).filter(
    (one) => !begun.has(one.personId),
  )
  const things: readonly DueThing[] = dueThings(
    notebook?.actions.open(personId) ?? [],
    planned.filter((one) => personId === undefined || one.personId === personId),
    world.today(),
  )
  if (options.json) printJson(world, dueJson(things))
  else if (things.length > 0) print(world, things, renderDue)
  return things.length > 0 ? EXIT.overdue : EXIT.ok
}
