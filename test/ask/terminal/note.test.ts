import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { homeWith, isDraft } from './home.ts'
import { run, runScript } from './process.ts'
import { startCoach, startScript } from './pty.ts'

const ANA = ['person', 'add', 'Ana Silva']
const ASKS = 'What do you want to remember?'
const Notes = z.array(z.object({ id: z.number(), person: z.string(), text: z.string() }))

async function inbox(folder: string) {
  const { out } = await run(folder, 'note', '--list', '--json')
  return Notes.parse(JSON.parse(out))
}

/** The composer, with nothing or with a draft in it. */
async function compose(folder: string, size: { columns?: number; rows?: number } = {}) {
  const coach = startCoach(['note', 'ana'], { folder, ...size })
  await coach.see(ASKS)
  return coach
}

describe('the composer', () => {
  test('says whom it is about, that it is private, and that it is for the inbox', async () => {
    const coach = await compose(await homeWith(ANA))
    expect(coach.screen()).toMatch(/^Ana Silva · Note +for the inbox\n/)
    expect(coach.text()).toContain(`${ASKS} (private)`)
  })

  test.each([
    { how: 'Enter twice', end: ['enter', 'enter'] },
    { how: '^D', end: ['ctrl-d'] },
  ] as const)(
    'keeps what was written, ended by $how, and leaves nothing behind in the terminal',
    async ({ end }) => {
      const folder = await homeWith(ANA)
      const coach = await compose(folder)
      coach.type('He let her finish.')
      await coach.see('› He let her finish.')
      for (const key of end) {
        coach.press(key)
        await coach.until(() => true, key)
      }
      expect(await coach.exit()).toBe(0)
      expect(coach.text()).toContain(
        'Kept as note 1, for you alone. The next session opens it: coach session ana',
      )
      expect(coach.firstPage()).not.toContain('He let her finish.')
      expect(await inbox(folder)).toEqual([
        { id: 1, person: 'Ana Silva', text: 'He let her finish.' },
      ])
    },
  )

  test('takes a paste of several lines as one note, in a narrow window too', async () => {
    const folder = await homeWith(ANA)
    const text = `${'a long line of a thought '.repeat(8).trim()}\n\n- two\n- 試してみる 👩‍💻`
    const coach = await compose(folder, { columns: 50, rows: 20 })
    coach.paste(text)
    await coach.see('試してみる')
    coach.press('ctrl-d')
    expect(await coach.exit()).toBe(0)
    expect(await inbox(folder)).toMatchObject([{ text }])
  })

  test.each([
    { what: 'nothing', typed: '' },
    { what: 'only blanks', typed: '   ' },
  ])('makes no note of $what', async ({ typed }) => {
    const folder = await homeWith(ANA)
    const coach = await compose(folder)
    coach.type(typed)
    coach.press('ctrl-d')
    expect(await coach.exit()).toBe(0)
    expect(coach.text()).toContain('No note was made.')
    expect(await inbox(folder)).toEqual([])
  })
})

