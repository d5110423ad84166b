import { checkAnswer, MOST_TEXT } from '../conversation/checks.ts'
import { CoachError, exitCodeOf, usageError } from '../errors.ts'
import type { Person } from '../model.ts'
import type { Notebook } from '../notebook/notebook.ts'
import { noteJson, renderNotes } from '../render/notes.ts'
import { safe } from '../text.ts'
import type { World } from '../world.ts'
import { commandFor, echoMatch, findPerson, mustBeAbleToAsk } from './find.ts'
import { readInput } from './input.ts'
import { present, printJson, tell } from './present.ts'

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
    keep(world, notebook, found.person, await read(world, words.join(' ')), false)
  } else if (world.stdin.isTTY) await compose(world, notebook, found.person)
  else {
    const { text } = await readInput(world, '-', NOTHING_KEPT, LIMIT)
    keep(world, notebook, found.person, await read(world, text), false)
  }
}

/** `coach note --list [NAME]` */
export async function list(
  world: World,
  name: string | undefined,
  options: { readonly json?: boolean },
): Promise<void> {
  const notebook = await world.read()
  const person = name === undefined ? undefined : findPerson(notebook, name).person
  const notes = notebook?.notes.waiting(person?.id) ?? []
  if (options.json) printJson(world, notes.map(noteJson))
  else if (notes.length > 0) present(world, notes, renderNotes)
  else world.say(`The inbox is empty${person ? ` for ${safe(person.name)}` : ''}.\n`)
}

/** A note as it is kept. @throws CoachError (2) when it is empty, too long or not text */
async function read(world: World, typed: string): Promise<string> {
  const checked = await checkAnswer(typed, NOTE, world.today())
  if ('problem' in checked) throw usageError(`${checked.problem} ${NOTHING_KEPT}`)
  if (checked.value !== '') return checked.value
  throw usageError(`The note is empty. ${NOTHING_KEPT}`, 'As in: coach note ana "…"')
}

/** Puts a note into the inbox. */
function keep(world: World, notebook: Notebook, person: Person, text: string, isDraft: boolean) {
  const { notes } = notebook
  const { id } = notebook.write(() =>
    isDraft ? notes.finish(person.id, text) : notes.add(person.id, text),
  )
  const next = commandFor(world, 'session', person, notebook.people.list())
  tell(world, `Kept as note ${id}, for you alone. The next session opens it: ${next}`)
}

/** Written on the screen; what is typed is kept as a draft all the while, and offered again. */
async function compose(world: World, notebook: Notebook, person: Person): Promise<void> {
  mustBeAbleToAsk(world, 'Give the text: coach note NAME "…"')
  const { openScreen } = await import('../ask/terminal/screen.ts')
  const { NOTE_TURN } = await import('../conversation/inbox.ts')
  const terminal = await openScreen(world, person.name, 'for the inbox')
  const keepDraft = (text: string) =>
    notebook.write(() => notebook.notes.keepDraft(person.id, text))
  let written: string | null = null
  let problem: string | null = null
  let isGone = false
  try {
    for (let isLeft = false; written === null && !isLeft;) {
      const offered = notebook.notes.draft(person.id)
      const scene = { problem, isPast: false, offered, earlier: [], hintFor: () => null, keepDraft }
      const reply = await terminal.ask(NOTE_TURN, scene)
      const text = reply.type === 'answer' ? reply.text : (reply.draft ?? '')
      const checked = await checkAnswer(text, NOTE, world.today())
      problem = 'problem' in checked ? checked.problem : null
      isLeft = reply.type !== 'answer' || text.trim() === ''
      isGone = reply.type !== 'answer'
      if (isLeft || 'problem' in checked) keepDraft(text)
      else written = checked.value
    }
  } finally {
    terminal.close()
  }
  if (written !== null) {
    keep(world, notebook, person, written, true)
    return
  }
  if (!isGone) {
    tell(world, 'No note was made.')
    return
  }
  const isKept = notebook.notes.draft(person.id) !== null
  throw new CoachError(
    exitCodeOf(terminal.endedBy),
    isKept ? 'Not in the inbox yet. What you typed is kept.' : 'No note was made.',
    `${isKept ? 'Go on' : 'Begin again'} with: ${commandFor(world, 'note', person, notebook.people.list())}`,
  )
}
