import type { Scene } from '../../../conversation/hold.ts'
import { STEERING } from '../../../conversation/walk.ts'
import type { Turn } from '../../../conversation/turn.ts'
import { type Day, sayDay, sayMoment } from '../../../dates/day.ts'
import { cut, pad, type Paint, widthOf, wrap } from '../../../output/layout.ts'
import { largest } from '../../../text/lists.ts'
import { firstLine, safe } from '../../../text/text.ts'
import type { Control } from './controls.ts'

/** A whole screen: its rows from the top, and where the cursor stands (null: hidden). */
export interface Frame {
  readonly rows: readonly string[]
  readonly cursor: { readonly row: number; readonly column: number } | null
}

/** What a frame is made of. */
export interface FrameParts {
  readonly person: string
  /** What is being done: preparing, recording, correcting. */
  readonly doing: string
  readonly turn: Turn
  readonly scene: Scene
  readonly control: Control
  readonly problem: string | null
  readonly isHelpShown: boolean
  /** What could be better about the text, in one dim line. */
  readonly hint: string | null
  readonly today: Day
  readonly paint: Paint
}

/** Lines longer than this are hard to read, however wide the window is. */
const WIDEST = 80

/**
 * The screen of one prompt: who and which step on top, what this step holds already, the prompt, and one dim
 * line of keys at the bottom. What does not fit gives way from the top: first what is answered already.
 */
export function drawFrame(parts: FrameParts, columns: number, rows: number): Frame {
  const { scene, control, problem, paint } = parts
  const width = Math.min(columns, WIDEST) - 1
  const head = [header(parts, width), '']
  const foot = ['', paint.dim(keysLine(control, width))]
  const askWith = (isHelpShown: boolean) => askLines({ ...parts, isHelpShown }, width)
  const complaint =
    (problem ?? scene.problem) === null
      ? []
      : wrapped(problem ?? scene.problem ?? '', width).map((line) => paint.yellow(line))
  const hints = parts.hint === null ? [] : wrapped(parts.hint, width).map((line) => paint.dim(line))
  const room = Math.max(1, rows - head.length - foot.length)
  const full = askWith(parts.isHelpShown)
  const below = [...hints, ...complaint]
  const ask = full.length + below.length + 3 <= room ? full : askWith(false)
  const fixed = ask.length + below.length
  const controlRows = Math.max(1, room - fixed)
  const view = control.view(width, controlRows, paint)
  const left = room - fixed - view.rows.length
  const earlier = fitted(earlierLines(parts, width), left)
  const body = [...earlier, ...ask, ...view.rows, ...below].slice(-room)
  const cursorRow = body.length - below.length - view.rows.length + (view.cursor?.row ?? 0)
  const filler = Array.from({ length: Math.max(0, room - body.length) }, () => '')
  return {
    rows: [...head, ...body, ...filler, ...foot].slice(0, rows),
    cursor: view.cursor && {
      row: Math.min(rows - 1, head.length + Math.max(0, cursorRow)),
      column: view.cursor.column,
    },
  }
}

function header({ person, turn, doing, paint }: FrameParts, width: number): string {
  const { title, number, of } = turn.step
  const round = turn.round > 1 && number !== null ? `, round ${turn.round}` : ''
  const step = `${title}${number === null ? '' : ` ${number}/${of}`}${round}`
  const name = cut(safe(person), Math.max(8, width - step.length - 3))
  const left = cut(`${name} · ${step}`, width)
  const gap = width - widthOf(left) - doing.length
  return gap < 2 ? paint.bold(left) : `${paint.bold(left)}${' '.repeat(gap)}${paint.dim(doing)}`
}

function askLines(
  { turn, scene, isHelpShown, today, paint }: FrameParts,
  width: number,
): readonly string[] {
  const about = turn.about === null ? [] : [...wrapped(turn.about, width), '']
  const mark = sayVisibility(turn)
  const optional = turn.required ? ' (needed)' : ''
  const ask = wrapped(`${turn.ask}${mark}${optional}`, width).map((line) => paint.bold(line))
  const hint = turn.hint === null ? [] : wrapped(turn.hint, width).map((line) => paint.yellow(line))
  const since =
    scene.since === null
      ? []
      : wrapped(
          `You typed this ${sayMoment(scene.since, today)}; it was not saved yet.`,
          width,
        ).map((line) => paint.yellow(line))
  const help = isHelpShown
    ? [
        ...wrapped(`Why: ${turn.why}`, width),
        ...(turn.example === null ? [] : wrapped(`Example: ${turn.example}`, width)),
        '',
      ].map((line) => (line === '' ? line : paint.green(line)))
    : []
  return [...about, ...ask, ...hint, ...since, ...help]
}

/** Who may read the answer, where it is not the person as a matter of course. */
export function sayVisibility(turn: Turn): string {
  if (turn.visibility === 'shared' || turn.kind === 'question' || STEERING.test(turn.path))
    return ''
  return turn.isBoth ? ' (private until you give it)' : ' (private)'
}

/** What this step holds already, one line each. */
function earlierLines(
  { turn: now, scene, today, paint }: FrameParts,
  width: number,
): readonly string[] {
  const earlier = scene.earlier.filter((turn) => isWorthShowing(turn, now))
  const titleWidth = Math.min(18, largest(earlier.map((turn) => widthOf(turn.title))))
  return earlier.map((turn) => {
    const value = sayBriefly(turn, today)
    const label = pad(cut(safe(turn.title), titleWidth), titleWidth)
    return paint.dim(cut(`${label}  ${safe(firstLine(value, width))}`, width))
  })
}

/** Of an action item being agreed, its fields; of the others, only what they are. What steers is not shown. */
function isWorthShowing(turn: Turn, now: Turn): boolean {
  if (turn.action === null) return !STEERING.test(turn.path)
  const itemOf = ({ path }: Turn) => path.replace(/\.\w+$/, '')
  return (itemOf(turn) === itemOf(now)) === (turn.action.field !== 'what')
}

function sayBriefly(turn: Turn, today: Day): string {
  const value = turn.kept?.value ?? ''
  if (turn.kind === 'date') return sayDay(value, today)
  if (turn.kind === 'choice') {
    return turn.choices.find((choice) => choice.id === value)?.title ?? value
  }
  return value
}

function fitted(lines: readonly string[], rows: number): readonly string[] {
  if (lines.length === 0 || rows < 2) return []
  return [...lines.slice(-(rows - 1)), '']
}

/** The keys, the same for every prompt. In a narrow window, what Enter does stays, and what is needed least goes. */
function keysLine(control: Control, width: number): string {
  const long = control.enter()
  const editor = control.setText ? ['^E editor'] : []
  const all = [long, '^P back', '^S skip', '^L later', '^G why', ...editor]
  const wide = all.join(' · ')
  if (widthOf(wide) <= width) return wide
  const less = ['^E editor', '^L later', '^S skip', '^G why']
  for (let gone = 0; gone <= less.length; gone++) {
    const kept = all.filter((key) => !less.slice(0, gone).includes(key)).join('  ')
    if (widthOf(kept) <= width) return kept
  }
  return cut(long, width)
}

function wrapped(text: string, width: number): readonly string[] {
  return wrap(safe(text), width)
}
