import { expect, test } from 'vitest'
import { CUES, follow } from '../cues.ts'
import { recordOf } from '../process.ts'
import { startCoach } from '../pty.ts'
import { ORTP_PREPARE, QUICK_RECORD, atHome, reach } from './reach-prompt.ts'

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
