import DB from 'better-sqlite3'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { homeWith, textsOfDrafts } from '../../ask/terminal/home.ts'
import { startCoach, startScript } from '../../ask/terminal/pty.ts'
import { canBeSomebody } from '../machine.ts'
import { ANA, PREPARE, SAW, TEXT, saved, values } from './typing.ts'

describe('fault 11: where nothing can be kept while it is typed, that is said before the first question', () => {
  const refused = /What you type cannot be kept in .* before you press Enter/

  test('a file stands in the place of the folder', async () => {
    const folder = await homeWith(ANA)
    writeFileSync(join(folder, 'drafts'), '')
    const coach = startCoach(PREPARE, { folder })
    await coach.see(refused)
    await coach.see('Go on all the same?')
    coach.press('enter')
    expect(await coach.exit()).toBe(7)
    expect(coach.firstPage()).toContain('Nothing was begun. What was saved before is safe.')
  })

  test('after a yes the conversation goes on, and the answers are saved', async () => {
    const folder = await homeWith(ANA)
    writeFileSync(join(folder, 'drafts'), '')
    const coach = startCoach(PREPARE, { folder })
    await coach.see('Go on all the same?')
    coach.type('y\r')
    await coach.see(SAW)
    coach.type(TEXT)
    await coach.see(/What you type cannot be kept in .* before it is saved\. Enter saves it\./)
    coach.press('ctrl-d')
    await saved(coach)
    expect(values(folder)).toEqual([{ value: TEXT }])
  })

  test.skipIf(!canBeSomebody())('the folder may not be written (needs setpriv)', async () => {
    const folder = await homeWith(ANA)
    chmodSync(folder, 0o777)
    for (const name of ['notebook.db']) chmodSync(join(folder, name), 0o666)
    const script = `mkdir -m 555 drafts; exec setpriv --reuid=65534 --regid=65534 --clear-groups "$NODE" "$BIN" ${PREPARE.join(' ')}`
    const coach = startScript(script, { folder })
    expect(await coach.seeOneOf([refused, /not yours|belongs to|owner/])).toBeGreaterThanOrEqual(0)
  })
})

test(
  'fault 37: an answer that a lock keeps out is a draft, and is asked again',
  { timeout: 60_000 },
  async () => {
    const folder = await homeWith(ANA)
    const coach = startCoach(PREPARE, { folder })
    await coach.see(SAW)
    coach.type(TEXT)
    await coach.see(`› ${TEXT}`)
    const other = new DB(join(folder, 'notebook.db'))
    other.exec('BEGIN EXCLUSIVE')
    coach.press('ctrl-d')
    await coach.see(/Not saved: .* is in use by another program/)
    expect(textsOfDrafts(folder)).toEqual([TEXT])
    other.exec('COMMIT')
    other.close()
    coach.press('ctrl-d')
    await saved(coach)
    expect(values(folder)).toEqual([{ value: TEXT }])
  },
)
