import { describe, expect, test } from 'vitest'
import { type Ask, hold, type Reply } from '../../src/conversation/hold.ts'
import { merge } from '../../src/conversation/changes.ts'
import { type Conversation, keyOf, type Turn } from '../../src/conversation/turn.ts'
import type { DraftKeeper } from '../../src/conversation/typed.ts'
import type { Answer, AnswerKind, Pass } from '../../src/model.ts'
import { LIBRARY } from '../questions/shipped.ts'
import { factsWith, sit, talk } from './talk.ts'

/** Texts that no prompt of a kind takes, each another one. */
const WRONG = {
  line: ['a\0', 'bb\0', 'ccc\0'],
  note: ['a\0', 'bb\0', 'ccc\0'],
  question: ['a\0', 'bb\0', 'ccc\0'],
  opportunity: ['a\x1b', 'bb\x1b', 'ccc\x1b'],
  choice: ['neither', 'nor', 'none'],
  rating: ['6', '77', 'much'],
  yes_no: ['perhaps', 'who knows', 'so so'],
  date: ['02/03', '1m', '31 february'],
  action: ['call them by 02/03', 'write it in 1m', 'send it on 31 february'],
  repeat: ['biweekly', '1m', 'often'],
} as const satisfies Record<AnswerKind, readonly string[]>

/** An answer that every prompt of a kind takes. */
function right({ kind, choices, path }: Turn): string {
  if (kind === 'date') return path.endsWith('.check_in') ? '2026-11-25' : '2026-12-04'
  if (kind === 'yes_no') return path === 'again' ? 'no' : 'yes'
  if (kind === 'repeat') return 'every week'
  if (kind === 'rating') return '4'
  if (kind === 'action') return path.endsWith('.1.what') ? 'call them by 2026-12-04' : ''
  return choices[0]?.id ?? 'Something.'
}

const TALKS = LIBRARY.guides.flatMap(({ id }) =>
  (['prepare', 'record'] as const).map((pass) => [id, pass] as const),
)
const PROMISED = {
  id: 7,
  what: 'practise the question',
  owner: 'them',
  due: '2026-11-20',
  status: 'open',
  carried: 0,
  isPrivate: false,
} as const
const start = (guide: string, pass: Pass): Conversation =>
  talk(guide, pass, {
    facts: factsWith({ full: true, promises: [PROMISED], goals: [{ id: '3', title: 'lead' }] }),
  })

describe.each(TALKS)('what was typed last stays: %s, %s', (guide, pass) => {
  test('through any number of refusals, at every prompt', async () => {
    const refused = new Map<string, number>()
    const wrongly: string[] = []
    let many = 0
    const ask: Ask = async (turn, scene) => {
      const key = keyOf(turn)
      if (++many > 2000) throw new Error(`asked without an end: ${key}, ${scene.problem}`)
      const times = refused.get(key) ?? 0
      const texts = WRONG[turn.kind]
      if (times > 0 && scene.offered !== texts[times - 1]) {
        wrongly.push(`${key}: ${scene.offered} in the place of ${texts[times - 1]}`)
      }
      if (times === texts.length) return { type: 'answer', text: right(turn) }
      refused.set(key, times + 1)
      return { type: 'answer', text: texts[times] ?? '' }
    }
    await hold(start(guide, pass), ask, () => undefined)
    expect(wrongly).toEqual([])
  })

  test('after Ctrl-C, and in the next sitting', async () => {
    const seen = new Set<string>()
    const wrongly: string[] = []
    const begun = start(guide, pass)
    let { answers } = begun
    let many = 0
    for (let isOver = false; !isOver;) {
      let left = ''
      const ask: Ask = async (turn, { offered }): Promise<Reply> => {
        const key = keyOf(turn)
        if (++many > 2000) throw new Error(`asked without an end: ${key}`)
        const [first, last] = WRONG[turn.kind]
        if (seen.has(`${key} again`)) {
          if (offered !== last) wrongly.push(`${key}: ${offered}`)
          seen.delete(`${key} again`)
          return { type: 'answer', text: right(turn) }
        }
        if (seen.has(key)) return { type: 'answer', text: right(turn) }
        if (offered !== first && offered !== last) return { type: 'answer', text: first }
        if (offered === first) return { type: 'answer', text: last }
        seen.add(key).add(`${key} again`)
        left = key
        return { type: 'leave', draft: offered }
      }
      const save = (changes: readonly Answer[]) => {
        answers = merge(answers, changes)
      }
      isOver = (await hold({ ...begun, answers }, ask, save)).ended !== 'left'
      if (left === '') break
    }
    expect(wrongly).toEqual([])
    expect(seen.size).toBeGreaterThan(0)
  })
})

