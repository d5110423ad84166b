import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { filesIn, hashOfFile, query, spawnCoach, tamper } from '../../notebook/file.ts'
import { expectPlain, newPlace } from '../file-tools.ts'
import { damage, filledHome } from '../damage.ts'

async function homeWithAna(home = join(newPlace(), 'home')) {
  await spawnCoach(home, 'person', 'add', 'Ana')
  return { home, path: join(home, 'notebook.db') }
}

describe('fault 22: what is no notebook', () => {
  test.each([
    ['an empty file', ''],
    ['three bytes', 'abc'],
    ['a text', 'Dear diary,\n'.repeat(500)],
  ])('%s is refused, left as it is, and the newest backup is named', async (_what, text) => {
    const home = newPlace()
    const path = join(home, 'notebook.db')
    writeFileSync(path, text)
    const bare = await spawnCoach(home, 'today')
    expectPlain(bare, [5])
    expect(bare.err).toContain('backup')
    mkdirSync(join(home, 'backups'))
    writeFileSync(join(home, 'backups', 'notebook-2026.db'), 'x')
    for (const argv of [['people'], ['person', 'add', 'Ben'], ['review', '--json']]) {
      const outcome = await spawnCoach(home, ...argv)
      expectPlain(outcome, [5])
      expect(outcome.err).toContain(`The newest backup is ${join(home, 'backups')}`)
      expect(outcome.err).toContain('coach restore latest')
    }
    expect(readFileSync(path, 'utf8')).toBe(text)
  })
})

describe('fault 23: a notebook that was there', () => {
  test('is missed when its folder is gone, as with a drive that was taken out', async () => {
    const { home, path } = await homeWithAna()
    const settings = newPlace()
    copyFileSync(join(home, 'last-notebook.json'), join(settings, 'last-notebook.json'))
    renameSync(home, `${home}-gone`)
    const outcome = await spawnCoach(settings, 'people')
    expectPlain(outcome, [5])
    expect(outcome.err).toContain(`Your notes were at ${path}, and are not there now.`)
    expect((await spawnCoach(settings, 'person', 'add', 'Ben')).code).toBe(5)
    expect(filesIn(settings)).toEqual(['last-notebook.json'])
  })

  test('is remembered as a whole or not at all', async () => {
    const { home } = await homeWithAna()
    const memory = join(home, 'last-notebook.json')
    const victim = join(newPlace(), 'victim')
    writeFileSync(victim, 'mine')
    symlinkSync(victim, `${memory}.link`)
    renameSync(`${memory}.link`, memory)
    expect((await spawnCoach(home, 'people')).code).toBe(0)
    expect(readFileSync(victim, 'utf8')).toBe('mine')
    expect(filesIn(home)).toEqual(['last-notebook.json', 'notebook.db'])
  })
})

describe('fault 24: a damaged notebook', () => {
  test('is read or refused, never changed by a reader, and never called a bug', async () => {
    const home = await filledHome()
    for (let seed = 1; seed <= 25; seed++) expect(await damage(home, seed)).toBe('unhurt')
  })

  test('that can be opened is not written to, and can still be read', async () => {
    const home = await filledHome()
    const path = join(home, 'notebook.db')
    const bytes = readFileSync(path)
    const [root] = query(path, "SELECT rootpage FROM sqlite_schema WHERE name = 'item_event'")
    const { rootpage } = Object(root)
    bytes.fill(0x5a, (rootpage - 1) * 4096, rootpage * 4096)
    writeFileSync(path, bytes)
    expect(await spawnCoach(home, 'people')).toMatchObject({ code: 0 })
    const before = hashOfFile(path)
    const outcome = await spawnCoach(home, 'person', 'add', 'Ben')
    expectPlain(outcome, [5])
    expect(outcome.err).toContain(`The notebook ${path} is damaged. Nothing was changed.`)
    expect(hashOfFile(path)).toBe(before)
  })
})

describe('fault 40: a notebook of a newer coach', () => {
  test('is refused with both versions and the program that is running, and is not touched', async () => {
    const { home, path } = await homeWithAna()
    tamper(path, 'PRAGMA user_version = 999')
    const before = hashOfFile(path)
    for (const argv of [['today'], ['person', 'add', 'Ben'], ['review', '--json']]) {
      const outcome = await spawnCoach(home, ...argv)
      expectPlain(outcome, [6])
      expect(outcome.err).toMatch(/its format is 999, this program knows \d+/)
      expect(outcome.err).toMatch(
        /The one that is running is .*coach\.js; another may be installed/,
      )
      expect(outcome.err).not.toMatch(/delete|remove/i)
    }
    for (const flag of ['--version', '--help']) {
      expect((await spawnCoach(home, flag)).code).toBe(0)
    }
    expect(hashOfFile(path)).toBe(before)
    expect(filesIn(home)).toEqual(['last-notebook.json', 'notebook.db'])
  })
})
