import { describe, expect, test } from 'vitest'
import { MIGRATIONS } from '../../../src/notebook/schema/migrations.ts'
import { type Home, newHome } from '../../world.ts'
import { query } from '../file.ts'
import { homeOfOld, OLD_FORMATS, rowsOfOld } from '../older.ts'
import { READERS, READERS_OF, SAID, WRITERS, copiesIn, pragma, theCopyIn } from './old-homes.ts'

describe.each(OLD_FORMATS)('fault 42: a notebook of format %s', (format) => {
  const homeOf = (more = '') => homeOfOld(format, more)
  const rowsOf = (path: string) => rowsOfOld(format, path)
  const readers = [...READERS, ...READERS_OF[format]]

  /** A home whose notebook has just been brought up to date by a reader. */
  async function broughtUpToDate(): Promise<Home> {
    const home = homeOf()
    expect(await home.coach(['people'])).toMatchObject({ code: 0 })
    return home
  }

  describe.each([...readers, ...WRITERS])('is opened by coach %s %s', (...argv) => {
    test('it is brought up to date, and coach says so only once', async () => {
      const home = homeOf()
      const first = await home.coach(argv)
      expect(first.code).toBe(0)
      expect(first.err.split(SAID)).toHaveLength(2)
      expect(first.err).toContain(SAID + theCopyIn(home))
      expect(first.out).not.toContain(SAID)
      expect(pragma(home.notebook, 'user_version')).toEqual([{ user_version: MIGRATIONS.length }])

      const again = await home.coach(['people'])
      expect(again).toMatchObject({ code: 0, err: '' })
      expect(copiesIn(home)).toHaveLength(1)
    })
  })

  test.each(readers)('coach %s %s tells the same before and after', async (...argv) => {
    const home = homeOf()
    const first = await home.coach(argv)
    expect(await home.coach(argv)).toMatchObject({ code: 0, out: first.out })
  })

  describe('what it held', () => {
    test('is there row by row, but for the record of the steps', async () => {
      const home = homeOf()
      const { migration, ...before } = rowsOf(home.notebook)
      await home.coach(['people'])
      const { migration: steps, ...after } = rowsOf(home.notebook)
      expect(after).toEqual(before)
      expect(steps?.slice(0, format)).toEqual(migration)
      expect(steps).toHaveLength(MIGRATIONS.length)
    })

    test('can be read through the program', async () => {
      const home = homeOf()
      const texts = query(
        home.notebook,
        "SELECT value FROM answer WHERE state = 'answered' AND kind IN ('line', 'note', 'question') AND value IS NOT NULL UNION SELECT what FROM action_item UNION SELECT note FROM item_event WHERE note IS NOT NULL UNION SELECT name FROM person",
      )
      const { session = [], action_item: items = [] } = rowsOf(home.notebook)
      const shown: string[] = []
      for (const argv of [
        ...session.map((_, n) => ['show', String(n + 1), '--format', 'yaml']),
        ...items.map((_, n) => ['action', 'show', String(n + 1)]),
        ['people', '--all'],
      ]) {
        shown.push((await home.coach(argv)).out)
      }
      expect(texts.length).toBeGreaterThan(20)
      for (const row of texts) {
        const [text] = Object.values(Object(row))
        expect(shown.join('\n')).toContain(text)
      }
    })

    test('what was carried last then can be taken back now', async () => {
      const home = homeOf()
      expect((await home.coach(['undo'])).err).toContain(
        'Taken back: carried. Action item 3 is open',
      )
      const { out } = await home.coach(['action', 'show', '3', '--json'])
      expect(JSON.parse(out)).toMatchObject({ due_on: '2026-11-20', carried: 0 })
    })

    test('a check-in that was set then stays when the due day moves', async () => {
      const home = homeOf("UPDATE action_item SET check_in_on = '2026-11-25' WHERE id = 3")
      await home.coach(['action', 'edit', '3', '--due', '2026-12-18'])
      const { out } = await home.coach(['action', 'show', '3', '--json'])
      expect(JSON.parse(out)).toMatchObject({ check_in_on: '2026-11-25' })
    })

    test('a session that was prepared then is recorded now', async () => {
      const home = homeOf()
      const answers = 'person: Cara Lind\nreflection: { would_change: Wait longer. }\n'
      const { code, out } = await home.coach(['session', '--answers', '-'], answers)
      expect(code).toBe(0)
      expect(out).toMatch(/Session 3 · Cara Lind .* done/)
      expect(out).toContain('Asked one question and waited.')
    })
  })

  describe('once it was brought up to date', () => {
    test('is sound', async () => {
      const { notebook } = await broughtUpToDate()
      expect(pragma(notebook, 'foreign_key_check')).toEqual([])
      expect(pragma(notebook, 'integrity_check')).toEqual([{ integrity_check: 'ok' }])
      expect(pragma(notebook, 'application_id')).toEqual([{ application_id: 0x636f6163 }])
      const strays =
        'SELECT a.id FROM answer a JOIN session s ON s.id = a.session_id WHERE a.person_id IS NOT s.person_id'
      expect(query(notebook, strays)).toEqual([])
    })

    test('has the shape of a new one', async () => {
      const [old, fresh] = [await broughtUpToDate(), newHome()]
      await fresh.coach(['person', 'add', 'Ana'])
      const shapeOf = (path: string) =>
        query(path, 'SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name')
      expect(shapeOf(old.notebook)).toEqual(shapeOf(fresh.notebook))
    })

    test('says of each step what a new one says: no step was edited after it shipped', async () => {
      const [old, fresh] = [homeOf(), newHome()]
      await fresh.coach(['person', 'add', 'Ana'])
      const steps = `SELECT version, name, checksum FROM migration WHERE version <= ${format}`
      expect(query(old.notebook, steps)).toHaveLength(format)
      expect(query(fresh.notebook, steps)).toEqual(query(old.notebook, steps))
    })

    test('never gives a number a second time', async () => {
      const home = homeOf()
      const last = rowsOf(home.notebook)['session']?.length ?? 0
      await home.coach(['delete', 'session', String(last), '--yes'])
      if (last !== 3) await home.coach(['delete', 'session', '3', '--yes'])
      await home.coach(
        ['session', '--answers', '-'],
        'person: Cara Lind\nguide: quick\nobservation: { saw: x }\n',
      )
      expect((await home.coach(['history', 'cara', '--json'])).out).toContain(`"id": ${last + 1}`)
    })
  })
})
