import { describe, expect, test } from 'vitest'
import type { Backup } from '../../../src/notebook/backup/list-backups.ts'
import { sortBackups } from '../../../src/notebook/health/backups.ts'
import { aboutRows } from '../../../src/notebook/health/inside.ts'

const NOTEBOOK = { storeId: 'mine', generation: 20 }
const BACKUP: Backup = {
  path: 'a.db',
  state: 'notebook',
  size: 4096,
  isEncrypted: false,
  storeId: 'mine',
  generation: 10,
  format: 5,
  odd: [],
  kind: 'weekly',
  madeAt: '2026-11-20T10:00:00.000Z',
}

describe('a backup is sorted by what a first look at it told', () => {
  test.each<readonly [string, Partial<Backup>, readonly string[]]>([
    ['of this notebook', {}, ['own']],
    ['of another one', { storeId: 'other' }, []],
    ['of nobody knows which', { storeId: null }, ['own']],
    ['encrypted, with no password at hand', { state: 'encrypted', storeId: null }, ['own']],
    ['under another password', { state: 'other-password', storeId: null }, ['own', 'locked']],
    ['damaged', { state: 'damaged', storeId: null }, ['bad']],
    ['empty', { state: 'empty', storeId: null }, ['bad']],
    ['put aside because it was damaged', { state: 'damaged', kind: 'damaged' }, []],
    ['with something that no coach has made', { odd: ['a trigger'] }, ['own', 'odd']],
    ['put aside with something in it', { odd: ['a trigger'], kind: 'damaged' }, ['own']],
    ['written more often than the notebook', { generation: 21 }, ['own', 'later']],
    ['put aside, and written more often', { generation: 21, kind: 'damaged' }, ['own']],
  ])('%s', (_what, more, kinds) => {
    const sorted = sortBackups(NOTEBOOK, [{ ...BACKUP, ...more }])
    const found = Object.entries(sorted).filter(([, all]) =>
      Array.isArray(all) ? all.length > 0 : all !== undefined,
    )
    expect(found.map(([kind]) => kind)).toEqual(kinds)
  })

  test('without a notebook, every backup may be its own, and none is later', () => {
    const { own, later } = sortBackups(null, [{ ...BACKUP, storeId: 'other', generation: 99 }])
    expect([own.length, later]).toEqual([1, undefined])
  })
})

const SOUND = {
  isWhole: true,
  brokenReferences: 0,
  altered: [],
  otherSteps: [],
  strays: 0,
  highest: 7,
}

describe('what is wrong in the rows of a notebook', () => {
  test.each<
    readonly [
      string,
      Partial<Parameters<typeof aboutRows>[1]>,
      readonly string[],
      readonly string[],
    ]
  >([
    ['nothing', {}, [], []],
    ['its pages', { isWhole: false, strays: 3 }, ['a trigger'], ['damaged']],
    ['a text', { altered: [{ kind: 'note', id: 3, what: 'note 3' }] }, [], ['altered']],
    ['a reference', { brokenReferences: 1 }, [], ['references']],
    ['something strange in it', {}, ['a trigger'], ['schema']],
    ['a row of another person', { strays: 1 }, [], ['strays']],
    ['a number that is too high', { highest: Number.MAX_SAFE_INTEGER }, [], ['numbers']],
    ['a step of another coach', { otherSteps: [4] }, [], ['steps']],
    [
      'all of it, the worst first',
      { otherSteps: [4], strays: 2, brokenReferences: 1 },
      ['a view'],
      ['references', 'schema', 'strays', 'steps'],
    ],
  ])('%s', (_what, checked, odd, ids) => {
    const found = aboutRows({ path: 'notebook.db', odd }, { ...SOUND, ...checked })
    expect(found.map(({ id }) => id)).toEqual(ids)
  })
})
