import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { KeyPress } from '../../../../src/ask/terminal/screen/key-decoder.ts'
import {
  editText,
  fieldOf,
  layOut,
  type TextField,
} from '../../../../src/ask/terminal/screen/text-field.ts'
import { widthOf } from '../../../../src/output/layout.ts'
import { safe } from '../../../../src/text/text.ts'
import { MOVES, key, printable, written } from './random-keys.ts'

const width = fc.integer({ min: 12, max: 80 })

const edits = fc.array(key, { maxLength: 20 })

function fieldAfter(text: string, keys: readonly KeyPress[], columns: number): TextField {
  return keys.reduce((field, one) => editText(field, one, columns), fieldOf(text))
}

function isUpOrDown(key: KeyPress): boolean {
  return key.type === 'key' && (key.name === 'up' || key.name === 'down')
}

/** What of a field does not fit into so many columns. */
function misfits(field: TextField, columns: number): readonly unknown[] {
  const { rows, row, column } = layOut(field, columns)
  const isCursorThere = rows[row] !== undefined && column >= 0 && column < columns
  return [
    ...rows.filter((one) => widthOf(one) > columns),
    ...(isCursorThere ? [] : [{ row, column }]),
  ]
}

describe('the text field', () => {
  test('has its text back when what was inserted is deleted again', () => {
    const moves = fc.array(fc.constantFrom(...MOVES), { maxLength: 8 })
    fc.assert(
      fc.property(written, moves, printable, width, (text, names, more, columns) => {
        const keys = names.map((name): KeyPress => ({ type: 'key', name }))
        const before = fieldAfter(text, keys, columns)
        let field = editText(before, { type: 'text', text: `|${more}` }, columns)
        // A mark that combines with the text before is deleted together with it, so a bar stands between.
        while (field.cursor > before.cursor) {
          field = editText(field, { type: 'key', name: 'backspace' }, columns)
        }
        expect(field).toEqual(before)
      }),
      { numRuns: 300 },
    )
  })

  test('keeps its text well formed, whatever is pressed', () => {
    fc.assert(
      fc.property(written, edits, width, (text, keys, columns) => {
        expect(fieldAfter(text, [...keys, { type: 'text', text: 'x' }], columns).text).toSatisfy(
          (after: string) => after.isWellFormed(),
        )
      }),
      { numRuns: 1000 },
    )
  })

  test('has its cursor on one of its rows, and no row is wider than the screen', () => {
    const sideways = edits.map((keys) => keys.filter((one) => !isUpOrDown(one)))
    fc.assert(
      fc.property(written, sideways, width, (text, keys, columns) => {
        expect(misfits(fieldAfter(text, keys, columns), columns)).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  test('keeps within its width the characters that are shown as escapes', () => {
    const hidden = fc.constantFrom('\u200b', '\u202e', '\u2066', '\ufeff', '\u2028')
    const parts = fc.array(fc.oneof(hidden, fc.constantFrom('a', ' ', 'word', '日本')), {
      maxLength: 20,
    })
    fc.assert(
      fc.property(parts, width, (all, columns) => {
        expect(misfits(fieldOf(all.join('')), columns)).toEqual([])
      }),
      { numRuns: 2000 },
    )
  })

  test('shows every character that is no blank', () => {
    fc.assert(
      fc.property(written, width, (text, columns) => {
        const { rows } = layOut(fieldOf(text), columns)
        expect(rows.join('').replace(/\s/g, '')).toBe(safe(text).replace(/\s/g, ''))
      }),
      { numRuns: 500 },
    )
  })

  test('comes back to the same place by going down and up through rows of one length', () => {
    const field = { text: 'one two\nsix ten', cursor: 3 }
    const down = editText(field, { type: 'key', name: 'down' }, 40)
    expect(down.cursor).toBe(11)
    expect(editText(down, { type: 'key', name: 'up' }, 40)).toEqual(field)
  })

  test('shows what it would show if it had never been laid out before', () => {
    fc.assert(
      fc.property(written, edits, width, (text, keys, columns) => {
        const field = fieldAfter(text, keys, columns)
        layOut(field, columns + 9)
        const now = layOut(field, columns)
        // Of another text, nothing is remembered that helps.
        layOut(fieldOf(''), columns)
        expect(now).toEqual(layOut(field, columns))
      }),
    )
  })
})
