import { notFound } from '../../errors.ts'
import type { Notebook } from '../../notebook/notebook.ts'
import { renderTakenBack, type TakenBack } from '../../render/followup/undo.ts'
import type { World } from '../../world.ts'
import { tell } from '../../output/print.ts'

/** `coach undo`: takes back the last change of state, and says what it took back. */
export async function run(world: World): Promise<void> {
  const notebook = (await world.read()) && (await world.open())
  const taken = notebook ? takeBackLast(notebook) : []
  if (taken.length === 0) {
    throw notFound(
      'There is no change of state to take back.',
      'Taken back can be: done, part, missed, drop, carry, goal done and goal drop. What was deleted is gone.',
    )
  }
  tell(world, taken, renderTakenBack)
}

const WAS = { carried: 'carried', checked: 'looked at half way', status: null } as const

/** Takes back what the last command, or the last answer of a conversation, did to the state of items or of a goal. */
export function takeBackLast(notebook: Notebook): readonly TakenBack[] {
  return notebook.write(() => {
    const items = notebook.actions.lastAct()
    const goal = notebook.goals.lastAct()
    if (goal && goal.act > (items?.act ?? 0)) return goalTakenBack(notebook, goal)
    return (items?.events ?? []).map((change): TakenBack => {
      const { kept, gone } = notebook.actions.takeBack(change)
      const { itemId, sessionId } = change
      if (sessionId !== null) notebook.answers.unsay(sessionId, itemId)
      const item = notebook.actions.get(itemId)
      return {
        kind: 'Action item',
        id: itemId,
        what: item?.what ?? '',
        person: item?.person ?? '',
        was: WAS[change.kind] ?? change.statusTo,
        is: change.statusFrom,
        due: item?.due ?? null,
        sessionId,
        kept,
        gone,
      }
    })
  })
}

function goalTakenBack(
  notebook: Notebook,
  { eventId, goalId }: { readonly eventId: number; readonly goalId: number },
): readonly TakenBack[] {
  const was = notebook.goals.get(goalId)?.status ?? 'done'
  notebook.goals.takeBack(eventId)
  const goal = notebook.goals.get(goalId)
  if (!goal) return []
  const { id, what, person, status: is, due } = goal
  return [{ kind: 'Goal', id, what, person, was, is, due, sessionId: null, kept: null, gone: null }]
}
