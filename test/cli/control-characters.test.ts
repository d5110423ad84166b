import { describe, expect, test } from 'vitest'
import { answersFor, feed } from '../ask/file/feed.ts'
import { tamper } from '../notebook/file.ts'
import { JSON_READERS } from './declared-commands.ts'
import { filled, filledHome } from './filled-home.ts'

describe('no control character reaches the terminal', () => {
  /** All characters that could, but line ends, tabs, and joiners inside emoji. */
  const HARMFUL =
    /(?![\n\t])\p{Cc}|[\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u
  const EVIL = '\x1b[31mred\x07 \x9b2J \u202etxt\u2066 a\rb'

  const poisoned = (async () => {
    const home = await filledHome()
    await feed(home, answersFor('Anton Berg', { observation: { situation: 'Call', saw: EVIL } }))
    const evil = "char(27) || '[31m' || char(155) || char(8238) || char(13) || char(7)"
    tamper(
      home.notebook,
      `UPDATE person SET name = name || ${evil}, role = ${evil};
       UPDATE session SET guide_title = ${evil};
       UPDATE action_item SET what = what || ${evil}, "if" = ${evil}, obstacle = ${evil};
       UPDATE note SET text = text || ${evil};
       UPDATE goal SET what = what || ${evil};
       UPDATE answer SET value = value || ${evil} WHERE value IS NOT NULL AND kind IN ('line', 'note', 'question');
       UPDATE answer SET wording = wording || ${evil};
       UPDATE item_event SET note = ${evil};`,
    )
    return home
  })()

  test.each([
    ['today'],
    ['people'],
    ['review'],
    ['review', '--all'],
    ['review', '--look', '--why'],
    ['due'],
    ['note', '--list'],
    ['goal', 'list', '--all'],
    ['goal', 'show', '1'],
    ['recap', 'ana'],
    ['recap', 'ana', '--format', 'md'],
    ['history'],
    ['show', '1'],
    ['show', '1', '--format', 'yaml'],
    ['show', '2'],
    ['prep', 'anton'],
    ['prep', 'anton', '--private'],
    ['prep', 'ana', '--private'],
    ['person', 'show', 'ana'],
    ['action', 'show', '1'],
    ['export', 'all'],
    ['export', 'session', '1', '--shared'],
    ...JSON_READERS.filter(
      ([, command]) => !command.registeredArguments.some(({ required }) => required),
    ).map(([way]) => [...way.split(' '), '--json']),
    ['show', '1', '--json'],
    ['recap', 'ana', '--json'],
    ['note', '--list', '--json'],
    ['done', '1'],
    ['done', '1'],
    ['undo'],
    ['note', 'ana', 'call'],
    ['goal', 'done', '1'],
    ['undo'],
    ['delete', 'note', '1'],
    ['delete', 'note', '1', '--yes'],
    ['delete', 'goal', '1'],
    ['delete', 'goal', '1', '--yes'],
    ['carry', '2', '--to', 'fri'],
    ['action', 'add', 'ana', 'write'],
    ['action', 'edit', '2', '--due', 'fri'],
    ['delete', 'session', '1'],
    ['delete', 'session', '1', '--yes'],
    ['person', 'edit', 'ana', '--role', 'x'],
    ['person', 'archive', 'ana'],
    ['prep', 'a'],
  ])('from stored texts: coach %s %s %s', async (...argv) => {
    const { code, out, err } = await (await poisoned).coach(argv)
    expect(code).not.toBe(1)
    expect(out + err).not.toMatch(HARMFUL)
  })

  test('coach review --json gives a stored text unchanged', async () => {
    const home = await filledHome()
    await home.coach(['action', 'add', 'anton', EVIL])
    const parsed: unknown = JSON.parse((await home.coach(['review', '--json'])).out)
    expect(parsed).toContainEqual(
      expect.objectContaining({ what: expect.stringContaining('\x1b[31mred') }),
    )
  })

  test.each([
    [[EVIL]],
    [['review', EVIL]],
    [['review', `--${EVIL}`]],
    [['review', '--owner', EVIL]],
    [['review', '--due', EVIL]],
    [['prep', EVIL]],
    [['done', EVIL]],
    [['show', EVIL]],
    [['action', 'add', 'anton', 'call', '--due', EVIL]],
    [['action', 'add', 'anton', 'call', '--repeat', EVIL]],
    [['carry', '1', '--to', EVIL]],
    [['session', 'anton', '--move', EVIL]],
    [['note', EVIL]],
    [['goal', 'show', EVIL]],
    [['goal', 'add', 'anton', 'sell', '--due', EVIL]],
    [['due', '--person', EVIL]],
    [['recap', EVIL]],
    [['person', 'add', EVIL]],
    [['person', 'add', 'Ben', '--cadence', EVIL]],
    [['session', '--answers', EVIL]],
    [['session', '--template', '--guide', EVIL]],
    [['session', EVIL, '--template']],
    [['export', EVIL, '1']],
    [['export', 'all', '-o', `${EVIL}/x/y`]],
    [['--notebook', EVIL, 'people']],
  ])('from typed arguments: coach %j', async (argv) => {
    const { code, out, err } = await (await filled).coach(argv)
    expect(code).not.toBe(1)
    expect(out + err).not.toMatch(HARMFUL)
  })
})
