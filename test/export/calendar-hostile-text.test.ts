import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toCalendarText } from '../../src/export/ics.ts'
import type { ActionItem } from '../../src/model.ts'
import { oneLine, safe } from '../../src/text/text.ts'
import { answersFor, feed } from '../ask/file/feed.ts'
import { newHome } from '../world.ts'
import { exported, readCalendar } from './calendar.ts'

const SEED = 20_261_123

describe('fault 50: a text that could break the format is one summary', () => {
  const HOSTILE: readonly (readonly [what: string, text: string, read?: string])[] = [
    ['commas and semicolons', 'a, b; c,, d;;'],
    ['colons and quotation marks', 'a: "b": \'c\''],
    ['backslashes', 'C:\\new\\, \\; \\n \\N \\\\'],
    ['a second line', 'one\ntwo', 'one two'],
    ['line ends of Windows', 'one\r\ntwo\r\nthree', 'one two three'],
    ['an event of its own', 'x\r\nEND:VEVENT\r\nBEGIN:VEVENT', 'x END:VEVENT BEGIN:VEVENT'],
    ['the beginning of an event', 'BEGIN:VEVENT'],
    ['a property of its own', 'x\nDESCRIPTION:y', 'x DESCRIPTION:y'],
    ['a parameter', 'x;VALUE=DATE:20260101'],
    ['500 characters', 'practise '.repeat(56).slice(0, 500).trim()],
    ['500 characters without a blank', 'x'.repeat(500)],
    ['500 umlauts', 'ü'.repeat(500)],
    ['emoji', '👩‍💻 🏳️‍🌈 👍🏽 '.repeat(20).trim()],
    ['other scripts', 'חזרה على الموعد 日本語の約束 สวัสดี '.repeat(8).trim()],
    ['accents of their own', 'e\u0301'.repeat(100)],
    ['a tab', 'a\tb'],
    ['control characters', 'a\u0007\u001b[31m\u007f', 'a\\x07\\x1b[31m\\x7f'],
    ['marks that turn the direction', 'a\u202eb', 'a\\u202eb'],
    ['separators of lines and paragraphs', 'a\u2028b\u2029c\u0085d', 'a\\u2028b\\u2029c\\x85d'],
  ]

  test.each(HOSTILE)('%s', async (_what, text, read = text) => {
    const home = newHome()
    const actions = [{ what: text, due: '2026-11-25' }]
    const { code, err } = await feed(home, answersFor('Ana Silva', { plan: { actions } }))
    expect([code, err]).toEqual([0, expect.any(String)])
    const events = readCalendar(await exported(home, 'all'))
    expect(events.map(({ summary }) => summary)).toEqual([`Due: ${read} (Ana Silva)`])
  })

  const BREAKING = [
    '\r',
    '\n',
    '\t',
    ' ',
    '\u200d',
    '\ud83d',
    ...'\\ ; , : n N é 👩 BEGIN:VEVENT'.split(' '),
  ]

  test('whatever the text and the name are', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.string({
        unit: fc.constantFrom(...BREAKING),
        maxLength: 200,
      }),
    )
    fc.assert(
      fc.property(text, text, (what, person) => {
        const part = {
          person,
          isArchived: false,
          changedAt: ITEM.updatedAt,
          sequence: 1,
          items: [{ ...ITEM, what }],
          hidden: new Set<number>(),
          nextSessions: [],
          gone: [],
        }
        const [event, ...more] = readCalendar(toCalendarText([part]))
        expect(more).toEqual([])
        expect(event?.summary).toBe(safe(oneLine(`Due: ${what} (${person})`)))
      }),
      { seed: SEED, numRuns: 500 },
    )
  })

  const ITEM: ActionItem = {
    id: 1,
    uuid: '6f1c9b52-5a4e-4a6b-9d3e-2f0c8b7a1e5d',
    personId: 1,
    sessionId: null,
    status: 'open',
    what: '',
    owner: 'them',
    due: '2026-12-04',
    if: null,
    then: null,
    else: null,
    obstacle: null,
    measure: null,
    result: null,
    support: null,
    check_in: null,
    repeat: null,
    goal: null,
    carried: 0,
    followsId: null,
    createdAt: '2026-11-23T09:00:00.000Z',
    updatedAt: '2026-11-23T09:00:00.000Z',
    closedAt: null,
    revision: 1,
  }
})
