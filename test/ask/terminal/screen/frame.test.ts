import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { controlFor } from '../../../../src/ask/terminal/screen/controls.ts'
import { drawFrame } from '../../../../src/ask/terminal/screen/frame.ts'
import type { Turn } from '../../../../src/conversation/turn.ts'
import { widthOf } from '../../../../src/output/layout.ts'
import { written } from './random-keys.ts'

const same = (text: string) => text
const PAINT = { bold: same, dim: same, red: same, yellow: same, green: same }

const short = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
const long = fc.lorem({ maxCount: 60 })
const anyTurn = fc.record<Turn>({
  round: fc.integer({ min: 1, max: 3 }),
  path: fc.constant('observation.saw'),
  pass: fc.constantFrom('prepare', 'record'),
  kind: fc.constantFrom('line', 'note', 'choice', 'yes_no', 'question', 'date', 'action'),
  step: fc.record({ title: short, number: fc.constantFrom(null, 2), of: fc.constant(4) }),
  title: short,
  ask: long,
  why: long,
  example: fc.option(long),
  required: fc.boolean(),
  visibility: fc.constantFrom('shared', 'private'),
  choices: fc.array(fc.record({ id: short, title: long }), { minLength: 1, maxLength: 7 }),
  default: fc.constant(null),
  about: fc.option(long),
  hint: fc.option(long),
  keptIn: fc.constant('prepare'),
  kept: fc.constant(null),
  old: fc.constant(null),
  isFromInbox: fc.boolean(),
  before: fc.constantFrom(null, '2026-12-01'),
  isAhead: fc.boolean(),
  isBoth: fc.boolean(),
  hints: fc.constant([]),
  action: fc.constant(null),
})

test('fault 56: every screen fits into the window, with its cursor, however small the window is', () => {
  const window = fc.record({
    columns: fc.integer({ min: 20, max: 120 }),
    rows: fc.integer({ min: 5, max: 50 }),
  })
  const isHelpShown = fc.boolean()
  const texts = fc.record({
    person: short,
    offered: fc.option(written),
    problem: fc.option(long),
    hint: fc.option(long),
  })
  fc.assert(
    fc.property(anyTurn, texts, window, isHelpShown, (turn, texts, { columns, rows }, isHelp) => {
      const { person, offered, problem, hint } = texts
      const parts = {
        person,
        doing: 'recording',
        turn,
        scene: {
          problem,
          isPast: false,
          offered,
          earlier: [],
          hintFor: () => null,
          since: null,
          keepDraft: () => null,
          editorFile: () => '',
        },
        control: controlFor(turn, offered),
        problem: null,
        isHelpShown: isHelp,
        hint,
        today: '2026-11-23',
        paint: PAINT,
      }
      const frame = drawFrame(parts, columns, rows)
      expect(frame.rows.length).toBeLessThanOrEqual(rows)
      for (const row of frame.rows) expect(widthOf(row)).toBeLessThan(columns)
      if (frame.cursor === null) return
      expect(frame.cursor.row).toBeGreaterThanOrEqual(0)
      expect(frame.cursor.row).toBeLessThan(rows)
      expect(frame.cursor.column).toBeLessThan(columns)
    }),
    { numRuns: 500 },
  )
})
