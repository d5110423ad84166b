import type { Reply } from '../../../conversation/hold.ts'
import type { Turn } from '../../../conversation/turn.ts'
import type { AnswerKind } from '../../../model.ts'
import { cut, hang, type Paint } from '../../../output/layout.ts'
import { oneLine, safe } from '../../../text/text.ts'
import type { KeyPress } from './key-decoder.ts'
import { editText, fieldOf, insert, layOut, type TextField } from './text-field.ts'

/** What a control shows: its rows, and where in them the cursor stands. */
interface ControlView {
  readonly rows: readonly string[]
  readonly cursor: { readonly row: number; readonly column: number } | null
}

/** The part of the screen that takes an answer. */
export interface Control {
  /** Takes a key; a reply ends the prompt, a text is a complaint, undefined goes on. */
  press(key: KeyPress, width: number): Reply | string | undefined
  view(width: number, rows: number, paint: Paint): ControlView
  /** What was typed so far. */
  draft(): string
  /** What Enter does now. */
  enter(): string
  /** Puts in a text from elsewhere; absent where no text is written. */
  readonly setText?: (text: string) => void
}

type MakeControl = (turn: Turn, offered: string | null, isRefused: boolean) => Control

const MAKERS = {
  line: (turn, offered, isRefused) => textControl(turn, offered, false, isRefused),
  action: (turn, offered, isRefused) => textControl(turn, offered, false, isRefused),
  date: (turn, offered, isRefused) => textControl(turn, offered, false, isRefused),
  repeat: (turn, offered, isRefused) => textControl(turn, offered, false, isRefused),
  note: (turn, offered, isRefused) => textControl(turn, offered, true, isRefused),
  choice: choiceControl,
  rating: choiceControl,
  yes_no: (turn, offered) => choiceControl({ ...turn, choices: YES_NO }, offered),
  question: (turn, offered) => listControl(turn, offered, OWN, NONE),
  opportunity: (turn, offered, isRefused) =>
    turn.choices.length === 0
      ? textControl(turn, offered, false, isRefused)
      : listControl(turn, offered, ANOTHER),
} as const satisfies Record<AnswerKind, MakeControl>

/** The control for a turn, with the text it offers. `isRefused`: that text was not taken as it stands. */
export function controlFor(turn: Turn, offered: string | null, isRefused = false): Control {
  return MAKERS[turn.kind](turn, offered, isRefused)
}

const YES_NO = [
  { id: 'yes', title: 'Yes', key: 'y' },
  { id: 'no', title: 'No', key: 'n' },
]

const MARK = '› '

function textControl(
  turn: Turn,
  offered: string | null,
  isNote: boolean,
  isRefused = false,
): Control {
  let field = fieldOf(offered ?? '')
  let isUntouched = !isRefused && offered !== null && offered !== ''
  const answer = (): Reply => ({ type: 'answer', text: field.text })
  const isAtEmptyLastLine = ({ text, cursor }: TextField) =>
    text.slice(cursor).trim() === '' && (cursor === 0 || text[cursor - 1] === '\n')

  return {
    press(key, width) {
      if (key.type === 'key' && key.name === 'finish') return answer()
      if (key.type === 'key' && key.name === 'enter') {
        if (!isNote || isUntouched || field.text.trim() === '' || isAtEmptyLastLine(field)) {
          return answer()
        }
        field = insert(field, '\n')
        return undefined
      }
      const oneLine: KeyPress =
        isNote || key.type === 'key' ? key : { ...key, text: flat(key.text) }
      // A day that is offered is kept or replaced; nobody writes on at its end.
      const isReplaced = turn.kind === 'date' && isUntouched && key.type !== 'key'
      field = editText(isReplaced ? fieldOf('') : field, oneLine, width - MARK.length)
      isUntouched = false
      return undefined
    },
    view(width, rows, paint) {
      const inner = width - MARK.length
      if (field.text === '') {
        const example =
          turn.example === null ? '' : paint.dim(cut(`e.g. ${turn.example}`, inner - 1))
        return { rows: [MARK + example], cursor: { row: 0, column: MARK.length } }
      }
      const laid = layOut(field, inner)
      const first = Math.min(Math.max(0, laid.row - rows + 1), Math.max(0, laid.rows.length - rows))
      const top = laid.rows.length <= rows ? 0 : Math.max(first, laid.row - rows + 1)
      return {
        rows: laid.rows
          .slice(top, top + rows)
          .map((row, at) => (top + at === 0 ? MARK : ' '.repeat(MARK.length)) + row),
        cursor: { row: laid.row - top, column: MARK.length + laid.column },
      }
    },
    draft: () => field.text,
    enter() {
      if (isUntouched) return 'Enter keeps it'
      if (field.text.trim() === '') return turn.required ? 'Enter goes on' : 'Enter passes'
      if (!isNote) return 'Enter goes on'
      return isAtEmptyLastLine(field) ? 'Enter ends' : 'Enter twice ends'
    },
    setText(text) {
      field = fieldOf(isNote ? text : oneLine(text))
      isUntouched = false
    },
  }
}

