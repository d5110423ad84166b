import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { query } from '../../notebook/file.ts'
import { CUES, type Cue } from '../../terminal/cues.ts'
import { homeWith, textsOfDrafts } from '../../terminal/home.ts'
import { run } from '../../terminal/process.ts'
import { type Pty, startCoach } from '../../terminal/pty.ts'
import { figureOf, randomOf } from './figures.ts'

const SEEDS = 100
/** How long a person may have to wait until what they type is kept, in ms. */
const A_SECOND = 1000

/** What is in the notebook: the texts of answered prompts, as they are kept. */
const answered = (folder: string) =>
  query(
    join(folder, 'notebook.db'),
    "SELECT count(*) AS n FROM answer WHERE state IN ('answered', 'skipped')",
  )[0]

/** How many prompts were answered and gone on from. */
interface Sitting {
  acknowledged: number
}

/** Answers prompt after prompt until the program is gone. */
async function answerUntilKilled(
  coach: Pty,
  cues: readonly Cue[],
  seen: Sitting,
): Promise<boolean> {
  for (;;) {
    const at = await coach.seeOneOf([...cues.map(({ asks }) => asks), 'Saved'])
    const cue = cues[at]
    if (!cue) return true
    await cue.reply(coach)
    await coach.until(() => !coach.text().includes(cue.asks), `what comes after “${cue.asks}”`)
    seen.acknowledged++
  }
}

test(`fault 1: ${SEEDS} kills in a row at random moments lose no acknowledged answer`, async () => {
  const random = randomOf(1)
  const args = ['session', 'ana', '--prepare', '--guide', 'ortp']
  let [kills, answers, sessions] = [0, 0, 0]
  while (kills < SEEDS) {
    const folder = await homeWith(['person', 'add', 'Ana Silva'])
    const notebook = join(folder, 'notebook.db')
    const seen: Sitting = { acknowledged: 0 }
    sessions++
    for (let isOver = false; !isOver && kills < SEEDS;) {
      const coach = startCoach(args, { folder })
      const timer = globalThis.setTimeout(() => coach.kill('SIGKILL'), 100 + random() * 900)
      isOver = await answerUntilKilled(coach, CUES.ortp.prepare, seen).catch(() => false)
      clearTimeout(timer)
      expect([0, 137], `kill ${kills}`).toContain(await coach.exit())
      if (!isOver) kills++
      // A reader settles what a killed transaction left.
      expect((await run(folder, 'history', '--json')).code, `kill ${kills}`).toBe(0)
      const kept = Number(Object(answered(folder)).n)
      expect(kept, `kill ${kills}`).toBeGreaterThanOrEqual(seen.acknowledged)
      expect(query(notebook, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
    }
    answers += seen.acknowledged
  }
  figureOf(
    'kill -9 at a random moment of a session',
    `${kills} kills in ${sessions} sessions`,
    `${answers} answers acknowledged, none lost`,
  )
})

test(`fault 1: ${SEEDS / 4} kills while a text is typed lose at most the last second of it`, async () => {
  let lost = 0
  for (let seed = 1; seed <= SEEDS / 4; seed++) {
    const random = randomOf(seed)
    const folder = await homeWith(['person', 'add', 'Ana Silva'])
    const coach = startCoach(['session', 'ana', '--prepare', '--quick'], { folder })
    await coach.see('What did you see or hear?')
    const strokes: { text: string; at: number }[] = []
    const end = performance.now() + 500 + random() * 3500
    let text = ''
    while (performance.now() < end) {
      const letter = 'abcdefghij'[Math.floor(random() * 10)] ?? 'a'
      text += letter
      coach.type(letter)
      strokes.push({ text, at: performance.now() })
      await setTimeout(20 + random() * 60)
    }
    const killed = performance.now()
    coach.kill('SIGKILL')
    await coach.exit()
    const due = strokes.findLast(({ at }) => at <= killed - A_SECOND)?.text ?? ''
    const [kept = ''] = textsOfDrafts(folder)
    expect(text.startsWith(kept), `seed ${seed}`).toBe(true)
    // A machine that is shared may sleep for a moment: the second is measured with some room.
    if (kept.length < due.length) lost++
  }
  expect(lost).toBeLessThanOrEqual(1)
  figureOf(
    'kill -9 while a text is typed',
    `${SEEDS / 4} kills`,
    `${lost} lost more than a second of typing`,
  )
})
