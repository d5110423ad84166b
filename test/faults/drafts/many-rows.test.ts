import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hashOf } from '../../../src/notebook/schema/row-values.ts'
import { spawnCoach, tamper } from '../../notebook/file.ts'
import { newPlace, script } from '../file-tools.ts'

/** More than one call takes, where each of them is a value of its own. */
const MANY = 130_000

const HASH = hashOf('She asked again.')
const NUMBERS = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${MANY})`
const UUID = (first: string) => `printf('${first}0000000-0000-4000-8000-%012d', i)`
const NOW = "'2026-11-16T09:00:00.000Z'"

test('fault 90: with 130,000 of a kind, every list comes out', async () => {
  const home = join(newPlace(), 'home')
  await spawnCoach(home, 'person', 'add', 'Ana')
  await spawnCoach(home, 'person', 'add', 'Ben')
  tamper(
    join(home, 'notebook.db'),
    `${NUMBERS} INSERT INTO note (uuid, person_id, text, status, created_at, updated_at, hash)
       SELECT ${UUID('a')}, 1, 'She asked again.', 'waiting', ${NOW}, ${NOW}, '${HASH}' FROM n;
     ${NUMBERS} INSERT INTO goal (uuid, person_id, what, status, created_at, updated_at, hash)
       SELECT ${UUID('b')}, 1, 'She asked again.', 'open', ${NOW}, ${NOW}, '${HASH}' FROM n;`,
  )
  const lists = [
    { argv: ['note', '--list'], last: `${MANY}` },
    { argv: ['note', '--list', 'Ana'], last: `${MANY}` },
    { argv: ['goal', 'list', 'Ana'], last: `${MANY}` },
    { argv: ['prep', 'Ana'], last: '130000 notes' },
    { argv: ['export', 'person', 'Ana'], last: 'She asked again.' },
  ]
  for (const { argv, last } of lists) {
    const { code, out, err } = await script(
      home,
      `coach ${argv.join(' ')} | tail -n 40; exit \${PIPESTATUS[0]}`,
    )
    expect([argv, code, err]).toEqual([argv, 0, ''])
    expect(out).toContain(last)
  }
}, 120_000)
