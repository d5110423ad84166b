import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { query } from '../../notebook/file.ts'
import { CUES, type Cue } from '../../ask/terminal/cues.ts'
import { homeWith, textsOfDrafts } from '../../ask/terminal/home.ts'
import { run } from '../../ask/terminal/process.ts'
import { type Pty, startCoach } from '../../ask/terminal/pty.ts'
import { figureOf, randomOf } from './figures.ts'
import { sumOf, TIMES, type Counts, unitsOf } from './units.ts'

const unit = unitsOf('kill')
const KILLS = 200 * TIMES
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

/** Holds one session in the terminal, killed at random moments and gone on with, until it is over. */
async function oftenKilled(seed: number): Promise<Counts> {
  const random = randomOf(seed)
  const args = ['session', 'ana', '--prepare', '--guide', 'ortp']
  const folder = await homeWith(['person', 'add', 'Ana Silva'])
  const notebook = join(folder, 'notebook.db')
  const seen: Sitting = { acknowledged: 0 }
  let kills = 0
  for (let isOver = false; !isOver;) {
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
  return { kills, answers: seen.acknowledged }
}

test(`fault 1: ${KILLS} kills in a row at random moments lose no acknowledged answer`, async () => {
  const sessions: Counts[] = []
  while (sumOf(sessions, 'kills') < KILLS) {
    const seed = sessions.length + 1
    sessions.push(await unit(`session ${seed}`, async () => await oftenKilled(seed)))
  }
  expect(sumOf(sessions, 'answers')).toBeGreaterThan(KILLS)
  figureOf(
    'kill -9 at a random moment of a session',
    `${sumOf(sessions, 'kills')} kills in ${sessions.length} sessions`,
    `${sumOf(sessions, 'answers')} answers acknowledged, none lost`,
  )
})

/** Kills a session while a text is typed. @returns 1 where more than the last second of it is lost */
async function killedWhileTyping(seed: number): Promise<number> {
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
  return kept.length < due.length ? 1 : 0
}

test(`fault 1: ${KILLS / 4} kills while a text is typed lose at most the last second of it`, async () => {
  const all: Counts[] = []
  for (let seed = 1; seed <= KILLS / 4; seed++) {
    const typed = async () => ({ lost: await killedWhileTyping(seed) })
    all.push(await unit(`typed ${seed}`, typed))
  }
  const lost = sumOf(all, 'lost')
  // A machine that is shared may sleep for a moment: the second is measured with some room.
  expect(lost).toBeLessThanOrEqual(TIMES)
  figureOf(
    'kill -9 while a text is typed',
    `${KILLS / 4} kills`,
    `${lost} lost more than a second of typing`,
  )
})
