import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { answerAt, homeWithAna } from '../process.ts'
import { type Pty, startCoach } from '../pty.ts'

const CLOSED = 'Hint: one word answers this; ask what they saw, did or will do'
const STACKED = /Hint: two questions in one; ask the first, and wait with the other/
const SAW = 'What did you see or hear?'

async function at(asks: string, columns = 80): Promise<{ coach: Pty; folder: string }> {
  const folder = await homeWithAna()
  const coach = startCoach(['session', 'ana', '--prepare'], { folder, columns })
  await coach.see('When and where was it?')
  await coach.answer('Discovery call')
  await coach.see(SAW)
  if (asks === SAW) return { coach, folder }
  await coach.answer('She asked about budget.', 'ctrl-d')
  await coach.see('Which stage')
  coach.press('ctrl-s')
  await coach.see('Add detail?')
  coach.press('enter')
  await coach.see('Commitment: Which question')
  coach.type('w')
  await coach.until(() => !coach.text().includes('None of this kind'), 'a line to write in')
  return { coach, folder }
}

/** The screens drawn so far that held a text and not the hint. */
function drawnWithout(coach: Pty, text: string, hint: RegExp): readonly string[] {
  const drawn = coach.raw().split('\x1b[H')
  return drawn.filter((screen) => screen.includes(text) && screen.search(hint) < 0)
}

const OWN = 'a question of one’s own'

describe.each([
  {
    where: OWN,
    asks: 'Commitment',
    text: 'Did you ask about the budget',
    end: '?',
    hint: /Hint: one word answers this; ask what they saw, did or will do/,
    good: 'What did you ask first?',
  },
  {
    where: 'an observation',
    asks: SAW,
    text: 'She is lazy and never prepares',
    end: '.',
    hint: /Hint: /,
    good: 'She asked three questions in a row.',
  },
])('a hint on $where', ({ asks, text, end, hint, good }) => {
  test('comes with the mark at its end, and goes when one writes on', async () => {
    const { coach } = await at(asks)
    coach.type(`${text}${end}`)
    await coach.see(`› ${text}${end}`)
    await coach.see(hint)
    coach.type(' And')
    await coach.see(`› ${text}${end} And`)
    expect(drawnWithout(coach, ' And', hint)).not.toEqual([])
  })

  test('comes when one pauses, whatever stands at the end', async () => {
    const { coach } = await at(asks)
    coach.type(text)
    await coach.see(`› ${text}`)
    await coach.see(hint)
    expect(drawnWithout(coach, text, hint)).not.toEqual([])
  })

  test('does not come where nothing is to be said', async () => {
    const { coach } = await at(asks)
    coach.type(good)
    await coach.see(`› ${good}`)
    // Longer than a pause, so that a hint would be there.
    await setTimeout(1500)
    expect(coach.text()).not.toMatch(/\b(?:closed|leading|stacked|blame-why|telling|trait|long): /)
  })

  test('is dim, and is one line at 80 columns', async () => {
    const { coach } = await at(asks)
    coach.type(`${text}${end}`)
    await coach.see(hint)
    const line = coach
      .screen()
      .split('\n')
      .find((one) => one.search(hint) === 0)
    expect(line).toBeDefined()
    expect(coach.raw()).toContain(`\x1b[2m${line}`)
  })
})

describe('a hint never stops anybody', () => {
  test('Enter takes the question while it is shown', async () => {
    const { coach, folder } = await at('Commitment')
    coach.type('Did you ask about the budget?')
    await coach.see(CLOSED)
    coach.press('enter')
    await coach.see('Obstacle: Which question')
    expect(coach.text()).not.toContain(CLOSED)
    coach.press('ctrl-c')
    await coach.exit()
    const kept = await answerAt(folder, ['reflection', 'questions', 0, 'question'])
    expect(kept).toBe('Did you ask about the budget?')
  })

  test('Enter twice ends the observation while it is shown', async () => {
    const { coach, folder } = await at(SAW)
    coach.type('She is lazy.')
    await coach.see(/Hint: /)
    coach.press('enter')
    await coach.until(() => coach.text().includes('Enter ends'), 'an empty line')
    coach.press('enter')
    await coach.see('Which stage')
    coach.press('ctrl-c')
    await coach.exit()
    expect(await answerAt(folder, ['observation', 'saw'])).toBe('She is lazy.')
  })

  test('what was typed ahead is taken, hint or not', async () => {
    const { coach, folder } = await at('Commitment')
    await coach.answer('Did you ask about the budget?')
    await coach.see('Obstacle: Which question')
    coach.press('ctrl-c')
    await coach.exit()
    const kept = await answerAt(folder, ['reflection', 'questions', 0, 'question'])
    expect(kept).toBe('Did you ask about the budget?')
  })
})

test('a hint is there when a text from earlier is offered again', async () => {
  const { coach, folder } = await at('Commitment')
  coach.type('Did you ask about the budget')
  await coach.see(CLOSED)
  coach.press('ctrl-c')
  expect(await coach.exit()).toBe(130)
  const again = startCoach(['session', 'ana'], { folder })
  await again.see('› Did you ask about the budget')
  await again.see(CLOSED)
})

test('a hint is wrapped at 50 columns, and is whole', async () => {
  const { coach } = await at('Commitment', 50)
  coach.type('What did you ask, and how was your holiday?')
  await coach.see(STACKED)
  const rows = coach.screen().split('\n')
  expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(50)
  const first = rows.findIndex((row) => row.startsWith('Hint: '))
  expect(rows.slice(first, first + 2).join(' ')).toMatch(STACKED)
  expect(rows.at(-1)).toContain('^P back')
})

test('a hint leaves the cursor where one writes', async () => {
  const { coach } = await at('Commitment', 50)
  coach.type('What did you ask, and how was your holiday?')
  await coach.see(STACKED)
  expect(coach.isTyped('holiday?')).toBe(true)
})
