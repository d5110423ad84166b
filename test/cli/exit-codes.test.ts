import { describe, expect, test } from 'vitest'
import { bytesOf } from '../ask/file/feed.ts'
import { newHome } from '../world.ts'
import { filled } from './filled-home.ts'

describe('a wrong command line exits 2, and says what is wrong', () => {
  test.each<readonly [argv: readonly string[], said: string | RegExp]>([
    [['revew'], /^There is no command “revew”\.\nDid you mean review\?\n/],
    [['peopel'], 'Did you mean people?'],
    [['action', 'ad'], 'Did you mean add?'],
    [['nonsense'], 'There is no command “nonsense”.'],
    [[''], 'There is no command'],
    [['review', '--overdo'], 'Did you mean --overdue?'],
    [['review', '--nonsense'], 'There is no option --nonsense.'],
    [['--nonsense'], 'There is no option --nonsense.'],
    [['-x'], 'There is no option -x.'],
    [['review', 'ana'], 'Too many words: ana.'],
    [['prep'], 'Something is missing: the name of a person.'],
    [['done'], 'Something is missing: a number'],
    [['action', 'add', 'ana'], 'Something is missing: what it is.'],
    [['person', 'add'], 'Something is missing: the name of a person.'],
    [['export'], 'Something is missing: what it is.'],
    [['recap'], 'Something is missing: the name of a person.'],
    [['goal', 'add', 'ana'], 'Something is missing: what it is.'],
    [['carry', '1'], '--to is needed.'],
    [['--notebook'], '--notebook needs a value.'],
    [['review', '--due'], '--due needs a value.'],
    [['session', '--answers'], '--answers needs a value.'],
    [['session', '--prepare', '--record'], 'cannot be used together'],
    [['session', '--quick', '--guide', 'ortp'], 'cannot be used together'],
    [['session', '--answers', 'x', '--template'], 'cannot be used together'],
    [['session', '--answers', 'x', '--stage', 'discover'], 'cannot be used together'],
    [['session', '--answers', 'x', '--full'], 'cannot be used together'],
    [['review', '--triage', '--json'], 'cannot be used together'],
    [['review', '--owner', 'tom'], '--owner takes them or me, not “tom”.'],
    [['recap', 'ana', '--format', 'html'], '--format takes text or md, not “html”.'],
    [
      ['person', 'add', 'Ana', '--relation', 'friend'],
      '--relation takes report, self or coach, not “friend”.',
    ],
    [['show', '1', '--format', 'html'], '--format takes text or yaml, not “html”.'],
    [
      ['session', '--template', '--guide', 'nonsense'],
      /There is no guide “nonsense”\.\nThere are .*ortp.*quick/,
    ],
    [['person', 'add', '   '], 'not a name that can be kept'],
    [['person', 'add', 'Ben', '--cadence', '0'], 'not a number of days from 1 to 999'],
    [['person', 'add', 'Ben', '--cadence', '2.5'], 'not a number of days from 1 to 999'],
    [['person', 'add', 'ana silva'], 'There is already somebody called Ana Silva'],
    [['person', 'edit', 'anton'], 'There is nothing to change.'],
    [['person', 'edit', 'anton', '--name', 'Ana  SILVA'], 'There is already somebody called'],
    [['action', 'add', 'anton', '  '], 'The action item has no text.'],
    [['action', 'add', 'anton', 'call', '--due', '02/03'], 'Write the one you mean'],
    [['action', 'add', 'anton', 'call by 31 feb'], 'not a day in the calendar'],
    [['action', 'edit', '1'], 'There is nothing to change.'],
    [['action', 'edit', '1', '--what', ''], 'An action item needs a text'],
    [['action', 'edit', '1', '--due', 'soon'], 'could not be read as a date'],
    [['action', 'add', 'anton', 'call by 2026-11-20'], /has passed\.\n.*--past/],
    [['action', 'add', 'anton', 'call', '--repeat', '1m'], 'every minute or every month'],
    [['action', 'edit', '1', '--due', '2026-11-19'], /has passed\.\n.*--past/],
    [['carry', '1', '--to', 'soon'], 'could not be read as a date'],
    [['carry', '1', '--to', '2026-11-22'], /has passed\.\n.*--past/],
    [['session', 'anton', '--move', '2026-11-22'], /has passed\.\n.*--past/],
    [['note'], 'About whom?'],
    [['note', 'anton', '  '], 'The note is empty. Nothing was kept.'],
    [['note', 'anton'], 'The note is empty. Nothing was kept.'],
    [['goal', 'add', 'anton', ' '], 'The goal has no text.'],
    [['goal', 'add', 'anton', 'sell', '--due', '2026-11-22'], /has passed\.\n.*--past/],
    [['goal', 'edit', '1'], 'There is nothing to change.'],
    [['goal', 'done', '2'], 'Goal 2 is closed already (dropped).'],
    [['goal', 'show', 'x'], '“x” is not the number of a goal'],
    [['delete', 'note', 'x'], '“x” is not the number of a note'],
    [['done', 'x'], '“x” is not the number of an action item'],
    [['done', '-1'], /unknown option|not the number/i],
    [['done', '1.5'], 'is not the number of an action item'],
    [['show', '1e3'], 'is not the number of a session'],
    [['backup', '--force'], '--force goes with -o'],
    [['backup', 'x'], 'Too many words: x.'],
    [['restore', 'x', 'y'], 'Too many words: x, y.'],
    [['review', '--due', '02/03'], 'Write the one you mean'],
    [['review', '--due', '31 feb'], 'not a day in the calendar'],
  ])('coach %j', async (argv, said) => {
    const home = await filled
    const before = bytesOf(home)
    const { code, out, err } = await home.coach(argv)
    expect(err).toMatch(said)
    expect([code, out]).toEqual([2, ''])
    expect(err).not.toMatch(/\bat .*\.ts:|bug in coach/)
    expect(bytesOf(home)).toBe(before)
  })

  test.each([[['action']], [['person']], [['delete']]])(
    'coach %j alone shows what there is',
    async (argv) => {
      expect(await newHome().coach(argv)).toMatchObject({
        code: 2,
        out: '',
        err: expect.stringContaining(`Usage: coach ${argv[0]}`),
      })
    },
  )
})

