import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { toAnswersFile } from '../../src/ask/file/write-answers.ts'
import type { Guide } from '../../src/conversation/guide.ts'
import { type Ask, hold, type Reply } from '../../src/conversation/hold.ts'
import { type Conversation, isSettled, keyOf, type Turn } from '../../src/conversation/turn.ts'
import { walk } from '../../src/conversation/walk.ts'
import type { Answer, Pass, Person, Session } from '../../src/model.ts'
import { createNotebook, type Notebook, openNotebook } from '../../src/notebook/notebook.ts'
import { guideCalled, LIBRARY } from '../questions/shipped.ts'
import { NOW } from '../world.ts'
import { factsWith } from './talk.ts'

// Thousands of commits: in memory where the machine has such a folder, else on its disk. A real file either way.
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'coach-resume-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const RUNS = { seed: 20_261_123, numRuns: 12 }
let files = 0

/** A notebook with one person, two promises and a session that has just begun. */
interface Desk {
  readonly path: string
  readonly notebook: Notebook
  readonly person: Person
  readonly session: Session
}

function newDesk(guide: Guide): Desk {
  const path = join(folder, `${files++}.db`)
  createNotebook(path, NOW)
  const notebook = openNotebook(path, () => NOW)
  return notebook.write(() => {
    const person = notebook.people.add({ name: 'Ana Silva' })
    notebook.actions.add(person.id, { what: 'send the deck', due: '2026-11-20' })
    notebook.actions.add(person.id, { what: 'listen in', owner: 'me' })
    return { path, notebook, person, session: notebook.sessions.start(person.id, guide) }
  })
}

const factsOf = ({ notebook, person, session }: Desk) =>
  factsWith({
    promises: notebook.actions
      .promisedTo(person.id, session.id)
      .map((item) => ({ ...item, isPrivate: false })),
    suggest: ({ kind }) => [{ id: `${kind}-1`, title: `What about ${kind}?` }],
  })

/** The session as the notebook holds it: the record, and what became of every action item. */
function recordOf(guide: Guide, desk: Desk, answers: readonly Answer[]): string {
  const items = desk.notebook.actions
    .list({ personId: desk.person.id })
    .map(({ what, due, owner, status, carried }) =>
      JSON.stringify([what, due, owner, status, carried]),
    )
    .toSorted()
  const done = { ...desk.session, status: 'done' } as const
  return `${toAnswersFile(guide, done, desk.person, answers)}\n${items.join('\n')}`
}

/** Holds both passes, each in as many sittings as it takes, and goes on from `reload` after each sitting. */
async function holdAll(
  guide: Guide,
  desk: Desk,
  ask: Ask,
  reload: (held: readonly Answer[]) => readonly Answer[],
) {
  let answers: readonly Answer[] = []
  for (const pass of ['prepare', 'record'] as const) {
    for (let sitting = 0, isOver = false; !isOver; sitting++) {
      if (sitting > 200) throw new Error('the conversation does not come to an end')
      const start = { guide, pass, facts: factsOf(desk), answers }
      const held = await hold(start, ask, saverOf(desk))
      answers = reload(held.conversation.answers)
      isOver = held.ended === 'finished'
    }
  }
  return answers
}

/** How a manager comes to an answer at one turn: what is tried first, and what is said in the end. */
interface Plan {
  readonly first: readonly ('back' | 'later' | 'empty')[]
  readonly draft: string
  readonly isSkipped: boolean
  readonly text: string
  readonly pick: number
}

