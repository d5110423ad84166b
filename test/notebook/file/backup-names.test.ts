import { expect, test } from 'vitest'
import {
  backupName,
  isBeforeEncryption,
  readBackupName,
  worthOf,
} from '../../../src/notebook/file/backup-names.ts'
import { NOW } from '../../world.ts'

const AT = NOW.toISOString().slice(0, 16).replace(':', '')

test.each<readonly [Parameters<typeof backupName>, string, object]>([
  [[NOW, 7, 'weekly'], `notebook-${AT}-g000007.db`, { kind: 'weekly', written: 7 }],
  [[NOW, 7, 'by-hand', 2], `notebook-${AT}-g000007-by-hand-2.db`, { kind: 'by-hand', written: 7 }],
  [
    [NOW, 7, { format: 4 }],
    `notebook-${AT}-g000007-format-4.db`,
    { kind: 'before-update', written: 7 },
  ],
  [
    [NOW, 7, 'before-restore'],
    `notebook-${AT}-g000007-before-restore.db`,
    { kind: 'before-restore', written: 7 },
  ],
  [
    [NOW, null, 'before-encryption'],
    `notebook-${AT}-before-encryption.db`,
    { kind: 'before-encryption', written: null },
  ],
  [[NOW, null, 'damaged', 3], `notebook-${AT}-damaged-3.db`, { kind: 'damaged', written: null }],
])('%o is called %s, and read as that', (parts, name, read) => {
  expect(backupName(...parts)).toBe(name)
  expect(readBackupName(name)).toMatchObject(read)
  expect(isBeforeEncryption(name)).toBe(parts[2] === 'before-encryption')
})

test.each<readonly [string, ReturnType<typeof worthOf>]>([
  ['notebook-2026-11-23T1000-g000012.db', { isAside: false, written: 12 }],
  ['notebook-2026-11-23T1000-g000012-before-restore.db', { isAside: true, written: 12 }],
  ['mine.db', { isAside: false, written: -1 }],
  ['notebook-2026-11-23T1000-damaged-2.db', null],
  ['notebook-2026-11-23T1000-g000012.db-journal', null],
])('as something to go back to, %s is worth %o', (name, worth) => {
  expect(worthOf(name)).toEqual(worth)
})
