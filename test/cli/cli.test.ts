import { PassThrough } from 'node:stream'
import type { CommandUnknownOpts } from 'commander'
import { describe, expect, test } from 'vitest'
import { buildProgram, PARTS } from '../../src/cli/program.ts'
import { makeWorld } from '../../src/start/make-world.ts'
import { answersFor, bytesOf, feed } from '../ask/file/feed.ts'
import { tamper } from '../notebook/file.ts'
import { type Home, newHome, NOW, words } from '../world.ts'

/** Every command with the words that lead to it, without the built-in `help`. */
function commandsOf(
  command: CommandUnknownOpts,
  way: readonly string[] = [],
): readonly (readonly [string, CommandUnknownOpts])[] {
  return command.commands
    .filter((one) => one.name() !== 'help')
    .flatMap((one) => {
      const here = [...way, one.name()]
      return [[here.join(' '), one] as const, ...commandsOf(one, here)]
    })
}

const places = { notebook: '', config: '', drafts: '' }
const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
const { program } = buildProgram(
  makeWorld({ env: {}, stdin, stdout, stderr, cwd: '/', places, now: () => NOW }),
)
const ALL = commandsOf(program)
const LEAVES = ALL.filter(([, command]) => command.commands.length === 0)
const JSON_READERS = LEAVES.filter(([, command]) =>
  command.options.some((option) => option.long === '--json'),
)

/** A home with two people, one finished session, two open action items, a note, an open goal and one that was dropped. */
async function filledHome(): Promise<Home> {
  const home = newHome()
  await feed(
    home,
    answersFor('Ana Silva', {
      reflection: {
        went_well: 'All of it.',
        questions: [{ kind: 'stretch', question: 'What?', heard: 'That.' }],
      },
      plan: {
        actions: [
          { what: 'send the deck', due: '2026-11-20' },
          { what: 'call Tom', owner: 'me' },
        ],
      },
    }),
    ['--past'],
  )
  await home.coach(['person', 'add', 'Anton Berg'])
  await home.coach(['opportunity', 'add', 'ana', 'Northwind', '--stage', 'discover'])
  await home.coach(['note', 'ana', 'She', 'waited', 'today.'])
  for (const what of ['lead a renewal', 'ski']) await home.coach(['goal', 'add', 'ana', what])
  await home.coach(['goal', 'drop', '2'])
  return home
}
const filled = filledHome()

test.each(PARTS)('$title declares what it says', ({ commands }) => {
  const [called] = commands
  const world = makeWorld({ env: {}, stdin, stdout, stderr, cwd: '/', places, now: () => NOW })
  const declared = buildProgram(world, called).program.commands.map((one) => one.name())
  expect(declared).toEqual(commands)
})

describe('every command', () => {
  test('is known to this test', () => {
    expect(LEAVES.length).toBeGreaterThan(15)
  })

  test.each(ALL)('%s says what it does', (_way, command) => {
    expect(command.description()).toMatch(/^\S.{5,}/)
  })

  test.each(ALL)('%s --help exits 0, on stdout', async (way) => {
    for (const help of ['--help', '-h']) {
      const { code, out, err } = await newHome().coach([...way.split(' '), help])
      expect([code, err]).toEqual([0, ''])
      expect(out).toMatch(new RegExp(`^Usage: coach ${way}`))
      expect(out.split('\n').every((line) => line.length <= 80)).toBe(true)
    }
  })

  test.each(LEAVES)('%s has examples that begin with it', async (way) => {
    const { out } = await newHome().coach([...way.split(' '), '--help'])
    const examples = examplesIn(out)
    expect(examples).not.toEqual([])
    for (const example of examples) {
      expect(example).toMatch(way === 'today' ? /^coach( |$)/ : new RegExp(`^coach ${way}( |$)`))
    }
  })

  test.each(LEAVES.filter(([way]) => way !== 'demo'))(
    '%s has examples that are understood',
    async (way) => {
      const home = newHome()
      const { out } = await home.coach([...way.split(' '), '--help'])
      for (const example of examplesIn(out)) {
        const { code, err } = await home.coach(words(example.replace(/ >.*/, '')).slice(1))
        expect(code).not.toBe(1)
        expect([example, err]).not.toEqual([
          example,
          expect.stringMatching(/unknown|missing|too many|cannot be used|invalid/i),
        ])
      }
    },
  )

  test('coach --help lists every command that is not hidden', async () => {
    const { code, out, err } = await newHome().coach(['--help'])
    expect([code, err]).toEqual([0, ''])
    for (const command of program.createHelp().visibleCommands(program)) {
      expect(out).toMatch(new RegExp(`^  ${command.name()}\\b`, 'm'))
    }
  })

  test.each([[['help']], [['help', 'review']], [['help', 'action']], [['action', 'help', 'add']]])(
    'coach %j is help as well',
    async (argv) => {
      expect(await newHome().coach(argv)).toMatchObject({
        code: 0,
        out: expect.stringMatching(/^Usage: coach/),
        err: '',
      })
    },
  )
})

