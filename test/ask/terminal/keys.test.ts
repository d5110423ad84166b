import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { CUES, type Cue, follow } from './cues.ts'
import { homeWithAna, newFolder, recordOf, run } from './process.ts'
import { type Pty, type PtyOptions, startCoach, startScript, withoutKeys } from './pty.ts'

const NEEDED = 'This one is needed for the record.'
const QUICK_RECORD = ['session', 'ana', '--record', '--quick']
const ORTP_PREPARE = ['session', 'ana', '--prepare']

/** Where the program is started: in a home with one person. */
async function atHome(): Promise<PtyOptions> {
  return { folder: await homeWithAna() }
}

/** Starts a session with that person, and answers until a prompt is asked. */
async function reach(
  args: readonly string[],
  options: PtyOptions,
  cues: readonly Cue[],
  asks: string,
): Promise<Pty> {
  const coach = startCoach(args, options)
  await follow(coach, cues, asks)
  return coach
}

const UNDATED: Cue = {
  asks: 'What was agreed, and by when?',
  reply: (coach) => coach.answer('send the notes'),
}
const quickCues = [
  ...CUES.quick.prepare,
  CUES.quick.record[0],
  UNDATED,
  ...CUES.quick.record.slice(2),
]

describe('fault 2: Ctrl-C leaves at once, and everything typed is there at the next start', () => {
  test.each([
    { kind: 'line', asks: 'When and where was it?', typed: 'Call with Nor' },
    { kind: 'note', asks: 'What did you see or hear?', typed: 'She asked early and th' },
    { kind: 'choice', asks: 'Which stage of the sale was it?' },
    { kind: 'yes/no', asks: 'Add detail? (effect' },
    { kind: 'note among details', asks: 'What effect did it have?', typed: 'He looked aw' },
    { kind: 'rating', asks: 'How far along is that skill' },
    { kind: 'question', asks: 'Commitment: Which question' },
    { kind: 'own question', asks: 'Obstacle: Which question', typed: 'What would y', opens: 'w' },
  ])('$kind', async ({ asks, typed, opens }) => {
    const { code, said, before, after } = await leaveAndResume(ORTP_PREPARE, CUES.ortp.prepare, {
      asks,
      typed,
      opens,
    })
    expect(code).toBe(130)
    expect(said).toBe(PAUSED)
    expect(after).toBe(before)
  })

  test('line, with nothing typed yet', async () => {
    const asks = 'When and where was it?'
    const { code, said } = await leaveAndResume(ORTP_PREPARE, [], { asks })
    expect(code).toBe(130)
    expect(said).toBe(PAUSED.replace(/Paused.*kept\./, 'Nothing was written yet.'))
  })

  test.each([
    { kind: 'note', asks: 'What would they do differently?', typed: 'I would wa' },
    { kind: 'action', asks: 'What was agreed, and by when?', typed: 'send the deck by fr' },
    { kind: 'date', asks: 'send the notes By when?', typed: 'in 2 we' },
    { kind: 'owner', asks: 'send the notes Who does it?' },
    { kind: 'yes/no', asks: 'send the notes Make it firmer?' },
  ])('$kind while recording', async ({ asks, typed }) => {
    const cues = [
      ...quickCues,
      { asks: 'send the notes By when?', reply: (coach: Pty) => coach.answer('2031-01-03') },
      { asks: 'send the notes Who does it?', reply: (coach: Pty) => coach.type('2') },
    ]
    const place = { asks, typed }
    const { code, said, before, after } = await leaveAndResume(QUICK_RECORD, cues, place)
    expect(code).toBe(130)
    expect(said).toBe(PAUSED)
    expect(after).toBe(before)
  })

  const PAUSED =
    'This is about Ana Silva. Paused. Everything you answered is kept. Continue with: coach session ana'

  /** Leaves at a prompt, and comes back: what was said in between, and the prompt before and after. */
  async function leaveAndResume(
    args: readonly string[],
    cues: readonly Cue[],
    place: {
      readonly asks: string
      readonly typed?: string | undefined
      readonly opens?: string | undefined
    },
  ): Promise<{ code: number; said: string; before: string; after: string }> {
    const options = await atHome()
    const coach = await reach(args, options, cues, place.asks)
    if (place.opens !== undefined) {
      coach.type(place.opens)
      await coach.until(() => !coach.text().includes('Write my own'), 'a line to write in')
    }
    if (place.typed !== undefined) {
      coach.type(place.typed)
      await coach.see(`› ${place.typed}`)
    }
    const before = withoutKeys(coach)
    coach.press('ctrl-c')
    const code = await coach.exit()
    const again = startCoach(args, options)
    await again.see(place.asks)
    return { code, said: coach.text(), before, after: withoutKeys(again) }
  }

  test('a second Ctrl-C does no harm', async () => {
    const coach = startCoach(ORTP_PREPARE, await atHome())
    await coach.see('When and where was it?')
    coach.type('\x03\x03')
    expect(await coach.exit()).toBe(130)
    expect(coach.raw()).not.toMatch(/ at .*:\d+:\d+|bug in coach/)
  })

  test('a correction half typed is kept as well', async () => {
    const options = await atHome()
    const coach = await reach(ORTP_PREPARE, options, CUES.ortp.prepare, 'What did you see or hear?')
    coach.press('ctrl-p')
    await coach.see('When and where was it?')
    coach.type(' in the morning')
    await coach.see('› Discovery call with Northwind in the morning')
    coach.press('ctrl-c')
    expect(await coach.exit()).toBe(130)

    const again = startCoach(['session', 'ana'], options)
    const isFurther = await again.seeOneOf(['When and where was it?', 'What did you see or hear?'])
    if (isFurther) again.press('ctrl-p')
    await again.see('When and where was it?')
    expect(again.text()).toContain('› Discovery call with Northwind in the morning')
  })

  test('at the small questions before a conversation', async () => {
    const folder = newFolder()
    const coach = startCoach(['session', 'Ana Silva'], { folder })
    await coach.see('Add them?')
    coach.press('ctrl-c')
    expect(await coach.exit()).toBe(130)
    expect(coach.text()).toContain('Stopped.')
    const { out } = await run(folder, 'people', '--json')
    expect(JSON.parse(out)).toEqual([])
  })

  test('and says that nothing was changed only when that is so', async () => {
    const folder = newFolder()
    const coach = startCoach(['session', 'Ana Silva'], { folder })
    await coach.see('Add them?')
    coach.press('enter')
    await coach.see('Before the conversation, or now?')
    coach.press('ctrl-c')
    expect(await coach.exit()).toBe(130)
    const { out } = await run(folder, 'people', '--json')
    expect(coach.text().includes('Nothing was changed')).toBe(!out.includes('Ana Silva'))
  })

  test('while a session is corrected', async () => {
    const options = await atHome()
    const coach = await reach(
      ['session', 'ana', '--prepare', '--quick'],
      options,
      CUES.quick.prepare,
      'Saved',
    )
    expect(await coach.exit()).toBe(0)
    const edit = startCoach(['edit', '1'], options)
    await edit.see('› Three questions in a row.')
    edit.press('ctrl-c')
    expect(await edit.exit()).toBe(130)
  })
})