describe('fault 2, 3, 5: what was typed and not ended is a draft', () => {
  test.each(['ctrl-c', 'ctrl-s', 'ctrl-l', 'ctrl-p'] as const)(
    'after %s it is offered again, and Enter keeps it',
    async (key) => {
      const folder = await homeWith(ANA)
      const coach = await compose(folder)
      coach.type('He let her fin')
      await coach.see('› He let her fin')
      coach.press(key)
      expect(await coach.exit()).toBe(130)
      expect(coach.text()).toContain('Not in the inbox yet. What you typed is kept.')
      expect(coach.text()).toContain('Go on with: coach note ana')
      expect(await inbox(folder)).toEqual([])
      const again = await compose(folder)
      await again.see('› He let her fin')
      again.press('enter')
      expect(await again.exit()).toBe(0)
      expect(await inbox(folder)).toMatchObject([{ text: 'He let her fin' }])
      const third = await compose(folder)
      expect(third.text()).not.toContain('He let her fin')
    },
  )

  test.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
  ] as const)('after a signal (%s) it is offered again', async (signal, code) => {
    const folder = await homeWith(ANA)
    const coach = await compose(folder)
    coach.type('He let her fin')
    await coach.see('› He let her fin')
    coach.kill(signal)
    expect(await coach.exit()).toBe(code)
    await (await compose(folder)).see('› He let her fin')
  })

  test('kill -9 does not lose it: it is kept within a second while one types', async () => {
    const folder = await homeWith(ANA)
    const coach = await compose(folder)
    coach.type('He let her fin')
    await coach.see('› He let her fin')
    await coach.until(() => isDraft(folder, 'He let her fin'), 'the draft in the home folder')
    coach.kill('SIGKILL')
    expect(await coach.exit()).toBe(137)
    await (await compose(folder)).see('› He let her fin')
  })

  test('several lines come back as several lines', async () => {
    const folder = await homeWith(ANA)
    const coach = await compose(folder)
    coach.paste('one\ntwo\n\nthree')
    await coach.see('three')
    coach.press('ctrl-c')
    expect(await coach.exit()).toBe(130)
    const again = await compose(folder)
    await again.see('three')
    expect(again.screen()).toMatch(/› one\n {2}two\n\n {2}three/)
  })

  test('no other command shows it', async () => {
    const folder = await homeWith(ANA)
    const coach = await compose(folder)
    coach.type('canary-draft')
    await coach.see('› canary-draft')
    coach.press('ctrl-c')
    await coach.exit()
    for (const argv of [
      [],
      ['note', '--list'],
      ['prep', 'ana', '--private'],
      ['export', 'all'],
      ['review'],
    ]) {
      expect((await run(folder, ...argv)).out).not.toMatch(/canary-draft|Inbox/)
    }
  })

  test('a note that is given in the meantime leaves it as it is', async () => {
    const folder = await homeWith(ANA)
    const coach = await compose(folder)
    coach.type('the long thought')
    await coach.see('› the long thought')
    coach.press('ctrl-c')
    await coach.exit()
    expect((await run(folder, 'note', 'ana', 'a quick one')).code).toBe(0)
    const again = await compose(folder)
    await again.see('› the long thought')
    again.press('enter')
    await again.exit()
    expect((await inbox(folder)).map(({ text }) => text).toSorted()).toEqual([
      'a quick one',
      'the long thought',
    ])
  })

  test('a note about somebody else leaves it as it is', async () => {
    const folder = await homeWith(ANA, ['person', 'add', 'Ben Okafor'])
    const coach = await compose(folder)
    coach.type('about Ana')
    await coach.see('› about Ana')
    coach.press('ctrl-c')
    await coach.exit()
    const ben = startCoach(['note', 'ben'], { folder })
    await ben.see(ASKS)
    expect(ben.text()).not.toContain('about Ana')
  })

  test('an emptied one is gone', async () => {
    const folder = await homeWith(ANA)
    const coach = await compose(folder)
    coach.type('no')
    await coach.see('› no')
    coach.press('ctrl-c')
    await coach.exit()
    const again = await compose(folder)
    await again.see('› no')
    again.press('ctrl-u')
    await again.until(() => !again.text().includes('› no'), 'an empty field')
    again.press('ctrl-c')
    await again.exit()
    expect(again.text()).toContain('No note was made.')
    const third = await compose(folder)
    expect(third.text()).not.toContain('› no')
  })

  test('a text that is too long is asked for again, and stays', async () => {
    const folder = await homeWith(ANA)
    const coach = await compose(folder)
    coach.paste(`${'x'.repeat(100_000)}END`)
    await coach.see('xEND')
    coach.press('ctrl-d')
    await coach.see('This is longer than 100000 characters')
    for (let n = 0; n < 3; n++) coach.press('backspace')
    await coach.until(() => !coach.text().includes('xE'), 'a shorter text')
    coach.press('ctrl-d')
    expect(await coach.exit()).toBe(0)
    expect((await inbox(folder))[0]?.text).toHaveLength(100_000)
  })
})

describe('where the composer is not opened', () => {
  test('two people of one first name: nothing is asked before it is clear who', async () => {
    const folder = await homeWith(ANA, ['person', 'add', 'Ana Lopez'])
    const coach = startCoach(['note', 'ana'], { folder })
    expect(await coach.exit()).toBe(3)
    expect(coach.text()).toContain('“ana” fits 2 people: Ana Lopez (2) and Ana Silva (1).')
    expect(coach.raw()).not.toContain('\x1b[?1049h')
  })

  test.each([
    { script: 'coach note ana < /dev/null', says: 'The note is empty.' },
    { script: 'printf "one\\ntwo\\n" | coach note ana', keeps: 'one\ntwo' },
    {
      script: 'printf "na\\357ve" | coach note ana',
      says: 'is not text in UTF-8. Nothing was kept.',
    },
    {
      script: 'head -c 10000000 /dev/zero | coach note ana',
      says: 'is larger than 100000 characters, the most that a note can hold. Nothing was kept.',
    },
    { script: 'yes | coach note ana', says: 'is larger than 100000 characters' },
  ])('$script', async ({ script, says = 'Kept as note 1', keeps }) => {
    const folder = await homeWith(ANA)
    const { out, err } = await runScript(folder, `${script}; echo "$?"`)
    expect(out).toBe(keeps === undefined ? '2\n' : '0\n')
    expect(err).toContain(says)
    expect((await inbox(folder)).map(({ text }) => text)).toEqual(
      keeps === undefined ? [] : [keeps],
    )
  })

  test('with --no-input in a terminal it ends with 2, and says how to give the text', async () => {
    const coach = startScript('coach note ana --no-input', { folder: await homeWith(ANA) })
    expect(await coach.exit()).toBe(2)
    expect(coach.text()).toContain('Give the text: coach note NAME "…"')
  })

  test('a text from a pipe is taken in a terminal too', async () => {
    const folder = await homeWith(ANA)
    const coach = startScript('echo "from a pipe" | coach note ana', { folder })
    expect(await coach.exit()).toBe(0)
    expect(await inbox(folder)).toMatchObject([{ text: 'from a pipe' }])
  })
})