test('what was refused is on disk as a draft before the prompt is drawn again', async () => {
  const kept: string[] = []
  const drafts: DraftKeeper = {
    takeUp: () => null,
    keep: (_, text) => {
      kept.push(text)
      return null
    },
    drop: () => undefined,
    editorFile: () => '',
  }
  const told: (readonly string[])[] = []
  const ask: Ask = async (turn) => {
    if (turn.path !== 'plan.actions.1.what') return { type: turn.required ? 'later' : 'skip' }
    told.push([...kept])
    const text = ['call by 02/03', 'write by 03/04'][told.length - 1]
    return text === undefined ? { type: 'leave', draft: '' } : { type: 'answer', text }
  }
  const { answers } = talk('ortp', 'record')
  const reflected: Answer[] = [
    { ...GATE, value: 'They said so.', path: 'reflection.went_well' },
    ...answers,
  ]
  await hold(talk('ortp', 'record', { answers: reflected }), ask, () => undefined, { drafts })
  expect(told).toEqual([[], ['call by 02/03'], ['call by 02/03', 'write by 03/04']])
})

const GATE: Answer = {
  round: 1,
  path: 'reflection.went_well',
  pass: 'record',
  kind: 'note',
  state: 'answered',
  value: null,
  draft: null,
  wording: 'What went well?',
  questionId: null,
  visibility: 'shared',
  itemId: null,
}

describe('a conversation that stays open over midnight', () => {
  /** Answers at one prompt, each on its day. */
  const overNight = async (key: string, said: readonly (readonly [string, string])[]) => {
    let today = '2026-11-27'
    let at = 0
    const offered: (string | null)[] = []
    const ask: Ask = async (turn, scene) => {
      if (keyOf(turn) !== key || at >= said.length) {
        return turn.required ? { type: 'later' } : { type: 'skip' }
      }
      offered.push(scene.problem)
      const [text, day] = said[at++] ?? ['', today]
      today = day
      return { type: 'answer', text }
    }
    const open = talk('quick', 'record', { facts: factsWith({ today }) })
    const held = await hold(open, ask, () => undefined, { today: () => today })
    const due = held.conversation.answers.find(({ path }) => path.endsWith('.due'))?.value
    return { due, offered, held }
  }
  const ACTION = '1/plan.actions.1.what'

  test.each([
    ['tomorrow', '2026-11-28', '2026-11-29'],
    ['tomorrow', '2026-11-30', '2026-12-01'],
    ['fri', '2026-11-30', '2026-12-04'],
    ['next month', '2027-01-31', '2027-02-28'],
  ])('takes “%s” said on %s as %s', async (word, today, day) => {
    const { due } = await overNight(ACTION, [[`call the customer by ${word}`, today]])
    expect(due).toBe(day)
  })

  test('does not take a day that has passed since it was opened', async () => {
    const { offered, due } = await overNight(ACTION, [
      ['call the customer by 2026-11-29', '2026-11-30'],
      ['call the customer by 2026-12-02', '2026-11-30'],
    ])
    expect(offered).toEqual([null, 'Sun 29 Nov (2026-11-29) has passed.'])
    expect(due).toBe('2026-12-02')
  })

  test('requires what became of a promise that fell due meanwhile', async () => {
    let today = '2026-11-23'
    const promises = [7, 8].map((id) => ({ ...PROMISED, id, due: '2026-11-24' }))
    const needed: [string, boolean][] = []
    const ask: Ask = async (turn) => {
      needed.push([turn.path, turn.required])
      if (needed.length > 2) return { type: 'leave' }
      today = '2026-11-24'
      return { type: 'skip' }
    }
    const open = talk('quick', 'record', { facts: factsWith({ today, promises }) })
    await hold(open, ask, () => undefined, { today: () => today })
    expect(needed).toEqual([
      ['promises.7.outcome', false],
      ['promises.8.outcome', true],
      ['promises.8.outcome', true],
    ])
  })

  test('uses the day of its facts where it has no clock', async () => {
    const { saved } = await sit(talk('quick', 'record'), { [ACTION]: 'call by tomorrow' })
    expect(saved.find(({ path }) => path.endsWith('.due'))?.value).toBe('2026-11-24')
  })
})