describe('fault 4: Ctrl-D', () => {
  test('ends a note', async () => {
    const coach = await reach(
      ORTP_PREPARE,
      await atHome(),
      CUES.ortp.prepare,
      'What did you see or hear?',
    )
    await coach.answer('She asked early.', 'ctrl-d')
    await coach.see('Which stage of the sale was it?')
    expect(coach.text()).toContain('Saw or heard She asked early.')
  })

  test('does not end a needed one that is empty', async () => {
    const coach = startCoach(ORTP_PREPARE, await atHome())
    await coach.see('When and where was it?')
    coach.press('ctrl-d')
    await coach.see(NEEDED)
    expect(coach.text()).toContain('When and where was it?')
  })

  test('at a small question stops, as Ctrl-C does', async () => {
    const folder = newFolder()
    const coach = startCoach(['session', 'Ana Silva'], { folder })
    await coach.see('Add them?')
    coach.press('ctrl-d')
    expect(await coach.exit()).toBe(130)
    const { out } = await run(folder, 'people', '--json')
    expect(JSON.parse(out)).toEqual([])
  })
})

describe('a needed prompt', () => {
  test.each(['ctrl-s', 'enter'] as const)('refuses %s when it is empty', async (key) => {
    const coach = startCoach(ORTP_PREPARE, await atHome())
    await coach.see('When and where was it? (needed)')
    coach.press(key)
    await coach.see(NEEDED)
    await coach.answer('Call on Tuesday')
    await coach.see('What did you see or hear? (needed)')
    expect(coach.text()).not.toContain(NEEDED)
    coach.press(key)
    await coach.see(NEEDED)
  })

  test('refuses ^S with a text, and keeps the text', async () => {
    const coach = startCoach(ORTP_PREPARE, await atHome())
    await coach.see('When and where was it?')
    await coach.answer('Call on Tue', 'ctrl-s')
    await coach.see(NEEDED)
    expect(coach.isTyped('Call on Tue')).toBe(true)
  })

  test('may be left for later with ^L, with what was typed', async () => {
    const options = await atHome()
    const coach = startCoach(QUICK_RECORD, options)
    await coach.see('What did you see or hear?')
    await coach.answer('Half of a th', 'ctrl-l')
    await follow(coach, CUES.quick.record, 'Something was left for later')
    expect(await coach.exit()).toBe(0)
    const again = startCoach(['session', 'ana'], options)
    await again.see('What did you see or hear?')
    await again.see('› Half of a th')
  })
})

