import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import type { Guide } from '../../../src/conversation/guide.ts'
import { type Ask, hold, type Reply } from '../../../src/conversation/hold.ts'
import { isSettled, keyOf, type Turn } from '../../../src/conversation/turn.ts'
import type { Answer, Becomes, Pass } from '../../../src/model.ts'
import { createNotebook, type Notebook, openNotebook } from '../../../src/notebook/notebook.ts'
import { guideCalled } from '../../questions/shipped.ts'
import { NOW } from '../../world.ts'
import { factsWith, prepared, sit, talk } from '../talk.ts'

const NOTES = [
  { id: 3, text: 'She let him finish.', on: '2026-11-20' },
  { id: 5, text: 'The deck was clear.\nTwo pages.', on: '2026-11-23' },
  { id: 8, text: 'Ask about the move.', on: '2026-11-23' },
]
const facts = factsWith({ inbox: NOTES })
const FROM_INBOX = 'From your private inbox. What stands here they may read; change what you like.'
const becomes = (id: number) => `0/inbox.${id}.becomes`
const all = (...what: readonly Becomes[]) =>
  Object.fromEntries(what.map((one, at) => [becomes(NOTES[at]?.id ?? 0), one]))

describe('each note that waits is opened', () => {
  test('before anything else, with its day, its text and one key for each answer, and only for its person', async () => {
    const sitting = await sit(talk('ortp', 'prepare', { facts }))
    expect(sitting.keys.slice(0, 4)).toEqual([
      ...NOTES.map(({ id }) => becomes(id)),
      '1/observation.situation',
    ])
    const { turn } = sitting.at(becomes(3))
    expect(turn).toMatchObject({
      about: 'Fri 20 Nov: She let him finish.',
      ask: 'What becomes of it?',
      visibility: 'private',
      required: false,
      default: null,
    })
    expect(turn.choices.map(({ id, key }) => `${key} ${id}`)).toEqual([
      'o observation',
      'p praise',
      't topic',
      'x dropped',
      'k kept',
    ])
  })

  test.each([
    ['quick', 'prepare', ['observation', 'topic', 'dropped', 'kept']],
    ['quick', 'record', ['observation', 'dropped', 'kept']],
    ['ask', 'prepare', ['praise', 'topic', 'dropped', 'kept']],
    ['ask', 'record', ['praise', 'topic', 'dropped', 'kept']],
    ['opportunity', 'prepare', ['praise', 'topic', 'dropped', 'kept']],
    ['opportunity', 'record', ['praise', 'dropped', 'kept']],
    ['coaching-a-coach', 'record', ['observation', 'praise', 'dropped', 'kept']],
    ['self', 'record', ['dropped', 'kept']],
    ['upward', 'prepare', ['topic', 'dropped', 'kept']],
  ] as const)('%s offers what it has a place for, in a %s', async (guide, pass, ids) => {
    const sitting = await sit(talk(guide, pass, { facts }))
    expect(sitting.at(becomes(3)).turn.choices.map(({ id }) => id)).toEqual(ids)
  })

  test('a long note is shown as far as it fits', async () => {
    const inbox = [{ id: 3, text: 'word '.repeat(200), on: '2026-11-20' }]
    const { turn } = (await sit(talk('quick', 'prepare', { facts: factsWith({ inbox }) }))).at(
      becomes(3),
    )
    expect(turn.about).toMatch(/^Fri 20 Nov: word word .* word …$/)
    expect(turn.about?.length).toBeLessThan(430)
  })

  test('while preparing and left for later is asked again in the conversation, one passed over is not', async () => {
    const ready = await prepared(
      'quick',
      { [becomes(3)]: { type: 'later' }, [becomes(5)]: 'kept' },
      facts,
    )
    expect((await sit(ready)).keys[0]).toBe(becomes(3))
    expect((await sit(ready)).keys).not.toContain(becomes(5))
    expect((await sit(ready)).keys).not.toContain(becomes(8))
  })
})

