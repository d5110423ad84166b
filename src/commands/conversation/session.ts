import { type Guide, hasPreparation } from '../../conversation/guide.ts'
import { merge } from '../../conversation/changes.ts'
import { hold } from '../../conversation/hold.ts'
import type { Save } from '../../conversation/sitting.ts'
import { STEERING } from '../../conversation/walk.ts'
import type { Conversation } from '../../conversation/turn.ts'
import { CoachError, EXIT, exitCodeOf, usageError } from '../../errors.ts'
import { type Answer, isUnfinished, type Pass, type Person, type Session } from '../../model.ts'
import type { Notebook } from '../../notebook/notebook.ts'
import type { Library } from '../../questions/bank/build-library.ts'
import { escapeHarmful, safe } from '../../text/text.ts'
import type { World } from '../../world.ts'
import { gatherFacts, type Preset } from './gather-facts.ts'
import { mustBeAbleToAsk } from '../../ask/flags/require-terminal.ts'
import { commandFor, matchPerson } from '../lookup.ts'
import {
  checkTags,
  DEFAULT_GUIDE,
  findGuide,
  guideOf,
  guideWith,
  loadLibrary,
} from '../../library/load-library.ts'
import { endPass } from './finish-pass.ts'
import { move, whichOne } from './choose-session.ts'
import { draftsToWrite, guarded, keeperFor, NOTHING_SEEN } from './conversation-drafts.ts'
import { sayUnsaved } from '../../render/conversation/unsaved.ts'
import { MYSELF, mustBeNobodyElse, onlyOne, type Special, whoIsIt } from './choose-person.ts'

/** Flags of `coach session`. */
export interface SessionOptions extends Preset {
  readonly prepare?: boolean
  readonly record?: boolean
  readonly guide?: string
  readonly quick?: boolean
  readonly full?: boolean
  readonly session?: string
  readonly answers?: string
  readonly template?: boolean
  /** The banks to take questions from, in the place of those that the guide names. */
  readonly questions?: string
  /** Move the next conversation to this day, and do nothing else. */
  readonly move?: string
  /** Take days that have passed where one ahead is meant. */
  readonly past?: boolean
}

/** Flags of `coach reflect`. */
export type ReflectOptions = Pick<SessionOptions, 'full' | 'answers' | 'template' | 'past'>

/** Flags of `coach upward`. */
export type UpwardOptions = ReflectOptions & Pick<SessionOptions, 'prepare' | 'record'>

/** `coach reflect` */
export async function reflect(world: World, options: ReflectOptions): Promise<void> {
  await begin(world, undefined, options, { guide: 'self', relation: 'self' })
}

/** `coach upward [NAME]` */
export async function upward(
  world: World,
  name: string | undefined,
  options: UpwardOptions,
): Promise<void> {
  await begin(world, name, options, { guide: 'upward', relation: 'coach' })
}

const INSTEAD = 'Use --answers FILE; coach session --template prints a file to fill in.'

/** `coach session [NAME]` */
export async function run(
  world: World,
  name: string | undefined,
  options: SessionOptions,
): Promise<void> {
  await begin(world, name, options, null)
}

async function begin(
  world: World,
  name: string | undefined,
  options: SessionOptions,
  special: Special | null,
): Promise<void> {
  const named = special?.guide ?? (options.quick ? 'quick' : options.guide)
  const pass = options.prepare ? 'prepare' : options.record ? 'record' : null
  if (options.move !== undefined) {
    await move(world, name, options.move, options.past ?? false)
  } else if (options.template) {
    await printTemplate(world, special?.relation === 'self' ? MYSELF : name, named)
  } else if (options.answers !== undefined) {
    const { sessionFromFile } = await import('./session-from-file.ts')
    const { answers, session, past } = options
    await sessionFromFile(world, name, { answers, guide: named, pass, session, past })
  } else {
    await atTheTerminal(world, name, { ...options, guide: named, pass }, special)
  }
}

async function printTemplate(world: World, name: string | undefined, named: string | undefined) {
  const { answersTemplate } = await import('../../ask/file/template.ts')
  const library = await loadLibrary(world)
  const guide = findGuide(library, named ?? DEFAULT_GUIDE)
  const facts = gatherFacts(world, library, null, { name: name ?? '' }, null)
  world.print(escapeHarmful(answersTemplate(guide, facts, name ?? '')))
}

type TerminalOptions = Omit<SessionOptions, 'guide'> & {
  readonly guide: string | undefined
  readonly pass: Pass | null
}

async function atTheTerminal(
  world: World,
  name: string | undefined,
  options: TerminalOptions,
  special: Special | null,
): Promise<void> {
  const library = await loadLibrary(world)
  if (options.guide !== undefined) findGuide(library, options.guide)
  checkTags(library, { ...options, from: options.questions })
  const before = await world.read()
  const everybody = before?.people.list() ?? []
  const people = special
    ? everybody.filter(({ relation }) => relation === special.relation)
    : everybody
  const known = name === undefined ? onlyOne(people, special) : matchPerson(people, name, 'words')
  if (special && name !== undefined && !known) mustBeNobodyElse(everybody, name)
  // Before anybody is added: a guide for oneself or one's coach is not for one's people.
  const relation = known?.person.relation ?? special?.relation ?? 'report'
  guideWith(library, relation, options.guide)
  mustBeAbleToAsk(world, INSTEAD)
  const person = await whoIsIt(world, people, { name, known, special })
  const notebook = await world.open()
  const session = await whichOne(world, notebook, person, options)
  if (session === 'over') return
  const guide = guideFor(library, person, session, options.guide)
  const pass = await whichPass(world, guide, session, options.pass)
  await holdAtTerminal(world, notebook, library, { person, guide, session, pass, options })
}