describe('what cannot be taken is asked again, with the text as it was typed', () => {
  test.each([
    ['02/03', /“02\/03” can mean .*\d{4}-03-02.* or .*\d{4}-02-03/],
    ['31 feb', /“31 feb” is not a day in the calendar\./],
    ['someday', /“someday” could not be read as a date\./],
    ['1m', /“1m” can mean 1 minutes? or 1 months?\./],
  ])('the date %s', async (typed, complaint) => {
    const coach = await reach(QUICK_RECORD, await atHome(), quickCues, 'send the notes By when?')
    await coach.answer(typed)
    await coach.see(complaint)
    expect(coach.text()).toContain('send the notes By when?')
    expect(coach.isTyped(typed)).toBe(true)
    coach.press('ctrl-u')
    await coach.answer('2031-01-03')
    await coach.see('Who does it?')
    await coach.see('Due Fri 3 Jan 2031')
  })

  test.each([
    ['send the deck by 02/03', /can mean .*\d{4}-03-02.* or .*\d{4}-02-03/],
    ['send the deck by 31 feb', /“31 feb” is not a day in the calendar/],
  ])('the action item “%s”', async (typed, complaint) => {
    const coach = await reach(QUICK_RECORD, await atHome(), quickCues, 'What was agreed')
    await coach.answer(typed)
    await coach.see(complaint)
    expect(coach.isTyped(typed)).toBe(true)
  })

  test('a rating that is none, and a choice that is none', async () => {
    const options = await atHome()
    const coach = await reach(ORTP_PREPARE, options, CUES.ortp.prepare, 'Which stage')
    coach.type('9')
    coach.press('down')
    await coach.see('Which stage of the sale was it? › 1 Prospect')
    await follow(coach, CUES.ortp.prepare, 'How far along is that skill')
    coach.type('6')
    coach.press('down')
    await coach.see(/How far along is that skill, from 1 to 5\? \(private\) › 1 /)
    coach.type('4')
    await coach.see('Commitment: Which question')
    coach.press('ctrl-c')
    expect(await coach.exit()).toBe(130)
    expect(await recordOf(options.folder)).toMatchObject({
      observation: { stage: 'discover', rating: 4 },
    })
  })
})

const LINES = ['first line', 'second line', '', '\tan indented line', 'the last line']

