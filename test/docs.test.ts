import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { allLabelled, reportOf } from '../scripts/lint-figures.ts'
import { withReference } from '../scripts/reference.ts'
import { controlFor } from '../src/ask/terminal/screen/controls.ts'
import { drawFrame } from '../src/ask/terminal/screen/frame.ts'
import { type Ask, hold } from '../src/conversation/hold.ts'
import { PLAIN } from '../src/output/paint.ts'
import { conversation, guide } from './conversations.ts'

const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8')

test('the command reference is what the command line says', () => {
  expect(withReference(readme)).toBe(readme)
})

test('the figures of the hints are those that the labelled lines give', () => {
  const shown = /and prints:\n\n```\n([\s\S]*?)\n```/.exec(readme)?.[1]
  expect(shown).toBe(reportOf(allLabelled()))
})

test('the screen in the README is the one that is drawn', async () => {
  const shown = /```text\n([\s\S]*?)\n```/.exec(readme)?.[1]
  let drawn = ''
  const ask: Ask = async (turn, scene) => {
    if (turn.path === 'observation.situation') {
      return { type: 'answer', text: 'Discovery call with Northwind, Tuesday' }
    }
    const control = controlFor(turn, null)
    for (const text of [
      'She asked about budget in the second minute.\n',
      'The customer answered with one word and looked at his watch.',
    ]) {
      control.press({ type: 'paste', text }, 68)
    }
    const parts = {
      person: 'Ana Silva',
      doing: 'preparing',
      turn,
      scene,
      control,
      problem: null,
      isHelpShown: false,
      hint: null,
    }
    drawn = drawFrame({ ...parts, today: '2026-11-23', paint: PLAIN }, 70, 12).rows.join('\n')
    return { type: 'leave' }
  }
  await hold(conversation(guide('ortp'), 'prepare'), ask, () => undefined)
  expect(drawn).toBe(shown)
})
