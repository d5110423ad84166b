import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { answersFor } from '../../ask/file/feed.ts'
import { homeAfter, inOneLine, must } from '../../commands/followup/played.ts'
import { query, tamper } from '../../notebook/file.ts'
import { argumentOf } from '../../../src/text/command-line.ts'
import { type Home, newHome, NOW, words } from '../../world.ts'

const hashOf = (...texts: readonly (string | null)[]) =>
  createHash('sha256').update(JSON.stringify(texts)).digest('hex')
/** The texts beside the first that an item has, all of them empty. */
const NONE = [null, null, null, null, null, null]

/** What was typed in one of two copies; `SQL …` is done to the file. */
type Lines = readonly string[]

/** One kind of difference: what was done in each copy, what is said about it, and which commands take the other side. */
interface Case {
  readonly what: string
  readonly here?: Lines
  readonly there?: Lines
  readonly said: readonly string[]
  readonly commands: readonly string[]
  /** A statement that gives the same rows in both afterwards. */
  readonly same: string
}

const ITEMS = `SELECT uuid, status, what, owner, due_on, "if", "then", "else", obstacle, measure, result, support,
  carried, repeat, (SELECT uuid FROM goal WHERE id = goal_id) AS goal FROM action_item ORDER BY uuid`
const PEOPLE = `SELECT name, relation, role, leads_others, coalesce(cadence_days, 14) AS cadence,
  archived_at IS NULL AS here FROM person ORDER BY uuid`
const GOALS = `SELECT what, status, is_stretch, due_on,
  (SELECT uuid FROM goal p WHERE p.id = g.parent_id) AS above FROM goal g ORDER BY uuid`
const NOTES = `SELECT text, status FROM note ORDER BY uuid`
const OPPORTUNITIES = 'SELECT name, stage, closed_at IS NULL AS open FROM opportunity ORDER BY uuid'
const PLANS = "SELECT planned_on FROM next_session WHERE status = 'planned'"
const SESSIONS = `SELECT guide, status, held_on, (SELECT uuid FROM opportunity WHERE id = opportunity_id) AS opportunity
  FROM session ORDER BY uuid`
const ANSWERS = `SELECT uuid, round, path, state, value, visibility FROM answer
  WHERE path NOT LIKE 'promises.%' ORDER BY uuid`

