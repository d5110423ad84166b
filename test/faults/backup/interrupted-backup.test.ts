// @module-tag clock
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { hashOfFile, tamper } from '../../notebook/file.ts'
import { commandLine, environment, runScript } from '../../ask/terminal/process.ts'
import { NOW } from '../../world.ts'
import { backupsIn, done, homeWithNotes, notebookIn, rowsIn, run, theBackupIn } from '../kept.ts'

const LEFT = /^notebook\.[0-9a-f-]{36}\.new(?:-journal)?$/

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
