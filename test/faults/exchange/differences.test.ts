import { copyFileSync, existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { inOneLine, must } from '../../commands/followup/played.ts'
import { query, tamper } from '../../notebook/file.ts'
import { type Home, newHome, NOW } from '../../world.ts'
import { CASES, NONE, hashOf } from './difference-cases.ts'
import { argvOf, doIn, homeOfAll, saidAfter } from './printed-commands.ts'

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

describe('what both copies did on their own is told at most once', () => {
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

test('of many differences ten are shown, and how many more there are', async () => {
  const many = Array.from({ length: 13 }, (_, at) => `note ana "thought ${at}"`)
  const { to } = await saidAfter(many, [])
  const json = await must(to, ['export', 'all', '--format', 'json'])
  tamper(to.notebook, "UPDATE note SET status = 'dropped'")
  const text = await must(to, ['import', '-'], json)
  expect(text.match(/^Note \d+, /gm)).toHaveLength(10)
  expect(inOneLine(text)).toContain('And 4 more things. Settle these, then import again')
})