const CASES: readonly Case[] = [
  {
    what: 'an item done',
    there: ['done 2'],
    said: ['Action item 2, “send the deck” (Ana Silva)', 'state: open here, done there'],
    commands: ['coach done 2'],
    same: ITEMS,
  },
  {
    what: 'an item missed after it was partly done',
    there: ['part 2', 'missed 2'],
    said: ['state: open here, missed there'],
    commands: ['coach missed 2'],
    same: ITEMS,
  },
  {
    what: 'an item partly done',
    there: ['part 2'],
    said: ['state: open here, partly done there'],
    commands: ['coach part 2'],
    same: ITEMS,
  },
  {
    what: 'an item dropped',
    there: ['drop 2'],
    said: ['state: open here, dropped there'],
    commands: ['coach drop 2'],
    same: ITEMS,
  },
  {
    what: 'an item carried and done',
    there: ['carry 2 --to 2026-11-30', 'done 2'],
    said: [
      'times carried: 0 here, 1 there',
      'day: Fri 27 Nov here, Mon 30 Nov there',
      'state: open here, done there',
    ],
    commands: ['coach carry 2 --to 2026-11-30', 'coach done 2'],
    same: ITEMS,
  },
  {
    what: 'an item carried twice, to a day that has passed',
    there: ['carry 2 --to 2026-11-30', 'carry 2 --to 2026-11-20 --past'],
    said: ['times carried: 0 here, 2 there', 'day: Fri 27 Nov here, Fri 20 Nov there'],
    commands: ['coach carry 2 --to 2026-11-20 --past', 'coach carry 2 --to 2026-11-20 --past'],
    same: ITEMS,
  },
  {
    what: 'an item of another day',
    there: ['action edit 2 --due 2026-12-04'],
    said: ['day: Fri 27 Nov here, Fri 4 Dec there'],
    commands: ['coach action edit 2 --due 2026-12-04'],
    same: ITEMS,
  },
  {
    what: 'an item without a day',
    there: ['action edit 2 --due ""'],
    said: ['day: Fri 27 Nov here, none there'],
    commands: ['coach action edit 2 --due ""'],
    same: ITEMS,
  },
  {
    what: 'the words of an item',
    there: [
      'action edit 2 --what "send it by fri" --due 2026-11-27 --owner me --if noon --then "call \\$HOME" --else mail',
      `action edit 2 --obstacle "it's late" --measure "a 'yes'" --result won --support "I ask" --repeat "every week"`,
    ],
    said: ['text: “send the deck” here, “send it by fri” there', 'owner: them here, me there'],
    commands: [
      `coach action edit 2 --what "send it by fri" --owner me --if noon --then 'call $HOME' --else mail --obstacle "it's late" --measure "a 'yes'" --result won --support "I ask" --repeat "every week" --due 2026-11-27`,
    ],
    same: ITEMS,
  },
  {
    what: 'words taken out of an item',
    here: ['action edit 2 --obstacle time --support "I ask"'],
    said: ['obstacle: “time” here, none there', 'support: “I ask” here, none there'],
    commands: ['coach action edit 2 --obstacle "" --support ""'],
    same: ITEMS,
  },
  {
    what: 'a check-in that was named',
    there: ['action edit 2 --check-in 2026-11-26'],
    said: ['check-in: Wed 25 Nov here, Thu 26 Nov there'],
    commands: ['coach action edit 2 --check-in 2026-11-26'],
    same: 'SELECT check_in_on FROM action_item ORDER BY uuid',
  },
  {
    what: 'a goal of an item',
    there: ['action edit 2 --goal 1'],
    said: ['goal: none here, 1 there'],
    commands: ['coach action edit 2 --goal 1'],
    same: ITEMS,
  },
  {
    what: 'an item open again',
    here: ['done 2'],
    said: ['state: done here, open there', 'Only coach undo can reopen it'],
    commands: ['coach delete action 2', 'coach import all.json'],
    same: ITEMS,
  },
  {
    what: 'an item of a conversation, open again',
    here: ['missed 1'],
    said: ['state: missed here, open there', 'Its session can be taken anew'],
    commands: ['coach delete session 1', 'coach import all.json'],
    same: ITEMS,
  },
  {
    what: 'an item carried less often',
    here: ['carry 2 --to 2026-11-30'],
    said: ['No command changes how often it was carried.'],
    commands: ['coach delete action 2', 'coach import all.json'],
    same: ITEMS,
  },
  {
    what: 'a goal reached',
    there: ['goal done 1'],
    said: ['Goal 1, “run a renewal” (Ana Silva)', 'state: open here, done there'],
    commands: ['coach goal done 1'],
    same: GOALS,
  },
  {
    what: 'a goal dropped, with a new text and day',
    there: ['goal edit 1 --what "run two" --due 2027-01-29 --stretch', 'goal drop 1'],
    said: ['text: “run a renewal” here, “run two” there', 'stretch goal: no here, yes there'],
    commands: [
      'coach goal edit 1 --what "run two" --stretch --due 2027-01-29',
      'coach goal drop 1',
    ],
    same: GOALS,
  },
  {
    what: 'a goal open again',
    here: ['goal done 1'],
    said: ['state: done here, open there'],
    commands: ['coach goal edit 1 --open'],
    same: GOALS,
  },
  {
    what: 'a goal dropped, and reached here',
    here: ['goal done 1'],
    there: ['goal drop 1'],
    said: ['state: done here, dropped there'],
    commands: ['coach goal edit 1 --open', 'coach goal drop 1'],
    same: GOALS,
  },
  {
    what: 'a goal under another',
    there: ['SQL UPDATE goal SET parent_id = 1 WHERE id = 2'],
    said: ['sub-goal of: none here, 1 there', 'No command puts a goal under another.'],
    commands: ['coach delete goal 2', 'coach import all.json'],
    same: GOALS,
  },
  {
    what: 'all about a person',
    there: [
      'person edit ana --name "Ana \\"Ace\\" Costa" --role "Team lead" --cadence 7 --leads-others --relation coach',
      'person archive ana',
    ],
    said: [
      'Ana Silva name:',
      'relation: report here, coach there',
      'days between conversations: 14 here, 7 there',
      'leads others: no here, yes there',
      'in the archive: no here, yes there',
    ],
    commands: [
      'coach person archive "Ana Silva"',
      `coach person edit "Ana Silva" --name 'Ana "Ace" Costa' --relation coach --leads-others --role "Team lead" --cadence 7`,
    ],
    same: PEOPLE,
  },
  {
    what: 'a person as plain as before',
    here: ['person edit ana --role Lead --cadence 7 --leads-others', 'person archive ana'],
    said: ['role: “Lead” here, none there', 'in the archive: yes here, no there'],
    commands: [
      'coach person archive "Ana Silva" --undo',
      'coach person edit "Ana Silva" --no-leads-others --role "" --cadence 14',
    ],
    same: PEOPLE,
  },
  {
    what: 'an opportunity further on and closed',
    there: ['opportunity edit 1 --name "Northwind two" --stage close --close'],
    said: ['Opportunity 1, “Northwind” (Ana Silva)', 'stage: discover here, close there'],
    commands: ['coach opportunity edit 1 --name "Northwind two" --stage close --close'],
    same: OPPORTUNITIES,
  },
  {
    what: 'an opportunity open again',
    here: ['opportunity edit 1 --close'],
    said: ['closed: yes here, no there'],
    commands: ['coach opportunity edit 1 --open'],
    same: OPPORTUNITIES,
  },
  {
    what: 'a note taken up',
    there: ["SQL UPDATE note SET status = 'dropped'"],
    said: ['Note 1, “a thought” (Ana Silva)', 'state: in the inbox here, dropped there'],
    commands: ['coach delete note 1', 'coach import all.json'],
    same: NOTES,
  },
  {
    what: 'the next conversation moved',
    there: ['session ana --move 2026-12-07'],
    said: ['Next conversation with Ana Silva', 'day: Tue 1 Dec here, Mon 7 Dec there'],
    commands: ['coach session "Ana Silva" --move 2026-12-07'],
    same: PLANS,
  },
  {
    what: 'the next conversation off',
    there: ['session ana --move none'],
    said: ['day: Tue 1 Dec here, none there'],
    commands: ['coach session "Ana Silva" --move none'],
    same: PLANS,
  },
  {
    what: 'the next conversation on again',
    here: ['session ana --move none'],
    said: ['day: none here, Tue 1 Dec there'],
    commands: ['coach session "Ana Silva" --move 2026-12-01'],
    same: PLANS,
  },
  {
    what: 'an answer corrected',
    there: ['edit 1 --answers corrected.yaml'],
    said: [
      'Session 1',
      '“What did you see or hear?” “She asked about budget.” here, “Something else” there',
    ],
    commands: ['coach edit 1', 'coach delete session 1', 'coach import all.json'],
    same: ANSWERS,
  },
  {
    what: 'a session of another day',
    there: ["SQL UPDATE session SET held_on = '2026-11-19', opportunity_id = 1"],
    said: [
      'Session 1 (Ana Silva)',
      'day: Fri 20 Nov here, Thu 19 Nov there',
      'opportunity: none here, 1 there',
    ],
    commands: ['coach delete session 1', 'coach import all.json'],
    same: SESSIONS,
  },
  {
    what: 'a session that is finished there, with answers and an item that are only there',
    here: [
      "SQL UPDATE session SET status = 'recording'",
      "SQL DELETE FROM answer WHERE path = 'reflection.went_well'",
    ],
    said: ['state: recording here, done there', 'nothing here, “I kept quiet.” there'],
    commands: ['coach delete session 1', 'coach import all.json'],
    same: ANSWERS,
  },
  {
    what: 'an item that was agreed there in a session that is not finished here',
    here: ["SQL UPDATE session SET status = 'recording'"],
    there: ['edit 1 --answers longer.yaml'],
    said: ['state: recording here, done there', 'action item “ask last” only there'],
    commands: ['coach delete session 1', 'coach import all.json'],
    same: ITEMS,
  },
]

