import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Cue, follow, key, line, note, pass } from './cues.ts'
import { homeAfter, homeWithAna, recordOf, run } from './process.ts'
import { type Pty, startCoach, withoutKeys } from './pty.ts'

const BEGIN = ['session', 'ana', '--guide', 'opportunity', '--record']
const SELLER = 'what did Ana do?'
const CUSTOMER = 'what did the customer say or do?'
const NEXT = {
  prospect: 'Prospect, to ask next: What reason to talk has the customer named themselves?',
  qualify:
    'Qualify, to ask next: What has somebody at the customer said about why this has to change?',
} as const
const ACTION = {
  prospect: 'ask them what would make thirty minutes worth their while',
  qualify: 'ask who decides with them, and what happens if nothing changes',
} as const

/** Up to the gates: an opportunity in its second stage. */
const OPENING: readonly Cue[] = [
  line('Which opportunity is it about?', 'Northwind'),
  key('Which stage is it in?', '2'),
  pass('What was the last thing the customer did?'),
  key('Obstacle: Which question', 'n'),
  key('Sub-goal: Which question', 'n'),
]
/** The gates, with nothing from the customer. */
const UNCONFIRMED: readonly Cue[] = [
  note(`Prospect: ${SELLER}`, 'Wrote to her.'),
  pass(`Prospect: ${CUSTOMER}`),
  note(NEXT.prospect, 'That returns cost a day.'),
  note(`Qualify: ${SELLER}`, 'Asked about money.'),
  pass(`Qualify: ${CUSTOMER}`),
  pass(NEXT.qualify),
]
const CLOSING: readonly Cue[] = [
  key('Did they say the plan back in their own words?', 'y'),
  pass('When will you look at it together again?'),
  pass('What did you thank or praise them for?'),
  pass('Add detail? (private note)'),
]

/** Ana’s opportunity in its second stage, with the first gate confirmed. */
const CONFIRMED = `person: Ana Silva
guide: opportunity
opportunity: { name: Northwind, stage: qualify }
gates: { checks: [{ stage: prospect, did: Wrote, evidence: She asked for a call }] }
`

async function atThePlan(): Promise<{ coach: Pty; folder: string }> {
  const folder = await homeWithAna()
  const coach = startCoach(BEGIN, { folder })
  await follow(coach, [...OPENING, ...UNCONFIRMED], 'What was agreed, and by when?')
  return { coach, folder }
}

async function finish(coach: Pty): Promise<void> {
  await follow(coach, CLOSING, 'Saved as session')
  expect(await coach.exit()).toBe(0)
}

async function itemsOf(folder: string): Promise<unknown> {
  return JSON.parse((await run(folder, 'review', '--json')).out)
}

describe('what the customer has not given', () => {
  test('becomes the next question, and an action item that Enter takes', async () => {
    const { coach, folder } = await atThePlan()
    await coach.see(`› ${ACTION.prospect}`)
    expect(coach.text()).toContain(
      'Nothing from the customer yet at the stage Prospect. Enter takes this, ^S goes on without.',
    )
    expect(coach.text()).toContain('Enter keeps it')
    coach.press('enter')
    const fields = [
      line(`${ACTION.prospect} By when?`, '2031-01-03'),
      key(`${ACTION.prospect} Who does it?`, '2'),
      key(`${ACTION.prospect} Make it firmer?`, 'n'),
    ]
    await follow(coach, fields, 'One more?')
    await coach.see(`› ${ACTION.qualify}`)
    expect(coach.text()).toContain('Nothing from the customer yet at the stage Qualify.')
    coach.press('ctrl-s')
    await finish(coach)
    expect(await recordOf(folder)).toMatchObject({
      opportunity: { name: 'Northwind', stage: 'qualify' },
      gates: {
        checks: [
          { stage: 'prospect', did: 'Wrote to her.', heard: 'That returns cost a day.' },
          { stage: 'qualify', did: 'Asked about money.' },
        ],
      },
      plan: {
        actions: [{ what: ACTION.prospect, owner: 'me', due: '2031-01-03' }],
        said_back: true,
      },
    })
    expect(await itemsOf(folder)).toMatchObject([{ what: ACTION.prospect, owner: 'me' }])
  })

  test('is agreed on nowhere when ^S passes the first offer', async () => {
    const { coach, folder } = await atThePlan()
    coach.press('ctrl-s')
    await finish(coach)
    expect(await itemsOf(folder)).toEqual([])
    expect(await recordOf(folder)).not.toHaveProperty('plan')
  })

  test('can be corrected, and given a day in the same line', async () => {
    const { coach, folder } = await atThePlan()
    await coach.answer(' by 2031-01-03')
    const fields = [key('Who does it?', '1'), key('Make it firmer?', 'n')]
    await follow(coach, fields, 'One more?')
    coach.press('ctrl-s')
    await finish(coach)
    expect(await itemsOf(folder)).toMatchObject([{ what: ACTION.prospect, due_on: '2031-01-03' }])
  })

  test('is neither asked nor offered once it is written down after all', async () => {
    const folder = await homeWithAna()
    const coach = startCoach(BEGIN, { folder })
    await follow(coach, [...OPENING, ...UNCONFIRMED], NEXT.prospect)
    coach.press('ctrl-p')
    await coach.see(`Prospect: ${CUSTOMER}`)
    await coach.answer('She asked for a call.', 'ctrl-d')
    await coach.see(`Qualify: ${SELLER}`)
    await follow(coach, UNCONFIRMED.slice(3), 'What was agreed, and by when?')
    await coach.see(`› ${ACTION.qualify}`)
    coach.press('ctrl-s')
    await finish(coach)
    expect(await recordOf(folder)).toMatchObject({
      gates: { checks: [{ stage: 'prospect', evidence: 'She asked for a call.' }, {}] },
    })
  })

  test.each([
    { columns: 80, rows: 24 },
    { columns: 50, rows: 20 },
  ])('is shown at $columns × $rows', async (size) => {
    const folder = await homeWithAna()
    const coach = startCoach(BEGIN, { folder, ...size })
    const place = join(import.meta.dirname, 'screens', `${size.columns}x${size.rows}`)
    await follow(coach, [...OPENING, ...UNCONFIRMED], NEXT.qualify)
    await expect(`${coach.screen()}\n`).toMatchFileSnapshot(join(place, '10-next-question.txt'))
    coach.press('enter')
    await coach.see(`› ${ACTION.prospect.slice(0, 20)}`)
    await expect(`${coach.screen()}\n`).toMatchFileSnapshot(join(place, '11-missing-evidence.txt'))
  })
})

