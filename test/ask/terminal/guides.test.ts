import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  ACTION_WORDS,
  FIRMER,
  FULL,
  OWN_FIRMER,
  OWN_WORDS,
} from '../../../src/conversation/turns/action-wording.ts'
import type { Guide, Prompt } from '../../../src/conversation/guide.ts'
import { ASK_TITLES } from '../../../src/conversation/turns/prompt-turns.ts'
import { type ActionField, ASK_KINDS, type Pass } from '../../../src/model.ts'
import { tamper } from '../../notebook/file.ts'
import { LIBRARY } from '../../questions/shipped.ts'
import { inDays } from './home.ts'
import { homeAfter, recordOf, run } from './process.ts'
import { type Pty, startCoach, withoutKeys } from './pty.ts'

const SIZES = [
  { columns: 80, rows: 24 },
  { columns: 50, rows: 20 },
] as const

/** How a conversation begins by what the person is; the person is there already. */
const BEGIN = {
  report: { person: 'Ana Silva', argv: (guide: string) => ['session', 'ana', '--guide', guide] },
  coach: { person: 'Maria Cruz', argv: () => ['upward'] },
  self: { person: 'Myself', argv: () => ['reflect'] },
} as const satisfies Record<
  Guide['with'],
  { person: string; argv: (guide: string) => readonly string[] }
>

const DAY = '2031-01-17'

const everyGuide = LIBRARY.guides.flatMap((guide) =>
  SIZES.map((size) => [guide.id, size.columns, size, guide] as const),
)

test.each(everyGuide)(
  '%s is walked from its first prompt to its last, at %i columns',
  { timeout: 180_000 },
  async (_id, _columns, size, guide) => {
    const { person, argv } = BEGIN[guide.with]
    const folder = await homeAfter(['person', 'add', person, '--relation', guide.with])
    await run(folder, 'goal', 'add', person, 'lead a renewal')
    // What is asked only now and then has its turn.
    tamper(join(folder, 'notebook.db'), "UPDATE person SET created_at = '2026-01-05T09:00:00Z'")
    const walk = newWalk(guide)
    for (const pass of ['prepare', 'record'] as const) {
      if (!promptsOf(guide).some((prompt) => isAsked(prompt, pass))) continue
      const flag = guide.with === 'self' ? [] : [`--${pass}`]
      const coach = startCoach([...argv(guide.id), ...flag, '--full'], { folder, ...size })
      await walkPass(coach, walk, pass)
      expect(await coach.exit()).toBe(0)
      expectPage(coach.firstPage(), walk, pass)
    }
    expect(await recordOf(folder)).toEqual({
      person,
      guide: guide.id,
      held_on: inDays(0),
      ...walk.record,
    })
    const path = join(import.meta.dirname, 'screens', `${size.columns}x${size.rows}`, 'guides')
    await expect(walk.screens.join('')).toMatchFileSnapshot(join(path, `${guide.id}.txt`))
  },
)

/** A conversation as it goes: what was seen, and what the record has to hold at its end. */
interface Walk {
  readonly guide: Guide
  readonly screens: string[]
  readonly record: Record<string, Record<string, unknown>>
  /** Texts that were typed, by who may read them. */
  readonly typed: { readonly shared: Set<string>; readonly own: Set<string> }
}

function newWalk(guide: Guide): Walk {
  return { guide, screens: [], record: {}, typed: { shared: new Set(), own: new Set() } }
}

type Placed = Prompt & { readonly step: string }

function promptsOf(guide: Guide): readonly Placed[] {
  return guide.steps.flatMap(({ id, prompts }) =>
    [false, true].flatMap((isDetail) =>
      prompts.filter(({ detail }) => detail === isDetail).map((one) => ({ ...one, step: id })),
    ),
  )
}

function isAsked({ pass }: Prompt, now: Pass): boolean {
  return pass === 'both' || pass === now
}

