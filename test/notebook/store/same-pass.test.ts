import { describe, expect, test } from 'vitest'
import { addDays } from '../../../src/dates/day.ts'
import type { Answer } from '../../../src/model.ts'
import { openNotebook } from '../../../src/notebook/notebook.ts'
import { homeAfter, inOneLine, moveTo, must } from '../../commands/followup/played.ts'
import { type Home, NOW } from '../../world.ts'

const ANA = ['person', 'add', 'Ana Silva'] as const
const base = {
  round: 1,
  pass: 'record',
  state: 'answered',
  draft: null,
  wording: '',
  questionId: null,
  visibility: 'shared',
  itemId: null,
} as const
const WHAT: Answer = { ...base, path: 'plan.actions.1.what', kind: 'action', value: 'call them' }
const due = (value: string): Answer => ({
  ...base,
  path: 'plan.actions.1.due',
  kind: 'date',
  value,
})
const promise = (field: string, value: string, item = 1): Answer => ({
  ...base,
  round: 0,
  path: `promises.${item}.${field}`,
  kind: field === 'to' ? 'date' : 'choice',
  value,
})

/** Saves answers one after the other, as a conversation does with every Enter. */
function say(home: Home, status: 'recording' | 'done', answers: readonly Answer[], at = NOW) {
  const notebook = openNotebook(home.notebook, () => at)
  try {
    const session =
      notebook.sessions.list()[0] ??
      notebook.write(() => notebook.sessions.start(1, { id: 'ortp', title: 'One-on-one' }))
    notebook.write(() => notebook.sessions.update(session.id, { status }))
    for (const answer of answers) notebook.write(() => notebook.answers.save(session, [answer]))
  } finally {
    notebook.close()
  }
}

const history = async (home: Home, id = 1) =>
  inOneLine(await must(home, ['action', 'show', String(id)]))
const many = (text: string, words: string) => text.split(words).length - 1
const EIGHT = Array.from({ length: 8 }, (_, index) => addDays('2026-12-01', index))

describe('a day that is changed several times in one recording', () => {
  test('counts as agreed on the last one: history has no line for the others', async () => {
    const home = await homeAfter(ANA)
    say(home, 'recording', [WHAT, ...EIGHT.map(due)])
    const text = await history(home)
    expect(text).toContain('agreed, due Tue 8 Dec in session 1')
    expect(many(text, 'due changed')).toBe(0)
  })

  test('is one correction in an edit, and none where it comes back to the day before', async () => {
    const home = await homeAfter(ANA)
    say(home, 'recording', [WHAT, due('2026-12-01')])
    say(home, 'done', EIGHT.map(due))
    const text = await history(home)
    expect(text).toContain('agreed, due Tue 1 Dec in session 1')
    expect(text).toContain('due changed to Tue 8 Dec')
    expect(many(text, 'due changed')).toBe(1)
    say(home, 'done', [due('2026-12-01')])
    expect(many(await history(home), 'due changed')).toBe(0)
  })

  test('is a correction of its own on another day', async () => {
    const home = await homeAfter(ANA)
    say(home, 'recording', [WHAT, due('2026-12-01')])
    say(home, 'done', [due('2026-12-02'), due('2026-12-03')])
    const later = new Date('2026-11-25T09:00:00Z')
    say(home, 'done', [due('2026-12-04'), due('2026-12-07')], later)
    const text = await history(home)
    expect(text).toMatch(/Mon 23 Nov due changed to Thu 3 Dec.*Wed 25 Nov due changed to Mon 7 Dec/)
    expect(many(text, 'due changed')).toBe(2)
  })

  test('is one correction after something else happened to the item meanwhile', async () => {
    const home = await homeAfter(ANA)
    say(home, 'recording', [WHAT, due('2026-12-01')])
    await must(home, ['part', '1'])
    say(home, 'recording', EIGHT.map(due))
    const text = await history(home)
    expect(text).toContain('agreed, due Tue 1 Dec in session 1')
    expect(many(text, 'due changed')).toBe(1)
  })

  test('of a promise is one line, and undo goes back to the day before the recording', async () => {
    const home = await homeAfter(ANA, ['action', 'add', 'ana', 'call', '--due', '2026-11-23'])
    const carried = EIGHT.map((day) => promise('to', day))
    say(home, 'recording', [promise('outcome', 'carried'), ...carried])
    expect(many(await history(home), 'carried to')).toBe(1)
    expect(await history(home)).toContain('Ana Silva · Tue 8 Dec')
    moveTo(home, '2026-11-24')
    await must(home, ['undo'])
    expect(await history(home)).toContain('due Mon 23 Nov')
    expect(await history(home)).not.toMatch(/Ana Silva · Tue [18] Dec/)
  })

  test('of a promise counts as the last one, also where its day was corrected by hand in between', async () => {
    const home = await homeAfter(ANA, ['action', 'add', 'ana', 'call', '--due', '2026-11-23'])
    say(home, 'recording', [promise('outcome', 'carried'), promise('to', '2026-12-01')])
    await must(home, ['action', 'edit', '1', '--due', '2026-12-02'])
    say(home, 'recording', [promise('to', '2026-12-03'), promise('to', '2026-12-04')])
    const text = await history(home)
    expect(text).toContain('Ana Silva · Fri 4 Dec')
    expect([many(text, 'carried to'), many(text, 'due changed')]).toEqual([1, 2])
  })
})
