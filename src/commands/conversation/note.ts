import { checkAnswer, MOST_TEXT } from '../../conversation/check-answer.ts'
import type { Ask } from '../../conversation/hold.ts'
import type { Drafts } from '../../drafts/drafts.ts'
import { NOTE_TURN } from '../../conversation/turns/inbox-turns.ts'
import { CoachError, exitCodeOf, usageError } from '../../errors.ts'
import type { Person } from '../../model.ts'
import type { Notebook } from '../../notebook/notebook.ts'
import { noteJson, renderNotes } from '../../render/conversation/notes.ts'
import { safe, tidy } from '../../text/text.ts'
import type { World } from '../../world.ts'
import { mustBeAbleToAsk } from '../../ask/flags/require-terminal.ts'
import { commandFor, echoMatch, findPerson } from '../lookup.ts'
import { readInput } from '../../ask/file/read-input.ts'
import { type JsonOptions, print, printJson, tell } from '../../output/print.ts'
import { tellSame } from '../ask-if-same.ts'
import { draftsToWrite, NOTE_PROMPT } from './conversation-drafts.ts'
import { tellPrivate } from '../../privacy/private-notice.ts'

const NOTHING_KEPT = 'Nothing was kept.'
const NOTE = { kind: 'note', title: 'Note', choices: [] } as const
/** A character has at most four bytes, and a line end may follow. */
const LIMIT = { bytes: 400_010, words: `${MOST_TEXT}, the most that a note can hold` }

/** `coach note NAME [TEXT]`: a thought for the inbox; from stdin, or written on the screen, when no text is given. */
export async function add(
  world: World,
  name: string | undefined,
  words: readonly string[],
): Promise<void> {
  if (name === undefined) throw usageError('About whom?', 'As in: coach note ana "…"')
  const found = findPerson(await world.read(), name)
  echoMatch(world, found)
  const notebook = await world.open()
  if (words.length > 0) {
    keep(world, notebook, found.person, await read(world, words.join(' ')))
    if (world.isPiped()) {
      tell(world, 'Kept the text from the command. What was piped in was not read.')
    }
  } else if (world.stdin.isTTY) await compose(world, notebook, found.person)
  else {
    const { text } = await readInput(world, '-', NOTHING_KEPT, LIMIT)
    keep(world, notebook, found.person, await read(world, text))
  }
}

/** `coach note --list [NAME]` */
export async function list(
  world: World,
  name: string | undefined,
  options: JsonOptions,
): Promise<void> {
  const notebook = await world.read()
  const person = name === undefined ? undefined : findPerson(notebook, name).person
  const notes = notebook?.notes.waiting(person?.id) ?? []
  if (options.json) printJson(world, notes.map(noteJson))
  else if (notes.length > 0) print(world, notes, renderNotes)
  else world.tell(`The inbox is empty${person ? ` for ${safe(person.name)}` : ''}.\n`)
}

/** A note as it is kept. @throws CoachError (2) when it is empty, too long or not text */
async function read(world: World, typed: string): Promise<string> {
  const checked = await checkAnswer(typed, NOTE, world.today())
  if ('problem' in checked) throw usageError(`${checked.problem} ${NOTHING_KEPT}`)
  if (checked.value !== '') return checked.value
  throw usageError(`The note is empty. ${NOTHING_KEPT}`, 'As in: coach note ana "…"')
}

/** Puts a note into the inbox, and says so. */
function keep(world: World, notebook: Notebook, person: Person, text: string): void {
  const { id } = notebook.write(() => notebook.notes.add(person.id, text))
  tellKept(world, notebook, person, id)
  tellSame(world, { kind: 'note', id, text, others: notebook.notes.waiting(person.id) })
}

function tellKept(world: World, notebook: Notebook, person: Person, id: number): void {
  const next = commandFor(world, 'session', person, notebook.people.list())
  tell(world, `Kept as note ${id}, for you alone. The next session opens it: ${next}`)
  tellPrivate(world, notebook)
}