/** Ana, with one of each kind of thing that can differ. */
async function homeOfAll(): Promise<Home> {
  const home = await homeAfter(['person', 'add', 'Ana Silva'])
  const talk = answersFor('Ana Silva', {
    held_on: '2026-11-20',
    reflection: { went_well: 'I kept quiet.' },
    plan: { actions: [{ what: 'ask first', due: '2026-11-27' }], next_session: '2026-12-01' },
  })
  await must(home, ['session', '--answers', '-', '--record'], talk)
  for (const line of [
    'action add ana send the deck --due 2026-11-27',
    'goal add ana run a renewal',
    'goal add ana another',
    'opportunity add ana Northwind --stage discover',
    'note ana "a thought"',
  ]) {
    await must(home, words(line))
  }
  return home
}

/** Does to a copy what the lines say. */
async function doIn(home: Home, lines: Lines): Promise<void> {
  const corrected = answersFor('Ana Silva', {
    observation: { situation: 'Discovery call', saw: 'Something else' },
  })
  writeFileSync(join(home.folder, 'corrected.yaml'), corrected)
  const actions = [{ what: 'ask first', due: '2026-11-27' }, { what: 'ask last' }]
  writeFileSync(join(home.folder, 'longer.yaml'), answersFor('Ana Silva', { plan: { actions } }))
  for (const line of lines) {
    if (line.startsWith('SQL ')) tamper(home.notebook, line.slice(4))
    else await must(home, argvOf(`coach ${line}`))
  }
}

