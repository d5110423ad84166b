// @module-tag clock
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readOlderThan } from '../../../src/ask/flags/age.ts'
import { CoachError } from '../../../src/errors.ts'
import { moveTo, must, numbers } from '../../commands/followup/played.ts'
import { hashOfFile, query, spawnCoach, tamper } from '../../notebook/file.ts'
import { homeOfOld } from '../../notebook/older.ts'
import { type Home, newHome } from '../../world.ts'
import { filesUnder, filesWith } from '../everything.ts'

const OLD = 'canary-of-old'
const NEW = 'canary-of-new'

/** A session by answers, on the day on which the clock stands. */
async function talk(home: Home, day: string, text: string, actions: readonly string[] = []) {
  moveTo(home, day)
  const plan =
    actions.length === 0
      ? ''
      : `plan:\n  actions:\n${actions.map((what) => `    - what: ${what}\n`).join('')}`
  await must(
    home,
    ['session', '--answers', '-'],
    `person: Ana Silva\nheld_on: ${day}\nobservation:\n  situation: a call\n  saw: ${text} ${'x'.repeat(6000)}\n${plan}close:\n  praise: well done\n`,
  )
}

/** What was finished in 2024, what is open since then, and what is new. */
async function homeOfYears(): Promise<Home> {
  const home = newHome()
  await talk(home, '2024-03-04', `${OLD} 1`, [`${OLD} closed`])
  await must(home, ['done', '1', '--note', OLD])
  await talk(home, '2024-03-18', `${NEW} as something is open`, [
    `${NEW} open`,
    `${NEW} closed with it`,
  ])
  await must(home, ['done', '3'])
  await must(home, ['action', 'add', 'ana', OLD, '--due', '2024-05-01'])
  await must(home, ['drop', '4'])
  await must(home, ['action', 'add', 'ana', `${NEW} still open`])
  await must(home, ['goal', 'add', 'ana', OLD])
  await must(home, ['goal', 'add', 'ana', OLD, '--under', '1'])
  await must(home, ['goal', 'done', '2'])
  await must(home, ['goal', 'done', '1'])
  await must(home, ['goal', 'add', 'ana', `${NEW} parent`])
  await must(home, ['goal', 'add', 'ana', `${NEW} child`, '--under', '3'])
  await must(home, ['goal', 'drop', '3'])
  await must(home, ['opportunity', 'add', 'ana', OLD])
  await must(home, ['opportunity', 'edit', '1', '--close'])
  await must(home, ['opportunity', 'add', 'ana', `${NEW} deal`])
  await must(home, ['note', 'ana', `${NEW} waits`])
  await must(home, ['note', 'ana', OLD])
  await must(
    home,
    ['session', '--answers', '-'],
    `person: Ana Silva\nheld_on: 2024-03-18\ninbox:\n  - note: 2\n    becomes: dropped\nobservation:\n  situation: a call\n  saw: ${OLD}\nclose:\n  praise: well done\n`,
  )
  await talk(home, '2026-11-20', `${NEW} talk`, [`${NEW} closed now`])
  await must(home, ['done', String(numbers(home, 'SELECT max(id) FROM action_item')[0])])
  moveTo(home, '2026-11-23')
  return home
}

/** Every file that holds a text, but for backups: those are looked through on request only. */
function outsideBackups(home: Home, text: string): readonly string[] {
  const backups = join(home.folder, 'backups')
  return filesWith(home.folder, text).filter((path) => !path.startsWith(backups))
}