/** Written on the screen; what is typed is kept as a draft all the while, and offered again. */
async function compose(world: World, notebook: Notebook, person: Person): Promise<void> {
  mustBeAbleToAsk(world, 'Give the text: coach note NAME "…"')
  const draft = draftOfNote(notebook, await draftsToWrite(world, notebook), person)
  // Worked out now: at the end the notebook may be gone.
  const again = commandFor(world, 'note', person, notebook.people.list())
  const { openScreen } = await import('../../ask/terminal/open-screen.ts')
  const terminal = await openScreen(world, person.name, 'for the inbox')
  const written = await write(world, terminal.ask, draft).finally(() => terminal.close())
  if (written.kept !== null) {
    draft.drop()
    tellKept(world, notebook, person, written.kept)
    return
  }
  if (written.text === '' && notebook.notes.draft(person.id) !== null) {
    notebook.write(() => notebook.notes.forgetDraft(person.id))
  }
  if (!written.isGone) {
    tell(world, 'No note was made.')
    return
  }
  const isKept = written.unkept === null && draft.isThere()
  const { text } = written
  const isLost = !isKept && text.trim() !== ''
  throw new CoachError(
    exitCodeOf(terminal.endedBy),
    isLost
      ? `This could not be saved; keep it elsewhere:\n${text}`
      : isKept
        ? 'Not in the inbox yet. What you typed is kept.'
        : 'No note was made.',
    `${isKept ? 'Go on' : 'Begin again'} with: ${again}`,
  )
}

/** How the writing of a note ended. */
interface Written {
  /** The number of the note; null where none was made. */
  readonly kept: number | null
  /** The text that stood on the screen last. */
  readonly text: string
  /** Why that text could not be kept as a draft; null where it was. */
  readonly unkept: string | null
  /** Whether the screen was left, by a key or because the program was told to end. */
  readonly isGone: boolean
}

/** Asks for the text until it is saved, or left, or empty. */
async function write(world: World, ask: Ask, draft: NoteDraft): Promise<Written> {
  let offered = draft.offered
  let problem: string | null = null
  for (;;) {
    const reply = await ask(NOTE_TURN, {
      problem,
      isPast: false,
      offered,
      since: problem === null ? draft.since : null,
      earlier: [],
      hintFor: () => null,
      keepDraft: draft.keep,
      editorFile: draft.editorFile,
    })
    const isGone = reply.type !== 'answer'
    const text = reply.type === 'answer' ? reply.text : (reply.draft ?? '')
    const checked = await checkAnswer(text, NOTE, world.today())
    const isLeft = isGone || text.trim() === ''
    if (isLeft) return { kept: null, text, unkept: draft.keep(text), isGone }
    if ('problem' in checked) {
      problem = checked.problem
      draft.keep(text)
    } else {
      const saved = draft.save(checked.value)
      if (typeof saved === 'number') return { kept: saved, text, unkept: null, isGone }
      problem = saved
    }
    offered = text
  }
}

/** The draft of a note about somebody. */
interface NoteDraft {
  /** What an earlier try left, and when. */
  readonly offered: string | null
  readonly since: string | null
  /** @returns why a text could not be kept; null where it was */
  readonly keep: (text: string) => string | null
  readonly drop: () => void
  readonly isThere: () => boolean
  readonly editorFile: () => ReturnType<Drafts['editorFile']>
  /** @returns the number of the note; or why it could not be saved: a full disk, a file that was moved */
  readonly save: (text: string) => number | string
}

function draftOfNote(notebook: Notebook, drafts: Drafts, person: Person): NoteDraft {
  const place = { person: person.uuid, session: null, prompt: NOTE_PROMPT }
  let left = drafts.takeUp(place)
  const saved = left && notebook.notes.textOf(left.id)
  if (left && saved === tidy(left.text)) {
    // It was put into the inbox, and the draft could not be cleared away any more.
    drafts.drop(place)
    left = null
  } else if (saved !== null) drafts.renew(place)
  return {
    offered: left?.text ?? notebook.notes.draft(person.id),
    since: left?.at ?? null,
    keep(text) {
      if (text.trim() !== '') return drafts.keep(place, text, null)
      drafts.drop(place)
      return null
    },
    drop: () => drafts.drop(place),
    isThere: () => drafts.takeUp(place) !== null,
    editorFile: () => drafts.editorFile(place),
    save(text) {
      // On disk before it is saved: a crash in between costs nothing, and does not make two notes of it.
      drafts.keep(place, text, null)
      try {
        return notebook.write(() => {
          notebook.notes.forgetDraft(person.id)
          return notebook.notes.add(person.id, text, drafts.idOf(place)).id
        })
      } catch (error) {
        if (!(error instanceof CoachError)) throw error
        return `Not saved: ${error.message}`
      }
    },
  }
}
