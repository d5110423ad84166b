// @module-tag clock
import { spawn, spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { MIGRATIONS } from '../../../src/notebook/schema/migrations.ts'
import { filesIn, hashOfFile, query, tamper } from '../../notebook/file.ts'
import { commandLine, environment, runScript } from '../../ask/terminal/process.ts'
import { type Home, newHome, NOW } from '../../world.ts'
import {
  backupsIn,
  done,
  flipBitOf,
  generationIn,
  homeWithNotes,
  notebookIn,
  rowsIn,
  run,
  spoil,
  theBackupIn,
} from '../kept.ts'

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)
const LEFT = /^notebook\.[0-9a-f-]{36}\.new(?:-journal)?$/

describe('fault 46: a backup', () => {
  test('holds every row, is readable by its owner alone, and its path is what is printed', async () => {
    const home = await homeWithNotes()
    const { code, out, err } = await runScript(home, 'umask 0; coach backup')
    expect([code, err]).toEqual([0, expect.stringContaining('compared with the notebook')])
    expect(out).toBe(`${theBackupIn(home)}\n`)
    expect(rowsIn(theBackupIn(home))).toEqual(rowsIn(notebookIn(home)))
    expect(generationIn(theBackupIn(home))).toBe(generationIn(notebookIn(home)))
    expect([modeOf(theBackupIn(home)), modeOf(join(home, 'backups'))]).toEqual(['600', '700'])
    const generation = String(generationIn(notebookIn(home))).padStart(6, '0')
    expect(basename(out.trim())).toMatch(
      new RegExp(`^notebook-\\d{4}-\\d\\d-\\d\\dT\\d{4}-g${generation}-by-hand\\.db$`),
    )
  })

  test('made twice stands twice, and the list tells both', async () => {
    const home = await homeWithNotes()
    await done(home, 'backup')
    await done(home, 'backup')
    expect(backupsIn(home)).toHaveLength(2)
    const { out } = await done(home, 'backup', '--list', '--json')
    expect(JSON.parse(out)).toMatchObject(
      Array.from({ length: 2 }, () => ({
        kind: 'by-hand',
        state: 'notebook',
        format: MIGRATIONS.length,
        encrypted: false,
      })),
    )
  })

  test('of a notebook that is damaged is refused, and nothing is left behind', async () => {
    const home = await homeWithNotes()
    await done(home, 'backup')
    const before = [backupsIn(home), hashOfFile(theBackupIn(home))]
    spoil(notebookIn(home))
    const { code, err } = await run(home, 'backup')
    expect(code).toBe(5)
    expect(err).toContain('damaged')
    expect([backupsIn(home), hashOfFile(theBackupIn(home))]).toEqual(before)
  })
})

