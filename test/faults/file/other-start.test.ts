// @module-tag clock
import { copyFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { hashOfFile, newFolder, query } from '../../notebook/file.ts'
import { OLD_FORMATS, writeOld } from '../../notebook/older.ts'
import { runScript } from '../../ask/terminal/process.ts'
import { startCoach } from '../../ask/terminal/pty.ts'
import { flat } from '../built.ts'
import { backupsIn, done, generationIn, homeWithNotes, notebookIn, run } from '../kept.ts'

const STRANGER = 'is not the notebook that you used here last'
const OLDER = 'is an older copy of the one that you used last'

/** Everything that could write to a notebook that is not what it was: nothing is written, and that is said. */
async function writesTo(home: string): Promise<'nothing'> {
  const before = hashOfFile(notebookIn(home))
  const secret = join(home, 'secret')
  writeFileSync(secret, 'correct horse\n', { mode: 0o600 })
  for (const argv of [
    ['note', 'ana', 'one more'],
    ['done', '1'],
    ['person', 'forget', 'ana', '--yes'],
    ['encrypt', '--wipe', '--backups', 'keep', '--password-file', secret],
  ]) {
    const { code, err } = await run(home, ...argv)
    expect([argv, code, flat(err)]).toEqual([argv, 4, expect.stringContaining(STRANGER)])
  }
  const reads = await run(home, '--quiet', 'people')
  expect([reads.code, flat(reads.err)]).toEqual([0, expect.stringContaining(STRANGER)])
  expect(reads.err).toContain('coach restore --keep')
  expect(hashOfFile(notebookIn(home))).toBe(before)
  return 'nothing'
}

/** A copy of a home's notebook that was written to elsewhere, so and so often, as on another computer. */
async function grownElsewhere(notebook: string, times: number): Promise<string> {
  const other = newFolder()
  copyFileSync(notebook, notebookIn(other))
  for (let n = 0; n < times; n++) await done(other, '-q', 'note', 'ben', `elsewhere ${n}`)
  return notebookIn(other)
}

describe('fault 27, 76: between two starts', () => {
  test('an older copy takes the place of the notebook: nothing is written until the backup is back', async () => {
    const home = await homeWithNotes()
    const old = readFileSync(notebookIn(home))
    await done(home, 'note', 'ana', 'written after the copy')
    await done(home, 'backup')
    expect((await done(home, 'people')).err).toBe('')
    writeFileSync(notebookIn(home), old)
    expect(await writesTo(home)).toBe('nothing')
    const backup = join(home, 'backups', backupsIn(home)[0] ?? '')
    const { out } = await run(home, 'doctor')
    expect(flat(out)).toContain(STRANGER)
    expect(flat(out)).toContain(`What you wrote last is in ${backup}`)
    expect(out).not.toContain('All is well')
    await done(home, 'restore', backup, '--yes')
    expect((await done(home, 'people')).err).toBe('')
    expect((await done(home, 'note', '--list', 'ana')).out).toContain('written after the copy')
    expect((await run(home, 'doctor')).out).toContain('All is well')
    await done(home, 'note', 'ana', 'and on')
  })

  test.each([
    ['as often', 1],
    ['more often', 5],
  ])('a copy that was written elsewhere, %s, takes its place', async (_what, times) => {
    const home = await homeWithNotes()
    const other = await grownElsewhere(notebookIn(home), times)
    await done(home, 'note', 'ana', 'written here')
    await done(home, 'backup')
    const backup = join(home, 'backups', backupsIn(home)[0] ?? '')
    await done(home, 'note', 'ana', 'written after the backup')
    expect(generationIn(other)).toBeGreaterThanOrEqual(generationIn(notebookIn(home)) - 1)
    copyFileSync(other, notebookIn(home))
    expect(await writesTo(home)).toBe('nothing')
    const { err } = await run(home, 'people')
    expect(err).toContain(`coach restore ${backupsIn(home)[0]}\n`)
    expect(flat(err)).toContain('What you wrote last is in no copy that could be opened')

    // The manager goes on with what came, and takes over what only the other one holds.
    const kept = await done(home, 'restore', '--keep')
    expect(kept.err).toContain(`coach --notebook ${backup} export all --format json`)
    expect((await done(home, 'people')).err).toBe('')
    const out = join(home, 'other.json')
    await done(home, '--notebook', backup, 'export', 'all', '--format', 'json', '-o', out)
    await done(home, 'import', out)
    const notes = (await done(home, 'note', '--list')).out
    for (const text of ['written here', 'elsewhere 0']) expect(notes).toContain(text)
    expect(flat((await done(home, 'restore', '--keep')).err)).toContain('nothing to choose')
  })

  test('the copy that a synchronising program leaves beside it is named', async () => {
    const home = await homeWithNotes()
    const other = await grownElsewhere(notebookIn(home), 2)
    await done(home, 'note', 'ana', 'written here')
    const left = join(home, 'notebook (conflicted copy).db')
    renameSync(notebookIn(home), left)
    copyFileSync(other, notebookIn(home))
    const { err } = await run(home, 'people')
    expect(flat(err)).toContain(`What you wrote last is in ${left}`)
    expect(err).toContain(`coach restore "${left}"`)
    await done(home, 'restore', left, '--yes')
    expect((await done(home, 'note', '--list', 'ana')).out).toContain('written here')
  })

  test('what another computer wrote on is the same notebook, and is missed from then on', async () => {
    const home = await homeWithNotes()
    const before = readFileSync(notebookIn(home))
    copyFileSync(await grownElsewhere(notebookIn(home), 3), notebookIn(home))
    const { err, out } = await done(home, 'note', '--list')
    expect([err, out]).toEqual(['', expect.stringContaining('elsewhere 2')])
    writeFileSync(notebookIn(home), before)
    expect(await writesTo(home)).toBe('nothing')
  })

  test('an older copy is noticed where --notebook names the file too', async () => {
    const home = await homeWithNotes()
    const named = ['--notebook', join(newFolder(), 'work.db')]
    copyFileSync(notebookIn(home), named[1] ?? '')
    const other = await grownElsewhere(notebookIn(home), 2)
    await done(home, ...named, 'note', 'ana', 'written here')
    copyFileSync(other, named[1] ?? '')
    const { code, err } = await run(home, ...named, 'note', 'ana', 'more')
    expect([code, flat(err)]).toEqual([4, expect.stringContaining(STRANGER)])
    expect(err).toContain(`coach --notebook ${named[1]} restore --keep`)
    await done(home, ...named, 'restore', '--keep')
    await done(home, ...named, 'note', 'ana', 'more')
  })

  test('only a copy of the notebook itself is named, though another one has newer backups there', async () => {
    const home = await homeWithNotes()
    const old = readFileSync(notebookIn(home))
    const work = ['--notebook', join(home, 'work.db')]
    await done(home, ...work, '--new', 'person', 'add', 'Wanda')
    for (let n = 0; n < 12; n++) await done(home, ...work, '-q', 'note', 'wanda', `thought ${n}`)
    await done(home, ...work, 'backup')
    expect((await done(home, 'people')).err).toBe('')
    await done(home, 'note', 'ana', 'later')
    writeFileSync(notebookIn(home), old)
    const { err } = await run(home, 'people')
    expect(flat(err)).toContain('What you wrote last is in no copy that could be opened')
    expect(err).not.toContain('--other')
    expect((await run(home, 'restore', 'latest', '--yes')).code).toBe(3)
  })

  test('a copy under a password is said to be there', async () => {
    const home = await homeWithNotes()
    const old = readFileSync(notebookIn(home))
    const secret = ['--password-file', join(home, 'secret')]
    writeFileSync(join(home, 'secret'), 'correct horse\n', { mode: 0o600 })
    await done(home, 'encrypt', '--wipe', '--backups', 'encrypt', ...secret)
    await done(home, 'note', 'ana', 'secret', ...secret)
    await done(home, 'backup', ...secret)
    writeFileSync(notebookIn(home), old)
    expect(flat((await run(home, 'people')).err)).toContain('1 copy here is under a password')
  })

  test('a file that was made anew of an export is a stranger too', async () => {
    const [home, other] = [await homeWithNotes(), newFolder()]
    const out = join(home, 'all.json')
    await done(home, 'export', 'all', '--format', 'json', '-o', out)
    await done(other, '--new', 'import', out)
    const named = ['--notebook', join(newFolder(), 'named.db')]
    copyFileSync(notebookIn(home), named[1] ?? '')
    for (const text of ['one', 'two']) await done(home, ...named, 'note', 'ana', text)
    copyFileSync(notebookIn(other), named[1] ?? '')
    const { code, err } = await run(home, ...named, 'note', 'ana', 'three')
    expect([code, flat(err)]).toEqual([4, expect.stringContaining(STRANGER)])
  })

  test('commands that are printed can be typed, whatever the path', async () => {
    const home = await homeWithNotes()
    const path = join(newFolder(), `odd $HOME "one" it's.db`)
    copyFileSync(notebookIn(home), path)
    const other = await grownElsewhere(notebookIn(home), 1)
    await done(home, '--notebook', path, 'note', 'ana', 'here')
    copyFileSync(other, path)
    const { err } = await run(home, '--notebook', path, 'people')
    const command = err.split('\n').find((line) => line.includes('restore --keep'))
    const typed = await runScript(home, (command ?? '').trim())
    expect([typed.code, typed.err]).toEqual([0, expect.stringContaining('From now on')])
    await done(home, '--notebook', path, 'note', 'ana', 'more')
  })

  test('restore latest brings back what was there before, not a backup of what took its place', async () => {
    const home = await homeWithNotes()
    const other = await grownElsewhere(notebookIn(home), 8)
    await done(home, 'note', 'ana', 'written here')
    await done(home, 'backup')
    copyFileSync(other, notebookIn(home))
    await run(home, 'backup')
    await done(home, 'restore', 'latest', '--yes')
    expect((await done(home, 'note', '--list', 'ana')).out).toContain('written here')
  })

  test('a calendar is told more than before, though the manager goes on with an older copy', async () => {
    const home = await homeWithNotes()
    const old = readFileSync(notebookIn(home))
    for (const day of ['2030-02-01', '2030-02-02', '2030-02-03']) {
      await done(home, 'action', 'edit', '1', '--due', day)
    }
    const sequence = async () => {
      const { out } = await done(home, 'export', 'all', '--format', 'ics')
      return Number(/SEQUENCE:(\d+)/.exec(out)?.[1])
    }
    const before = await sequence()
    writeFileSync(notebookIn(home), old)
    await done(home, 'restore', '--keep')
    expect(await sequence()).toBeGreaterThan(before)
  })

  test('what a killed program wrote is missed too', async () => {
    const home = await homeWithNotes()
    await done(home, 'person', 'add', 'Cara Lind')
    const before = readFileSync(notebookIn(home))
    const coach = startCoach(['session', 'cara', '--prepare', '--quick'], { folder: home })
    await coach.see('What did you see or hear?')
    await coach.answer('She asked about the budget', 'ctrl-d')
    await coach.until(() => answers(home) > 0, 'the answer')
    coach.kill('SIGKILL')
    await coach.exit()
    writeFileSync(notebookIn(home), before)
    expect(await writesTo(home)).toBe('nothing')
  })

  test('another notebook takes its place', async () => {
    const [home, other] = [await homeWithNotes(), await homeWithNotes()]
    await done(home, 'backup')
    copyFileSync(notebookIn(other), notebookIn(home))
    expect(await writesTo(home)).toBe('nothing')
    const name = backupsIn(home)[0] ?? ''
    expect((await run(home, 'people')).err).toContain(`coach restore ${name} --other\n`)
    await done(home, 'restore', name, '--other', '--yes')
    expect((await done(home, 'note', 'ana', 'and on')).err).not.toContain(STRANGER)
  })

  test('what was restored, imported or encrypted on purpose is not told', async () => {
    const [home, other] = [await homeWithNotes(), await homeWithNotes()]
    const secret = ['--password-file', join(home, 'secret')]
    writeFileSync(join(home, 'secret'), 'correct horse\n', { mode: 0o600 })
    await done(home, 'restore', notebookIn(other), '--other', '--yes')
    expect((await done(home, 'people')).err).toBe('')
    expect(generationIn(notebookIn(home))).toBeGreaterThan(generationIn(notebookIn(other)))
    await done(home, 'encrypt', '--wipe', '--backups', 'remove', ...secret)
    expect((await done(home, 'people', ...secret)).err).toBe('')
    await done(home, 'decrypt', '--yes', ...secret)
    expect((await done(home, 'people')).err).toBe('')
    const plain = readFileSync(notebookIn(home))
    await done(home, 'encrypt', '--wipe', '--backups', 'remove', ...secret)
    writeFileSync(notebookIn(home), plain)
    expect(await writesTo(home)).toBe('nothing')
    await done(home, 'restore', '--keep')
    expect(flat((await run(home, 'doctor')).out)).not.toContain(STRANGER)
  })

  test('after a restore on one computer, the other one is told that its own line ended', async () => {
    const home = await homeWithNotes()
    await done(home, 'backup')
    const backup = join(home, 'backups', backupsIn(home)[0] ?? '')
    const second = newFolder()
    copyFileSync(notebookIn(home), notebookIn(second))
    await done(second, 'note', 'ana', 'written on the second computer')
    await done(home, 'restore', backup, '--yes')
    copyFileSync(notebookIn(home), notebookIn(second))
    expect(await writesTo(second)).toBe('nothing')
  })

  test.each(OLD_FORMATS)(
    'an older copy of format %s is told by its count of writes, once, by whatever name',
    async (format) => {
      const named = ['--notebook', join(newFolder(), 'named.db')]
      const aside = newFolder()
      writeOld(format, named[1] ?? '')
      await done(aside, ...named, 'note', 'ana', 'written after the copy')
      writeOld(format, `${named[1]}.old`)
      renameSync(`${named[1]}.old`, named[1] ?? '')
      expect(flat((await done(aside, ...named, 'people')).err)).toContain(OLDER)
      expect((await done(aside, ...named, 'people')).err).toBe('')

      const home = newFolder()
      writeOld(format, notebookIn(home))
      await done(home, 'note', 'ana', 'written after the copy')
      writeOld(format, `${notebookIn(home)}.old`)
      renameSync(`${notebookIn(home)}.old`, notebookIn(home))
      expect(flat((await done(home, 'people')).err)).toContain(`${notebookIn(home)} ${OLDER}`)
      const kept = await done(home, 'note', 'ana', 'one more')
      expect(flat(kept.err)).not.toContain(STRANGER)
      expect((await done(home, 'people')).err).toBe('')
    },
  )
})

const answers = (home: string) => query(notebookIn(home), 'SELECT id FROM answer').length
