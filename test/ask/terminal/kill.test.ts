import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { CUES, follow } from './cues.ts'
import { isDraft } from './home.ts'
import { homeWithAna, recordOf, run } from './process.ts'
import { type Pty, startCoach } from './pty.ts'

type Guide = keyof typeof CUES

/** What a session came to: its own record, and the action items. */
interface Result {
  readonly record: unknown
  readonly items: unknown
}

/** When the program is killed: once after so many answers, or whenever it has taken so many. */
interface Fate {
  readonly after: number
  readonly isRepeated?: boolean
  /** One more answer is given, and so many ms later comes the kill, whether the answer was taken or not. */
  readonly amid?: number
}

/** Holds both passes of a session, starting the program anew whenever it was killed. */
async function holdSession(guide: Guide, fate: Fate | null): Promise<Result> {
  const folder = await homeWithAna()
  let kills = 0
  let left = fate?.after ?? Number.POSITIVE_INFINITY
  for (const pass of ['prepare', 'record'] as const) {
    for (let isOver = false; !isOver;) {
      const coach = startCoach(['session', 'ana', `--${pass}`, '--guide', guide], { folder })
      const { answered, next } = await follow(coach, CUES[guide][pass], 'Saved', left)
      left -= answered
      isOver = next === null
      if (next === null) continue
      if (fate?.amid !== undefined) {
        await next.reply(coach)
        await setTimeout(fate.amid)
      }
      coach.kill('SIGKILL')
      kills++
      expect(await coach.exit()).toBe(137)
      left = fate?.isRepeated ? fate.after : Number.POSITIVE_INFINITY
    }
  }
  expect(kills > 0).toBe(fate !== null)
  const { out } = await run(folder, 'review', '--json')
  return { record: await recordOf(folder), items: JSON.parse(out.replace(/"uuid": .*/g, '')) }
}

const whole = new Map<Guide, Promise<Result>>()

async function undisturbed(guide: Guide): Promise<Result> {
  const result = whole.get(guide) ?? holdSession(guide, null)
  whole.set(guide, result)
  return await result
}

test.each<[Guide, Fate]>([
  ['ortp', { after: 0 }],
  ['ortp', { after: 13 }],
  ['ortp', { after: 26 }],
  ['ortp', { after: 44 }],
  ['ortp', { after: 3, isRepeated: true }],
  ['ortp', { after: 4, isRepeated: true, amid: 0 }],
  ['quick', { after: 1 }],
  ['quick', { after: 10 }],
  ['quick', { after: 1, isRepeated: true, amid: 1 }],
])(
  'fault 1: killed in the middle and started again, %s comes to the same record: %o',
  { timeout: 120_000 },
  async (guide, fate) => {
    const result = await holdSession(guide, fate)
    expect(result).toEqual(await undisturbed(guide))
  },
)

test('a session without a kill holds what was typed', async () => {
  const { record, items } = await undisturbed('ortp')
  expect(record).toMatchObject({
    observation: { saw: 'She asked about budget.\nHe looked at his watch.', rating: 4 },
    teachable_moment: { pointer: { given: 'Ask what waiting costs. Then wait.' } },
    close: { private_note: 'Seemed tired.' },
  })
  expect(items).toHaveLength(2)
})

describe('fault 1: what was half typed when it was killed is offered again', () => {
  test('when there was a second to keep it', async () => {
    const folder = await homeWithAna()
    const coach = startCoach(['session', 'ana', '--prepare', '--quick'], { folder })
    await coach.see('What did you see or hear?')
    coach.type('She asked about the bud')
    await coach.see('› She asked about the bud')
    await coach.until(
      () => isDraft(folder, 'She asked about the bud'),
      'the draft in the home folder',
    )
    expect(await shownAfterKill(coach, folder)).toContain('› She asked about the bud')
  })

  test('when it was handed to the editor', async () => {
    const folder = await homeWithAna()
    writeFileSync(join(folder, 'editor.sh'), '#!/bin/bash\necho the editor waits; sleep 60\n', {
      mode: 0o700,
    })
    const EDITOR = join(folder, 'editor.sh')
    const options = { folder, env: { EDITOR } }
    const coach = startCoach(['session', 'ana', '--prepare', '--quick'], options)
    await coach.see('What did you see or hear?')
    coach.type('She asked about the bud')
    await coach.see('› She asked about the bud')
    coach.press('ctrl-e')
    await coach.see('the editor waits')
    expect(await shownAfterKill(coach, folder)).toContain('› She asked about the bud')
  })

  async function shownAfterKill(coach: Pty, folder: string): Promise<string> {
    coach.kill('SIGKILL')
    expect(await coach.exit()).toBe(137)
    const again = startCoach(['session', 'ana', '--prepare', '--quick'], { folder })
    await again.see('What did you see or hear?')
    return again.text()
  }
})
