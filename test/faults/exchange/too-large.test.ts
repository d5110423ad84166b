import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import DB from 'better-sqlite3'
import { expect, test } from 'vitest'
import { must } from '../../commands/followup/played.ts'
import { newHome } from '../../world.ts'
import { coach, flat } from '../built.ts'

const MB = 1024 * 1024

test('fault 86: an export that is too large to be imported says so, and each person of it can be', async () => {
  const home = newHome()
  for (const name of ['Ana', 'Bob']) await must(home, ['person', 'add', name])
  const db = new DB(home.notebook)
  // Each of these characters takes six in JSON.
  const text = '\u0001'.repeat(750_000)
  const hash = createHash('sha256')
    .update(JSON.stringify([text]))
    .digest('hex')
  const add = db.prepare(
    `INSERT INTO note (uuid, person_id, status, text, created_at, updated_at, hash)
      VALUES (?, ?, 'waiting', ?, '2026-11-20T10:00:00.000Z', '2026-11-20T10:00:00.000Z', ?)`,
  )
  const fill = db.transaction(() => {
    for (let at = 0; at < 64; at++) {
      const uuid = `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`
      add.run(uuid, 1 + (at % 2), text, hash)
    }
  })
  fill()
  db.close()
  const argv = ['export', 'all', '--format', 'json', '-o', 'all.json']
  const { code, err } = coach(home, [...argv, '--quiet'])
  expect([code, flat(err)]).toEqual([
    0,
    expect.stringMatching(/This export has 27\d MB, and coach import reads at most 256 MB/),
  ])
  expect(statSync(join(home.folder, 'all.json')).size).toBeGreaterThan(256 * MB)
  const to = newHome()
  expect(coach(to, ['import', join(home.folder, 'all.json')])).toMatchObject({ code: 2 })
  const person = ['export', 'person', 'Ana', '--format', 'json', '-o', 'ana.json']
  expect(coach(home, person)).toMatchObject({ code: 0, err: expect.stringMatching(/^Wrote .*\n$/) })
  expect(coach(to, ['import', join(home.folder, 'ana.json')])).toMatchObject({ code: 0 })
}, 120_000)