const words = fc.oneof(
  fc.constantFrom(
    'She asked.',
    'two\nlines',
    '- a\n- b',
    '# x',
    'yes',
    '2026-01-01',
    'naïve 👩‍💻',
    ': {',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
)
const text = words.map((one) => (one.trim() === '' || one.includes('\0') ? 'x' : one))
const plan: fc.Arbitrary<Plan> = fc.record({
  first: fc.array(fc.constantFrom('back', 'later', 'empty'), { maxLength: 2 }),
  draft: text,
  isSkipped: fc.boolean(),
  text,
  pick: fc.nat(20),
})
/** A plan for each turn: the same turn gets the same plan, in whatever order the turns come. */
const plans = fc.array(plan, { minLength: 12, maxLength: 12 })

function planFor(all: readonly Plan[], pass: Pass, key: string): Plan {
  const sum = Array.from(`${pass}/${key}`, (char) => char.charCodeAt(0)).reduce(
    (n, code) => n * 31 + code,
    7,
  )
  const found = all[sum % all.length]
  if (!found) throw new Error('there is a plan for every turn')
  return found
}

/** What is said in the end at a turn; where an answer stands already it is left as it is, like a bare Enter. */
function settle(turn: Turn, { isSkipped, text, pick }: Plan): Reply {
  if (turn.kept && isSettled(turn)) {
    const isAnswer = turn.kept.state === 'answered' && turn.kept.value !== null
    return isAnswer ? { type: 'answer', text: turn.kept.value ?? '' } : { type: 'skip' }
  }
  if (turn.path === 'again') {
    return { type: 'answer', text: turn.round === 1 && pick % 3 === 0 ? 'yes' : 'no' }
  }
  if (isSkipped && !turn.required) return { type: 'skip' }
  const choice = turn.choices[pick % Math.max(1, turn.choices.length)]
  switch (turn.kind) {
    case 'choice':
      return choice ? { type: 'answer', text: choice.id } : { type: 'skip' }
    case 'question':
      return choice && pick % 2 === 0
        ? { type: 'answer', text: choice.title, questionId: choice.id }
        : { type: 'answer', text }
    case 'rating':
      return { type: 'answer', text: String(1 + (pick % 5)) }
    case 'yes_no':
      return { type: 'answer', text: pick % 2 === 0 ? 'yes' : 'no' }
    case 'date':
      return { type: 'answer', text: `2026-12-${10 + pick}` }
    case 'action':
      return turn.action && turn.action.number > 3
        ? { type: 'skip' }
        : { type: 'answer', text: `practise ${pick}${pick % 2 === 0 ? ' by fri' : ''}` }
    case 'opportunity':
      return { type: 'answer', text: choice?.id ?? `Northwind ${pick}` }
    case 'repeat':
      return { type: 'answer', text: 'every 2 weeks' }
    case 'line':
    case 'note':
      break
  }
  return { type: 'answer', text }
}

/** A manager with a plan for each turn, who leaves after each number of prompts named in `stops`. */
function manager(guide: Guide, all: readonly Plan[], stops: ReadonlySet<number> = new Set()) {
  const tried = new Map<string, number>()
  const typed = new Map<string, string>()
  /** The gate is about what is there when it is reached, so their own view is not put off. */
  const neverLater = new Set(guide.steps.flatMap((step) => step.gate?.opens_with ?? []))
  let count = 0
  const ask: Ask = async (turn, scene) => {
    const key = `${turn.pass} ${keyOf(turn)}`
    const planned = planFor(all, turn.pass, keyOf(turn))
    const left = typed.get(key)
    const isTyped = left !== undefined && !isSettled(turn)
    expect(isTyped ? scene.offered : null).toBe(isTyped ? left : null)
    const leaveWith = (reply: Reply & { draft: string }) => {
      if (!isSettled(turn)) typed.set(key, reply.draft)
      return reply
    }
    if (stops.has(count++)) {
      return leaveWith({ type: 'leave', draft: isSettled(turn) ? '' : `${planned.draft} left` })
    }
    const time = tried.get(key) ?? 0
    const first = isSettled(turn) ? undefined : planned.first[time]
    tried.set(key, time + 1)
    if (first === 'empty' && turn.required) return { type: 'answer', text: ' ' }
    if (first === 'back') return leaveWith({ type: 'back', draft: planned.draft })
    if (first === 'later' && !neverLater.has(turn.path)) {
      return leaveWith({ type: 'later', draft: planned.draft })
    }
    typed.delete(key)
    return settle(turn, planned)
  }
  return ask
}

describe.each(LIBRARY.guides.map((guide) => [guide.id, guide] as const))('%s', (_id, guide) => {
  test('stopping after any answers and going on later gives the same record', async () => {
    const stops = fc.uniqueArray(fc.nat(90), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(plans, stops, async (all, when) => {
        const [whole, parts] = [newDesk(guide), newDesk(guide)]
        const inOneGo = await holdAll(guide, whole, manager(guide, all), (held) => held)
        const inParts = await holdAll(guide, parts, manager(guide, all, new Set(when)), () => {
          const again = openNotebook(parts.path, () => NOW)
          const answers = again.answers.of(parts.session.id)
          again.close()
          return answers
        })
        expect(recordOf(guide, parts, inParts)).toBe(recordOf(guide, whole, inOneGo))
        for (const desk of [whole, parts]) desk.notebook.close()
      }),
      RUNS,
    )
  })

  test('whatever is said, changed or taken back, the notebook holds what the conversation believes', async () => {
    const ready = new Map<string, Desk>()
    for (const path of LANDMARKS) ready.set(path, await deskAt(guide, path))
    const kind = fc.constantFrom('settle', 'skip', 'later')
    const restless = fc.array(fc.record({ back: fc.nat(4), kind, plan }), { maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...ready.values()), restless, async (begun, changes) => {
        const desk = copyOf(begun)
        const kept = () => desk.notebook.answers.of(desk.session.id)
        const steps = changes.flatMap(({ back, ...last }) => [
          ...Array.from({ length: back }, () => ({ ...last, kind: 'back' as const })),
          last,
        ])
        const ask: Ask = async (turn) => {
          const row = kept().find((one) => keyOf(one) === keyOf(turn) && one.pass === turn.keptIn)
          expect(row && [row.state, row.value]).toEqual(
            turn.kept ? [turn.kept.state, turn.kept.value] : undefined,
          )
          const step = steps.shift()
          if (!step) return { type: 'leave' }
          if (step.kind === 'settle') return settle({ ...turn, kept: null }, step.plan)
          return { type: step.kind, draft: step.plan.draft }
        }
        const start = { guide, pass: 'record', facts: factsOf(desk), answers: kept() } as const
        const held = await hold(start, ask, saverOf(desk))
        const believed = { ...start, answers: held.conversation.answers }
        expect(recordOf(guide, desk, kept())).toBe(recordOf(guide, desk, believed.answers))
        expect(openKeys({ ...start, answers: kept() })).toEqual(openKeys(believed))
        desk.notebook.close()
      }),
      { ...RUNS, numRuns: 120 },
    )
  })
})

