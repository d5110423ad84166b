import {
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import DB from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { filesIn, hashOfFile, query, spawnCoach } from '../../notebook/file.ts'
import { textsOfDrafts } from '../../ask/terminal/home.ts'
import { homeWithAna } from '../../ask/terminal/process.ts'
import { startCoach } from '../../ask/terminal/pty.ts'
import { filledHome } from '../damage.ts'
import { expectPlain, newPlace, script, stateOf } from '../file-tools.ts'

/**
 * A home in which a program was killed in the middle of a change that was larger than its memory: half of the change is
 * in the file, and the journal that takes it back lies beside it.
 */
async function killedHome(): Promise<{ home: string; path: string; before: string }> {
  const home = await filledHome()
  const path = join(home, 'notebook.db')
  const before = stateOf(path)
  const run = `import DB from 'better-sqlite3'; const db = new DB(${JSON.stringify(path)});
    db.pragma('cache_size=5'); db.exec("BEGIN IMMEDIATE; UPDATE store SET generation = generation + 1;
    UPDATE answer SET value = value || hex(randomblob(3000)); UPDATE action_item SET what = hex(randomblob(3000))");
    process.kill(process.pid, 'SIGKILL')`
  const killed = await script(
    home,
    `cd "$(dirname "$BIN")" && exec "$NODE" --input-type=module -e ${quote(run.replaceAll(/\s+/g, ' '))}`,
  )
  expect([killed.err, existsSync(`${path}-journal`)]).toEqual(['', true])
  return { home, path, before }
}

const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

const ALL = [['people'], ['show', '1'], ['note', 'ana', 'hello']]

describe('fault 26: the journal beside the notebook', () => {
  test('of a program that was killed is used, and nothing is said', async () => {
    const { home, path, before } = await killedHome()
    expect(await spawnCoach(home, 'people')).toMatchObject({ code: 0, err: '' })
    expect(stateOf(path)).toBe(before)
    expect(filesIn(home)).toEqual(['last-notebook.json', 'notebook.db'])
  })

  test('that was deleted after a program was killed: nothing is written', async () => {
    const { home, path } = await killedHome()
    rmSync(`${path}-journal`)
    const before = hashOfFile(path)
    const outcome = await spawnCoach(home, 'note', 'ana', 'hello')
    expectPlain(outcome, [5])
    expect(hashOfFile(path)).toBe(before)
  })

  test.each(['of another notebook', 'of an earlier time of this one'])(
    '%s is refused, and neither of the two is changed',
    async (whose) => {
      const { home, path } = await killedHome()
      const journal = `${path}-journal`
      const stray = join(newPlace(), 'journal')
      copyFileSync(journal, stray)
      if (whose.includes('another')) {
        rmSync(journal)
        rmSync(path)
        await spawnCoach(home, '--new', 'person', 'add', 'Zoe')
      } else {
        for (const name of ['Ben', 'Cara', 'Dora']) await spawnCoach(home, 'person', 'add', name)
      }
      copyFileSync(stray, journal)
      const before = [hashOfFile(path), hashOfFile(journal)]
      for (const argv of ALL) {
        const outcome = await spawnCoach(home, ...argv)
        expectPlain(outcome, [5])
        expect(outcome.err).toContain(`${journal} lies beside your notebook`)
      }
      expect([hashOfFile(path), hashOfFile(journal)]).toEqual(before)
      expect(filesIn(home).filter((name) => name.includes('look'))).toEqual([])
      renameSync(journal, stray)
      expect((await spawnCoach(home, 'people')).code).toBe(0)
    },
  )

  test('of the kind that the notebook does not keep is refused', async () => {
    const home = await filledHome()
    const path = join(home, 'notebook.db')
    const other = join(newPlace(), 'other.db')
    copyFileSync(path, other)
    const db = new DB(other)
    db.pragma('journal_mode = wal')
    db.exec("UPDATE person SET name = 'Somebody'")
    copyFileSync(`${other}-wal`, `${path}-wal`)
    db.close()
    const before = hashOfFile(path)
    for (const argv of ALL) expectPlain(await spawnCoach(home, ...argv), [5])
    expect([hashOfFile(path), existsSync(`${path}-wal`)]).toEqual([before, true])
  })

  test('that is empty, or the memory of a log alone, is no obstacle', async () => {
    const home = await filledHome()
    const path = join(home, 'notebook.db')
    for (const end of ['-wal', '-journal']) writeFileSync(`${path}${end}`, '')
    writeFileSync(`${path}-shm`, 'x'.repeat(32_768))
    expect((await spawnCoach(home, 'note', 'ana', 'hello')).code).toBe(0)
    expect(query(path, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
  })
})

describe('fault 27: the file changes while coach waits at a prompt', () => {
  test.each<[what: string, said: string, happens: (path: string, older: string) => void]>([
    ['is deleted', 'was moved or deleted', (path) => unlinkSync(path)],
    ['is moved', 'was moved or deleted', (path) => renameSync(path, `${path}.moved`)],
    [
      'is replaced by an older copy',
      'was replaced by another file',
      (path, older) => renameSync(older, path),
    ],
    [
      'is overwritten with an older copy',
      'was replaced by another copy',
      (path, older) => writeFileSync(path, readFileSync(older)),
    ],
  ])(
    'the notebook %s: nothing is written, and what was typed is not lost',
    async (_what, said, happens) => {
      const folder = await homeWithAna()
      const path = join(folder, 'notebook.db')
      const older = join(newPlace(), 'older.db')
      copyFileSync(path, older)
      await spawnCoach(folder, 'person', 'add', 'Ben')
      const coach = startCoach(['session', 'ana', '--prepare', '--quick'], { folder })
      await coach.see('What did you see or hear?')
      happens(path, older)
      const left = filesIn(folder).filter((name) => name.startsWith('notebook'))
      const before = left.map((name) => hashOfFile(join(folder, name)))
      await coach.answer('She asked about the budget', 'ctrl-d')
      await coach.see('Not saved')
      await coach.see(said)
      expect(coach.text()).toContain('She asked about the budget')
      coach.press('ctrl-c')
      expect(await coach.exit()).toBe(130)
      expect(coach.firstPage()).toContain('It is kept as a draft: coach note --unsaved shows it.')
      expect(textsOfDrafts(folder)).toEqual(['She asked about the budget'])
      expect(filesIn(folder).filter((name) => name.startsWith('notebook'))).toEqual(left)
      expect(left.map((name) => hashOfFile(join(folder, name)))).toEqual(before)
    },
  )
})