/** The words of a command line as a shell takes it apart. */
function argvOf(command: string): readonly string[] {
  const script = `printf '%s\\0' ${command}`
  const [, ...argv] = execFileSync('bash', ['-c', script], { encoding: 'utf8', env: { HOME: '/' } })
    .split('\0')
    .slice(0, -1)
  return argv
}

/** The commands that stand on lines of their own. */
const commandsIn = (text: string) =>
  text.split('\n').flatMap((line) => /^ {4}(coach .*)$/.exec(line)?.[1] ?? [])

/** Runs a command that an import printed. */
async function take(home: Home, command: string): Promise<void> {
  const argv = argvOf(command)
  const { code, err } = await home.coach(argv[0] === 'delete' ? [...argv, '--yes'] : argv)
  // A session is corrected by hand on a screen; without one, the command names what a script takes instead.
  const isByHand = argv[0] === 'edit' && err.includes(`coach edit ${argv[1]} --answers FILE`)
  if (code !== 0 && !isByHand) throw new Error(`${command} ended with ${code}: ${err}`)
}

describe('an import says what differs, and with which command the other side is taken', () => {
  test.each(CASES)('$what', async ({ here = [], there = [], said, commands, same }) => {
    const from = await homeOfAll()
    const to = newHome()
    copyFileSync(from.notebook, to.notebook)
    await doIn(from, there)
    to.setNow(new Date(NOW.getTime() + 60_000))
    await doIn(to, here)
    const json = await must(from, ['export', 'all', '--format', 'json'])
    writeFileSync(join(to.folder, 'all.json'), json)
    const taken = await must(to, ['import', 'all.json'])
    for (const text of ['What differs stays as it is here:', ...said]) {
      expect(inOneLine(taken)).toContain(text)
    }
    expect(commandsIn(taken)).toEqual(commands)
    // What a session agreed is off with it, and comes back in a second round.
    for (let round = 0, text = taken; round < 3 && commandsIn(text).length > 0; round++) {
      for (const command of commandsIn(text)) await take(to, command)
      text = await must(to, ['import', 'all.json'])
    }
    expect(query(to.notebook, same)).toEqual(query(from.notebook, same))
    expect(await must(to, ['import', 'all.json'])).toBe(
      'All of it is here already. Nothing was changed.\n',
    )
  })
})