describe('fault 7: a paste of several lines never answers the next prompt', () => {
  test.each([
    { breaks: 'CR', text: LINES.join('\r') },
    { breaks: 'LF', text: LINES.join('\n') },
    { breaks: 'CRLF', text: LINES.join('\r\n') },
    { breaks: 'CR, ending with one', text: `${LINES.join('\r')}\r` },
    { breaks: 'CR, all indented', text: 'first line\r\tsecond\r\tthe last line' },
  ])('unmarked, in one chunk, into a line: $breaks', async ({ text }) => {
    const coach = startCoach(ORTP_PREPARE, await atHome())
    await coach.see('When and where was it?')
    coach.type(text)
    await coach.see(/› .*the last line|What did you see/)
    expect(coach.text()).toContain('When and where was it?')
  })

  test.each([
    { breaks: 'CR', text: LINES.join('\r') },
    { breaks: 'LF', text: LINES.join('\n') },
    { breaks: 'CRLF', text: LINES.join('\r\n') },
    { breaks: 'CR, with two empty lines', text: 'first\r\r\rsecond\r\r\rthe last line' },
  ])('unmarked, in one chunk, into a note: $breaks', async ({ text }) => {
    const options = await atHome()
    const coach = await reach(ORTP_PREPARE, options, CUES.ortp.prepare, 'What did you see or hear?')
    coach.type(text)
    await coach.see('the last line')
    coach.press('ctrl-d')
    await coach.see('Which stage of the sale was it?')
    expect(await recordOf(options.folder)).toMatchObject({
      observation: { saw: text.replace(/\r\n?/g, '\n') },
    })
  })

  test('marked, cut into single bytes', async () => {
    const options = await atHome()
    const coach = await reach(ORTP_PREPARE, options, CUES.ortp.prepare, 'What did you see or hear?')
    for (const byte of `\x1b[200~${LINES.join('\n')}\x1b[201~`) {
      coach.type(byte)
      await setTimeout(2)
    }
    await coach.see('the last line')
    coach.press('ctrl-d')
    await coach.see('Which stage of the sale was it?')
    expect(await recordOf(options.folder)).toMatchObject({ observation: { saw: LINES.join('\n') } })
  })

  test('marked, with the mark of its end hidden in it', async () => {
    const coach = startCoach(ORTP_PREPARE, await atHome())
    await coach.see('When and where was it?')
    coach.paste('one\x1b[201~\ntwo\nthree')
    await coach.see(/› .*three|What did you see/)
    expect(coach.text()).toContain('When and where was it?')
  })

  test('into a choice, a yes/no and a list of questions, where it does nothing', async () => {
    const coach = startCoach(ORTP_PREPARE, await atHome())
    for (const [asks, next] of [
      ['Which stage of the sale was it?', '› 1 Prospect'],
      ['Add detail? (effect, area, skill, rating)', '› y Yes'],
      ['Commitment: Which question will you ask about this?', '› 2 '],
    ] as const) {
      await follow(coach, [...CUES.ortp.prepare.slice(0, 3), NO_DETAILS], asks)
      coach.paste('2\nn\nw\n')
      coach.press('ctrl-g')
      await coach.see('Why:')
      expect(coach.text()).toContain(asks)
      coach.press('ctrl-g')
      await coach.until(() => !coach.text().includes('Why:'), 'the help to go')
      coach.type('2\rn')
      coach.press('down')
      await coach.see(next)
      expect(coach.text()).toContain(asks)
    }
  })

  test('2,000 lines arrive whole', { timeout: 60_000 }, async () => {
    const options = await atHome()
    const text = Array.from(
      { length: 2000 },
      (_, n) => `Line ${n + 1}: what she said, word for word.`,
    ).join('\n')
    const coach = await reach(ORTP_PREPARE, options, CUES.ortp.prepare, 'What did you see or hear?')
    coach.paste(text)
    await coach.see('Line 2000: what she said')
    coach.press('ctrl-d')
    await coach.see('Which stage of the sale was it?')
    expect(await recordOf(options.folder)).toMatchObject({ observation: { saw: text } })
  })

  test(
    'what is longer than an answer may be is refused, and stays',
    { timeout: 60_000 },
    async () => {
      const text = Array.from(
        { length: 2500 },
        (_, n) => `Line ${n + 1}: what she said, word for word.`,
      ).join('\n')
      const coach = await reach(
        ORTP_PREPARE,
        await atHome(),
        CUES.ortp.prepare,
        'What did you see or hear?',
      )
      coach.paste(text)
      await coach.see('Line 2500: what she said')
      coach.press('ctrl-d')
      await coach.see('longer than 100000 characters')
      expect(coach.text()).toContain('Line 2500: what she said')
    },
  )
})

