import type { Reply } from '../../../conversation/hold.ts'
import type { Turn } from '../../../conversation/turn.ts'
import { quote, safe } from '../../../text/text.ts'
import type { World } from '../../../world.ts'
import { type Lines, openLines } from './line-reader.ts'
import { asLines, sayWhy } from './wording.ts'

const STEERING =
  'At any question, one of these words alone goes elsewhere: :back, :skip, :later, :why, :editor, :quit.'
const COMMANDS = new Set(['back', 'skip', 'later', 'why', 'editor', 'quit', 'clear'])
const CUT = 'The end of a line may be missing: this terminal takes no longer ones. See :editor.'

/** What somebody entered, as far as it ends or steers the prompt. */
export type Heard =
  | { readonly type: 'lines'; readonly lines: readonly string[] }
  | { readonly type: 'command'; readonly name: string }
  | { readonly type: 'end'; readonly lines: readonly string[] }

/** A conversation in plain lines while it goes on. */
export interface PlainSession {
  readonly world: World
  readonly lines: Lines
  /** Where the prompt before this one stood. */
  before: string | null
  /** Whether the cursor stands behind the mark of a prompt, with no line entered yet. */
  isMidLine: boolean
}

/** Takes the keyboard, and says once how to steer. */
export function openSession(world: World): PlainSession {
  const session = { world, lines: openLines(world), before: null, isMidLine: false }
  tellLines(session, STEERING)
  return session
}

/** Prints lines as they are. */
export function say({ world }: PlainSession, texts: readonly string[]): void {
  if (texts.length > 0) world.stderr.write(texts.map((text) => `${text}\n`).join(''))
}

/** Prints texts, broken to the width of the terminal. */
export function tellLines(session: PlainSession, ...texts: readonly (string | null)[]): void {
  say(session, asLines(texts, session.world.stderr))
}

/** Goes on at the beginning of a line. */
export function endLine(session: PlainSession): void {
  if (session.isMidLine) say(session, [''])
  session.isMidLine = false
}

/** Reads what is entered next: lines, a word that steers, or the end. */
export async function hear(session: PlainSession): Promise<Heard> {
  session.world.stderr.write('> ')
  session.isMidLine = true
  const entered = await session.lines.next()
  if (entered.lines.length > 0) session.isMidLine = false
  if (entered.isCut) tellLines(session, CUT)
  if (entered.isEnd) return { type: 'end', lines: entered.lines }
  const [only = '', ...more] = entered.lines
  const name = /^\s*:(\w+)\s*$/.exec(only)?.[1]?.toLowerCase()
  if (more.length > 0 || name === undefined) return { type: 'lines', lines: entered.lines }
  if (COMMANDS.has(name)) return { type: 'command', name }
  tellLines(session, `There is no word :${name}.`, STEERING)
  return await hear(session)
}

/** What a word that steers comes to; a text goes on with the prompt. `text` is null where a choice is asked for. */
export async function steer(
  session: PlainSession,
  name: string,
  turn: Turn,
  text: string | null,
  editorFile: () => string,
): Promise<Reply | string> {
  const draft = text ?? ''
  if (name === 'quit') return { type: 'leave', draft }
  if (name === 'back' || name === 'skip' || name === 'later') return { type: name, draft }
  if (name === 'why') say(session, sayWhy(turn, session.world.stderr))
  else if (text === null) {
    tellLines(session, 'Nothing is written here. Choose by the word before a line.')
  } else if (name === 'clear') return ''
  else return await writeOutside(session, text, editorFile())
  return draft
}

/** The text as it comes out of the user's own editor; unchanged where that fails. */
async function writeOutside(session: PlainSession, text: string, path: string): Promise<string> {
  const { editOutside, takeBack } = await import('../screen/external-editor.ts')
  const edited = await session.lines.lend(async () => await editOutside(session.world, text, path))
  if ('text' in edited) return edited.text
  tellLines(session, edited.problem)
  if (!edited.isOpen) return text
  await hear(session)
  const later = takeBack(path)
  if ('text' in later) return later.text
  tellLines(session, later.problem)
  return text
}

/** Says that lines were not taken, because nobody had asked for them yet. */
export function tellNotTaken(session: PlainSession, lines: readonly string[]): void {
  const all = lines.map((line) => quote(safe(line))).join(', ')
  tellLines(session, `Not taken, because it was typed before it was asked for: ${all}.`)
}
