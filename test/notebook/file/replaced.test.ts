import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { EXIT } from '../../../src/errors.ts'
import { createNotebook, openNotebook } from '../../../src/notebook/notebook.ts'
import { NOW } from '../../world.ts'
import { tamper } from '../file.ts'

const folder = mkdtempSync(join(tmpdir(), 'coach-replaced-'))

function twoVersions(name: string) {
  const path = join(folder, `${name}.db`)
  createNotebook(path, NOW)
  const notebook = openNotebook(path, () => NOW)
  notebook.write(() => notebook.people.add({ name: 'Ana' }))
  const older = `${path}.older`
  copyFileSync(path, older)
  notebook.write(() => notebook.people.add({ name: 'Ben' }))
  return { path, older, notebook }
}

test('fault 27: an older copy put over the file in use is not written to', () => {
  const { path, older, notebook } = twoVersions('older')
  writeFileSync(path, readFileSync(older))
  expect(() => notebook.write(() => notebook.people.add({ name: 'Cem' }))).toThrow(
    expect.objectContaining({ exitCode: EXIT.busy }),
  )
  expect(readFileSync(path).equals(readFileSync(older))).toBe(true)
  notebook.close()
})

test('fault 27: another notebook put over the file in use is not written to', () => {
  const { path, notebook } = twoVersions('mine')
  const other = twoVersions('other')
  other.notebook.close()
  writeFileSync(path, readFileSync(other.path))
  expect(() => notebook.write(() => notebook.people.add({ name: 'Cem' }))).toThrow(
    expect.objectContaining({ exitCode: EXIT.busy }),
  )
  expect(readFileSync(path).equals(readFileSync(other.path))).toBe(true)
  notebook.close()
})

test('fault 27: what another process wrote meanwhile is no replacement', () => {
  const { path, notebook } = twoVersions('both')
  const other = openNotebook(path, () => NOW)
  other.write(() => other.people.add({ name: 'Dan' }))
  other.close()
  notebook.write(() => notebook.people.add({ name: 'Eve' }))
  expect(notebook.people.list().map(({ name }) => name)).toEqual(['Ana', 'Ben', 'Dan', 'Eve'])
  notebook.close()
})

test('fault 27, 76: a copy with as many writes that went its own way is not written to either', () => {
  const { path, older, notebook } = twoVersions('as-many')
  const other = openNotebook(older, () => NOW)
  other.write(() => other.people.add({ name: 'Dan' }))
  other.close()
  writeFileSync(path, readFileSync(older))
  expect(() => notebook.write(() => notebook.people.add({ name: 'Cem' }))).toThrow(
    expect.objectContaining({ exitCode: EXIT.busy }),
  )
  expect(readFileSync(path).equals(readFileSync(older))).toBe(true)
  notebook.close()
})

test('fault 80: a file that another program wrote anew, with nothing added, is written to', () => {
  const { path, notebook } = twoVersions('anew')
  tamper(path, 'CREATE TABLE more (id); DROP TABLE more; VACUUM')
  notebook.write(() => notebook.people.add({ name: 'Cem' }))
  expect(notebook.people.list().map(({ name }) => name)).toEqual(['Ana', 'Ben', 'Cem'])
  notebook.close()
})