const NO_DETAILS: Cue = { asks: 'Add detail? (effect', reply: (coach) => coach.type('n') }

test('what is pasted cannot act on the terminal, and every character has its place', async () => {
  const coach = await reach(
    ORTP_PREPARE,
    await atHome(),
    CUES.ortp.prepare,
    'What did you see or hear?',
  )
  coach.paste(
    'red \x1b[31m, a title \x1b]0;owned\x07, a bell \x07, a C1 \x9b31m, \u202eback\u202c end',
  )
  await coach.see(/› red .* end/)
  for (const bytes of ['\x1b]0;', '\x07', '\x9b', '\u202e'])
    expect(coach.raw()).not.toContain(bytes)
})

test('a tab in a paste leaves nothing of what stood there before', async () => {
  const coach = await reach(
    ORTP_PREPARE,
    await atHome(),
    CUES.ortp.prepare,
    'What did you see or hear?',
  )
  await coach.see('› e.g. She asked')
  coach.paste('name\tvalue')
  await coach.see(/› name.*value/)
  expect(coach.text()).toMatch(/› name value/)
  expect(coach.isTyped('value')).toBe(true)
})

describe('fault 6: Ctrl-Z under a shell with job control', () => {
  const READY = /ready>$/
  const startShell = async () => {
    const options = await atHome()
    const shell = startScript('PS1="ready> " exec bash --norc -i', options)
    await shell.see(READY)
    return shell
  }

  test('does not stop a conversation, and loses nothing', async () => {
    const shell = await startShell()
    shell.type('"$NODE" "$BIN" session ana --prepare\r')
    await shell.see('When and where was it?')
    shell.type('Call on')
    await shell.see('› Call on')
    shell.press('ctrl-z')
    shell.type(' Tuesday')
    await shell.see('› Call on Tuesday')
    shell.press('enter')
    await shell.see('What did you see or hear?')
    shell.press('ctrl-c')
    await shell.see(/Continue with: coach session ana ready>$/)
    expect(shell.firstPage()).not.toMatch(/Stopped|command not found/)
  })
})

test('fault 8: keys that come too early do not answer a yes/no', async () => {
  const coach = await reach(QUICK_RECORD, await atHome(), CUES.quick.record, 'What did you see')
  await follow(coach, [...CUES.quick.prepare, ...CUES.quick.record], 'Who does it?')
  coach.type('\r\r')
  await coach.see(/Make it firmer\?|If or when what happens\?/)
  coach.type('n')
  expect(await coach.seeOneOf(['Saved as session 1', 'If or when what happens?'])).toBe(0)
})

test('letters of other scripts are typed, deleted and kept', async () => {
  const options = await atHome()
  const coach = startCoach(ORTP_PREPARE, options)
  await coach.see('When and where was it?')
  coach.type('Müller, 日本語')
  await coach.until(() => coach.isTyped('日本語'), 'the cursor behind the last letter')
  coach.press('backspace')
  await coach.until(() => coach.isTyped('日本'), 'one letter less')
  coach.press('home')
  coach.type('Ś')
  await coach.see('› ŚMüller, 日本')
  coach.press('enter')
  await coach.see('What did you see or hear?')
  expect(await recordOf(options.folder)).toMatchObject({
    observation: { situation: 'ŚMüller, 日本' },
  })
})

const WITHOUT_TAB = LINES.join('\n').replaceAll('\t', '')

test('fault 56: the window may change its size at any time', async () => {
  const options = await atHome()
  const coach = await reach(ORTP_PREPARE, options, CUES.ortp.prepare, 'What did you see or hear?')
  coach.paste(WITHOUT_TAB)
  await coach.see('the last line')
  const before = coach.screen()
  for (const [columns, rows] of [
    [20, 5],
    [200, 50],
    [33, 9],
    [80, 24],
  ] as const) {
    await coach.resize(columns, rows)
    await coach.see('the last line')
  }
  await coach.until(() => coach.screen() === before, 'the same screen as before')
  coach.press('ctrl-d')
  await coach.see('Which stage of the sale was it?')
  expect(await recordOf(options.folder)).toMatchObject({ observation: { saw: WITHOUT_TAB } })
})

