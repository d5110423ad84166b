import { sayMoment } from '../../../dates/day.ts'
import type { Ask, Reply, Scene } from '../../../conversation/hold.ts'
import type { Turn } from '../../../conversation/turn.ts'
import { oneLine, quote, safe } from '../../../text/text.ts'
import type { World } from '../../../world.ts'
import { openLines } from './line-reader.ts'
import {
  announce,
  asLines,
  chosenBy,
  placeOf,
  type Row,
  rowsOf,
  sayWhy,
  sentence,
} from './wording.ts'
import type { Terminal } from '../screen/full-screen.ts'

const STEERING =
  'At any question, one of these words alone goes elsewhere: :back, :skip, :later, :why, :editor, :quit.'
const COMMANDS = new Set(['back', 'skip', 'later', 'why', 'editor', 'quit', 'clear'])
const SEVERAL = 'Several lines came at once; none of them was taken.'
const CUT = 'The end of a line may be missing: this terminal takes no longer ones. See :editor.'
const OWN = 'In your own words:'
const END_NOTE = 'An empty line ends it.'

/** What somebody entered, as far as it ends or steers the prompt. */
type Heard =
  | { readonly type: 'lines'; readonly lines: readonly string[] }
  | { readonly type: 'command'; readonly name: string }
  | { readonly type: 'end'; readonly lines: readonly string[] }

/**
 * A conversation in plain lines, for screen readers and terminals that can show nothing else: each prompt is printed
 * once, the answer is read as a line or several, what was chosen is said in words, and nothing is ever redrawn.
 */
