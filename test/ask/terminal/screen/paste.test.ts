import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { CUES, type Cue, follow } from '../cues.ts'
import { recordOf } from '../process.ts'
import { startCoach } from '../pty.ts'
import { LINES, ORTP_PREPARE, atHome, reach } from './reach-prompt.ts'

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