test('fault 3: a closed window keeps what was typed', async () => {
  const options = await atHome()
  const coach = await reach(ORTP_PREPARE, options, CUES.ortp.prepare, 'What did you see or hear?')
  coach.type('She asked ear')
  await coach.see('› She asked ear')
  coach.close()
  await coach.exit()
  const again = startCoach(['session', 'ana'], options)
  await again.see('What did you see or hear?')
  expect(again.text()).toContain('› She asked ear')
})

const CANARY = 'Northwind canary'

describe('fault 58: the terminal is as it was', () => {
  const atPrompt = async (coach: Pty) => {
    await coach.see('When and where was it?')
    await coach.answer(CANARY)
    await coach.see('What did you see or hear?')
    coach.type(CANARY)
    await coach.see(`› ${CANARY}`)
  }
  const signal = (name: NodeJS.Signals) => async (coach: Pty, folder: string) => {
    await atPrompt(coach)
    process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), name)
  }
  test.each<{
    ending: string
    code: number
    args?: string
    leave: (coach: Pty, folder: string) => Promise<void>
  }>([
    {
      ending: 'the last prompt',
      code: 0,
      args: 'session ana --prepare --quick',
      async leave(coach) {
        await follow(coach, CUES.quick.prepare, 'Saved')
      },
    },
    {
      ending: 'Ctrl-C',
      code: 130,
      async leave(coach) {
        await atPrompt(coach)
        coach.press('ctrl-c')
      },
    },
    { ending: 'SIGTERM', code: 143, leave: signal('SIGTERM') },
    { ending: 'SIGHUP', code: 129, leave: signal('SIGHUP') },
    { ending: 'SIGINT from outside', code: 130, leave: signal('SIGINT') },
    {
      ending: 'Ctrl-C at a small question',
      code: 130,
      args: 'session ana',
      async leave(coach) {
        await coach.see('Before the conversation, or now?')
        coach.press('ctrl-c')
      },
    },
    {
      ending: 'SIGTERM at a small question',
      code: 143,
      args: 'session ana',
      async leave(coach, folder) {
        await coach.see('Before the conversation, or now?')
        process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 'SIGTERM')
      },
    },
    {
      ending: 'SIGTERM while a session is corrected',
      code: 143,
      args: 'edit 1',
      async leave(coach, folder) {
        await coach.see('What did you see or hear?')
        process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 'SIGTERM')
      },
    },
    {
      ending: 'SIGHUP while a session is corrected',
      code: 129,
      args: 'edit 1',
      async leave(coach, folder) {
        await coach.see('What did you see or hear?')
        process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 'SIGHUP')
      },
    },
  ])('after $ending', async ({ code, args, leave }) => {
    const options = await atHome()
    if (args === 'edit 1') {
      const first = startCoach(['session', 'ana', '--prepare', '--quick'], options)
      await follow(first, CUES.quick.prepare, 'Saved')
    }
    const script = `stty -a; (echo "$BASHPID" > pid; exec "$NODE" "$BIN" ${args ?? 'session ana --prepare'})
      echo "[$?]"; stty -a; echo the end`
    const coach = startScript(script, options)
    await leave(coach, options.folder)
    expect(await coach.exit()).toBe(0)
    const page = coach.firstPage()
    expect(page).toContain(`[${code}]`)
    const [before, after] = page
      .split(`[${code}]`)
      .map((part) => /speed \d+ baud.*?extproc/.exec(part)?.[0])
    expect(after).toBe(before)
    expect(page).not.toContain(CANARY)
    expect(page).not.toContain('When and where was it?')
    for (const [on, off] of [
      ['\x1b[?25h', '\x1b[?25l'],
      ['\x1b[?2004l', '\x1b[?2004h'],
      ['\x1b[?1049l', '\x1b[?1049h'],
    ] as const) {
      expect(coach.raw().lastIndexOf(on)).toBeGreaterThanOrEqual(coach.raw().lastIndexOf(off))
    }
  })
})
