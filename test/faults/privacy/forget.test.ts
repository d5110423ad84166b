// @module-tag clock
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { json, must } from '../../commands/followup/played.ts'
import {
  canBeSomebody,
  coachAsSomebody,
  hashOfFile,
  newFolder,
  query,
  spawnCoach,
  tamper,
} from '../../notebook/file.ts'
import { homeOfOld } from '../../notebook/older.ts'
import { startCoach } from '../../ask/terminal/pty.ts'
import { type Home, newHome } from '../../world.ts'
import { canary, FIELDS, filesUnder, filesWith, leaveDraft, tellEverything } from '../everything.ts'

const ANA = 'Ana Silva'
const BEN = 'Ben Kurz'

/** Made once: what the tests begin with is a copy of it. */
const told = (async () => {
  const home = newHome()
  for (const name of [ANA, BEN]) await tellEverything(home, name)
  const [ana, ben] = query(home.notebook, 'SELECT uuid FROM person ORDER BY id').map((row) =>
    String(Object(row).uuid),
  )
  leaveDraft(home, ana ?? '', canary(ANA, 'draft'))
  leaveDraft(home, ben ?? '', canary(BEN, 'draft'))
  return { folder: home.folder, uuid: ana ?? '' }
})()

/** A home in which everything is told about two people, and a text about each is not saved yet. */
async function homeOfTwo(): Promise<Home & { readonly uuid: string }> {
  const { folder, uuid } = await told
  const home = newHome()
  cpSync(folder, home.folder, { recursive: true })
  rmSync(join(home.folder, 'last-notebook.json'))
  await must(home, ['people'])
  onTestFinished(() => rmSync(home.folder, { recursive: true, force: true }))
  return { ...home, uuid }
}

/** A copy of the notebook among the backups. */
function backUp({ folder, notebook }: Home, name = 'notebook-2026-11-20T0900.db'): string {
  mkdirSync(join(folder, 'backups'), { recursive: true, mode: 0o700 })
  const path = join(folder, 'backups', name)
  copyFileSync(notebook, path)
  chmodSync(path, 0o600)
  return path
}

const ALL = [...FIELDS, 'draft']
const leftOf = (home: Home, who: string) =>
  ALL.filter((field) => filesWith(home.folder, canary(who, field)).length > 0)

