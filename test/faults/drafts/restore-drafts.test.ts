import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { draftsSealed } from '../../../src/drafts/sealed-drafts.ts'
import { saltOf } from '../../../src/notebook/file/header.ts'
import { addBackup, coachWith } from '../built.ts'
import { CANARY, encryptedHome, holdersOf, passwordFile } from '../../notebook/encrypted.ts'
import { startCoach } from '../../ask/terminal/pty.ts'

test.each(['plain', 'encrypted under another key for drafts'])(
  'fault 10, 47: a text that was typed beside an encrypted notebook is offered after a backup was restored: %s',
  async (kind) => {
    const home = await encryptedHome()
    const sealed = readFileSync(home.notebook)
    expect(coachWith(home, ['decrypt', '--yes'])).toMatchObject({ code: 0 })
    const backup = addBackup(home)
    if (kind !== 'plain') coachWith(home, ['encrypt', '--wipe', '--backups', 'encrypt'])
    expect(saltOf(backup) === null).toBe(kind === 'plain')
    writeFileSync(home.notebook, sealed)
    expect(coachWith(home, ['restore', '--keep'])).toMatchObject({ code: 0 })
    const args = ['--password-file', passwordFile(home)]
    const typing = startCoach(['note', 'ana', ...args], { folder: home.folder })
    await typing.see('Note')
    typing.type('half a thought')
    await typing.until(() => typing.isTyped('half a thought'), 'the text')
    typing.press('ctrl-c')
    await typing.exit()
    expect(draftsSealed(join(home.folder, 'drafts'))).toBe(1)
    expect(holdersOf(home.folder, 'half a thought')).toEqual([])
    expect(coachWith(home, ['restore', backup, '--yes'])).toMatchObject({ code: 0 })
    const today = coachWith(home, ['today'])
    expect(today.out).toContain('Typed and not saved')
    expect(coachWith(home, ['note', '--list', 'ana']).out).toContain(CANARY)
  },
)
