import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { filesOfDrafts, homeWith, isDraft } from '../../ask/terminal/home.ts'
import { recordOf, run } from '../../ask/terminal/process.ts'
import { startCoach, startScript } from '../../ask/terminal/pty.ts'
import { canTrace } from '../machine.ts'
import { ANA, PREPARE, SAW, TEXT, kill, saved, typing, values } from './typing.ts'

describe('fault 1: what was typed when the program was killed', () => {
  test('is offered where it belongs, and says since when', async () => {
    const folder = await homeWith(ANA)
    await kill(await typing(folder))
    const again = startCoach(PREPARE, { folder })
    await again.see(/You typed this at \d\d:\d\d; it was not saved yet\./)
    expect(again.text()).toContain(`› ${TEXT}`)
    again.press('ctrl-d')
    await saved(again)
    expect(values(folder)).toEqual([{ value: TEXT }])
    expect(filesOfDrafts(folder)).toEqual([])
  })

  test('is told by coach, with the command that offers it', async () => {
    const folder = await homeWith(ANA)
    await kill(await typing(folder))
    const { out } = await run(folder)
    expect(out).toMatch(/Typed and not saved\n {2}Ana Silva {2}at \d\d:\d\d · coach session ana/)
  })

  test('is offered first, also where an earlier answer was being corrected', async () => {
    const folder = await homeWith(ANA)
    const coach = startCoach(['session', 'ana', '--prepare'], { folder })
    await coach.see('When and where was it?')
    await coach.answer('Call on Monday')
    await coach.see(SAW)
    coach.press('ctrl-p')
    await coach.see('› Call on Monday')
    coach.type(' with Ben')
    await coach.until(() => isDraft(folder, 'Call on Monday with Ben'), 'the draft on disk')
    await kill(coach)
    const again = startCoach(['session', 'ana'], { folder })
    await again.see('› Call on Monday with Ben')
    again.press('enter')
    await again.see(SAW)
    again.press('ctrl-c')
    expect(await again.exit()).toBe(130)
    expect(await recordOf(folder)).toMatchObject({
      observation: { situation: 'Call on Monday with Ben' },
    })
  })
})

test('fault 6: a program that is stopped from outside and wakes up goes on where it was', async () => {
  const folder = await homeWith(ANA)
  const script = `(echo "$BASHPID" > pid; exec "$NODE" "$BIN" ${PREPARE.join(' ')})`
  const coach = startScript(script, { folder })
  await coach.see(SAW)
  coach.type(TEXT)
  await coach.see(`› ${TEXT}`)
  const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'))
  process.kill(pid, 'SIGTSTP')
  coach.type('get')
  await coach.see(`› ${TEXT}get`)
  process.kill(pid, 'SIGSTOP')
  const before = coach.raw().length
  process.kill(pid, 'SIGCONT')
  await coach.until(() => coach.raw().slice(before).includes('\x1b[?1049h'), 'the screen anew')
  coach.type('.')
  await coach.see(`› ${TEXT}get.`)
  coach.press('ctrl-d')
  await saved(coach)
  expect(values(folder)).toEqual([{ value: `${TEXT}get.` }])
})

test('fault 9: a line of 20,000 characters arrives whole', { timeout: 60_000 }, async () => {
  const folder = await homeWith(ANA)
  const long = Array.from({ length: 2000 }, (_, n) => `word-${n}`.padEnd(10, 'x')).join('')
  const coach = startCoach(PREPARE, { folder })
  await coach.see(SAW)
  for (let at = 0; at < long.length; at += 500) coach.type(long.slice(at, at + 500))
  await coach.until(() => coach.isTyped('word-1999x'), 'the end of the line')
  coach.press('ctrl-d')
  await saved(coach)
  expect(values(folder)).toEqual([{ value: long }])
})

test.skipIf(!canTrace()).for([2, 3, 4, 5])(
  'fault 12: killed at the removal of its file number %s, a note is there once or offered (needs strace)',
  { timeout: 60_000 },
  async (k) => {
    const folder = await homeWith(ANA)
    const coach = startScript(
      `exec strace -f -qq -o /dev/null -e trace=unlink -e inject=unlink:signal=SIGKILL:when=${k} "$NODE" "$BIN" note ana`,
      { folder },
    )
    const notes = async () =>
      z.array(z.unknown()).parse(JSON.parse((await run(folder, 'note', '--list', '--json')).out))
    await coach.see('What do you want to remember?')
    await coach.answer('He let her finish.', 'ctrl-d')
    expect([0, 137]).toContain(await coach.exit())
    const isSaved = (await notes()).length > 0
    const again = startCoach(['note', 'ana'], { folder })
    await again.see('What do you want to remember?')
    expect(isSaved && again.text().includes('He let her finish.')).toBe(false)
    again.press('ctrl-d')
    await again.exit()
    expect((await notes()).length).toBeLessThanOrEqual(1)
  },
)

test('fault 12: a draft that is the beginning of what was saved is not offered over it', async () => {
  const folder = await homeWith(ANA)
  const coach = await typing(folder)
  const [name = ''] = filesOfDrafts(folder)
  const left = readFileSync(join(folder, 'drafts', name))
  coach.type('get first.')
  await coach.see(`› ${TEXT}get first.`)
  coach.press('ctrl-d')
  await saved(coach)
  expect(filesOfDrafts(folder)).toEqual([])
  writeFileSync(join(folder, 'drafts', name), left, { mode: 0o600 })
  const again = startCoach(['session', 'ana', '--record'], { folder })
  await again.see('What would they do differently?')
  await again.until(() => filesOfDrafts(folder).length === 0, 'the stale draft to be cleared away')
})