async function walkPass(coach: Pty, walk: Walk, pass: Pass): Promise<void> {
  const { guide } = walk
  const once = new Set(guide.steps.filter((step) => step.once).map(({ id }) => id))
  const prompts = promptsOf(guide).filter((prompt) => isAsked(prompt, pass))
  for (const prompt of prompts.filter(({ step }) => !once.has(step))) {
    await WALKERS[prompt.kind](coach, walk, prompt, pass)
  }
  if (pass === 'record' && guide.again) {
    await look(coach, walk, guide.again.ask)
    coach.press('enter')
  }
  for (const prompt of prompts.filter(({ step }) => once.has(step))) {
    await WALKERS[prompt.kind](coach, walk, prompt, pass)
  }
}

/** Waits for a prompt, and keeps its screen. */
async function look(coach: Pty, { screens }: Walk, asks: string): Promise<void> {
  await coach.see(asks)
  screens.push(`${withoutKeys(coach)}\n${'═'.repeat(50)}\n`)
}

function marksOf({ visibility, required }: Prompt): string {
  return `${visibility === 'private' ? ' (private)' : ''}${required ? ' (needed)' : ''}`
}

function keep(walk: Walk, { step, id }: Placed, value: unknown): void {
  walk.record[step] = { ...walk.record[step], [id]: value }
}

async function write(
  coach: Pty,
  walk: Walk,
  text: string,
  visibility: Prompt['visibility'],
  end: 'enter' | 'ctrl-d' = 'enter',
): Promise<void> {
  await coach.answer(text, end)
  walk.typed[visibility === 'private' ? 'own' : 'shared'].add(text)
}

type Walker = (coach: Pty, walk: Walk, prompt: Placed, pass: Pass) => Promise<void>

const text: Walker = async (coach, walk, prompt, pass) => {
  const { ask, ask_recording: later, kind, visibility } = prompt
  const written = `On ${prompt.id.replaceAll('_', ' ')}`
  const end = kind === 'note' ? 'ctrl-d' : 'enter'
  if (prompt.pass !== 'both') {
    await look(coach, walk, ask + marksOf(prompt))
    await write(coach, walk, written, visibility, end)
    keep(walk, prompt, written)
  } else if (pass === 'prepare') {
    await look(coach, walk, `${ask} (private until you give it)`)
    await write(coach, walk, written, 'private', end)
  } else {
    await look(coach, walk, later ?? ask)
    await coach.see(`› ${written}`)
    await coach.answer(' as said', end)
    walk.typed.shared.add(`${written} as said`)
    walk.typed.own.delete(written)
    keep(walk, prompt, { prepared: written, given: `${written} as said` })
  }
}

const choice: Walker = async (coach, walk, prompt) => {
  await look(coach, walk, prompt.ask + marksOf(prompt))
  const choices = prompt.from ? LIBRARY.vocabulary[prompt.from] : prompt.choices
  coach.type('3')
  keep(walk, prompt, choices?.[2]?.id)
}

const questions: Walker = async (coach, walk, prompt, pass) => {
  const kinds = prompt.kinds ?? ASK_KINDS
  for (const kind of ASK_KINDS.filter((one) => kinds.includes(one))) {
    const question = `What of the ${kind.replace('_', ' ')}?`
    const heard = `Words on ${kind.replace('_', ' ')}`
    if (pass === 'prepare' || prompt.pass === 'record') {
      await coach.see(`${ASK_TITLES[kind]}: ${prompt.ask}`)
      await coach.see(/ 1 .+\? .*w Write my own n None of this kind .*Enter passes/)
      coach.type('w')
      await coach.until(() => !coach.text().includes('None of this kind'), 'a line to write in')
      await write(coach, walk, question, prompt.visibility)
    }
    if (pass === 'prepare') continue
    await look(coach, walk, `${question} ${prompt.ask_recording}${marksOf(prompt)}`)
    await write(coach, walk, heard, prompt.visibility, 'ctrl-d')
    await look(coach, walk, `${question} Did the question open something up? (private)`)
    coach.type('y')
    const before = walk.record[prompt.step]?.[prompt.id]
    const asked = { question, kind, heard, opened: true }
    keep(walk, prompt, Array.isArray(before) ? [...before, asked] : [asked])
  }
}

