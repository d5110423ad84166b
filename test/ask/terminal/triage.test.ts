// @module-tag clock
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { homeWith, inDays } from './home.ts'
import { run } from './process.ts'
import { type Pty, startCoach } from './pty.ts'

const ANA = ['person', 'add', 'Ana Silva']
const add = (what: string, ...flags: readonly string[]) => ['action', 'add', 'ana', what, ...flags]
const LONG = `${'practise the impact question '.repeat(6)}until it feels natural, 試してみる 👩‍💻`

/** One item in each group of a review, in the order of the groups; the first text is long. */
async function homeWithItems(): Promise<string> {
  return await homeWith(
    ANA,
    add(LONG, '--due', inDays(-3), '--past'),
    add('look half way', '--due', inDays(20), '--check-in', inDays(0)),
    add('due this week', '--due', inDays(2), '--owner', 'me'),
    add('due later', '--due', inDays(30)),
    add('no day'),
  )
}

const Items = z.array(
  z.object({
    id: z.number(),
    status: z.string(),
    carried: z.number(),
    due_on: z.string().nullable(),
    check_in_on: z.string().nullable(),
  }),
)
async function itemsIn(folder: string) {
  const { out } = await run(folder, 'review', '--all', '--json')
  return Items.parse(JSON.parse(out)).toSorted((a, b) => a.id - b.id)
}
const statusesIn = async (folder: string) =>
  (await itemsIn(folder)).map(({ status, carried }) => (carried > 0 ? 'carried' : status))
const historyOf = async (folder: string, id: number) =>
  (await run(folder, 'action', 'show', String(id))).out.replace(/\s+/g, ' ')

/** Presses the key of an answer, and waits for what comes next. */
async function press(coach: Pty, key: string, next: string): Promise<void> {
  coach.type(key)
  await coach.see(next)
}

const SIZES = [
  { columns: 80, rows: 24 },
  { columns: 50, rows: 20 },
]

describe.each(SIZES)('at $columns columns', (size) => {
  test('item by item, group by group, with one key each', async () => {
    const folder = await homeWithItems()
    const coach = startCoach(['review', '--triage'], { folder, ...size })
    await coach.see('What is open · 1 of 5')
    expect(coach.text().replaceAll(' ', '')).toContain(LONG.replaceAll(' ', ''))
    expect(coach.text()).toMatch(/Ana Silva · .*, 3 days late/)
    for (const choice of [
      'd Done',
      'p Partly done',
      'm Missed',
      'x Dropped',
      'c Carried',
      'l Leave it as it is',
    ]) {
      expect(coach.text()).toContain(choice)
    }
    expect(coach.text()).not.toContain('k On its way')
    await press(coach, 'p', 'What is left of it?')
    await coach.answer('two of three')
    await coach.see('2 of 5')
    expect(coach.text()).toContain('look half way')
    await press(coach, 'k', '3 of 5')
    expect(coach.text()).toMatch(/you, for Ana Silva · /)
    await press(coach, 'c', 'To which day?')
    await coach.answer(inDays(9))
    await coach.see('4 of 5')
    await press(coach, 'x', 'Why is it no longer wanted?')
    coach.press('enter')
    await coach.see('5 of 5')
    await press(
      coach,
      'd',
      '5 of 5 items gone through, 5 changed. Take back the last one with: coach undo',
    )
    expect(await coach.exit()).toBe(0)
    expect(await statusesIn(folder)).toEqual(['part', 'open', 'carried', 'dropped', 'done'])
    expect(await itemsIn(folder)).toMatchObject([
      {},
      { check_in_on: null },
      { due_on: inDays(9) },
      {},
      {},
    ])
    expect(await historyOf(folder, 1)).toContain('partly done: two of three')
    expect(await historyOf(folder, 2)).toContain('looked at half way')
  })

  test('no line is wider than the window, and the keys stay in sight', async () => {
    const folder = await homeWithItems()
    const coach = startCoach(['review', '--triage'], { folder, ...size })
    for (const place of [1, 2, 3, 4, 5]) {
      await coach.see(`${place} of 5`)
      const rows = coach.screen().split('\n')
      expect(rows.length).toBeLessThanOrEqual(size.rows)
      expect(rows.at(-1)).toContain('^P back')
      coach.type('l')
    }
    expect(await coach.exit()).toBe(0)
    expect(coach.text()).toContain('5 of 5 items gone through, 0 changed.')
    expect(coach.text()).not.toContain('coach undo')
  })
})