function examplesIn(help: string): readonly string[] {
  const block = /\nExamples:\n((?: {2}\$ .*\n)+)/.exec(help)?.[1] ?? ''
  return [...block.matchAll(/^ {2}\$ (.*)$/gm)].map(([, example = '']) => example)
}

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

describe('what is not there, or fits several, exits 3', () => {
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

describe('a person', () => {
  test.each([
    ['a part of the name', 'silv'],
    ['a part in capitals', 'SILVA'],
    ['two parts', 'ana s'],
  ])('is found by %s, and named before anything is written', async (_what, name) => {
    const home = await filledHome()
    const { code, err } = await home.coach(['action', 'add', name, 'write'])
    expect(code).toBe(0)
    expect(err).toMatch(/^This is about Ana Silva\.\n/)
  })

  test('is not repeated when the full name was given', async () => {
    const home = await filledHome()
    const { err } = await home.coach(['action', 'add', 'ana silva', 'write'])
    expect(err).not.toContain('This is about')
  })

  test('whose full name is a part of another one is meant by it', async () => {
    const home = newHome()
    for (const name of ['Ana', 'Ana Silva']) await home.coach(['person', 'add', name])
    const { out } = await home.coach(['person', 'show', 'ana', '--json'])
    expect(JSON.parse(out)).toMatchObject({ name: 'Ana' })
  })

  test('with accents is found without them', async () => {
    const home = newHome()
    await home.coach(['person', 'add', 'Zoë Müller'])
    expect(await home.coach(['person', 'show', 'zoe mull'])).toMatchObject({ code: 0 })
  })

  test('in the archive gives way to one who is there', async () => {
    const home = await filledHome()
    await home.coach(['person', 'archive', 'anton'])
    expect((await home.coach(['prep', 'an'])).out).toContain('Ana Silva')
    expect((await home.coach(['people'])).out).not.toContain('Anton')
    expect((await home.coach(['people', '--all'])).out).toContain('Anton')
  })
})

describe('--json', () => {
  /** What stands for the arguments that a command wants. */
  const args: Readonly<Record<string, string>> = { person: 'ana', name: 'ana', id: '1' }
  /** The same for commands that want something else. */
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
    '%s %s of nothing is []',
    async (...argv) => {
      const outcome = await newHome().coach([...argv, '--json'])
      expect(outcome).toEqual({ code: 0, out: '[]\n', err: '' })
    },
  )

  test.each([[['--json']], [['today', '--json']]])('coach %j is what waits today', async (argv) => {
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
  })

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
  ])('of coach %j has its documented keys', async (argv, keys) => {
    const parsed: unknown = JSON.parse((await (await filled).coach(argv)).out)
    const one: unknown = Array.isArray(parsed) ? parsed[0] : parsed
    expect(Object.keys(Object(one))).toEqual(keys)
  })

  test('of review says what is known of an item', async () => {
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
  ])('of review %j holds what fits', async (flags, ids) => {
    const { code, out } = await (await filled).coach(['review', '--json', ...flags])
    expect([code, JSON.parse(out).map(({ id }: { id: number }) => id)]).toEqual([0, ids])
  })
})