/** Where a restless manager begins; a guide that has no such prompt is begun at its end. */
const LANDMARKS = [
  'observation.saw',
  'reflection.questions.1.opened',
  'plan.actions.1.firmer',
  'plan.actions.2.what',
]

/** A conversation that has come as far as a prompt. */
async function deskAt(guide: Guide, path: string): Promise<Desk> {
  const desk = newDesk(guide)
  const calm = { first: [], draft: '', isSkipped: false, text: 'She asked.', pick: 0 }
  const ask: Ask = async (turn) => (turn.path === path ? { type: 'leave' } : settle(turn, calm))
  await hold({ guide, pass: 'record', facts: factsOf(desk), answers: [] }, ask, saverOf(desk))
  return desk
}

function copyOf(desk: Desk): Desk {
  const path = join(folder, `${files++}.db`)
  copyFileSync(desk.path, path)
  return { ...desk, path, notebook: openNotebook(path, () => NOW) }
}

function saverOf({ notebook, session }: Desk) {
  return (answers: readonly Answer[]) =>
    notebook.write(() => notebook.answers.save(session, answers))
}

test('an agreed action item is not taken back by skipping it, and can be reworded', async () => {
  const desk = await deskAt(guideCalled('ortp'), 'plan.actions.1.firmer')
  const ways: Reply[] = [
    { type: 'back' },
    { type: 'back' },
    { type: 'back' },
    { type: 'skip' },
    { type: 'answer', text: 'practise it twice' },
    { type: 'leave' },
  ]
  const start = {
    guide: guideCalled('ortp'),
    pass: 'record',
    facts: factsOf(desk),
    answers: desk.notebook.answers.of(desk.session.id),
  } as const
  const last: Turn[] = []
  const ask: Ask = async (turn) => {
    last.push(turn)
    return ways.shift() ?? { type: 'leave' }
  }
  const { conversation } = await hold(start, ask, saverOf(desk))
  const item = desk.notebook.actions.ofSession(desk.session.id)[0]
  expect(last.at(-1)?.path).toBe('plan.actions.1.due')
  expect(item).toMatchObject({ what: 'practise it twice', due: last.at(-1)?.kept?.value ?? null })
  expect(openKeys({ ...start, answers: desk.notebook.answers.of(desk.session.id) })).toEqual(
    openKeys(conversation),
  )
  desk.notebook.close()
})

/** What is still to be asked. */
function openKeys(conversation: Conversation): readonly string[] {
  return walk(conversation)
    .filter((turn) => !isSettled(turn))
    .map(keyOf)
}