/** What an import says of two copies, each with something done in it. */
async function saidAfter(
  here: Lines,
  there: Lines,
  flags: readonly string[] = [],
): Promise<{ readonly to: Home; readonly said: string }> {
  const from = await homeOfAll()
  const to = newHome()
  copyFileSync(from.notebook, to.notebook)
  to.setNow(new Date(NOW.getTime() + 60_000))
  await doIn(from, there)
  await doIn(to, here)
  writeFileSync(
    join(to.folder, 'all.json'),
    await must(from, ['export', 'all', '--format', 'json']),
  )
  return { to, said: await must(to, ['import', 'all.json', ...flags]) }
}

describe('what no command takes is said plainly', () => {
  test('a stage that is not there, and a reason in the history', async () => {
    const { said } = await saidAfter(
      ['part 2 --note mine'],
      [
        'SQL UPDATE opportunity SET stage = NULL',
        'edit 1 --answers corrected.yaml',
        'part 2 --note theirs',
      ],
    )
    expect(inOneLine(said)).toContain('No command takes a stage away; it stays discover,')
    expect(commandsIn(said)).toContain('coach opportunity show 1')
    const reason = (text: string) =>
      `SQL UPDATE item_event SET note = '${text}', hash = '${hashOf(text)}' WHERE item_id = 2`
    const { said: history } = await saidAfter([reason('mine')], [reason('theirs')])
    expect(inOneLine(history)).toContain(
      'A line in the history of action item 2 reason: “mine” here, “theirs” there No command changes',
    )
  })

  test('a text that no command line can hold', async () => {
    const text = 'tell \u202egnp'
    const { said } = await saidAfter(
      [],
      [
        `SQL UPDATE action_item SET what = '${text}', hash = '${hashOf(text, ...NONE)}' WHERE id = 2`,
      ],
    )
    expect(said).not.toContain('\u202e')
    expect(inOneLine(said)).toContain('No command line can hold its text.')
    expect(commandsIn(said)).toEqual(['coach delete action 2', 'coach import all.json'])
  })

  test('what stands in a file runs nothing when its command is pasted into a shell', async () => {
    const victim = join(mkdtempSync(join(tmpdir(), 'coach-pasted-')), 'victim')
    const nasty = `x'; touch ${victim} "$(touch ${victim})" \`touch ${victim}\``
    const bound = nasty.replaceAll("'", "''")
    const { to, said } = await saidAfter(
      [],
      [
        `SQL UPDATE opportunity SET stage = '${bound}'`,
        `SQL UPDATE person SET role = '${bound}', hash = '${hashOf('Ana Silva', nasty)}'`,
        `SQL UPDATE goal SET what = '${bound}', hash = '${hashOf(nasty)}' WHERE id = 1`,
        `SQL UPDATE action_item SET support = '${bound}', hash = '${hashOf('send the deck', null, null, null, null, null, nasty)}' WHERE id = 2`,
      ],
    )
    const commands = commandsIn(said)
    expect(commands).toHaveLength(4)
    for (const command of commands) expect(argvOf(command).at(-1)).toBe(nasty)
    expect(existsSync(victim)).toBe(false)
    for (const command of commands.filter((one) => !one.includes('--stage'))) {
      await take(to, command)
    }
    expect(query(to.notebook, 'SELECT role FROM person')).toEqual([{ role: nasty }])
  })

  test('an item whose goal is closed here', async () => {
    const { said } = await saidAfter(['goal drop 1'], ['action edit 2 --goal 1'])
    expect(inOneLine(said)).toContain('Its goal 1 is closed here, and takes no item.')
  })
})