describe('streams', () => {
  test.each([
    ['person', 'add', 'Ben'],
    ['person', 'edit', 'anton', '--role', 'AE'],
    ['person', 'archive', 'anton'],
    ['action', 'add', 'anton', 'call'],
    ['action', 'edit', '1', '--due', 'fri'],
    ['done', '1'],
    ['part', '1'],
    ['missed', '1'],
    ['drop', '1'],
    ['carry', '1', '--to', 'fri'],
    ['delete', 'action', '1', '--yes'],
    ['delete', 'session', '1', '--yes'],
    ['delete', 'note', '1', '--yes'],
    ['delete', 'goal', '1', '--yes'],
    ['note', 'anton', 'call'],
    ['goal', 'add', 'anton', 'sell'],
    ['goal', 'edit', '1', '--stretch'],
    ['goal', 'done', '1'],
    ['goal', 'drop', '1'],
    ['session', 'anton', '--move', 'fri'],
    ['undo'],
  ])('coach %s %s %s confirms on stderr, and is silent with --quiet', async (...argv) => {
    const [loud, quiet] = [await filledHome(), await filledHome()]
    const said = await loud.coach(argv)
    expect([said.code, said.out]).toEqual([0, ''])
    expect(said.err).not.toBe('')
    expect(await quiet.coach(['--quiet', ...argv])).toEqual({ code: 0, out: '', err: '' })
    expect(await quiet.coach(['review', '--all', '--json', '--quiet'])).toMatchObject({
      out: expect.stringContaining('['),
    })
  })

  test('--quiet does not silence an error', async () => {
    const { code, err } = await newHome().coach(['--quiet', 'prep', 'ana'])
    expect([code, err]).toEqual([3, expect.stringContaining('nobody called')])
  })

  test.each([
    [['session', 'ana'], '--answers'],
    [['session'], '--answers'],
    [['edit', '1'], '--answers'],
    [['delete', 'action', '1'], '--yes'],
    [['delete', 'session', '1'], '--yes'],
    [['delete', 'note', '1'], '--yes'],
    [['delete', 'goal', '1'], '--yes'],
    [['review', '--triage'], 'coach done ID'],
  ])('coach %j names the flag to use instead of asking', async (argv, flag) => {
    const home = await filled
    const before = bytesOf(home)
    for (const line of [argv, ['--no-input', ...argv]]) {
      const { code, out, err } = await home.coach(line)
      expect([code, out]).toEqual([2, ''])
      expect(err).toContain(flag)
    }
    expect(bytesOf(home)).toBe(before)
  })

  test.each(['-d', '--debug'])('%s shows where in the program an error happened', async (flag) => {
    const { err } = await newHome().coach([flag, 'prep', 'ana'])
    expect(err).toMatch(/^There is nobody called[^\n]*\n[^\n]*\nCoachError\n {4}at /)
  })

  test.each([[['--version']], [['-V']], [['-V', '--quiet']], [['--version', 'review']]])(
    'coach %j prints the version',
    async (argv) => {
      const { code, out, err } = await newHome().coach(argv)
      expect([code, err]).toEqual([0, ''])
      expect(out).toMatch(/^\d+\.\d+\.\d+\n$/)
    },
  )
})

describe('nothing acts on the terminal', () => {
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
  ])('from what is stored: coach %s %s %s', async (...argv) => {
    const { code, out, err } = await (await poisoned).coach(argv)
    expect(code).not.toBe(1)
    expect(out + err).not.toMatch(HARMFUL)
  })

  test('and JSON still tells the text as it is', async () => {
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
  ])('from what is typed: coach %j', async (argv) => {
    const { code, out, err } = await (await filled).coach(argv)
    expect(code).not.toBe(1)
    expect(out + err).not.toMatch(HARMFUL)
  })
})

test('coach in an empty home says how to begin, and makes nothing', async () => {
  const home = newHome()
  const { code, out, err } = await home.coach([])
  expect([code, err]).toEqual([0, ''])
  expect(out).toContain('coach session ana')
  expect(bytesOf(home)).toBeNull()
})

test('coach demo touches nothing of the home', async () => {
  const home = newHome()
  const { code, out } = await home.coach(['demo'])
  expect(code).toBe(0)
  expect(out).toContain('Its notebook is thrown away')
  expect(bytesOf(home)).toBeNull()
})
