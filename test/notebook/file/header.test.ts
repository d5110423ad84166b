import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { headerIfReadable, headerIn, saltOf } from '../../../src/notebook/file/header.ts'

const SALT = Buffer.from('00112233445566778899aabbccddeeff', 'hex')
const BEHIND_SALT = Buffer.from('1000010120402020', 'hex')

/** The first bytes of a plain file of SQLite. */
function plain(write: number, read: number, application = 0): Buffer {
  const head = Buffer.alloc(100)
  head.write('SQLite format 3\0', 'latin1')
  head.set([write, read], 18)
  head.writeUInt32BE(application, 68)
  return head
}

const NOTHING = { salt: null, applicationId: null, journal: null }

test.each([
  [
    'plain, with a rollback journal',
    plain(1, 1, 7),
    { kind: 'plain', salt: null, applicationId: 7, journal: 'rollback' },
  ],
  [
    'plain, with a log',
    plain(2, 2),
    { kind: 'plain', salt: null, applicationId: 0, journal: 'log' },
  ],
  [
    'plain, read and written in two ways',
    plain(2, 1),
    { kind: 'plain', salt: null, applicationId: 0, journal: 'mixed' },
  ],
  ['encrypted', Buffer.concat([SALT, BEHIND_SALT]), { ...NOTHING, kind: 'encrypted', salt: SALT }],
  [
    'another file',
    Buffer.from('%PDF-1.7 and so on, for more than 24 bytes'),
    { ...NOTHING, kind: 'other' },
  ],
  [
    'a text about SQLite',
    Buffer.from('SQLite format 3 is a format'),
    { ...NOTHING, kind: 'other' },
  ],
  ['a file that is cut off', SALT.subarray(0, 5), { ...NOTHING, kind: 'other' }],
  ['an empty file', Buffer.alloc(0), { ...NOTHING, kind: 'other' }],
])('the header says what a file is: %s', (_what, bytes, header) => {
  expect(headerIn(bytes)).toEqual(header)
})

test('what is not there, or is a folder, has no header and no salt', () => {
  const folder = mkdtempSync(join(tmpdir(), 'coach-header-'))
  expect(headerIfReadable(folder)).toBe(null)
  expect(saltOf(join(folder, 'missing.db'))).toBe(null)
  const path = join(folder, 'sealed.db')
  writeFileSync(path, Buffer.concat([SALT, BEHIND_SALT]))
  expect(saltOf(path)).toEqual(SALT)
})
