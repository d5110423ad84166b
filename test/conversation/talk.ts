import {
  type Ask,
  hold,
  type HeldPass,
  type Reply,
  type Scene,
} from '../../src/conversation/hold.ts'
import { type Conversation, type Facts, keyOf, type Turn } from '../../src/conversation/turn.ts'
import type { Answer, Pass } from '../../src/model.ts'
import { guideCalled, LIBRARY } from '../questions/shipped.ts'

/** An answer that opens the reflection gate. */
export const VIEW = { '1/reflection.would_change': 'Wait longer.' }

/** What a conversation knows of the world, with the words that ship and nothing else. */
export function factsWith(more: Partial<Facts> = {}): Facts {
  const { stages, areas, skills } = LIBRARY.vocabulary
  return {
    today: '2026-11-23',
    heldOn: null,
    name: 'Ana',
    stages,
    areas,
    skills: skills.map((skill) => ({ ...skill, anchors: skill.anchors ?? [] })),
    promises: [],
    inbox: [],
    goals: [],
    nextSession: null,
    asked: new Map(),
    knownSince: '2026-11-23',
    mentioned: new Set(),
    isPastTaken: false,
    last: new Map(),
    full: false,
    idOf: () => null,
    suggest: () => [],
    opportunities: [],
    ratings: new Map(),
    hint: () => null,
    ...more,
  }
}

/** The state of a conversation by a guide that ships. */
export function talk(guide: string, pass: Pass, more: Partial<Conversation> = {}): Conversation {
  return { guide: guideCalled(guide), facts: factsWith(), pass, answers: [], ...more }
}

/** One time that the manager was asked. */
interface Asked {
  readonly key: string
  readonly turn: Turn
  readonly scene: Scene
}

/** A sitting as it went: what was asked, what was saved, and what came of it. */
export interface Sitting extends HeldPass {
  readonly asked: readonly Asked[]
  readonly keys: readonly string[]
  readonly saved: readonly Answer[]
  /** The one time that a turn was asked (by its number, where it was asked again). */
  at(key: string, nth?: number): Asked
}

type Say = string | Reply

/**
 * Holds a pass with answers by the key of their turn; a list is used up one by one, the last one stays. What has no
 * answer is passed over, and what is required gets a plain one.
 */
export async function sit(
  conversation: Conversation,
  replies: Readonly<Record<string, Say | readonly Say[]>> = {},
  options: { readonly revisit?: boolean } = {},
): Promise<Sitting> {
  const asked: Asked[] = []
  const saved: Answer[] = []
  const times = new Map<string, number>()
  const ask: Ask = async (turn, scene) => {
    const key = keyOf(turn)
    asked.push({ key, turn, scene })
    if (asked.length > 500) throw new Error(`asked without an end: ${key}`)
    const time = times.get(key) ?? 0
    times.set(key, time + 1)
    const said = replies[key]
    const say = isList(said) ? (said[time] ?? said.at(-1)) : said
    if (say === undefined) {
      const needed = turn.kind === 'line' || turn.kind === 'note' || turn.kind === 'opportunity'
      const day = turn.kind === 'date' ? '2026-11-27' : ''
      const text = needed ? 'Something.' : (turn.choices[0]?.id ?? day)
      return turn.required ? { type: 'answer', text } : { type: 'skip' }
    }
    return typeof say === 'string' ? { type: 'answer', text: say } : say
  }
  const held = await hold(conversation, ask, (answers) => void saved.push(...answers), options)
  return {
    ...held,
    asked,
    keys: asked.map(({ key }) => key),
    saved,
    at(key, nth = 1) {
      const found = asked.filter((one) => one.key === key)[nth - 1]
      if (!found) throw new Error(`${key} was not asked ${nth} times`)
      return found
    },
  }
}

function isList(said: Say | readonly Say[] | undefined): said is readonly Say[] {
  return Array.isArray(said)
}

/** A prepared conversation with some of its answers, ready to be recorded. */
export async function prepared(
  guide: string,
  replies: Readonly<Record<string, Say>> = {},
  facts: Partial<Facts> = {},
): Promise<Conversation> {
  const start = talk(guide, 'prepare', { facts: factsWith(facts) })
  const { conversation } = await sit(start, replies)
  return { ...conversation, pass: 'record' }
}

/** The value kept at a place. */
export function valueAt(
  answers: readonly Answer[],
  key: string,
  pass?: Pass,
): Pick<Answer, 'state' | 'value' | 'visibility'> | undefined {
  const found = answers.findLast(
    (one) => `${one.round}/${one.path}` === key && (pass === undefined || one.pass === pass),
  )
  return found && { state: found.state, value: found.value, visibility: found.visibility }
}
