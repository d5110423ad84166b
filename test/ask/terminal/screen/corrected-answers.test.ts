import { expect, test } from 'vitest'
import { CUES, follow } from '../cues.ts'
import { homeWith } from '../home.ts'
import { startCoach } from '../pty.ts'

const FIRST = 'call the customer by 02/03'
const SECOND = 'write the plan in 1m'
const READINGS = '“02/03” can mean'
const MINUTES = '“in 1m” can mean 1 minute or 1 month.'

test('of two action items with a wrong day, the second stays in the field, also after Ctrl-C', async () => {
  const folder = await homeWith(['person', 'add', 'Ana Silva'])
  const record = ['session', 'ana', '--record', '--quick']
  const coach = startCoach(record, { folder })
  const before = [...CUES.quick.prepare, CUES.quick.record[0]]
  await follow(coach, before, 'What was agreed, and by when?')
  await coach.answer(FIRST)
  await coach.see(READINGS)
  expect(coach.isTyped(FIRST)).toBe(true)
  coach.press('ctrl-u')
  await coach.answer(SECOND)
  await coach.see(MINUTES)
  expect(coach.isTyped(SECOND)).toBe(true)
  expect(coach.text()).not.toContain(FIRST)
  // Enter again says the same once more, and no other text comes up.
  coach.press('enter')
  await coach.see(MINUTES)
  expect(coach.isTyped(SECOND)).toBe(true)
  coach.press('ctrl-c')
  expect(await coach.exit()).toBe(130)

  const again = startCoach(record, { folder })
  await again.see(SECOND)
  expect(again.text()).not.toContain(FIRST)
  again.press('ctrl-u')
  await again.answer('write the plan in 1 month')
  await again.see('Who does it?')
  again.press('ctrl-c')
  await again.exit()
})

test('a question that is too long stays in its line to be corrected', async () => {
  const folder = await homeWith(['person', 'add', 'Ana Silva'])
  const coach = startCoach(['questions', 'add'], { folder })
  await coach.see('Your question:')
  coach.press('enter')
  await coach.see('The question is empty.')
  const long = `What else? ${'x'.repeat(400)}`
  coach.type(`${long}\r`)
  await coach.see('longer than 400 characters')
  expect(coach.text()).toMatch(/xxxx/)
  coach.press('ctrl-c')
  await coach.exit()
})
