import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openAnswers, readAnswers } from '../../ask/file/read-answers.ts'
import { entryFor } from '../../ask/file/replay.ts'
import { type Ask, hold } from '../../conversation/hold.ts'
import type { Turn } from '../../conversation/turn.ts'
import { CoachError, EXIT } from '../../errors.ts'
import type { Answer, Pass } from '../../model.ts'
import { hang, type Style, wrap } from '../../output/layout.ts'
import { SHIPPED } from '../../library/read-layers.ts'
import { safe } from '../../text/text.ts'
import { makeWorld } from '../../start/make-world.ts'
import type { World } from '../../world.ts'
import { run as exportBook } from '../exchange/export.ts'
import { gatherFacts } from '../conversation/gather-facts.ts'
import { DEFAULT_GUIDE, findGuide, loadLibrary } from '../../library/load-library.ts'
import { styleOf } from '../../output/print.ts'
import { run as review } from '../followup/review.ts'
import { endPass } from '../conversation/finish-pass.ts'

/** `coach demo`: a whole session through the real engine, on a notebook that is thrown away. */
export async function run(world: World): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'coach-demo-'))
  const places = { notebook: join(home, 'notebook.db'), config: home, drafts: join(home, 'drafts') }
  const here = makeWorld({ ...world, places }, { ...world.settings, notebook: undefined })
  try {
    await play(here)
    if (!world.canAsk()) return
    const { confirm } = await import('../../ask/terminal/single-questions.ts')
    if (!(await confirm(world, 'Go on by hand, on this throw-away notebook?', false))) return
    const { run: session } = await import('../conversation/session.ts')
    try {
      await session(here, 'Ben Okafor', {})
      await review(here, {})
    } catch (error) {
      if (!(error instanceof CoachError) || error.exitCode !== EXIT.interrupted) throw error
      throw new CoachError(
        EXIT.interrupted,
        'The demonstration ends here, and its notebook is gone.',
      )
    }
  } finally {
    here.close()
    rmSync(home, { recursive: true, force: true })
  }
}

async function play(world: World): Promise<void> {
  const style = styleOf(world, world.stdout)
  const path = join(SHIPPED, 'demo', 'ana.yaml')
  const library = await loadLibrary(world)
  const guide = findGuide(library, DEFAULT_GUIDE)
  const { source } = openAnswers('ana.yaml', readFileSync(path, 'utf8'))
  const read = readAnswers(source, guide)
  const notebook = await world.open()
  const person = notebook.write(() => notebook.people.add({ name: read.file.person }))
  const session = notebook.write(() => notebook.sessions.start(person.id, guide))
  const save = (answers: readonly Answer[]) =>
    notebook.write(() => notebook.answers.save(session, answers))

  const intro =
    'This is a demonstration. Its notebook is thrown away at the end; yours is not touched.'
  world.print(`${wrap(intro, style.width).join('\n')}\n`)
  for (const pass of ['prepare', 'record'] as const) {
    world.print(heading(pass, style))
    const facts = gatherFacts(world, library, notebook, person, session, { full: true })
    const answers = notebook.answers.of(session.id)
    await hold({ guide, facts, pass, answers }, typist(world, read.file, style), save)
    world.print(
      `\n${style.paint.dim(`  ${world.isPlain() ? '' : '── '}${pass === 'prepare' ? 'the sheet for the room' : 'the recap'}`)}\n\n`,
    )
    endPass(world, notebook, library, session.id, pass)
  }
  world.print(command('coach review', style))
  await review(world, {})
  world.print(command(`coach export session ${session.id} --shared`, style))
  await exportBook(world, 'session', String(session.id), { shared: true })
}

const PASS_COMMAND = {
  prepare: 'coach session ana --prepare',
  record: 'coach session ana --record',
} as const satisfies Record<Pass, string>

function heading(pass: Pass, style: Style): string {
  const when = pass === 'prepare' ? 'Before the conversation' : 'After the conversation'
  return `\n${style.paint.dim(`# ${when}`)}${command(PASS_COMMAND[pass], style)}`
}

function command(text: string, { paint }: Style): string {
  return `\n${paint.bold(`$ ${text}`)}\n\n`
}

/** Answers from the file, printed as they would be typed; what the file leaves out is passed over. */
function typist(world: World, file: Parameters<typeof entryFor>[0], { paint, width }: Style): Ask {
  let step = ''
  let about: string | null = null
  return async (turn: Turn) => {
    const [, entry] = entryFor(file, turn, 'record')
    if (turn.path === 'again') return { type: 'answer', text: 'no' }
    if (!entry) return { type: 'skip' }
    if (turn.step.title !== step) {
      const number = turn.step.number === null ? '' : ` ${turn.step.number}/${turn.step.of}`
      world.print(`${step === '' ? '' : '\n'}${paint.bold(`${safe(turn.step.title)}${number}`)}\n`)
      step = turn.step.title
    }
    if (turn.about !== null && turn.about !== about)
      world.print(`${paint.dim(hang('  ', safe(turn.about), width))}\n`)
    about = turn.about
    world.print(
      `${paint.dim(hang('  ', safe(turn.ask), width))}\n${hang('  › ', safe(entry.text), width)}\n`,
    )
    return { type: 'answer', text: entry.text }
  }
}