/** What is said to fields that take no text of one’s own. */
const FIELDS: Partial<Record<ActionField, string>> = {
  check_in: '2031-01-10',
  goal: '1',
  repeat: 'every 2 weeks',
}

const actions: Walker = async (coach, walk, prompt) => {
  const what = 'ask one open question'
  await look(coach, walk, prompt.ask + marksOf(prompt))
  await coach.answer(`${what} by ${DAY}`)
  walk.typed[prompt.visibility === 'private' ? 'own' : 'shared'].add(what)
  const item: Record<string, string> = { what, owner: prompt.owner ?? 'them', due: DAY }
  if (prompt.owner === undefined) {
    await look(coach, walk, `${what} Who does it?`)
    coach.press('enter')
  }
  const own = prompt.owner === 'me'
  const fields: readonly ActionField[] = [...(own ? OWN_FIRMER : FIRMER), ...FULL]
  for (const field of fields) {
    const { ask } = { ...ACTION_WORDS[field], ...(own ? OWN_WORDS[field] : {}) }
    await look(coach, walk, `${what} ${ask}`)
    const said = FIELDS[field] ?? `the ${field} of it`
    if (field === 'goal') coach.type(said)
    else {
      // A day half way stands there already.
      if (field === 'check_in') coach.press('ctrl-u')
      await coach.answer(said)
    }
    item[field] = said
  }
  keep(walk, prompt, [item])
  if (prompt.at_most === 1) return
  await look(coach, walk, 'A second one? Enter goes on without.')
  coach.press('enter')
}

const gates: Walker = async (coach, walk, prompt) => {
  const checks: object[] = []
  for (const { id, title, gate } of LIBRARY.vocabulary.stages.slice(0, 3)) {
    await look(coach, walk, `${title}: what did Ana do?`)
    expect(coach.text()).toContain(`The seller’s side: ${gate?.seller}`)
    await write(coach, walk, `Did for ${id}`, 'shared', 'ctrl-d')
    await look(coach, walk, `${title}: what did the customer say or do?`)
    expect(coach.text()).toContain(`The customer’s side: ${gate?.customer}`)
    await write(coach, walk, `Gave for ${id}`, 'shared', 'ctrl-d')
    checks.push({ stage: id, did: `Did for ${id}`, evidence: `Gave for ${id}` })
  }
  keep(walk, prompt, checks)
}

const WALKERS = {
  line: text,
  note: text,
  choice,
  questions,
  actions,
  gates,
  async rating(coach, walk, prompt) {
    await look(coach, walk, prompt.ask + marksOf(prompt))
    for (const anchor of prompt.anchors ?? []) await coach.see(anchor)
    coach.type('4')
    keep(walk, prompt, 4)
  },
  async yes_no(coach, walk, prompt) {
    await look(coach, walk, prompt.ask + marksOf(prompt))
    coach.type('y')
    keep(walk, prompt, true)
  },
  async date(coach, walk, prompt) {
    await look(coach, walk, prompt.ask + marksOf(prompt))
    await coach.answer(DAY)
    keep(walk, prompt, DAY)
  },
  async opportunity(coach, walk, prompt) {
    await look(coach, walk, prompt.ask + marksOf(prompt))
    await write(coach, walk, 'Northwind', 'shared')
    keep(walk, prompt, 'Northwind')
  },
} as const satisfies Record<Prompt['kind'], Walker>

/** What is printed at the end of a pass: all that was written, and nothing private but to oneself. */
function expectPage(page: string, { guide, typed }: Walk, pass: Pass): void {
  expect(page).toContain(BEGIN[guide.with].person)
  const saved = {
    prepare: /Saved\. Afterwards, record it with: coach/,
    record: /Saved as session 1\..* What is open: coach review/,
  } as const
  expect(page).toMatch(saved[pass])
  const isOwn = guide.with === 'self'
  const all = [...typed.shared, ...typed.own]
  expect(all.filter((said) => page.includes(said))).toEqual(isOwn ? all : [...typed.shared])
}
