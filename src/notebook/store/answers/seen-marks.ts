import { ChangedElsewhere } from '../../../errors.ts'
import { type Answer, type Marks, type Pass } from '../../../model.ts'
import { actionPlace } from '../../../answer-places.ts'
import type { Context } from '../context.ts'

/** What a window has seen of a session, so that it never writes over what another one wrote. */
export interface Sight {
  /** What there is to be seen of a session. Taken before its answers are read, it shows what was written elsewhere since. */
  marks(sessionId: number): Marks
  /** What a window has seen after it saved some answers: what was written elsewhere at other places stays unseen. */
  seenAfter(sessionId: number, answers: readonly Answer[], seen: Marks): Marks
  /**
   * Refuses to write over what another window wrote.
   * @throws ChangedElsewhere (4) where one of the answers is not as it was when the marks were taken
   */
  mustBeAsSeen(sessionId: number, answers: readonly Answer[], seen: Marks): void
}

interface MarkRow {
  round: number
  path: string
  pass: Pass
  item_id: number | null
  revision: number
  item_revision: number | null
}

const MARKS = `SELECT a.round, a.path, a.pass, a.revision, a.item_id, i.revision AS item_revision
  FROM answer a LEFT JOIN action_item i ON i.id = a.item_id WHERE a.session_id = ?`

/** The sight of a notebook. `of` gives the answers of a session as they are now. */
export function sight(
  { db }: Pick<Context, 'db'>,
  of: (sessionId: number) => readonly Answer[],
): Sight {
  const marks = (sessionId: number) => marksOf(db.prepare<[number], MarkRow>(MARKS).all(sessionId))
  return {
    marks,
    seenAfter: (sessionId, changes, seen) => marksAfter(seen, marks(sessionId), changes),
    mustBeAsSeen(sessionId, changes, seen) {
      const now = marks(sessionId)
      const unseen = changes.filter((one) => !isAsSeen(one, now, seen))
      if (unseen.length === 0) return
      const all = of(sessionId)
      if (unseen.every((one) => all.some((two) => isSameAnswer(one, two)))) return
      throw new ChangedElsewhere(
        `Session ${sessionId} was changed in another window meanwhile. Nothing was written over.`,
        all,
        now,
      )
    },
  }
}

function marksOf(rows: readonly MarkRow[]): Marks {
  return {
    rows: new Map(rows.map((row) => [placeOf(row), row.revision])),
    items: new Map(
      rows.flatMap((row) => (row.item_id === null ? [] : [[row.item_id, row.item_revision]])),
    ),
    itemOf: new Map(
      rows.flatMap((row) =>
        row.item_id === null || !actionPlace(row.path) ? [] : [[placeOf(row), row.item_id]],
      ),
    ),
  }
}

/** Whether nothing has changed at the place of an answer, nor in the action item there. */
function isAsSeen(one: Answer, now: Marks, seen: Marks): boolean {
  const place = placeOf(one)
  const item = now.itemOf.get(place)
  const isItemAsSeen = item === undefined || now.items.get(item) === seen.items.get(item)
  return now.rows.get(place) === seen.rows.get(place) && isItemAsSeen
}

/** Whether another window said at a place what is said there now. */
function isSameAnswer(one: Answer, two: Answer): boolean {
  return (
    placeOf(two) === placeOf(one) &&
    two.value === one.value &&
    two.draft === one.draft &&
    two.state === one.state
  )
}

/** What is seen of the places of some answers now, and of all others as it was seen before. */
function marksAfter(seen: Marks, now: Marks, changes: readonly Answer[]): Marks {
  const [rows, items, itemOf] = [new Map(seen.rows), new Map(seen.items), new Map(seen.itemOf)]
  for (const place of changes.map(placeOf)) {
    const [row, item] = [now.rows.get(place), now.itemOf.get(place)]
    if (row !== undefined) rows.set(place, row)
    if (item === undefined) continue
    itemOf.set(place, item)
    items.set(item, now.items.get(item) ?? null)
  }
  return { rows, items, itemOf }
}

function placeOf({ round, path, pass }: Pick<Answer, 'round' | 'path' | 'pass'>): string {
  return `${round}/${path}/${pass}`
}
