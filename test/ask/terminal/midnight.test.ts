/** @module-tag clock */
import { expect, test } from 'vitest'
import { clockVariablesAt } from '../../clock/clock.ts'
import { CUES, follow } from './cues.ts'
import { homeWith } from './home.ts'
import { run } from './process.ts'
import { startCoach } from './pty.ts'

/** Some seconds before the Friday of the tests is over, which leaves time to come to the prompt. */
const EVENING = new Date('2026-11-27T23:59:48Z')
const MIDNIGHT = new Date('2026-11-28T00:00:01Z')

const itemsOf = async (folder: string): Promise<unknown> =>
  JSON.parse((await run(folder, 'review', '--all', '--json')).out)

test('a conversation that is open over midnight reads “tomorrow” from the new day', async () => {
  const folder = await homeWith(['person', 'add', 'Ana Silva'])
  const began = performance.now()
  const env = clockVariablesAt(EVENING)
  const coach = startCoach(['session', 'ana', '--record', '--quick'], { folder, env })
  const before = [...CUES.quick.prepare, CUES.quick.record[0]]
  await follow(coach, before, 'What was agreed, and by when?')
  const left = MIDNIGHT.getTime() - EVENING.getTime() - (performance.now() - began)
  await new Promise((resolve) => void setTimeout(resolve, left))
  await coach.answer('call the customer by 2026-11-27')
  await coach.see('Fri 27 Nov (2026-11-27) has passed.')
  coach.press('ctrl-u')
  await coach.answer('call the customer by tomorrow')
  await coach.see('Who does it?')
  coach.press('ctrl-c')
  await coach.exit()
  expect(await itemsOf(folder)).toMatchObject([{ due_on: '2026-11-29' }])
})