describe('an observation', () => {
  test('is offered as what was seen, and Enter takes it', async () => {
    const sitting = await sit(
      talk('ortp', 'prepare', { facts }),
      all('dropped', 'observation', 'kept'),
    )
    const saw = sitting.at('1/observation.saw')
    expect(saw.scene.offered).toBe('The deck was clear.\nTwo pages.')
    expect(saw.turn.hint).toBe(FROM_INBOX)
  })

  test('two observations make two rounds, and the second begins by itself', async () => {
    const ready = await prepared(
      'ortp',
      {
        ...all('observation', 'observation', 'dropped'),
        '1/observation.saw': 'She let him finish.',
      },
      facts,
    )
    const sitting = await sit(ready, { '1/again': 'yes' })
    expect(sitting.at('1/again').turn).toMatchObject({
      default: 'yes',
      hint: 'There is another note from your inbox that became an observation.',
    })
    expect(sitting.at('2/observation.saw').scene.offered).toBe('The deck was clear.\nTwo pages.')
    expect(sitting.at('2/again').turn).toMatchObject({ default: 'no', hint: null })
  })

  test('two observations are offered together where a guide has only one round', async () => {
    const sitting = await sit(
      talk('quick', 'prepare', { facts }),
      all('observation', 'kept', 'observation'),
    )
    expect(sitting.at('1/observation.saw').scene.offered).toBe(
      'She let him finish.\nAsk about the move.',
    )
  })

  test('is not offered once it is taken back', async () => {
    const back: Reply = { type: 'back' }
    const sitting = await sit(talk('quick', 'prepare', { facts }), {
      [becomes(3)]: 'observation',
      [becomes(5)]: 'dropped',
      [becomes(8)]: ['dropped', 'observation'],
      '1/observation.saw': [back, 'something else'],
    })
    expect(sitting.at('1/observation.saw', 1).scene.offered).toBe('She let him finish.')
    expect(sitting.at('1/observation.saw', 2).scene.offered).toBe(
      'She let him finish.\nAsk about the move.',
    )
  })

  test('does not replace what was already written', async () => {
    const sitting = await sit(talk('quick', 'prepare', { facts: factsWith({ inbox: [] }) }), {
      '1/observation.saw': { type: 'leave', draft: 'What I saw myself' },
    })
    const again = await sit(
      { ...sitting.conversation, facts },
      all('observation', 'dropped', 'dropped'),
    )
    expect(again.at('1/observation.saw').scene.offered).toBe('What I saw myself')
  })
})

test('all praise is offered together where the person is praised', async () => {
  const ready = await prepared('ortp', all('praise', 'dropped', 'praise'), facts)
  const praise = (await sit(ready)).at('0/close.praise')
  expect(praise.scene.offered).toBe('She let him finish.\nAsk about the move.')
  expect(praise.turn.hint).toBe(FROM_INBOX)
})

test('a topic is offered where a guide asks for one', async () => {
  const sitting = await sit(talk('ask', 'prepare', { facts }), all('dropped', 'dropped', 'topic'))
  expect(sitting.at('1/ask.topic').scene.offered).toBe('Ask about the move.')
})

test.each(['dropped', 'kept'] as const)('a note that was %s is offered nowhere', async (what) => {
  const ready = await prepared('ortp', all(what, what, what), facts)
  const asked = [
    ...(await sit(talk('ortp', 'prepare', { facts }), all(what, what, what))).asked,
    ...(await sit(ready)).asked,
  ]
  const offered = asked
    .filter(({ key }) => !key.includes('inbox'))
    .map(({ scene }) => scene.offered)
  for (const { text } of NOTES) expect(offered).not.toContain(text)
})

// Hundreds of commits: in memory where the machine has such a folder, else on its disk. A real file either way.
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'coach-inbox-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
/** A notebook with one person, three notes and a session that has just begun. */
function newDesk(guide: Guide) {
  const path = join(folder, `${files++}.db`)
  createNotebook(path, NOW)
  const notebook = openNotebook(path, () => NOW)
  return notebook.write(() => {
    const person = notebook.people.add({ name: 'Ana Silva' })
    for (const { text } of NOTES) notebook.notes.add(person.id, text)
    return { notebook, person, session: notebook.sessions.start(person.id, guide) }
  })
}
type Desk = ReturnType<typeof newDesk>

function inboxOf({ notebook, person, session }: Desk) {
  return [...notebook.notes.takenBy(session.id), ...notebook.notes.waiting(person.id)]
    .toSorted((a, b) => a.id - b.id)
    .map(({ id, text }) => ({ id, text, on: '2026-11-23' }))
}

/** What is tried at a turn before it is answered, and how it is answered in the end. */
interface Plan {
  readonly first: readonly ('back' | 'later')[]
  readonly pick: number
  readonly isTaken: boolean
}
const plan: fc.Arbitrary<Plan> = fc.record({
  first: fc.array(fc.constantFrom('back', 'later'), { maxLength: 2 }),
  pick: fc.nat(30),
  isTaken: fc.boolean(),
})
const plans = fc.array(plan, { minLength: 11, maxLength: 11 })

function planFor(all: readonly Plan[], pass: Pass, key: string): Plan {
  const sum = Array.from(`${pass}/${key}`, (char) => char.charCodeAt(0)).reduce(
    (n, code) => n * 31 + code,
    7,
  )
  return all[sum % all.length] ?? { first: [], pick: 0, isTaken: true }
}