function guideFor(
  library: Library,
  person: Person,
  session: Session | null,
  named: string | undefined,
): Guide {
  if (!session) return guideWith(library, person.relation, named)
  if (named === undefined || named === session.guide) return guideOf(library, session)
  throw usageError(
    `Session ${session.id} is unfinished, and it follows the guide “${session.guide}”.`,
    `Go on with it by leaving out the guide, or remove it with: coach delete session ${session.id}`,
  )
}

async function whichPass(
  world: World,
  guide: Guide,
  session: Session | null,
  wanted: Pass | null,
): Promise<Pass> {
  if (!hasPreparation(guide)) return 'record'
  if (wanted) return wanted
  if (session) return session.status === 'preparing' ? 'prepare' : 'record'
  const { choose } = await import('../../ask/terminal/single-questions.ts')
  return await choose(world, 'Before the conversation, or now?', [
    { id: 'prepare', title: 'Before: prepare it' },
    { id: 'record', title: 'Now or afterwards: record it' },
  ])
}

interface Sitting {
  readonly person: Person
  readonly guide: Guide
  readonly session: Session | null
  readonly pass: Pass
  readonly options: TerminalOptions
}

async function holdAtTerminal(
  world: World,
  notebook: Notebook,
  library: Library,
  sitting: Sitting,
): Promise<void> {
  const { person, guide, session, pass, options } = sitting
  const facts = gatherFacts(world, library, notebook, person, session, {
    full: options.full ?? false,
    preset: options,
    banks: options.questions === undefined ? undefined : [options.questions],
    isPastTaken: options.past,
    heldOn: session?.heldOn,
  })
  const start: Conversation = {
    guide,
    pass,
    facts,
    answers: session ? notebook.answers.of(session.id) : [],
  }
  const { save, saved } = sessionSaver(notebook, sitting)
  const drafts = await draftsToWrite(world, notebook)
  // Worked out now: at the end the notebook may be gone.
  const again = commandFor(world, 'session', person, notebook.people.list())
  const keeper = keeperFor(drafts, person, () => saved()?.uuid ?? null)
  const { openScreen } = await import('../../ask/terminal/open-screen.ts')
  const terminal = await openScreen(world, person.name)
  const held = await hold(start, terminal.ask, save, {
    drafts: keeper,
    today: () => world.today(),
  }).finally(() => terminal.close())
  const now = saved()
  if (held.ended === 'left') {
    const kept =
      now === null ? 'Nothing was written yet.' : 'Paused. Everything you answered is kept.'
    const code = exitCodeOf(terminal.endedBy)
    throw new CoachError(code, kept + sayUnsaved(held.unsaved), `Continue with: ${again}`)
  }
  const isWrittenNow = held.conversation.answers.some((one) => one.pass === pass && isWritten(one))
  if (!isWrittenNow) {
    const stays = now === null ? 'No session was made.' : 'The session stays as it was.'
    world.tell(`Nothing was written down. ${stays} Go on later with: ${safe(again)}\n`)
    return
  }
  if (!now) throw usageError('There was nothing to ask.', `Begin again with: ${again}`)
  if (session?.status === 'prepared' && pass === 'prepare') {
    world.tell(`This was prepared already. To change it: coach edit ${now.id}\n\n`)
  }
  if (held.ended === 'open' && pass === 'record') {
    world.tell(`Kept. Something was left for later; finish it with: ${safe(again)}\n`)
    return
  }
  endPass(world, notebook, library, now.id, pass)
}

/** Whether an answer holds something, given or typed and left; what only steers holds nothing. */
function isWritten({ path, state, value, draft }: Answer): boolean {
  if (STEERING.test(path)) return false
  return state === 'answered' || value !== null || draft !== null
}

interface SessionSaver {
  readonly save: Save
  /** The session as it was saved last; null before its first answer. */
  readonly saved: () => Session | null
}

/**
 * Saves what is answered. The session begins with the first answer that holds something, and so does a pass: what is passed over from
 * beginning to end makes no session, and leaves one that is there as it was.
 */
function sessionSaver(notebook: Notebook, { person, guide, session, pass }: Sitting): SessionSaver {
  let current = session
  /** What was passed over before anything was written; null once something is. */
  let passedOver: readonly Answer[] | null = []
  const saveNow = guarded(
    notebook,
    session ? notebook.answers.marks(session.id) : NOTHING_SEEN,
    () => current?.id ?? null,
    (answers) => {
      const now = current && stillUnfinished(notebook, current, pass)
      const begun = now ?? notebook.sessions.start(person.id, guide)
      const status = pass === 'prepare' ? 'preparing' : 'recording'
      const its = begun.status === status ? begun : notebook.sessions.update(begun.id, { status })
      notebook.answers.save(its, answers)
      return its
    },
    (saved) => {
      current = saved
    },
  )
  const save: Save = (answers) => {
    const all = passedOver === null ? answers : merge(passedOver, answers)
    if (passedOver !== null && !answers.some(isWritten)) passedOver = all
    else {
      saveNow(all)
      passedOver = null
    }
  }
  return { save, saved: () => current }
}

/** A session as the notebook has it now. @throws CoachError (busy) when another window deleted it, or got further with it */
function stillUnfinished(notebook: Notebook, { id }: Session, pass: Pass): Session {
  const now = notebook.sessions.get(id)
  if (!now) {
    throw new CoachError(EXIT.busy, `Session ${id} was deleted meanwhile, in another window.`)
  }
  if (!isUnfinished(now.status) || (pass === 'prepare' && now.status === 'recording')) {
    throw new CoachError(
      EXIT.busy,
      `Session ${id} was recorded meanwhile, in another window. To change it: coach edit ${id}`,
    )
  }
  return now
}
