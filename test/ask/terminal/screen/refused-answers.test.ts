import { describe, expect, test } from 'vitest'
import { CUES, follow } from '../cues.ts'
import { recordOf } from '../process.ts'
import { startCoach } from '../pty.ts'
import { NEEDED, ORTP_PREPARE, QUICK_RECORD, atHome, quickCues, reach } from './reach-prompt.ts'

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

  test('a rating and a choice that do not exist', async () => {
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