/** Typed or pasted text for a field of one line; blanks at its ends may part it from what stands there. */
function flat(text: string): string {
  return text.includes('\n') ? oneLine(text) : text
}

function choiceControl(turn: Turn, offered: string | null): Control {
  const { choices } = turn
  let at = choices.findIndex((choice) => choice.id === (offered ?? turn.default))
  const keyOf = (index: number) => choices[index]?.key ?? String(index + 1)
  const take = (index: number): Reply | string | undefined => {
    const choice = choices[index]
    if (choice) return { type: 'answer', text: choice.id }
    return turn.required ? 'Choose one with the arrow keys or its key.' : { type: 'skip' }
  }
  return {
    press(key) {
      if (key.type === 'text') {
        const found = choices.findIndex((_, index) => keyOf(index) === key.text.toLowerCase())
        return found < 0 ? undefined : take(found)
      }
      if (key.type === 'paste') return undefined
      if (key.name === 'enter' || key.name === 'finish') return take(at)
      at = moved(at, key.name, choices.length)
      return undefined
    },
    view(width, rows, paint) {
      const lines = choices.map((choice, index) => {
        const mark = index === at ? MARK : '  '
        const text = hang(`${mark}${keyOf(index)}  `, safe(choice.title), width)
        return index === at ? paint.bold(text) : text
      })
      return { rows: around(lines, at, rows), cursor: null }
    },
    draft: () => '',
    enter: () =>
      at >= 0
        ? `A key chooses, Enter takes ${keyOf(at)}`
        : turn.required
          ? 'Choose by its key'
          : 'Enter passes',
  }
}

const OWN = { key: 'w', title: 'Write my own' }
const NONE = { key: 'n', title: 'None of this kind' }
const ANOTHER = { key: 'w', title: 'Another one' }

/** A few to choose from, one's own words, or none. */
function listControl(
  turn: Turn,
  offered: string | null,
  write: { readonly key: string; readonly title: string },
  none?: { readonly key: string; readonly title: string },
): Control {
  const known = turn.choices.findIndex((choice) => choice.title === offered)
  const own = textControl({ ...turn, example: null }, known < 0 ? offered : null, false)
  let isWriting = offered !== null && known < 0
  const rowsOf = [
    ...turn.choices.map((choice, index) => ({ key: String(index + 1), title: choice.title })),
    write,
    ...(none ? [none] : []),
  ]
  let at = known >= 0 || turn.default === null ? known : 0
  const take = (index: number): Reply | string | undefined => {
    const choice = turn.choices[index]
    if (choice) return { type: 'answer', text: choice.title, questionId: choice.id }
    if (rowsOf[index] === write) {
      isWriting = true
      return undefined
    }
    if (turn.required) return 'Choose one with the arrow keys or its key.'
    return { type: 'skip' }
  }
  return {
    press(key, width) {
      if (isWriting) {
        const isUp = key.type === 'key' && key.name === 'up'
        if (!isUp) return own.press(key, width)
        isWriting = false
        return undefined
      }
      if (key.type === 'text') {
        const found = rowsOf.findIndex((row) => row.key === key.text.toLowerCase())
        return found < 0 ? undefined : take(found)
      }
      if (key.type === 'paste') {
        isWriting = true
        return own.press(key, width)
      }
      if (key.name === 'enter' || key.name === 'finish') return take(at)
      at = moved(at, key.name, rowsOf.length)
      return undefined
    },
    view(width, rows, paint) {
      if (isWriting && own.draft() === '') {
        const back = paint.dim(cut('↑ back to the list', width - MARK.length - 1))
        return { rows: [MARK + back], cursor: { row: 0, column: MARK.length } }
      }
      if (isWriting) return own.view(width, rows, paint)
      const lines = rowsOf.map(({ key, title }, index) => {
        const text = hang(`${index === at ? MARK : '  '}${key}  `, safe(title), width)
        return index === at ? paint.bold(text) : text
      })
      return { rows: around(lines, at, rows), cursor: null }
    },
    draft: () => own.draft(),
    enter() {
      if (isWriting) return own.enter()
      return at < 0
        ? turn.required
          ? 'Choose by its key'
          : 'Enter passes'
        : `Key chooses, Enter takes ${rowsOf[at]?.key ?? ''}`
    },
    setText(text) {
      isWriting = true
      own.setText?.(text)
    },
  }
}

function moved(at: number, name: string, many: number): number {
  if (name === 'up') return at <= 0 ? many - 1 : at - 1
  if (name === 'down') return at >= many - 1 ? 0 : at + 1
  return at
}

/** The blocks around the chosen one that fit into so many rows. */
function around(blocks: readonly string[], at: number, rows: number): readonly string[] {
  const lines = blocks.map((block) => block.split('\n'))
  const size = (from: number, to: number) => lines.slice(from, to).flat().length
  let from = 0
  while (size(from, lines.length) > rows && from < Math.max(0, at)) from++
  return lines.slice(from).flat().slice(0, rows)
}