describe('the next look at an opportunity', () => {
  const GATES: readonly Cue[] = [
    pass(`Prospect: ${SELLER}`),
    pass(`Prospect: ${CUSTOMER}`),
    pass(NEXT.prospect),
    pass(`Qualify: ${SELLER}`),
    note(`Qualify: ${CUSTOMER}`, 'Named the two who decide.'),
    pass('What was agreed, and by when?'),
  ]

  test('begins where the last one ended, and does not ask what was confirmed', async () => {
    const folder = await homeAfter(['session', '--answers', '-'], CONFIRMED)
    const coach = startCoach(BEGIN, { folder })
    await coach.see('Which opportunity is it about? (needed)')
    await coach.see('1 Northwind w Another one')
    coach.type('1')
    await coach.see('Which stage is it in?')
    await coach.see('› 2 Qualify')
    coach.press('enter')
    await follow(coach, OPENING.slice(2), SELLER)
    expect(coach.text()).toContain(`Qualify: ${SELLER}`)
    await follow(coach, [...GATES, ...CLOSING], 'Saved as session 2')
    expect(await coach.exit()).toBe(0)
    expect(coach.raw()).not.toContain('Prospect, the')
    const { out } = await run(folder, 'opportunity', 'list')
    expect(out).toContain('2 of 2 gates confirmed by the customer')
  })

  test.each(['Northwind', 'NORTHWIND', 'northwind'])(
    'knows it by the name %s, which is typed',
    async (typed) => {
      const folder = await homeAfter(['session', '--answers', '-'], CONFIRMED)
      const coach = startCoach(BEGIN, { folder })
      await coach.see('w Another one')
      coach.type('w')
      await coach.until(() => !coach.text().includes('Another one'), 'a line to write in')
      await coach.answer(typed)
      await coach.see('Which stage is it in?')
      coach.press('enter')
      await follow(coach, OPENING.slice(2), SELLER)
      expect(coach.text()).toContain(`Qualify: ${SELLER}`)
    },
  )

  test('asks every gate of another one', async () => {
    const folder = await homeAfter(['session', '--answers', '-'], CONFIRMED)
    const coach = startCoach(BEGIN, { folder })
    await coach.see('w Another one')
    coach.type('w')
    await coach.until(() => !coach.text().includes('Another one'), 'a line to write in')
    await coach.answer('Contoso')
    await follow(coach, OPENING.slice(1), SELLER)
    expect(coach.text()).toContain(`Prospect: ${SELLER}`)
  })

  test('does not offer one that is closed', async () => {
    const folder = await homeAfter(['session', '--answers', '-'], CONFIRMED)
    await run(folder, 'opportunity', 'edit', '1', '--close')
    const coach = startCoach(BEGIN, { folder })
    await coach.see('Which opportunity is it about? (needed)')
    expect(coach.text()).not.toContain('Northwind w')
    expect(coach.text()).not.toContain('Another one')
  })
})

describe('Ctrl-C in the middle of the gates', () => {
  test.each([
    { at: 'the seller’s side', asks: `Qualify: ${SELLER}`, typed: 'Asked about mon' },
    { at: 'the customer’s side', asks: `Prospect: ${CUSTOMER}`, typed: 'She men' },
    { at: 'the next question', asks: NEXT.prospect, typed: 'That ret' },
    { at: 'an action item that is offered', asks: `› ${ACTION.prospect}`, typed: ' by the tw' },
  ])('at $at loses nothing', async ({ asks, typed }) => {
    const folder = await homeWithAna()
    const coach = startCoach(BEGIN, { folder })
    await follow(coach, [...OPENING, ...UNCONFIRMED], asks)
    coach.type(typed)
    await coach.until(() => coach.isTyped(typed), `“${typed}” before the cursor`)
    const before = withoutKeys(coach)
    coach.press('ctrl-c')
    expect(await coach.exit()).toBe(130)
    expect(coach.text()).toMatch(
      /Everything you answered is kept\. Continue with: coach session ana$/,
    )

    const again = startCoach(['session', 'ana'], { folder })
    await again.until(() => again.isTyped(typed), `“${typed}” once more`)
    expect(withoutKeys(again)).toBe(before)
    again.press('ctrl-u')
    const rest = [
      ...UNCONFIRMED,
      { asks: 'What was agreed, and by when?', reply: (one: Pty) => one.press('ctrl-s') },
      ...CLOSING,
    ]
    await follow(again, rest, 'Saved as session 1')
    expect(await again.exit()).toBe(0)
    expect(await recordOf(folder)).toMatchObject({
      gates: {
        checks: [
          { stage: 'prospect', did: 'Wrote to her.' },
          { stage: 'qualify', did: 'Asked about money.' },
        ],
      },
    })
  })
})