describe('^P goes back and takes back what was said', () => {
  test.each([
    { key: 'd', then: null, status: 'done' },
    { key: 'p', then: 'What is left of it?', status: 'part' },
    { key: 'm', then: 'What got in the way?', status: 'missed' },
    { key: 'x', then: 'Why is it no longer wanted?', status: 'dropped' },
  ])('$status', async ({ key, then, status }) => {
    const folder = await homeWith(ANA, add('one'), add('two'))
    const coach = startCoach(['review', '--triage'], { folder })
    await coach.see('1 of 2')
    await press(coach, key, then ?? '2 of 2')
    if (then !== null) coach.press('enter')
    await coach.see('2 of 2')
    expect(await statusesIn(folder)).toEqual([status, 'open'])
    coach.press('ctrl-p')
    await coach.see('1 of 2')
    expect(await statusesIn(folder)).toEqual(['open', 'open'])
    expect(await historyOf(folder, 1)).toContain('(taken back')
    coach.press('ctrl-p')
    await coach.see('1 of 2')
    await press(coach, 'l', '2 of 2')
    await press(coach, 'd', '2 of 2 items gone through, 1 changed.')
    expect(await statusesIn(folder)).toEqual(['open', 'done'])
  })

  test('a day to which it was carried', async () => {
    const folder = await homeWith(ANA, add('one', '--due', inDays(3)), add('two'))
    const coach = startCoach(['review', '--triage'], { folder })
    await coach.see('1 of 2')
    await press(coach, 'c', 'To which day?')
    await coach.answer(inDays(30))
    await coach.see('2 of 2')
    expect(await itemsIn(folder)).toMatchObject([{ due_on: inDays(30), carried: 1 }, {}])
    coach.press('ctrl-p')
    await coach.see('1 of 2')
    expect(await itemsIn(folder)).toMatchObject([{ due_on: inDays(3), carried: 0 }, {}])
    coach.press('ctrl-c')
    expect(await coach.exit()).toBe(130)
  })

  test('a check-in, which follows the due day again afterwards', async () => {
    const folder = await homeWith(
      ANA,
      add('one', '--due', inDays(10), '--check-in', inDays(0)),
      add('two'),
    )
    const before = await itemsIn(folder)
    const coach = startCoach(['review', '--triage'], { folder })
    await coach.see('1 of 2')
    await press(coach, 'k', '2 of 2')
    expect(await itemsIn(folder)).toMatchObject([{ check_in_on: null }, {}])
    coach.press('ctrl-p')
    await coach.see('1 of 2')
    expect(await itemsIn(folder)).toEqual(before)
    expect(await historyOf(folder, 1)).toMatch(/looked at half way \(taken back/)
    coach.press('ctrl-c')
    expect(await coach.exit()).toBe(130)
  })

  test('at the reason it goes back to the choice, and nothing was said yet', async () => {
    const folder = await homeWith(ANA, add('one'))
    const coach = startCoach(['review', '--triage'], { folder })
    await coach.see('1 of 1')
    await press(coach, 'm', 'What got in the way?')
    coach.press('ctrl-p')
    await coach.see('What became of it?')
    expect(await statusesIn(folder)).toEqual(['open'])
    await press(coach, 'd', '1 of 1 item gone through, 1 changed.')
    expect(await statusesIn(folder)).toEqual(['done'])
  })

  test('what was changed in another window meanwhile stays', async () => {
    const folder = await homeWith(ANA, add('one'), add('two'), add('three'))
    const coach = startCoach(['review', '--triage'], { folder })
    await coach.see('1 of 3')
    await press(coach, 'd', '2 of 3')
    await run(folder, 'missed', '3')
    coach.press('ctrl-p')
    await coach.see('1 of 3')
    expect(await statusesIn(folder)).toEqual(['done', 'open', 'missed'])
    coach.press('ctrl-c')
    await coach.exit()
  })
})

describe('Ctrl-C in the middle', () => {
  test('keeps what was said, and says how to go on', async () => {
    const folder = await homeWith(ANA, add('one'), add('two'), add('three'))
    const coach = startCoach(['review', '--triage'], { folder })
    await coach.see('1 of 3')
    await press(coach, 'd', '2 of 3')
    coach.press('ctrl-c')
    expect(await coach.exit()).toBe(130)
    expect(coach.text()).toContain(
      '1 of 3 items gone through, 1 changed. Take back the last one with: coach undo',
    )
    expect(coach.text()).toContain('Go on with: coach review --triage')
    expect(await statusesIn(folder)).toEqual(['done', 'open', 'open'])
    expect((await run(folder, 'undo')).err).toContain('Action item 1 is open again')
    const again = startCoach(['review', '--triage'], { folder })
    await again.see('1 of 3')
  })

  test('at a reason, leaves that item as it was', async () => {
    const folder = await homeWith(ANA, add('one'))
    const coach = startCoach(['review', '--triage'], { folder })
    await coach.see('1 of 1')
    await press(coach, 'm', 'What got in the way?')
    coach.type('she was il')
    await coach.see('› she was il')
    coach.press('ctrl-c')
    expect(await coach.exit()).toBe(130)
    expect(await statusesIn(folder)).toEqual(['open'])
  })

  test.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('%s keeps what was said', async (signal, code) => {
    const folder = await homeWith(ANA, add('one'), add('two'))
    const coach = startCoach(['review', '--triage'], { folder })
    await coach.see('1 of 2')
    await press(coach, 'd', '2 of 2')
    coach.kill(signal)
    expect(await coach.exit()).toBe(code)
    expect(await statusesIn(folder)).toEqual(['done', 'open'])
  })
})

describe('a day to which something is carried', () => {
  test('is required, and one that has passed is asked again and taken the second time', async () => {
    const folder = await homeWith(ANA, add('one', '--due', inDays(-1), '--past'))
    const coach = startCoach(['review', '--triage'], { folder })
    await coach.see('1 of 1')
    await press(coach, 'c', 'To which day?')
    coach.press('ctrl-s')
    await coach.see('Write the day, or go back with ^P.')
    await coach.answer('02/03')
    await coach.see('can mean')
    coach.press('ctrl-u')
    await coach.answer(inDays(-2))
    await coach.see(
      `(${inDays(-2)}) has passed. Enter keeps it all the same; or write another day.`,
    )
    expect(await statusesIn(folder)).toEqual(['open'])
    coach.press('enter')
    await coach.see('1 of 1 item gone through, 1 changed.')
    expect(await itemsIn(folder)).toMatchObject([{ due_on: inDays(-2), carried: 1 }])
  })
})

describe('which items', () => {
  test('of one person, of one owner, or those that are overdue', async () => {
    const folder = await homeWith(
      ANA,
      ['person', 'add', 'Ben Okafor'],
      add('hers'),
      add('mine', '--owner', 'me'),
      ['action', 'add', 'ben', 'his', '--due', inDays(-1), '--past'],
    )
    for (const [flags, what] of [
      [['--person', 'ben'], 'his'],
      [['--owner', 'me'], 'mine'],
      [['--overdue'], 'his'],
      [['--due', 'week'], 'his'],
    ] as const) {
      const coach = startCoach(['review', '--triage', ...flags], { folder })
      await coach.see('1 of 1')
      expect(coach.text()).toContain(what)
      coach.press('ctrl-c')
      expect(await coach.exit()).toBe(130)
    }
  })

  test('closed ones are not gone through', async () => {
    const folder = await homeWith(ANA, add('one'), ['done', '1'])
    expect(await run(folder, 'review', '--triage', '--all')).toMatchObject({
      code: 0,
      err: 'Nothing to go through.\n',
    })
  })

  test('an item that was closed in another window meanwhile is not closed twice', async () => {
    const folder = await homeWith(ANA, add('one'), add('two'))
    const coach = startCoach(['review', '--triage'], { folder })
    await coach.see('1 of 2')
    await run(folder, 'missed', '1')
    coach.type('d')
    await coach.seeOneOf(['2 of 2', 'was closed meanwhile'])
    expect((await statusesIn(folder))[0]).toBe('missed')
    coach.press('ctrl-c')
    await coach.exit()
    expect(coach.text()).not.toContain('This is a bug')
  })
})

describe('where nobody can answer', () => {
  test.each(['review --triage', 'review --triage --no-input', 'review --triage --person ana'])(
    'coach %s ends with 2, and names the commands to use instead',
    async (command) => {
      const folder = await homeWith(ANA, add('one'))
      const { code, out, err } = await run(folder, ...command.split(' '))
      expect({ code, out }).toEqual({ code: 2, out: '' })
      expect(err).toContain('coach done ID')
      expect(err).toContain('coach carry ID --to fri')
      expect(await statusesIn(folder)).toEqual(['open'])
    },
  )

  test('nothing to go through needs no terminal', async () => {
    const folder = await homeWith(ANA)
    expect(await run(folder, 'review', '--triage')).toEqual({
      code: 0,
      out: '',
      err: 'Nothing to go through.\n',
    })
  })

  test.each(['--json', '--look', '--why'])('with %s it is refused', async (flag) => {
    const folder = await homeWith(ANA, add('one'))
    expect(await run(folder, 'review', '--triage', flag)).toMatchObject({ code: 2, out: '' })
  })
})