describe('fault 64: purge deletes what is finished and old', () => {
  test('no byte of it is left, and what is open or new stays', async () => {
    const home = await homeOfYears()
    const before = query(home.notebook, `SELECT id FROM session ORDER BY id`)
    expect(before).toHaveLength(4)
    const said = await must(home, ['purge', '--older-than', '2', 'years', '--yes'])
    expect(said).toContain('2 sessions with')
    expect(said).toContain('1 older session stays')
    expect(outsideBackups(home, OLD)).toEqual([])
    expect(query(home.notebook, 'SELECT id FROM session ORDER BY id')).toEqual([
      { id: 2 },
      { id: 4 },
    ])
    expect(query(home.notebook, 'SELECT id FROM action_item ORDER BY id')).toEqual(
      [2, 3, 5, 6].map((id) => ({ id })),
    )
    expect(query(home.notebook, 'SELECT id FROM goal ORDER BY id')).toEqual([{ id: 3 }, { id: 4 }])
    expect(query(home.notebook, 'SELECT id FROM opportunity')).toEqual([{ id: 2 }])
    expect(query(home.notebook, 'SELECT id FROM note')).toEqual([{ id: 1 }])
    expect(query(home.notebook, 'SELECT uid FROM calendar_gone')).toEqual([])
    expect(query(home.notebook, 'PRAGMA foreign_key_check')).toEqual([])
    expect(query(home.notebook, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
    const again = await must(home, ['purge', '--older-than', '2 years', '--yes'])
    expect(again).toContain('Nothing that is finished lies before')
  })

  test('this needs a yes, and --dry-run deletes nothing', async () => {
    const home = await homeOfYears()
    const before = filesUnder(home.folder).map(hashOfFile)
    const run = await spawnCoach(home.folder, 'purge', '--older-than', '2025-01-01')
    expect(run).toMatchObject({ code: 2, out: '' })
    expect(run.err).toContain('Add --yes')
    const dry = await spawnCoach(
      home.folder,
      'purge',
      '--older-than',
      '2025-01-01',
      '--dry-run',
      '--yes',
    )
    expect(dry.code).toBe(0)
    expect(dry.err).toContain('2 sessions with')
    expect(filesUnder(home.folder).map(hashOfFile)).toEqual(before)
  })

  test('of one person', async () => {
    const home = await homeOfYears()
    await must(home, ['person', 'add', 'Ben Kurz'])
    const said = await must(home, ['purge', '--older-than', '2 years', '--person', 'ben', '--yes'])
    expect(said).toContain('Nothing about Ben Kurz that is finished')
    expect(outsideBackups(home, OLD)).toEqual([home.notebook])
    await must(home, ['purge', '--older-than', '2 years', '--person', 'ana', '--yes'])
    expect(outsideBackups(home, OLD)).toEqual([])
  })

  test.each([
    ['shared', [{ id: 2, follows_id: null }]],
    [
      'private',
      [
        { id: 1, follows_id: null },
        { id: 2, follows_id: 1 },
      ],
    ],
  ])(
    'of a %s item that an open one repeats, what makes the open one private stays',
    async (visibility, left) => {
      const home = newHome()
      await talk(home, '2024-03-04', 'a talk', ['call every week'])
      tamper(
        home.notebook,
        `UPDATE answer SET visibility = '${visibility}' WHERE path LIKE '%.what'`,
      )
      await must(home, ['action', 'edit', '1', '--repeat', 'weekly', '--due', 'fri'])
      await must(home, ['done', '1'])
      moveTo(home, '2026-11-23')
      await must(home, ['purge', '--older-than', '2 years', '--yes'])
      expect(query(home.notebook, 'SELECT id, follows_id FROM action_item ORDER BY id')).toEqual(
        left,
      )
    },
  )
})

describe('fault 64: purge and backups', () => {
  test('backups are counted, and looked through on request', async () => {
    const home = await homeOfYears()
    // What was made by itself in those years, and one more by hand.
    const weekly = filesUnder(join(home.folder, 'backups'))
    expect(weekly).toHaveLength(2)
    const backup = join(home.folder, 'backups', 'notebook-2026-11-20T0900.db')
    copyFileSync(home.notebook, backup)
    expect(await must(home, ['purge', '--older-than', '2 years', '--yes'])).toContain(
      '3 backups may still hold it',
    )
    expect(filesWith(home.folder, OLD)).toEqual([...weekly, backup].toSorted())
    await must(home, ['purge', '--older-than', '2 years', '--backups', '--yes'])
    expect(filesWith(home.folder, OLD)).toEqual([])
    expect(filesWith(home.folder, `${NEW} talk`)).toEqual(
      expect.arrayContaining([backup, home.notebook]),
    )
    expect(query(backup, 'SELECT id FROM session ORDER BY id')).toEqual([{ id: 2 }, { id: 4 }])
  })

  test.each([1, 2, 3] as const)(
    'of format %i are looked through, and stay of that format',
    async (format) => {
      const home = homeOfOld(format)
      await must(home, ['people'])
      const [backup = ''] = filesUnder(join(home.folder, 'backups'))
      tamper(
        backup,
        `UPDATE action_item SET status = 'done', closed_at = '2026-11-25T09:00:00.000Z' WHERE id > 1`,
      )
      // What was agreed together with the one that is open stays with it.
      const others = `SELECT id FROM action_item
        WHERE session_id IS NOT (SELECT session_id FROM action_item WHERE id = 1)`
      expect(query(backup, others)).not.toEqual([])
      expect(query(backup, `SELECT id FROM session WHERE status = 'done'`).length).toBeGreaterThan(
        1,
      )
      moveTo(home, '2028-01-01')
      await must(home, ['purge', '--older-than', '2028-01-01', '--backups', '--yes'])
      expect(query(backup, 'PRAGMA user_version')).toEqual([{ user_version: format }])
      expect(query(backup, others)).toEqual([])
      expect(query(backup, 'SELECT status FROM action_item WHERE id = 1')).toHaveLength(1)
      expect(query(backup, `SELECT id FROM session WHERE status = 'done'`).length).toBeLessThan(2)
      expect(query(backup, 'PRAGMA foreign_key_check')).toEqual([])
    },
  )
})

describe('how old', () => {
  test.each([
    ['2 years', '2024-11-23'],
    ['2y', '2024-11-23'],
    ['1 year', '2025-11-23'],
    ['18 months', '2025-05-23'],
    ['90 days', '2026-08-25'],
    ['2 weeks', '2026-11-09'],
    ['2024-01-01', '2024-01-01'],
    [' 1  Month'.replace('  ', ' '), '2026-10-23'],
  ])('%s', (typed, day) => {
    expect(readOlderThan(typed, '2026-11-23')).toBe(day)
  })

  test.each([
    ['2024-02-29', '1 year', '2023-02-28'],
    ['2026-03-31', '1 month', '2026-02-28'],
    ['2026-01-31', '2 months', '2025-11-30'],
  ])('from %s, %s', (today, typed, day) => {
    expect(readOlderThan(typed, today)).toBe(day)
  })

  test.each([
    ['18m', 'can mean 18 months or 18 minutes'],
    ['1m', 'can mean 1 month or 1 minute'],
    ['18 mo', 'can mean'],
    ['2027-01-01', 'has not come yet'],
    ['2024-02-30', 'is no age and no day'],
    ['02/03', 'is no age and no day'],
    ['0 days', 'is no age and no day'],
    ['-3 years', 'is no age and no day'],
    ['9999 years', 'is no age and no day'],
    ['soon', 'is no age and no day'],
    ['', 'is no age and no day'],
  ])('%j is refused', (typed, said) => {
    expect(() => readOlderThan(typed, '2026-11-23')).toThrow(CoachError)
    expect(() => readOlderThan(typed, '2026-11-23')).toThrow(said)
  })
})
