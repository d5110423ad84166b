import { expect } from 'vitest'
import { LIBRARY } from '../questions/shipped.ts'

/** A word that no message may repeat. */
export const CANARY = 'canary-of-a-private-note'
export const BAD = 'question-banks/bad.yaml'
export const GOOD = `id: bad\nquestions:\n  - id: bad-1\n    text: ${CANARY}?\n`

/** The questions that ship are there, whatever became of the rest. */
export function expectShipped(out: string): void {
  const english = LIBRARY.questions.filter((one) => one.language === 'en')
  expect(english.filter((one) => !out.includes(one.id))).toEqual([])
}
