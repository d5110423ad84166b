import { describe, expect, test } from 'vitest'
import { homeAfter, json, must, talkWith } from '../followup/played.ts'
import { ANA, inbox } from './inbox.ts'

describe('a note is private until something is made of it', () => {
  const CANARY = 'canary-in-the-inbox'
  const WAYS = [
    ['recap', 'ana'],
    ['recap', 'ana', '--format', 'md'],
    ['recap', 'ana', '--json'],
    ['export', 'all', '--shared'],
    ['export', 'person', 'ana', '--shared'],
    ['export', 'session', '1', '--shared'],
    ['prep', 'ana'],
    ['prep', 'ana', '--json'],
    ['today'],
    ['today', '--json'],
    ['review'],
    ['people'],
    ['history'],
    ['person', 'show', 'ana'],
  ]

  test.each(['waiting', 'dropped', 'kept', 'topic'] as const)('%s', async (becomes) => {
    const home = await homeAfter(ANA, ['note', 'ana', CANARY])
    const said = becomes === 'waiting' ? {} : { inbox: [{ note: 1, becomes }] }
    const end = await talkWith(home, 'Ana Silva', { ...said, reflection: { would_change: 'x' } })
    expect(end).not.toContain(CANARY)
    for (const argv of WAYS)
      expect([argv, (await home.coach(argv)).out]).toEqual([
        argv,
        expect.not.stringContaining(CANARY),
      ])
    const shown = await must(home, ['show', '1'])
    expect(shown.includes(CANARY)).toBe(becomes !== 'waiting')
  })

  test('only --private shows on the sheet what waits, and the sheet says that something does', async () => {
    const home = await homeAfter(ANA, ['note', 'ana', CANARY], ['note', 'ana', 'another'])
    expect(await must(home, ['prep', 'ana'])).toContain(
      'Inbox  2 notes, private; --private shows them',
    )
    expect(await must(home, ['prep', 'ana', '--private'])).toContain(
      `Inbox (private)\n  ·  ${CANARY}\n  ·  another`,
    )
    expect(await json(home, ['prep', 'ana'])).toMatchObject({ notes_waiting: 2, inbox: [] })
    expect(await json(home, ['prep', 'ana', '--private'])).toMatchObject({
      inbox: [{ text: CANARY }, { text: 'another' }],
    })
  })

  test('what waits is counted where a day begins, with the names alone', async () => {
    const home = await homeAfter(
      ANA,
      ['person', 'add', 'Ben Okafor'],
      ['note', 'ana', CANARY],
      ['note', 'ana', 'x'],
      ['note', 'ben', 'y'],
    )
    const today = await must(home, [])
    expect(today).toContain('about Ana Silva (2), Ben Okafor')
    expect(await json(home, ['today'])).toMatchObject({ notes_waiting: 3 })
  })

  test('a note that is deleted leaves nothing behind', async () => {
    const home = await homeAfter(ANA, ['note', 'ana', CANARY])
    expect(await must(home, ['delete', 'note', '1', '--yes'])).toContain('Deleted note 1.')
    expect(await home.coach(['delete', 'note', '1', '--yes'])).toMatchObject({ code: 3 })
    expect(await must(home, ['export', 'all'])).not.toContain(CANARY)
    expect(await inbox(home)).toEqual([])
  })
})