describe('a name or number that is not there, or fits several, exits 3', () => {
  const BY_NAME = [
    ['prep', 'NAME'],
    ['history', 'NAME'],
    ['review', '--person', 'NAME'],
    ['person', 'show', 'NAME'],
    ['person', 'edit', 'NAME', '--role', 'x'],
    ['person', 'archive', 'NAME'],
    ['person', 'forget', 'NAME', '--yes'],
    ['purge', '--older-than', '2 years', '--person', 'NAME', '--yes'],
    ['action', 'add', 'NAME', 'call'],
    ['export', 'person', 'NAME'],
    ['due', '--person', 'NAME'],
    ['note', 'NAME', 'call'],
    ['note', '--list', 'NAME'],
    ['goal', 'add', 'NAME', 'sell'],
    ['goal', 'list', 'NAME'],
    ['recap', 'NAME'],
  ]
  const named = (argv: readonly string[], name: string) =>
    argv.map((word) => (word === 'NAME' ? name : word))

  test.each(BY_NAME)('an unknown person: coach %s %s', async (...argv) => {
    const home = await filled
    const before = bytesOf(home)
    const outcome = await home.coach(named(argv, 'zoe'))
    expect(outcome).toEqual({
      code: 3,
      out: '',
      err: 'There is nobody called “zoe” in your notebook.\nSee who is there with: coach people\n',
    })
    expect(bytesOf(home)).toBe(before)
  })

  test.each(BY_NAME)('an ambiguous person: coach %s %s', async (...argv) => {
    const home = await filled
    const before = bytesOf(home)
    const { code, out, err } = await home.coach(named(argv, 'AN'))
    expect([code, out]).toEqual([3, ''])
    expect(err).toContain('“AN” fits 2 people: Ana Silva (1) and Anton Berg (2).')
    expect(err).toContain('Give more of the name.')
    expect(bytesOf(home)).toBe(before)
  })

  test.each(BY_NAME)('an empty home says how to begin: coach %s %s', async (...argv) => {
    const home = newHome()
    const { code, out, err } = await home.coach(named(argv, 'ana'))
    expect([code, out]).toEqual([3, ''])
    expect(err).toContain('Begin with: coach session NAME')
    expect(bytesOf(home)).toBeNull()
  })

  test.each([
    [['show', '99'], 'There is no session 99.'],
    [['edit', '99'], 'There is no session 99.'],
    [['delete', 'session', '99', '--yes'], 'There is no session 99.'],
    [['done', '99'], 'There is no action item 99.'],
    [['action', 'show', '99'], 'There is no action item 99.'],
    [['action', 'edit', '99', '--what', 'x'], 'There is no action item 99.'],
    [['delete', 'action', '99', '--yes'], 'There is no action item 99.'],
    [['delete', 'note', '99', '--yes'], 'There is no note 99.'],
    [['delete', 'goal', '99', '--yes'], 'There is no goal 99.'],
    [['goal', 'show', '99'], 'There is no goal 99.'],
    [['goal', 'edit', '99', '--stretch'], 'There is no goal 99.'],
    [['goal', 'done', '99'], 'There is no goal 99.'],
    [['action', 'add', 'ana', 'call', '--goal', '99'], 'There is no goal 99.'],
  ])('coach %j', async (argv, said) => {
    const { code, out, err } = await (await filled).coach(argv)
    expect([code, out]).toEqual([3, ''])
    expect(err).toContain(said)
    expect(err).toMatch(/See (all of them|the inbox) with: coach /)
  })
})