describe('fault 25: one flipped bit in a note', () => {
  test('is told by a backup with the number of the note, and never counts as a good one', async () => {
    const home = await homeWithNotes()
    flipBitOf(notebookIn(home), 'The customer named the price')
    expect(query(notebookIn(home), 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
    const { code, err } = await run(home, 'backup')
    expect(code).toBe(5)
    expect(err).toContain('Note 2 is not what it was when it was saved.')
    expect(err).not.toContain('customer')
    expect(theBackupIn(home)).toMatch(/-damaged\.db$/)
    expect(rowsIn(theBackupIn(home))).toEqual(rowsIn(notebookIn(home)))
    expect((await run(home, 'restore', 'latest', '--yes')).code).toBe(3)
  })

  test('is told by the backup of the week, which is thrown away; the command itself ends well', async () => {
    const home = await homeWithNotes()
    tamper(notebookIn(home), "UPDATE store SET created_at = '2020-01-01T00:00:00.000Z'")
    flipBitOf(notebookIn(home), 'The customer named the price')
    const { code, err } = await run(home, 'note', 'ben', 'later')
    expect(code).toBe(0)
    expect(err).toContain('Kept as note 4')
    expect(err).toContain('What you saved is safe, but the backup of this week could not be made.')
    expect(err).toContain('Note 2 is not what it was')
    expect(backupsIn(home)).toEqual([])
  })
})

describe('fault 45: an interrupted backup', () => {
  test('killed at any moment leaves the earlier ones, and one half file that is removed later', async () => {
    const home = await homeWithNotes()
    await done(home, 'goal', 'add', 'ana', 'lead a renewal')
    tamper(
      notebookIn(home),
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)
       INSERT INTO goal_event (uuid, goal_id, status_to, at, act)
       SELECT 'x' || i, 1, 'open', '2026-11-23T09:00:00.000Z', 0 FROM n`,
    )
    await done(home, 'backup')
    const [good = ''] = backupsIn(home)
    const before = hashOfFile(join(home, 'backups', good))
    for (const wait of [90, 130, 170, 210, 250, 300]) {
      const [program, args] = commandLine(['backup'])
      const child = spawn(program, args, { cwd: home, env: environment(home), stdio: 'ignore' })
      const ended = new Promise((resolve) => child.on('close', resolve))
      await setTimeout(wait)
      child.kill('SIGKILL')
      await ended
      expect(hashOfFile(join(home, 'backups', good))).toBe(before)
    }
    const whole = backupsIn(home).filter((name) => name.endsWith('.db'))
    for (const name of whole) {
      expect(rowsIn(join(home, 'backups', name))).toEqual(rowsIn(notebookIn(home)))
    }
    const others = backupsIn(home).filter((name) => !whole.includes(name))
    expect(others.filter((name) => !LEFT.test(name))).toEqual([])
  })

  test('a half file goes with the next backup once it is an hour old, and nothing else does', async () => {
    const home = await homeWithNotes()
    const folder = join(home, 'backups')
    mkdirSync(folder)
    const names = [
      'notebook.0d2c2d4e-5a4f-4d9f-8d7e-1f2a3b4c5d6e.new',
      'notebook.1d2c2d4e-5a4f-4d9f-8d7e-1f2a3b4c5d6e.new',
      'mine.new',
      'notebook.new',
    ]
    for (const name of names) writeFileSync(join(folder, name), 'half')
    const old = new Date(NOW.getTime() - 2 * 60 * 60 * 1000)
    for (const name of [names[0], names[2], names[3]])
      utimesSync(join(folder, name ?? ''), old, old)
    await done(home, 'backup')
    expect(backupsIn(home).filter((name) => !name.endsWith('.db'))).toEqual(
      names.slice(1).toSorted(),
    )
  })

  test('with a disk that is full keeps the good ones, and leaves nothing', async () => {
    const home = await homeWithNotes()
    await done(home, 'backup')
    const before = [backupsIn(home), hashOfFile(theBackupIn(home)), hashOfFile(notebookIn(home))]
    const { code, out, err } = await runScript(home, "trap '' XFSZ; ulimit -f 16; coach backup")
    expect([code, out]).toEqual([7, ''])
    expect(err).toContain('What was saved before is safe')
    expect([backupsIn(home), hashOfFile(theBackupIn(home)), hashOfFile(notebookIn(home))]).toEqual(
      before,
    )
  })

  test.skipIf(!canMountSmall())(
    'on a file system that is too small leaves nothing there (needs unshare)',
    async () => {
      const home = await homeWithNotes()
      mkdirSync(join(home, 'small'))
      const run = spawnSync(
        'unshare',
        [
          '-rm',
          'bash',
          '-c',
          'mount -t tmpfs -o size=100k none "$COACH_HOME/small" && "$NODE" "$BIN" backup -o "$COACH_HOME/small/"; echo "code $?"; ls -A "$COACH_HOME/small"',
        ],
        { env: environment(home), encoding: 'utf8' },
      )
      expect(run.stdout).toBe('code 7\n')
      expect(run.stderr).toContain('the disk is full')
      expect(run.stderr).not.toContain('bug in coach')
    },
  )

  test('where the folder is a file, the message says so and the notebook is as it was', async () => {
    const home = await homeWithNotes()
    writeFileSync(join(home, 'backups'), 'mine')
    const before = hashOfFile(notebookIn(home))
    const { code, err } = await run(home, 'backup')
    expect([5, 7]).toContain(code)
    expect(err).toContain(join(home, 'backups'))
    expect(err).not.toContain('bug in coach')
    expect(hashOfFile(notebookIn(home))).toBe(before)
    expect(readFileSync(join(home, 'backups'), 'utf8')).toBe('mine')
  })
})

function canMountSmall(): boolean {
  return spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0
}

describe('fault 49: the target of coach backup -o', () => {
  test('a file that is there is kept without --force, and replaced as a whole with it', async () => {
    const home = await homeWithNotes()
    const target = join(home, 'stick.db')
    writeFileSync(target, 'mine', { mode: 0o644 })
    const refused = await run(home, 'backup', '-o', target)
    expect([refused.code, readFileSync(target, 'utf8')]).toEqual([2, 'mine'])
    expect(refused.err).toContain('--force')
    await done(home, 'backup', '-o', target, '--force')
    expect(rowsIn(target)).toEqual(rowsIn(notebookIn(home)))
    expect(modeOf(target)).toBe('600')
  })

  test.each(['file', 'nothing', 'folder'])('a link to a %s is never followed', async (to) => {
    const home = await homeWithNotes()
    const victim = join(home, 'victim')
    if (to === 'file') writeFileSync(victim, 'mine')
    const link = join(home, 'link.db')
    symlinkSync(victim, link)
    for (const more of [[], ['--force']]) {
      expect((await run(home, 'backup', '-o', link, ...more)).code).toBe(2)
    }
    expect(existsSync(victim) ? readFileSync(victim, 'utf8') : null).toBe(
      to === 'file' ? 'mine' : null,
    )
  })

  test('the notebook itself and a device are refused, with --force too', async () => {
    const home = await homeWithNotes()
    const before = hashOfFile(notebookIn(home))
    for (const target of [notebookIn(home), '/dev/null']) {
      expect((await run(home, 'backup', '-o', target, '--force')).code).toBe(2)
    }
    expect(hashOfFile(notebookIn(home))).toBe(before)
  })

  test('a folder gets a file with the usual name', async () => {
    const home = await homeWithNotes()
    const { out } = await done(home, 'backup', '-o', `${home}/stick/`)
    expect(filesIn(join(home, 'stick'))).toEqual([basename(out.trim())])
    expect(backupsIn(home)).toEqual([])
  })
})

/** A home in which a day can pass, and the file in it. Each day's command is the last of 20 writes, or of as many as are named. */
function homeByClock(): Home & { readonly at: (day: string, writes?: number) => Promise<Home> } {
  const home = newHome()
  return {
    ...home,
    at: async (day, writes = 20) => {
      home.setNow(new Date(`${day}T09:00:00Z`))
      if (existsSync(home.notebook)) {
        tamper(home.notebook, `UPDATE store SET generation = generation + ${writes - 1}`)
      }
      const { code } = await home.coach(['person', 'add', `P ${day} ${Math.abs(Date.parse(day))}`])
      expect(code).toBe(0)
      return home
    },
  }
}

describe('the backup of the week', () => {
  test('is made when 20 things were written and the last one is a week old; readers make none', async () => {
    const home = homeByClock()
    await home.at('2026-11-02')
    expect(backupsIn(home.folder)).toEqual([])
    home.setNow(new Date('2026-11-30T09:00:00Z'))
    for (const argv of [['people'], ['review'], ['doctor'], ['backup', '--list'], []]) {
      await home.coach(argv)
    }
    expect(backupsIn(home.folder)).toEqual([])
    await home.at('2026-11-03')
    await home.at('2026-11-04')
    await home.at('2026-11-09')
    expect(backupsIn(home.folder)).toEqual(['notebook-2026-11-03T0900-g000021.db'])
    await home.at('2026-11-10')
    expect(backupsIn(home.folder)).toEqual([
      'notebook-2026-11-03T0900-g000021.db',
      'notebook-2026-11-10T0900-g000081.db',
    ])
    expect(rowsIn(join(home.folder, 'backups', backupsIn(home.folder)[1] ?? ''))).toEqual(
      rowsIn(home.notebook),
    )
  })

  test('keeps the last five; those made by hand, before updates and of other notebooks stay', async () => {
    const home = homeByClock()
    const other = newHome()
    other.setNow(new Date('2026-01-01T09:00:00Z'))
    await other.coach(['person', 'add', 'Zoe'])
    await home.at('2026-01-01')
    await home.coach(['backup'])
    const folder = join(home.folder, 'backups')
    await other.coach(['backup', '-o', join(folder, 'notebook-2025-01-01T0900-g000000.db')])
    for (const week of [5, 12, 19, 26]) await home.at(`2026-01-${String(week).padStart(2, '0')}`)
    for (const day of ['02-02', '02-09', '02-16', '02-23']) await home.at(`2026-${day}`)
    const names = backupsIn(home.folder)
    expect(names).toContain('notebook-2026-01-01T0900-g000001-by-hand.db')
    expect(names).toContain('notebook-2025-01-01T0900-g000000.db')
    expect(names.slice(-5)).toEqual(
      ['26', '02-02', '02-09', '02-16', '02-23'].map((day) => expect.stringContaining(day)),
    )
    expect(names).toHaveLength(7)
  })

  test('fault 48: a clock that is ten years wrong, one way or the other, never costs the last good one', async () => {
    const home = homeByClock()
    for (const day of ['2026-01-01', '2026-01-12', '2036-01-12', '2026-01-19', '2016-01-19']) {
      await home.at(day)
      const names = backupsIn(home.folder)
      const newest = names.filter((name) =>
        name.includes(`g${String(generationIn(home.notebook)).padStart(6, '0')}`),
      )
      expect(newest).toHaveLength(day === '2026-01-01' ? 0 : 1)
    }
    for (let year = 2017; year < 2030; year++) {
      await home.at(`${year}-03-01`)
      const names = backupsIn(home.folder)
      expect(names.length).toBeLessThanOrEqual(11)
      const newest = names.find((name) => name.startsWith(`notebook-${year}-03-01`)) ?? ''
      expect(rowsIn(join(home.folder, 'backups', newest))).toEqual(rowsIn(home.notebook))
    }
  })

  test('fault 48: a damaged one does not count, and is not taken for one to go back to', async () => {
    const home = homeByClock()
    await home.at('2026-01-01')
    await home.at('2026-01-12')
    const [first = ''] = backupsIn(home.folder)
    writeFileSync(
      join(home.folder, 'backups', 'notebook-2026-01-13T0900-g000022.db'),
      readFileSync(join(home.folder, 'backups', first)).subarray(0, 8192),
    )
    await home.at('2026-01-13')
    await home.at('2026-01-14')
    expect(backupsIn(home.folder)).toHaveLength(2)
    await home.at('2026-01-20')
    expect(backupsIn(home.folder)).toHaveLength(3)
    rmSync(join(home.folder, 'backups', backupsIn(home.folder)[2] ?? ''))
    const { code, err } = await home.coach(['restore', 'latest', '--yes'])
    expect([code, err]).toEqual([0, expect.stringContaining(first)])
  })

  test('fault 48: after an older copy took the place, what it lacks is not deleted, nor what it gains', async () => {
    const home = homeByClock()
    await home.at('2026-01-01')
    const old = readFileSync(home.notebook)
    for (const day of ['05', '12', '19', '26']) await home.at(`2026-01-${day}`, 100)
    await home.at('2026-02-02', 100)
    const before = backupsIn(home.folder)
    writeFileSync(home.notebook, old)
    expect((await home.coach(['restore', '--keep'])).code).toBe(0)
    await home.at('2026-02-09')
    expect(backupsIn(home.folder)).toEqual(expect.arrayContaining([...before]))
    expect(backupsIn(home.folder)).toContain('notebook-2026-02-09T0900-g000022.db')
  })

  test('that cannot be made fails no command, and says so in one line', async () => {
    const home = homeByClock()
    await home.at('2026-01-01')
    writeFileSync(join(home.folder, 'backups'), 'mine')
    home.setNow(new Date('2026-01-12T09:00:00Z'))
    const { code, out, err } = await home.coach(['person', 'add', 'Ana'])
    expect([code, out]).toEqual([0, ''])
    expect(err).toMatch(/^Added Ana \(2\)\.\nWhat you saved is safe, but the backup of this week/)
    expect(err.trimEnd().split('\n')).toHaveLength(2)
  })

  test('is made by the built program too, with nothing said', async () => {
    const home = await homeWithNotes()
    tamper(notebookIn(home), "UPDATE store SET created_at = '2020-01-01T00:00:00.000Z'")
    await done(home, 'review')
    expect(backupsIn(home)).toEqual([])
    const { err } = await done(home, 'note', 'ben', 'later')
    expect(err).toBe(
      'This is about Ben Okafor.\nKept as note 4, for you alone. The next session opens it: coach session ben\n',
    )
    expect(rowsIn(theBackupIn(home))).toEqual(rowsIn(notebookIn(home)))
  })
})

describe('an encrypted notebook', () => {
  test('has encrypted backups, by hand and by itself, and comes back from them with its password', async () => {
    const home = await homeWithNotes()
    const password = join(home, 'password')
    writeFileSync(password, 'correct horse\n', { mode: 0o600 })
    const withIt = ['--password-file', password]
    await done(home, ...withIt, 'encrypt', '--wipe', '--backups', 'remove')
    const made = (await done(home, ...withIt, 'backup')).out.trim()
    expect(readFileSync(made).includes('She waited ten seconds')).toBe(false)
    expect((await done(home, 'doctor')).out).toContain('Without its password')
    rmSync(notebookIn(home))
    expect((await run(home, 'restore', 'latest', '--yes')).code).toBe(2)
    await done(home, ...withIt, 'restore', 'latest', '--yes')
    expect((await done(home, ...withIt, 'note', '--list', 'ana')).out).toContain('She waited ten')
    expect((await done(home, ...withIt, 'doctor', '--full')).out).toContain('All is well.')
  })
})