export function openPlain(world: World, person: string, doing?: string): Terminal {
  const output = world.stderr
  const lines = openLines(world)
  let before: string | null = null
  let isMidLine = false
  const say = (texts: readonly string[]) => {
    if (texts.length > 0) output.write(texts.map((text) => `${text}\n`).join(''))
  }
  const tell = (...texts: readonly (string | null)[]) => say(asLines(texts, output))
  tell(STEERING)

  const hear = async (): Promise<Heard> => {
    output.write('> ')
    isMidLine = true
    const entered = await lines.next()
    if (entered.lines.length > 0) isMidLine = false
    if (entered.isCut) tell(CUT)
    if (entered.isEnd) return { type: 'end', lines: entered.lines }
    const [only = '', ...more] = entered.lines
    const name = /^\s*:(\w+)\s*$/.exec(only)?.[1]?.toLowerCase()
    if (more.length > 0 || name === undefined) return { type: 'lines', lines: entered.lines }
    if (COMMANDS.has(name)) return { type: 'command', name }
    tell(`There is no word :${name}.`, STEERING)
    return await hear()
  }
  /** What a word that steers comes to; a text goes on with the prompt. */
  const steer = async (
    name: string,
    turn: Turn,
    text: string | null,
    file: () => string,
  ): Promise<Reply | string> => {
    const draft = text ?? ''
    if (name === 'quit') return { type: 'leave', draft }
    if (name === 'back' || name === 'skip' || name === 'later') return { type: name, draft }
    if (name === 'why') say(sayWhy(turn, output))
    else if (text === null) tell('Nothing is written here. Choose by the word before a line.')
    else if (name === 'clear') return ''
    else {
      const { editOutside, takeBack } = await import('../screen/external-editor.ts')
      const path = file()
      const edited = await lines.lend(async () => await editOutside(world, text, path))
      if ('text' in edited) return edited.text
      tell(edited.problem)
      if (edited.isOpen) {
        await hear()
        const later = takeBack(path)
        if ('text' in later) return later.text
        tell(later.problem)
      }
    }
    return draft
  }

  const sayStanding = ({ since }: Scene) =>
    since === null
      ? 'Written so far:'
      : `You typed this ${sayMoment(since, world.today())}; it was not saved yet:`

  /** A text of one line, or a note of several. `early` was entered before it was asked for. */
  const askText = async (
    turn: Turn,
    scene: Scene,
    offered: string,
    early: readonly string[],
    what = 'Typed before it was asked for:',
  ) => {
    const isNote = turn.kind === 'note'
    const isTaken = early.length > 0 && (isNote || offered === '')
    let text = isTaken ? joined(offered, early, isNote) : offered
    let hinted: string | null = null
    let isWritten = isTaken
    const offer = (why: string | null) => {
      tell(why, text === '' ? null : text)
      if (text !== '')
        tell(
          isNote
            ? 'Enter keeps it; what you write is added to it, and :clear empties it.'
            : 'Enter keeps it; or write it anew.',
        )
      else if (isNote) tell(`Write as many lines as you like. ${END_NOTE}`)
    }
    /** Why drafts cannot be kept is said, once. */
    let told: string | null = null
    const keepDraft = (draft: string) => {
      const failure = scene.keepDraft(draft)
      if (failure !== null && failure !== told) tell(failure)
      told = failure ?? told
    }
    if (early.length > 0 && !isTaken) tell(notTaken(early))
    offer(isTaken ? what : text === '' ? null : sayStanding(scene))
    for (;;) {
      const heard = await hear()
      if (heard.type === 'command') {
        const steered = await steer(heard.name, turn, text, scene.editorFile)
        if (typeof steered !== 'string') return steered
        if (steered !== text || heard.name === 'clear') {
          text = isNote ? steered : oneLine(steered)
          keepDraft(text)
          offer(text === '' ? 'Nothing is written now.' : 'Written so far:')
        }
        continue
      }
      const isEnded = heard.type === 'end'
      const added = isNote ? noteLines(heard.lines) : { lines: heard.lines, isWhole: true }
      const isPaste = heard.lines.length > 1
      if (added.lines.some((line) => line.trim() !== '')) {
        text = isNote ? joined(text, added.lines, true) : oneLine(added.lines.join('\n'))
        isWritten = true
        if (isNote || isPaste || isEnded) keepDraft(text)
      } else if (isNote && isPaste) text = joined(text, added.lines, true)
      if (isEnded) {
        // Ctrl-D ends a note, and else the conversation.
        if (!isNote || !isWritten || lines.isTold) return { type: 'leave', draft: text } as const
        lines.reopen()
        if (isMidLine) say([''])
        isMidLine = false
      } else if (isNote && !added.isWhole) {
        if (isPaste) tell(`${heard.lines.length} lines taken. ${END_NOTE}`)
        continue
      } else if (!isNote && isPaste) {
        offer('Several lines came at once. As one line:')
        continue
      }
      const hint = hinted === text ? null : scene.hintFor(text)
      if (hint === null || isEnded) return { type: 'answer', text } as const
      hinted = text
      offer(hint)
    }
  }

  const askRow = async (turn: Turn, scene: Scene, rows: readonly Row[]): Promise<Reply | Row> => {
    const offered = scene.offered ?? turn.default
    const isList = turn.kind === 'question' || turn.kind === 'opportunity'
    const standing =
      rows.find(({ means, title }) =>
        typeof means === 'string' ? false : (isList ? title : means.id) === offered,
      ) ?? (isList && turn.default !== null ? rows[0] : undefined)
    if (standing) tell(sentence(`Enter takes ${standing.key}, ${standing.title}`))
    for (;;) {
      const heard = await hear()
      if (heard.type === 'end') return { type: 'leave' }
      if (heard.type === 'command') {
        const steered = await steer(heard.name, turn, null, scene.editorFile)
        if (typeof steered !== 'string') return steered
        continue
      }
      const [typed = ''] = heard.lines
      if (heard.lines.length > 1) tell(SEVERAL)
      else if (typed.trim() === '') {
        if (standing) return standing
        if (!turn.required) return { type: 'skip' }
        tell('Choose one by the word before it.')
      } else if (typed.trim() === '?') say(sayWhy(turn, output))
      else {
        const row = chosenBy(typed, rows)
        if (row) return row
        const isOwn = isList && /\S\s+\S/.test(typed)
        if (isOwn) return { key: '', title: typed.trim(), means: 'own' }
        tell(`${quote(typed)} is none of them. Choose one by the word before it.`)
      }
    }
  }

  const ask: Ask = async (turn, scene) => {
    const early = (await lines.early()).filter((line) => line.trim() !== '')
    const now = doing ?? (turn.pass === 'prepare' ? 'preparing' : 'recording')
    say(announce(turn, scene, { person, doing: now, before }, output))
    before = placeOf(turn)
    const rows = rowsOf(turn)
    if (rows.length === 0) return await askText(turn, scene, scene.offered ?? '', early)
    if (early.length > 0) tell(notTaken(early))
    const isKnown = rows.some(({ title }) => title === scene.offered)
    const own = scene.offered !== null && !isKnown && rows.some(({ means }) => means === 'own')
    if (own) return await askText(turn, scene, scene.offered ?? '', [])
    const chosen = await askRow(turn, scene, rows)
    if ('type' in chosen) return chosen
    const { means, title } = chosen
    if (means === 'own') {
      if (chosen.key !== '') tell(OWN)
      return await askText(turn, scene, '', chosen.key === '' ? [title] : [], OWN)
    }
    tell(sentence(`Chosen: ${title}`))
    if (means === 'none') return turn.required ? await ask(turn, scene) : { type: 'skip' }
    if (turn.kind !== 'question' && turn.kind !== 'opportunity') {
      return { type: 'answer', text: means.id }
    }
    return { type: 'answer', text: title, questionId: means.id }
  }

  return {
    ask,
    get endedBy() {
      return lines.endedBy
    },
    close() {
      const left = lines.close(false)
      if (isMidLine) say([''])
      if (left > 0) tell('What was typed ahead of the next question was not taken.')
    },
  }
}

/** The lines that belong to a note, and whether they end it: an empty line on its own does, or a full stop on its own. */
function noteLines(entered: readonly string[]): {
  readonly lines: readonly string[]
  readonly isWhole: boolean
} {
  const last = entered.at(-1)?.trim()
  if (last === '.') return { lines: entered.slice(0, -1), isWhole: true }
  return { lines: entered, isWhole: entered.length === 1 && last === '' }
}

function joined(text: string, lines: readonly string[], isNote: boolean): string {
  const all = text === '' ? lines : [text, ...lines]
  return isNote ? all.join('\n') : oneLine(all.join('\n'))
}

function notTaken(lines: readonly string[]): string {
  const all = lines.map((line) => quote(safe(line))).join(', ')
  return `Not taken, because it was typed before it was asked for: ${all}.`
}
