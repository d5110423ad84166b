import { expect, test } from 'vitest'
import { homeAfter, homeWithAna, recordOf, run } from '../../ask/terminal/process.ts'
import { type Pty, startCoach } from '../../ask/terminal/pty.ts'

/** Presses Enter at every prompt until the conversation ends. @returns how often */
async function passAll(coach: Pty): Promise<number> {
  for (let times = 0; times < 40; times++) {
    await coach.until(
      () => /Enter (?:passes|takes n)/.test(coach.text()) || !coach.isInConversation(),
      'a prompt',
    )
    if (!coach.isInConversation()) return times
    const before = coach.text()
    coach.press('enter')
    await coach.until(() => coach.text() !== before, 'the next prompt')
  }
  throw new Error('The conversation has no end.')
}

async function statusOf(folder: string): Promise<unknown> {
  const { out } = await run(folder, 'history', 'ana', '--json')
  return Object(JSON.parse(out)[0] ?? null).status
}

test('Enter alone chooses no question', async () => {
  const folder = await homeWithAna()
  const coach = startCoach(['session', 'ana', '--guide', 'ask', '--prepare'], { folder })
  await coach.see('What is this conversation about?')
  await coach.answer('Her first minutes in discovery calls')
  await coach.see('Which stage of the sale is it about?')
  coach.type('1')
  await coach.see('Commitment: Which question')
  expect(await passAll(coach)).toBe(7)
  expect(await coach.exit()).toBe(0)
  expect(await recordOf(folder)).toMatchObject({
    ask: { topic: 'Her first minutes in discovery calls', stage: 'prospect' },
  })
  expect(JSON.stringify(await recordOf(folder))).not.toContain('question')
})

test('a conversation of which nothing is written down stays prepared', async () => {
  const folder = await homeAfter(
    ['session', '--answers', '-'],
    'person: Ana Silva\nguide: ask\nask:\n  topic: Her first minutes\n  stage: prospect\n',
  )
  const coach = startCoach(['session', 'ana'], { folder })
  await coach.see('What seems to matter most to them')
  expect(await passAll(coach)).toBeGreaterThan(3)
  await coach.see('Nothing was written down. The session stays as it was.')
  expect(await coach.exit()).toBe(0)
  expect(await statusOf(folder)).toBe('prepared')
})

test('where nothing was written at all, there is no session', async () => {
  const folder = await homeWithAna()
  const coach = startCoach(['session', 'ana', '--guide', 'quick', '--prepare'], { folder })
  await coach.see('What did you see or hear?')
  coach.press('ctrl-l')
  await coach.see('Nothing was written down. No session was made.')
  expect(await coach.exit()).toBe(0)
  expect(await statusOf(folder)).toBeUndefined()
})

test('what was passed over before the first answer is kept with it', async () => {
  const folder = await homeAfter(
    ['session', '--answers', '-'],
    'person: Ana Silva\nguide: ask\nask:\n  topic: Her first minutes\n  stage: prospect\n',
  )
  const first = startCoach(['session', 'ana'], { folder })
  await first.see('What seems to matter most to them')
  first.press('enter')
  await first.see('Add detail?')
  first.press('enter')
  await first.see('Why go on without it?')
  await first.answer('No time')
  await first.see('What did you offer')
  first.press('ctrl-c')
  expect(await first.exit()).toBe(130)
  expect(await statusOf(folder)).toBe('recording')
  const second = startCoach(['session', 'ana'], { folder })
  await second.see('What did you offer')
  second.press('ctrl-c')
  expect(await second.exit()).toBe(130)
})