function settle(turn: Turn, offered: string | null, { pick, isTaken }: Plan): Reply {
  if (turn.kept && isSettled(turn)) {
    const { state, value } = turn.kept
    return state === 'answered' && value !== null
      ? { type: 'answer', text: value }
      : { type: 'skip' }
  }
  if (turn.path === 'again')
    return { type: 'answer', text: turn.round < 3 ? (turn.default ?? 'no') : 'no' }
  const choice = turn.choices[pick % Math.max(1, turn.choices.length)]
  if (turn.kind === 'choice' || turn.kind === 'rating') {
    const isSkipped = !turn.required && pick % 7 === 0
    return choice && !isSkipped ? { type: 'answer', text: choice.id } : { type: 'skip' }
  }
  const isText = turn.kind === 'line' || turn.kind === 'note'
  if (isText && offered !== null && isTaken) return { type: 'answer', text: offered }
  return turn.required || (isText && pick % 2 === 0)
    ? { type: 'answer', text: `said ${pick}` }
    : { type: 'skip' }
}

/** Holds both passes, leaving at the prompts whose number is in `stops`, and goes on from what the notebook holds. */
async function holdAll(
  guide: Guide,
  desk: Desk,
  all: readonly Plan[],
  stops: ReadonlySet<number>,
): Promise<readonly Answer[]> {
  const { notebook, session } = desk
  const tried = new Map<string, number>()
  /** What a note becomes, and a gate, are about what is there when they are reached: what they look at is not put off. */
  const gates = guide.steps.flatMap((step) => step.gate?.opens_with ?? [])
  const neverLater = new Set(['inbox', ...gates.map((path) => path.split('.')[0] ?? '')])
  let count = 0
  const ask: Ask = async (turn, scene) => {
    const key = `${turn.pass} ${keyOf(turn)}`
    const one = planFor(all, turn.pass, keyOf(turn))
    if (count > 2000) throw new Error(`asked without an end: ${key}`)
    if (stops.has(count++)) return { type: 'leave' }
    const time = tried.get(key) ?? 0
    tried.set(key, time + 1)
    const isNow =
      isSettled(turn) ||
      (one.first[time] === 'later' && neverLater.has(turn.path.split('.')[0] ?? ''))
    const first = isNow ? undefined : one.first[time]
    return first ? { type: first } : settle(turn, scene.offered, one)
  }
  const save = (answers: readonly Answer[]) =>
    notebook.write(() => notebook.answers.save(session, answers))
  for (const pass of ['prepare', 'record'] as const) {
    for (let sitting = 0, isOver = false; !isOver; sitting++) {
      if (sitting > 100) throw new Error('the conversation does not come to an end')
      const answers = notebook.answers.of(session.id)
      const start = { guide, pass, facts: factsWith({ inbox: inboxOf(desk) }), answers }
      isOver = (await hold(start, ask, save)).ended === 'finished'
    }
  }
  return notebook.answers.of(session.id)
}

const sayAll = (answers: readonly Answer[]) =>
  answers
    .filter(({ state }) => state === 'answered')
    .map(({ round, path, pass, value }) => `${round}/${path} ${pass}: ${value}`)
    .toSorted()

const statesOf = ({ notebook }: { readonly notebook: Notebook }) =>
  [1, 2, 3].map((id) => {
    const note = notebook.notes.get(id)
    return { id, status: note?.status, session: note?.sessionId }
  })

describe.each(['ortp', 'quick', 'ask', 'coaching-a-coach', 'upward', 'self'])(
  'with notes, in %s',
  (id) => {
    test('stopping anywhere and going on gives the same record, and the notebook holds what was said', async () => {
      const guide = guideCalled(id)
      const stops = fc.uniqueArray(fc.nat(60), { maxLength: 6 })
      await fc.assert(
        fc.asyncProperty(plans, stops, async (all, when) => {
          const [whole, parts] = [newDesk(guide), newDesk(guide)]
          const inOneGo = await holdAll(guide, whole, all, new Set())
          const inParts = await holdAll(guide, parts, all, new Set(when))
          expect(sayAll(inParts)).toEqual(sayAll(inOneGo))
          expect(statesOf(parts)).toEqual(statesOf(whole))
          for (const { id: note, status, session } of statesOf(parts)) {
            const said = inParts.find(({ path }) => path === `inbox.${note}.becomes`)
            const became =
              said?.state === 'answered' && said.value !== 'kept' ? said.value : 'waiting'
            expect([status, session]).toEqual([
              became,
              became === 'waiting' ? null : parts.session.id,
            ])
          }
          for (const desk of [whole, parts]) desk.notebook.close()
        }),
        { seed: 20_261_123, numRuns: 15 },
      )
    })
  },
)
