import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { saltOf } from '../../../src/notebook/file/header.ts'
import { hashOfFile, newFolder } from '../../notebook/file.ts'
import { CANARY, filledHome, holdersOf, passwordFile } from '../../notebook/encrypted.ts'
import type { Home } from '../../world.ts'
import { coach, coachWith, flat } from '../built.ts'

const must = (home: Home, ...argv: readonly string[]) => {
  const outcome = coach(home, argv)
  expect([argv, outcome.code, outcome.err]).toEqual([argv, 0, outcome.err])
  return outcome
}
const backupsIn = (home: Home) => {
  const folder = join(home.folder, 'backups')
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []
}

/** A home with two notebooks in one folder, and the only backup of the second one, by its path. */
async function twoNotebooks() {
  const home = await filledHome()
  const work = ['--notebook', join(home.folder, 'work.db')]
  must(home, ...work, '--new', 'person', 'add', 'Wanda Work')
  must(home, ...work, 'note', 'wanda', 'Only in the other notebook.')
  must(home, ...work, 'backup')
  const [other = ''] = backupsIn(home)
  return { home, work, other, before: hashOfFile(other) }
}

describe('fault 48, 64: the backups of another notebook in the same folder', () => {
  test.each(['remove', 'encrypt', 'keep'])(
    'are left as they are by encrypt --backups %s, and named',
    async (choice) => {
      const { home, work, other, before } = await twoNotebooks()
      must(home, 'backup')
      const { code, err } = coachWith(home, ['encrypt', '--wipe', '--backups', choice])
      expect([code, flat(err)]).toEqual([
        0,
        expect.stringContaining(
          `Of another notebook, and left as they are, in backups: ${other.split('/').at(-1)}.`,
        ),
      ])
      expect(hashOfFile(other)).toBe(before)
      expect(must(home, ...work, 'backup', '--list').out).toContain('by hand')
      const own = backupsIn(home).filter((path) => path !== other)
      expect(own.map((path) => saltOf(path) !== null)).toEqual(
        { remove: [], encrypt: [true], keep: [false] }[choice],
      )
    },
  )

  test('nothing is asked about them', async () => {
    const { home, other, before } = await twoNotebooks()
    expect(coachWith(home, ['encrypt', '--wipe'])).toMatchObject({ code: 0 })
    expect(hashOfFile(other)).toBe(before)
  })

  test('a backup that nobody can read is never removed, and is named', async () => {
    const home = await filledHome()
    must(home, 'backup')
    const [own = ''] = backupsIn(home)
    const broken = join(home.folder, 'backups', 'broken.db')
    writeFileSync(broken, readFileSync(own).fill(0x5a, 4096, 20_000))
    const { code, err } = coachWith(home, ['encrypt', '--wipe', '--backups', 'remove'])
    expect([code, flat(err)]).toEqual([
      5,
      expect.stringMatching(
        /Overwrote and removed 1 backup\..*Nobody can tell.*broken\.db.*Still not encrypted, in backups: broken\.db\./,
      ),
    ])
    expect(backupsIn(home)).toEqual([broken])
  })

  test('are not purged, and are named', async () => {
    const { home, other, before } = await twoNotebooks()
    must(home, 'backup')
    const { err, out } = must(home, 'purge', '--older-than', '1', 'day', '--backups', '--yes')
    expect(flat(out + err)).toContain('These backups are of another notebook')
    expect(flat(out + err)).toContain('It goes from 1 backup too')
    expect(hashOfFile(other)).toBe(before)
  })

  test('lose nobody who is forgotten in this one, and are named', async () => {
    const { home, work } = await twoNotebooks()
    must(home, 'export', 'all', '--format', 'json', '-o', 'all.json')
    must(home, ...work, 'import', 'all.json')
    for (const path of backupsIn(home)) rmSync(path)
    must(home, ...work, 'backup')
    const [other = ''] = backupsIn(home)
    const before = hashOfFile(other)
    const { err, out } = must(home, 'person', 'forget', 'ana', '--backups', '--yes')
    expect(flat(out + err)).toContain('These notebooks hold them too, and are left as they are:')
    expect(out + err).toContain(other)
    expect(hashOfFile(other)).toBe(before)
  })
})

describe('fault 33, 64: a notebook that is reached by a link', () => {
  const linked = async () => {
    const home = await filledHome()
    const real = join(newFolder(), 'nb.db')
    renameSync(home.notebook, real)
    symlinkSync(real, home.notebook)
    return { home, real }
  }

  test('has its backups, on either side of the link, encrypted with it', async () => {
    const { home, real } = await linked()
    must(home, 'backup')
    must(home, '--notebook', real, 'backup')
    const far = join(real, '..', 'backups')
    expect(backupsIn(home)).toHaveLength(1)
    expect(readdirSync(far)).toHaveLength(1)
    const refused = coachWith(home, ['encrypt', '--wipe'])
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('2 backups')])
    const done = coachWith(home, ['encrypt', '--keep', '--backups', 'encrypt'])
    expect([done.code, done.err]).toEqual([0, expect.stringContaining('Encrypted 2 backups.')])
    const [kept = '', ...more] = holdersOf(home.folder, CANARY)
    expect([kept, more]).toEqual([expect.stringContaining('-before-encryption.db'), []])
    expect(holdersOf(join(real, '..'), CANARY)).toEqual([])
    const file = passwordFile(home)
    expect(must(home, 'backup', '--list', '--password-file', file).out).toContain(
      '-before-encryption.db',
    )
  })

  test('has a forgotten person taken out of them', async () => {
    const { home, real } = await linked()
    must(home, 'backup')
    must(home, '--notebook', real, 'backup')
    must(home, 'person', 'forget', 'ana', '--backups', '--yes')
    expect(holdersOf(home.folder, CANARY)).toEqual([])
    expect(holdersOf(join(real, '..'), CANARY)).toEqual([])
  })

  test('in a folder that has two names is looked at once', async () => {
    const home = await filledHome()
    must(home, 'backup')
    const alias = join(newFolder(), 'alias')
    symlinkSync(home.folder, alias)
    const { code, err } = coachWith(home, [
      '--notebook',
      join(alias, 'notebook.db'),
      'encrypt',
      '--wipe',
      '--backups',
      'encrypt',
    ])
    expect([code, err]).toEqual([0, expect.stringContaining('Encrypted 1 backup.')])
    expect(holdersOf(home.folder, CANARY)).toEqual([])
  })
})
