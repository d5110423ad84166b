import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CoachError, EXIT } from '../../../src/errors.ts'
import { seenAt, withSeen } from '../../../src/start/last-notebook.ts'
import type { Start } from '../../../src/notebook/file/starts.ts'
import { createNotebook, openNotebook } from '../../../src/notebook/notebook.ts'
import { NOW } from '../../world.ts'
import { hashOfFile, newFolder, query } from '../file.ts'

/**
 * What happens to a notebook that two computers have: one writes to its file, or gets the file of the other, as it is
 * or as it was in the middle of its last start.
 */
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ does: fc.constant('write'), at: fc.nat(1) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('copy'), at: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('copy half'), at: fc.nat(1) }) },
)

interface Place {
  readonly path: string
  seen: Start | undefined
  /** Who was added by the last write that was seen there. */
  last: string | undefined
}

/** Writes to the file at a place, unless it is a stranger there: then the manager goes on with it. */
function use(here: Place, name: string): { readonly isStranger: boolean; readonly code: number } {
  const notebook = openNotebook(here.path, () => NOW, {
    seen: here.seen,
    onWritten: (start) => (here.seen = start),
  })
  try {
    notebook.write(() => notebook.people.add({ name: `${name} a` }))
    // A copy that is taken in the middle of a start is another one than at its end.
    copyFileSync(here.path, `${here.path}.half`)
    notebook.write(() => notebook.people.add({ name }))
    here.last = name
    return { isStranger: notebook.isStranger, code: 0 }
  } catch (error) {
    here.seen = notebook.lastStart ?? undefined
    here.last = namesIn(here.path).at(-1)
    return {
      isStranger: notebook.isStranger,
      code: error instanceof CoachError ? error.exitCode : 1,
    }
  } finally {
    notebook.close()
  }
}

const namesIn = (path: string) =>
  query(path, 'SELECT name FROM person ORDER BY id').map((row) => String(Object(row).name))

test('fault 76: a file is written to where it holds what was written there last, and nowhere else', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => {
      const folder = newFolder()
      const places = [0, 1].map((at): Place => {
        const path = join(folder, `${at}.db`)
        return { path, seen: undefined, last: undefined }
      })
      createNotebook(join(folder, 'first.db'), NOW)
      for (const { path } of places) {
        for (const to of [path, `${path}.half`]) copyFileSync(join(folder, 'first.db'), to)
      }
      for (const [n, { does, at }] of steps.entries()) {
        const [here, there] = [places[at], places[1 - at]]
        if (!here || !there) throw new Error('there are two')
        if (does !== 'write') {
          copyFileSync(does === 'copy' ? there.path : `${there.path}.half`, here.path)
          continue
        }
        const names = namesIn(here.path)
        const isOurs = here.last === undefined || names.includes(here.last)
        const before = hashOfFile(here.path)
        expect(use(here, `P ${n}`)).toEqual(
          isOurs ? { isStranger: false, code: 0 } : { isStranger: true, code: EXIT.busy },
        )
        expect(hashOfFile(here.path) === before).toBe(!isOurs)
      }
    }),
    { numRuns: 60 },
  )
})

test('fault 76: of the marks the last 1,000 stay', () => {
  const path = join(newFolder(), 'many.db')
  createNotebook(path, NOW)
  const marks = new Map<string, number>()
  for (let n = 0; n < 1005; n++) {
    const notebook = openNotebook(path, () => NOW, {
      onWritten: ({ mark, written }) => marks.set(mark, written),
    })
    notebook.write(() => notebook.rememberPrivateTold())
    notebook.write(() => notebook.rememberPrivateTold())
    notebook.close()
  }
  expect(query(path, 'SELECT mark, written FROM start ORDER BY id')).toEqual(
    [...marks].slice(-1000).map(([mark, written]) => ({ mark, written })),
  )
  expect([...marks.values()]).toEqual(Array.from({ length: 1005 }, (_, n) => 2 * n + 2))
})

test('fault 76: of two windows that write in turn, the one that wrote last counts', () => {
  const path = join(newFolder(), 'two.db')
  createNotebook(path, NOW)
  const [one, two] = [openNotebook(path, () => NOW), openNotebook(path, () => NOW)]
  one.write(() => one.people.add({ name: 'Ana' }))
  two.write(() => two.people.add({ name: 'Ben' }))
  copyFileSync(path, `${path}.before`)
  one.write(() => one.people.add({ name: 'Cem' }))
  for (const window of [one, two]) window.close()
  const now = openNotebook(path, () => NOW)
  const seen = now.lastStart ?? undefined
  now.close()
  const before = openNotebook(`${path}.before`, () => NOW, { seen })
  expect(before.isStranger).toBe(true)
  before.close()
})

test('what each computer saw of a notebook is kept apart, and the latest fifty', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((mark, written) => ({ mark, written, store: 's' }))
  if (!a || !b || !c) throw new Error('there are three')
  const both = withSeen(withSeen({}, 'one', '/n.db', a), 'two', '/n.db', b)
  expect(seenAt(both, 'one', '/n.db')).toMatchObject(a)
  expect(seenAt(both, 'two', '/n.db')).toMatchObject(b)
  let many = both
  for (let n = 0; n < 49; n++) many = withSeen(many, 'two', `/${n}.db`, c)
  expect(seenAt(many, 'one', '/n.db')).toBeUndefined()
  expect(seenAt(many, 'two', '/n.db')).toMatchObject(b)
})
