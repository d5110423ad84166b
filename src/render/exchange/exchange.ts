import { count, sayList } from '../../text/text.ts'
import { type Style, wrap } from '../../output/layout.ts'

/** The kinds of rows, as a manager calls them. */
const KINDS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  person: ['person', 'people'],
  session: ['session', 'sessions'],
  answer: ['answer', 'answers'],
  action_item: ['action item', 'action items'],
  item_event: ['line of history', 'lines of history'],
  goal: ['goal', 'goals'],
  goal_event: ['line about goals', 'lines about goals'],
  note: ['note', 'notes'],
  opportunity: ['opportunity', 'opportunities'],
  next_session: ['agreed conversation', 'agreed conversations'],
  calendar_gone: ['day that is off', 'days that are off'],
}

/** What was taken in, and what was not. */
interface Taken {
  readonly added: ReadonlyMap<string, readonly unknown[]>
  readonly leftOut: ReadonlyMap<string, number>
  /** Whether something is told behind it that is otherwise here. */
  readonly isDiffering: boolean
}

/** What came of taking in another notebook. */
export function renderTaken({ added, leftOut, isDiffering }: Taken, { width }: Style): string {
  const news = sayCounts([...added].map(([kind, rows]) => [kind, rows.length]))
  const out = sayCounts([...leftOut])
  const lines = [
    news === ''
      ? leftOut.size === 0 && !isDiffering
        ? 'All of it is here already. Nothing was changed.'
        : 'There is nothing new in it. Nothing was changed.'
      : `Taken in: ${news}.`,
    ...(out === '' ? [] : [`Not imported, because your version was kept: ${out}.`]),
    ...(isDiffering ? ['What differs stays as it is here:'] : []),
  ]
  return `${lines.flatMap((line) => wrap(line, width)).join('\n')}\n`
}

/** A whole notebook, or what begins one. */
export function sayEverything(
  {
    path,
    isNew,
    rows,
  }: {
    readonly path: string
    readonly isNew: boolean
    readonly rows: ReadonlyMap<string, number>
  },
  { width }: Style,
): string {
  const all = sayCounts([...rows])
  const what = all === '' ? 'It held nothing.' : `Taken in: ${all}.`
  const lines = [...(isNew ? [`Made a new notebook at ${path}`] : []), ...wrap(what, width)]
  return `${lines.join('\n')}\n`
}

function sayCounts(all: readonly (readonly [kind: string, n: number])[]): string {
  return sayList(
    Object.entries(KINDS).flatMap(([kind, [one, many]]) => {
      const n = all.find(([name]) => name === kind)?.[1] ?? 0
      return n === 0 ? [] : [count(n, one, many)]
    }),
  )
}