describe('what both copies did on their own is told once, or not at all', () => {
  test('the same thing done in both is no difference, and its history is not doubled', async () => {
    const { to, said } = await saidAfter(
      ['done 2', 'goal done 1', 'person edit ana --role Lead', 'session ana --move 2026-12-08'],
      ['done 2', 'goal done 1', 'person edit ana --role Lead', 'session ana --move 2026-12-08'],
    )
    expect(said).toBe('All of it is here already. Nothing was changed.\n')
    expect(
      query(to.notebook, "SELECT count(*) AS n FROM item_event WHERE status_to = 'done'"),
    ).toEqual([{ n: 1 }])
  })

  test('a next conversation planned in both, for two days', async () => {
    const { to, said } = await saidAfter(
      ['session ana --move none', 'session ana --move 2026-12-08'],
      ['session ana --move none', 'session ana --move 2026-12-09'],
    )
    expect(inOneLine(said)).toContain('day: Tue 8 Dec here, Wed 9 Dec there')
    expect(commandsIn(said)).toEqual(['coach session "Ana Silva" --move 2026-12-09'])
    await take(to, commandsIn(said)[0] ?? '')
    expect(await must(to, ['import', 'all.json'])).toContain('All of it is here already.')
  })

  test('the next one of an item, made in both for two days, is told', async () => {
    const { to, said } = await saidAfter(
      ['action edit 2 --repeat "every week"', 'done 2'],
      ['action edit 2 --repeat "every 2 weeks"', 'done 2'],
    )
    expect(inOneLine(said)).toContain(
      'Action item 2 was closed in both notebooks, so its next one is here 2 times, on different days 3: Fri 4 Dec 4: Fri 11 Dec',
    )
    expect(commandsIn(said)).toEqual([
      'coach action edit 2 --repeat "every 2 weeks"',
      'coach drop 4',
    ])
    for (const command of commandsIn(said)) await take(to, command)
    const again = await must(to, ['import', 'all.json'])
    expect(again).not.toContain('The next one of')
  })
})

test('commands name the notebook and the flags of the import', async () => {
  const { to } = await saidAfter([], [])
  await must(to, ['done', '2'])
  const text = await must(to, ['--notebook', to.notebook, 'import', 'all.json', '--merge-people'])
  expect(commandsIn(text)).toEqual([
    `coach delete action 2 --notebook ${to.notebook}`,
    `coach import all.json --merge-people --notebook ${to.notebook}`,
  ])
})

test('of many things ten are told, and how many more there are', async () => {
  const many = Array.from({ length: 13 }, (_, at) => `note ana "thought ${at}"`)
  const { to } = await saidAfter(many, [])
  const json = await must(to, ['export', 'all', '--format', 'json'])
  tamper(to.notebook, "UPDATE note SET status = 'dropped'")
  const text = await must(to, ['import', '-'], json)
  expect(text.match(/^Note \d+, /gm)).toHaveLength(10)
  expect(inOneLine(text)).toContain('And 4 more things. Settle these, then import again')
})

describe('a text in a command that is printed', () => {
  test.each([
    ['100 % sure', '"100 % sure"', null],
    ['a & b', '"a & b"', null],
    ['x"" & calc.exe & rem ', `'x"" & calc.exe & rem '`, null],
    ['it is $5', `'it is $5'`, null],
    ['plain words', '"plain words"', '"plain words"'],
    ["it's", `"it's"`, `"it's"`],
  ])('%s is typed into the shell of each system as %s and as %s', (text, posix, windows) => {
    expect(argumentOf(text, false)).toBe(posix)
    expect(argumentOf(text, true)).toBe(windows)
  })

  test('what came through a pipe is named as a file: the pipe is used up', async () => {
    const { to } = await saidAfter([], [])
    await doIn(to, ['session ana --move 2026-12-09'])
    const { err } = await to.coach(
      ['import', '-'],
      readFileSync(join(to.folder, 'all.json'), 'utf8'),
    )
    expect(err).toContain('Next conversation with Ana Silva')
    expect(err).not.toContain('coach import -')
  })
})
