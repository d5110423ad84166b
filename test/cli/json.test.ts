import type { CommandUnknownOpts } from 'commander'
import { describe, expect, test } from 'vitest'
import { bytesOf } from '../ask/file/feed.ts'
import { newHome } from '../world.ts'
import { JSON_READERS } from './declared-commands.ts'
import { filled } from './filled-home.ts'

describe('--json', () => {
  /** What stands for the arguments that a command wants. */
  const args: Readonly<Record<string, string>> = { person: 'ana', name: 'ana', id: '1' }
  /** Arguments of commands that want something else. */
  const own: Readonly<Record<string, string>> = {
    'skill show': 'listening',
    'opportunity show': 'northwind',
    'questions import': '-',
  }
  /** Flags without which a command does not read. */
  const flags: Readonly<Record<string, readonly string[]>> = { note: ['--list'] }
  const call = (way: string, command: CommandUnknownOpts) => [
    ...way.split(' '),
    ...(flags[way] ?? []),
    ...command.registeredArguments
      .filter(({ required }) => required)
      .map((one) => own[way] ?? args[one.name()] ?? '1'),
    '--json',
  ]

  test.each(JSON_READERS)('%s prints JSON alone', async (way, command) => {
    const list = 'What did you hear?\n'
    const { code, out, err } = await (await filled).coach(call(way, command), list)
    const told = way === 'questions import' ? /^Took 1 question/ : /^$/
    expect([code, err]).toEqual([way === 'due' ? 10 : 0, expect.stringMatching(told)])
    expect(() => JSON.parse(out)).not.toThrow()
    expect(out.endsWith('\n')).toBe(true)
  })

  const wantsNothing = ([, command]: (typeof JSON_READERS)[number]) =>
    command.registeredArguments.every(({ required }) => !required)

  test.each(JSON_READERS.filter(wantsNothing))(
    '%s prints JSON alone in an empty home, and makes nothing',
    async (way, command) => {
      const home = newHome()
      const { code, out, err } = await home.coach(call(way, command))
      expect([code, err]).toEqual([0, ''])
      expect(JSON.parse(out)).toEqual(expect.anything())
      expect(bytesOf(home)).toBeNull()
    },
  )

  /** A skill is there without a notebook, and a list to import is not in it. */
  const isElsewhere = ([way]: (typeof JSON_READERS)[number]) =>
    way === 'skill show' || way === 'questions import'

  test.each(JSON_READERS.filter((one) => !wantsNothing(one) && !isElsewhere(one)))(
    '%s finds nothing in an empty home, and prints nothing',
    async (way, command) => {
      const home = newHome()
      const { code, out } = await home.coach(call(way, command))
      expect([code, out]).toEqual([3, ''])
      expect(bytesOf(home)).toBeNull()
    },
  )

  test.each([['review'], ['people'], ['history'], ['due'], ['note', '--list'], ['goal', 'list']])(
    '%s %s prints [] where there is nothing',
    async (...argv) => {
      const outcome = await newHome().coach([...argv, '--json'])
      expect(outcome).toEqual({ code: 0, out: '[]\n', err: '' })
    },
  )

  test.each([[['--json']], [['today', '--json']]])(
    'coach %j prints what waits today',
    async (argv) => {
      const { out } = await newHome().coach(argv)
      expect(JSON.parse(out)).toEqual({
        today: '2026-11-23',
        unfinished: [],
        overdue: [],
        due_today: [],
        check_ins: [],
        due_for_conversation: [],
        notes_waiting: 0,
        unsaved: [],
      })
    },
  )

  const ITEM = [
    'id',
    'uuid',
    'person',
    'owner',
    'what',
    'due_on',
    'check_in_on',
    'status',
    'overdue',
    'carried',
    'session',
  ]
  const GOAL = [
    'id',
    'uuid',
    'person',
    'under',
    'what',
    'stretch',
    'status',
    'due_on',
    'created_at',
    'closed_at',
  ]
  const PERSON = [
    'id',
    'uuid',
    'name',
    'relation',
    'role',
    'leads_others',
    'cadence_days',
    'archived',
    'last_held_on',
    'open_items',
    'unfinished_sessions',
  ]
  const SESSION = ['id', 'uuid', 'person', 'guide', 'status', 'held_on', 'planned_on', 'created_at']
  const RECORD = [
    'id',
    'uuid',
    'person',
    'guide',
    'status',
    'held_on',
    'promises',
    'inbox',
    'steps',
  ]
  test.each([
    [['review', '--json'], ITEM],
    [['people', '--json'], PERSON],
    [['person', 'show', 'ana', '--json'], PERSON],
    [['history', '--json'], SESSION],
    [
      ['today', '--json'],
      [
        'today',
        'unfinished',
        'overdue',
        'due_today',
        'check_ins',
        'due_for_conversation',
        'notes_waiting',
        'unsaved',
      ],
    ],
    [
      ['review', '--look', '--json'],
      [
        'today',
        'figure_days',
        'not_seen',
        'never_coached',
        'carried_often',
        'no_stretch_goal',
        'follow_through',
        'praise',
        'talk_share',
      ],
    ],
    [
      ['due', '--json'],
      ['what', 'id', 'on', 'person', 'owner', 'text'],
    ],
    [
      ['note', '--list', '--json'],
      ['id', 'uuid', 'person', 'text', 'created_at'],
    ],
    [['goal', 'list', '--json'], GOAL],
    [
      ['goal', 'show', '1', '--json'],
      [...GOAL, 'sub_goals', 'actions', 'history'],
    ],
    [
      ['action', 'show', '1', '--json'],
      [
        ...ITEM,
        'if',
        'then',
        'else',
        'obstacle',
        'measure',
        'result',
        'support',
        'repeat',
        'goal',
        'created_at',
        'closed_at',
        'history',
        'follows',
        'next',
      ],
    ],
    [['show', '1', '--json'], RECORD],
    [['recap', 'ana', '--json'], RECORD],
    [
      ['prep', 'ana', '--json'],
      [
        'person',
        'last_held_on',
        'planned_on',
        'session',
        'last_plan',
        'promised',
        'topics',
        'notes_waiting',
        'inbox',
        'focus',
        'never_coached',
        'saw',
        'questions',
        'prepared',
        'private',
      ],
    ],
  ])('coach %j prints its documented keys', async (argv, keys) => {
    const parsed: unknown = JSON.parse((await (await filled).coach(argv)).out)
    const one: unknown = Array.isArray(parsed) ? parsed[0] : parsed
    expect(Object.keys(Object(one))).toEqual(keys)
  })

  test('coach review prints every field of an item', async () => {
    const parsed: unknown = JSON.parse((await (await filled).coach(['review', '--json'])).out)
    expect(parsed).toEqual([
      {
        id: 1,
        uuid: expect.stringMatching(/^[0-9a-f-]{36}$/),
        person: 'Ana Silva',
        owner: 'them',
        what: 'send the deck',
        due_on: '2026-11-20',
        check_in_on: null,
        status: 'open',
        overdue: true,
        carried: 0,
        session: 1,
      },
      expect.objectContaining({ id: 2, owner: 'me', due_on: null, overdue: false }),
    ])
  })

  test.each([
    [['--owner', 'me'], [2]],
    [['--owner', 'them'], [1]],
    [['--overdue'], [1]],
    [['--due', 'today'], [1]],
    [['--due', '2026-11-19'], []],
    [['--due', 'week'], [1]],
    [['--person', 'anton'], []],
    [['--person', 'ana', '--owner', 'me'], [2]],
  ])('coach review %j prints the items that fit', async (flags, ids) => {
    const { code, out } = await (await filled).coach(['review', '--json', ...flags])
    expect([code, JSON.parse(out).map(({ id }: { id: number }) => id)]).toEqual([0, ids])
  })
})