describe('fault 64: a person is forgotten', () => {
  test('no byte of what is kept about them is left, and everything about others is', async () => {
    const home = await homeOfTwo()
    expect([leftOf(home, ANA), leftOf(home, BEN)]).toEqual([ALL, ALL])
    const other = await json(home, ['person', 'show', BEN])
    const run = await spawnCoach(home.folder, 'person', 'forget', 'ana', '--yes')
    expect(run).toMatchObject({ code: 0, out: '' })
    expect(run.err).toContain('2 sessions with 1')
    expect(run.err).toContain(
      'Ana Silva is forgotten: what you kept about them is gone from your notebook.',
    )
    expect(leftOf(home, ANA)).toEqual([])
    for (const part of [ANA, 'Silva', home.uuid]) expect(filesWith(home.folder, part)).toEqual([])
    expect(leftOf(home, BEN)).toEqual(ALL)
    expect(await json(home, ['person', 'show', BEN])).toEqual(other)
    expect(query(home.notebook, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
    expect(query(home.notebook, 'PRAGMA foreign_key_check')).toEqual([])
    expect(filesUnder(home.folder).filter((path) => /journal|\.new|\.tmp/.test(path))).toEqual([])
  })

  test('no table keeps a row of theirs', async () => {
    const home = await homeOfTwo()
    const tables = query(
      home.notebook,
      `SELECT m.name AS name FROM sqlite_schema m JOIN pragma_table_xinfo(m.name) c ON c.name = 'person_id'
        WHERE m.type = 'table'`,
    ).map((row) => String(Object(row).name))
    expect(tables.length).toBeGreaterThan(6)
    const counts = () =>
      tables.map((table) => [
        table,
        query(home.notebook, `SELECT count(*) AS n FROM "${table}" WHERE person_id = 1`)[0],
      ])
    // The day that an item has no more is one of the things that are kept.
    tamper(
      home.notebook,
      `UPDATE action_item SET due_on = NULL WHERE person_id = 1 AND session_id IS NULL`,
    )
    for (const row of counts()) expect(row).not.toEqual([row[0], { n: 0 }])
    await must(home, ['person', 'forget', 'ana', '--yes'])
    for (const row of counts()) expect(row).toEqual([row[0], { n: 0 }])
  })

  test('nobody else gets their numbers', async () => {
    const home = await homeOfTwo()
    await must(home, ['person', 'forget', BEN, '--yes'])
    await must(home, ['person', 'add', 'Cara Lind'])
    await must(home, ['note', 'cara', 'new'])
    expect(query(home.notebook, 'SELECT id FROM person ORDER BY id')).toEqual([
      { id: 1 },
      { id: 3 },
    ])
    expect(query(home.notebook, 'SELECT max(id) AS id FROM note')).toEqual([{ id: 5 }])
  })

  test('nothing happens without a yes', async () => {
    const home = await homeOfTwo()
    const before = filesUnder(home.folder).map(hashOfFile)
    const run = await spawnCoach(home.folder, 'person', 'forget', 'ana')
    expect(run.code).toBe(2)
    expect(run.err).toContain('Add --yes')
    expect((await spawnCoach(home.folder, 'person', 'forget', 'ana', '--no-input')).code).toBe(2)
    expect((await spawnCoach(home.folder, 'person', 'forget', 'nobody', '--yes')).code).toBe(3)
    expect(filesUnder(home.folder).map(hashOfFile)).toEqual(before)
  })

  test('in a terminal this needs the full name to be typed', async () => {
    const home = await homeOfTwo()
    const first = startCoach(['person', 'forget', 'ana'], { folder: home.folder })
    await first.see('type the full name')
    await first.answer('ana')
    expect(await first.exit()).toBe(0)
    expect(leftOf(home, ANA)).toEqual(ALL)
    const second = startCoach(['person', 'forget', 'ana'], { folder: home.folder })
    await second.see('type the full name')
    await second.answer('ana silva')
    expect(await second.exit()).toBe(0)
    expect(leftOf(home, ANA)).toEqual([])
  })

  test('coach says where the name stands in texts about others, and changes none', async () => {
    const home = newHome()
    for (const name of [ANA, BEN]) await must(home, ['person', 'add', name])
    await must(
      home,
      ['session', '--answers', '-'],
      `person: ${BEN}\nobservation:\n  situation: with Ana\n  saw: He waited.\n`,
    )
    await must(home, ['note', 'ben', 'Ask Silva about it.'])
    await must(home, ['note', 'ben', 'An analysis of silvan things.'])
    await must(home, ['action', 'add', 'ben', 'call ana'])
    const said = await must(home, ['person', 'forget', 'ana', '--yes'])
    expect(said.replace(/\s+/g, ' ')).toContain('stays there: session 1, action item 1 and note 1.')
    expect(filesWith(home.folder, 'with Ana')).toEqual([home.notebook])
  })
})

describe('fault 64: backups', () => {
  test('that still hold a forgotten person are named, and left as they are', async () => {
    const home = await homeOfTwo()
    const backup = backUp(home)
    const before = hashOfFile(backup)
    const { code, err } = await spawnCoach(home.folder, 'person', 'forget', 'ana', '--yes')
    expect(code).toBe(0)
    expect(err).toContain('1 backup will still hold them')
    expect(err).toContain(backup)
    expect(hashOfFile(backup)).toBe(before)
    expect(filesWith(home.folder, canary(ANA, 'saw'))).toEqual([backup])
  })

  test('lose the person on request, also later, and keep all else', async () => {
    const home = await homeOfTwo()
    const backup = backUp(home)
    await must(home, ['person', 'forget', 'ana', '--yes'])
    const { code, err } = await home.coach(['person', 'forget', ANA, '--yes'])
    expect(code).toBe(3)
    expect(err).toContain('--backups')
    const run = await spawnCoach(home.folder, 'person', 'forget', ANA, '--backups', '--yes')
    expect(run).toMatchObject({ code: 0 })
    expect(leftOf(home, ANA)).toEqual([])
    expect(filesWith(home.folder, 'Silva')).toEqual([])
    for (const field of FIELDS) expect(filesWith(home.folder, canary(BEN, field))).toContain(backup)
    expect(query(backup, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
    expect((statSync(backup).mode & 0o777).toString(8)).toBe('600')
    expect((await home.coach(['person', 'forget', ANA, '--backups', '--yes'])).code).toBe(3)
  })

  test.each([1, 2, 3] as const)(
    'of format %i lose the person too, and stay of that format',
    async (format) => {
      const home = homeOfOld(format)
      await must(home, ['people'])
      const [backup = ''] = filesUnder(join(home.folder, 'backups'))
      expect(filesWith(home.folder, ANA)).toEqual([backup, home.notebook])
      expect(
        (await spawnCoach(home.folder, 'person', 'forget', ANA, '--backups', '--yes')).code,
      ).toBe(0)
      expect(filesWith(home.folder, ANA)).toEqual([])
      expect(filesWith(home.folder, 'Cara Lind')).toEqual([backup, home.notebook])
      expect(query(backup, 'PRAGMA user_version')).toEqual([{ user_version: format }])
      expect(query(backup, 'PRAGMA foreign_key_check')).toEqual([])
    },
  )

  test('that cannot be treated are named, and left as they are', async () => {
    const home = await homeOfTwo()
    const [good, bad] = [backUp(home), backUp(home, 'notebook-2026-11-21T0900.db')]
    const bytes = readFileSync(bad)
    // The person can still be read, and what was told about them cannot.
    writeFileSync(bad, bytes.subarray(0, bytes.length - 4096 * 5))
    const garbage = join(home.folder, 'backups', 'notebook-2026-11-22T0900.db')
    writeFileSync(garbage, 'no notebook')
    const before = hashOfFile(bad)
    const { code, err } = await spawnCoach(
      home.folder,
      'person',
      'forget',
      'ana',
      '--backups',
      '--yes',
    )
    expect(err).toContain(garbage)
    expect(err).toContain(bad)
    expect([0, 7]).toContain(code)
    expect(hashOfFile(bad)).toBe(before)
    expect(readFileSync(garbage, 'utf8')).toBe('no notebook')
    expect(filesWith(home.folder, canary(ANA, 'private'))).not.toContain(good)
    expect(query(home.notebook, 'SELECT name FROM person')).toEqual([{ name: BEN }])
  })

  test('are not reached through a link, and copies beside the notebook are only named', async () => {
    const home = await homeOfTwo()
    const elsewhere = join(newFolder(), 'other.db')
    copyFileSync(home.notebook, elsewhere)
    backUp(home)
    symlinkSync(elsewhere, join(home.folder, 'backups', 'link.db'))
    const conflicted = join(home.folder, 'notebook (conflicted copy).db')
    copyFileSync(home.notebook, conflicted)
    const before = [hashOfFile(elsewhere), hashOfFile(conflicted)]
    const { code, err } = await spawnCoach(
      home.folder,
      'person',
      'forget',
      'ana',
      '--backups',
      '--yes',
    )
    expect(code).toBe(0)
    expect(err).toContain(conflicted)
    expect([hashOfFile(elsewhere), hashOfFile(conflicted)]).toEqual(before)
  })
})

describe('fault 64: drafts', () => {
  test('that are links take nothing else with them', async () => {
    const home = await homeOfTwo()
    const folder = newFolder()
    const [victim, other] = [join(folder, 'victim'), join(folder, 'other')]
    for (const path of [victim, other]) writeFileSync(path, 'mine')
    const drafts = join(home.folder, 'drafts')
    symlinkSync(victim, join(drafts, `${home.uuid}.a.draft`))
    linkSync(other, join(drafts, `${home.uuid}.b.draft`))
    writeFileSync(join(drafts, 'note-of-somebody.md'), 'who knows')
    const said = await must(home, ['person', 'forget', 'ana', '--yes'])
    expect(said).toContain('note-of-somebody.md')
    expect(existsSync(join(drafts, `${home.uuid}.a.draft`))).toBe(false)
    expect([victim, other].map((path) => readFileSync(path, 'utf8'))).toEqual(['mine', 'mine'])
  })
})

test.skipIf(!canBeSomebody())(
  'fault 31: where the notebook cannot be written, nobody is forgotten',
  async () => {
    const home = await homeOfTwo()
    const before = filesUnder(home.folder).map(hashOfFile)
    chmodSync(home.folder, 0o755)
    chmodSync(join(home.folder, 'drafts'), 0o755)
    chmodSync(home.notebook, 0o644)
    const { code, err } = coachAsSomebody(home.folder, 'person', 'forget', 'ana', '--yes')
    expect(code).toBe(7)
    expect(err).toContain('cannot be written')
    expect(filesUnder(home.folder).map(hashOfFile)).toEqual(before)
  },
)
