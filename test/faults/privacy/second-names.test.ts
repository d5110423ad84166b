import { spawnSync } from 'node:child_process'
import { existsSync, linkSync, lstatSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { filledHome, passwordFile } from '../../notebook/encrypted.ts'
import { query } from '../../notebook/file.ts'
import { canTrace, coach, coachWith, strace } from '../built.ts'
import { backupsIn, done, homeWithNotes, notebookIn } from '../kept.ts'

describe('fault 30, 33: a second name that an interrupted command left', () => {
  test.each([
    ['notebook.1d2c2d4e-5a4f-4d9f-8d7e-1f2a3b4c5d6e.new'],
    [join('backups', 'notebook-2026-11-23T0900-before-encryption.db')],
  ])('%s is dropped, and the notebook is written to', async (name) => {
    const home = await homeWithNotes()
    mkdirSync(join(home, 'backups'), { recursive: true })
    linkSync(notebookIn(home), join(home, name))
    await done(home, 'note', 'ana', 'one more')
    expect(statSync(notebookIn(home)).nlink).toBe(1)
    expect(existsSync(join(home, name))).toBe(false)
  })

  test.skipIf(!canTrace())(
    'fault 1: encrypt --keep, killed before the new file has its name, can be done again (needs strace)',
    async () => {
      const home = await filledHome()
      expect(coach(home, ['people']).code).toBe(0)
      const args = ['encrypt', '--keep', '--backups', 'keep']
      expect(coachWith(home, args, strace('rename:signal=KILL:when=1')).code).toBe(137)
      expect(statSync(home.notebook).nlink).toBe(2)
      expect(coach(home, ['note', 'ana', 'one more'])).toMatchObject({ code: 0 })
      expect(coachWith(home, args)).toMatchObject({ code: 0 })
      expect(statSync(home.notebook).nlink).toBe(1)
    },
  )
})

test('fault 48: an import beside the notebook that it was made of is a notebook of its own', async () => {
  const home = await homeWithNotes()
  const file = join(home, 'all.json')
  await done(home, 'export', 'all', '--format', 'json', '-o', file)
  await done(home, '--notebook', join(home, 'try.db'), '--new', 'import', file)
  const idOf = (path: string) => query(path, 'SELECT uuid FROM store')
  expect(idOf(join(home, 'try.db'))).not.toEqual(idOf(notebookIn(home)))
})

test('fault 49: a pipe in the place of a backup or of the notebook is refused, and not waited for', async () => {
  const home = await filledHome()
  coach(home, ['backup'])
  const pipe = join(home.folder, 'pipe')
  spawnSync('mkfifo', [pipe])
  expect(coach(home, ['restore', pipe, '--yes'])).toMatchObject({ code: 5 })
  const other = ['--notebook', pipe]
  expect(coach(home, [...other, 'restore', 'backups', '--yes']).code).not.toBe(0)
  const [name = ''] = backupsIn(home.folder)
  expect(coach(home, [...other, 'restore', name, '--yes'])).toMatchObject({ code: 2 })
  expect(lstatSync(pipe).isFIFO()).toBe(true)
})

test('fault 64: what stays open is said with --quiet too', async () => {
  const home = await filledHome()
  coach(home, ['backup'])
  const file = passwordFile(home)
  const args = ['--quiet', 'encrypt', '--wipe', '--backups', 'keep', '--password-file', file]
  expect(coach(home, args).err).toContain('Still not encrypted')
  const again = await homeWithNotes()
  await done(again, 'backup')
  const { err } = await done(again, '--quiet', 'restore', 'latest', '--yes')
  expect(err).toContain('-before-restore.db')
})
