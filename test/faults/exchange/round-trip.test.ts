import { copyFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createNotebook } from '../../../src/notebook/notebook.ts'
import { SCHEDULE } from '../../commands/three-months/team-schedule.ts'
import { must } from '../../commands/followup/played.ts'
import { play } from '../../commands/three-months/team-play.ts'
import { hashOfFile, newFolder, query, spawnCoach } from '../../notebook/file.ts'
import { type Home, newHome, NOW } from '../../world.ts'
import { entropy, makeNotebook, tablesOf } from '../rows.ts'
import { expectKept, expectSame } from './same-rows.ts'

const RUNS = { numRuns: 15 }
/** How many days of the three months are played: until promises, notes and goals have come back. */
const FIRST = 10

/** Exports all of a home as JSON, in this process. */
async function exported(home: Home): Promise<string> {
  return await must(home, ['export', 'all', '--format', 'json'])
}

describe('fault 46: what is exported and imported again is the same notebook, row for row', () => {
  test('fault 60: whatever stands in it', async () => {
    await fc.assert(
      fc.asyncProperty(entropy, async (chance) => {
        const [from, to] = [newHome(), newHome()]
        makeNotebook(from.notebook, 'Ada', chance)
        const json = await exported(from)
        await must(to, ['import', '-'], json)
        expect(tablesOf(to.notebook)).toEqual(tablesOf(from.notebook))
        // Once more: not a byte changes.
        const before = hashOfFile(to.notebook)
        expect(await must(to, ['import', '-'], json)).toContain('All of it is here already.')
        expect(hashOfFile(to.notebook)).toBe(before)
        for (const home of [from, to]) rmSync(home.folder, { recursive: true })
      }),
      RUNS,
    )
  })

  test('weeks of a team, through files and the built program', async () => {
    const folder = newFolder()
    const home = (await playedTeam()).folder
    const [b, c] = [join(folder, 'b'), join(folder, 'c')]
    for (const one of [b, c]) mkdirSync(one)
    const file = join(folder, 'all.json')
    const wrote = await spawnCoach(home, 'export', 'all', '--format', 'json', '-o', file)
    expect(wrote).toEqual({ code: 0, out: '', err: `Wrote ${file}\n` })
    const read = await spawnCoach(b, 'import', file)
    expect([read.code, read.out]).toEqual([0, ''])
    expect(read.err).toMatch(/^Made a new notebook at .*notebook\.db\nTaken in: \d people, /)
    expect(tablesOf(join(b, 'notebook.db'))).toEqual(tablesOf(join(home, 'notebook.db')))
    // What comes out of the copy is the same document, but for the moment of the export.
    const again = await spawnCoach(b, 'export', 'all', '--format', 'json')
    const undated = (text: string) => text.replace(/"exported_at": "[^"]*"/, '')
    expect(undated(again.out)).toBe(undated(readFileSync(file, 'utf8')))
    // An empty notebook that is there gets every row as it is, and keeps its own id.
    createNotebook(join(c, 'notebook.db'), NOW)
    expect((await spawnCoach(c, 'import', file)).code).toBe(0)
    const { store, migration: _, ...rows } = tablesOf(join(c, 'notebook.db'))
    const { store: first, migration: __, ...expected } = tablesOf(join(home, 'notebook.db'))
    expect(rows).toEqual(expected)
    expect(store?.[0]?.['uuid']).not.toBe(first?.[0]?.['uuid'])
    expect(Number(store?.[0]?.['generation'])).toBeGreaterThanOrEqual(
      Number(first?.[0]?.['generation']),
    )
  })
})

describe('fault 46: into a notebook that holds other things', () => {
  test('every row comes with the same texts, and every number leads to the same row', async () => {
    await fc.assert(
      fc.asyncProperty(entropy, entropy, async (mine, theirs) => {
        const [from, to] = [newHome(), newHome()]
        makeNotebook(from.notebook, 'Ada', theirs)
        makeNotebook(to.notebook, 'Bo', mine)
        const json = await exported(from)
        const before = tablesOf(to.notebook)
        await must(to, ['import', '-'], json)
        const after = tablesOf(to.notebook)
        expectKept(before, after)
        expectSame(tablesOf(from.notebook), after)
        expect(query(to.notebook, 'PRAGMA foreign_key_check')).toEqual([])
        const bytes = hashOfFile(to.notebook)
        expect(await must(to, ['import', '-'], json)).toContain('All of it is here already.')
        expect(hashOfFile(to.notebook)).toBe(bytes)
        for (const home of [from, to]) rmSync(home.folder, { recursive: true })
      }),
      RUNS,
    )
  })

  test('each conversation reads as it did, up to its numbers', async () => {
    const from = await playedTeam()
    const to = newHome()
    for (const name of ['Zoe', 'Yann']) {
      await must(to, ['person', 'add', name])
      await must(to, ['action', 'add', name, 'call'])
      await must(to, ['note', name, 'a thought'])
      await must(to, ['goal', 'add', name, 'a goal'])
    }
    await must(to, ['import', '-'], await exported(from))
    const ids = (home: Home) =>
      new Map(
        query(home.notebook, 'SELECT id, uuid FROM session').map((row) => {
          const { id, uuid } = Object(row)
          return [String(uuid), String(id)]
        }),
      )
    const here = ids(to)
    for (const [uuid, id] of ids(from)) {
      const numberless = (yaml: string) => yaml.replaceAll(/\b(item|note|goal): "?\d+"?/g, '$1: N')
      const there = await must(from, ['show', id, '--format', 'yaml'])
      const now = await must(to, ['show', here.get(uuid) ?? '', '--format', 'yaml'])
      expect(numberless(now)).toBe(numberless(there))
    }
    // What was done here is taken back first, whatever came in.
    expect(await must(to, ['done', '1'])).not.toBe('')
    expect(await must(to, ['undo'])).toMatch(/call/)
  })
})

test('fault 46: a person and a session go by themselves, and come together again', async () => {
  const from = await playedTeam()
  const [person, session, all] = [
    await must(from, ['export', 'person', 'leila', '--format', 'json']),
    await must(from, ['export', 'session', '5', '--format', 'json']),
    await exported(from),
  ]
  const before = hashOfFile(from.notebook)
  for (const part of [person, session]) {
    expect(await must(from, ['import', '-'], part)).toContain('All of it is here already.')
  }
  expect(hashOfFile(from.notebook)).toBe(before)
  const to = newHome()
  await must(to, ['import', '-'], person)
  expect(tablesOf(to.notebook)['person']?.map(({ name }) => name)).toEqual(['Leila Haddad'])
  expect(person).not.toMatch(/Jonas Weber"/)
  const taken = await must(to, ['import', '-'], all)
  expect(taken).toMatch(/^Taken in: \d people, /)
  expect(taken).not.toContain('Differs')
  expectSame(tablesOf(from.notebook), tablesOf(to.notebook))
})

/** A copy of the home after some weeks. */
async function playedTeam(): Promise<Home> {
  const { home } = await (team ??= play(SCHEDULE.slice(0, FIRST)))
  const copy = newHome()
  copyFileSync(home.notebook, copy.notebook)
  return copy
}
let team: ReturnType<typeof play> | undefined
