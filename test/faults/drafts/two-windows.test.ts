import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { filesOfDrafts, homeWith, isDraft, textsOfDrafts } from '../../ask/terminal/home.ts'
import { runScript } from '../../ask/terminal/process.ts'
import { startCoach } from '../../ask/terminal/pty.ts'
import { query } from '../../notebook/file.ts'
import { ANA, SAW, values } from './typing.ts'

describe('fault 35: two windows on one session', () => {
  const begun = async () => {
    const folder = await homeWith(ANA)
    const first = startCoach(['session', 'ana', '--prepare'], { folder })
    await first.see('When and where was it?')
    await first.answer('Call on Monday')
    await first.see(SAW)
    first.press('ctrl-c')
    await first.exit()
    const windows = [0, 1].map(() => startCoach(['session', 'ana', '--prepare'], { folder }))
    for (const window of windows) await window.see(SAW)
    const [one, two] = windows
    if (!one || !two) throw new Error('two windows')
    return { folder, one, two }
  }

  test('the second one gets both texts, and nothing is lost', async () => {
    const { folder, one, two } = await begun()
    one.type('seen by one')
    await one.see('› seen by one')
    two.type('seen by two')
    await two.see('› seen by two')
    one.press('ctrl-d')
    await one.see('Which stage of the sale was it?')
    two.press('ctrl-d')
    await two.see('Another window saved a text here meanwhile.')
    expect(two.screen()).toMatch(/› seen by one\n {2}seen by two/)
    expect(values(folder)).toEqual([{ value: 'seen by one' }])
    two.press('ctrl-d')
    await two.see('Which stage of the sale was it?')
    expect(values(folder)).toEqual([{ value: 'seen by one\nseen by two' }])
  })

  test('at a choice, coach says what the other window chose, and asks again', async () => {
    const { folder, one, two } = await begun()
    for (const window of [one, two]) {
      window.type('seen')
      await window.see('› seen')
    }
    one.press('ctrl-d')
    await one.see('Which stage of the sale was it?')
    two.press('ctrl-d')
    await two.see('Which stage of the sale was it?')
    one.type('1')
    await one.see('Add detail?')
    two.type('2')
    await two.see('here meanwhile. Answer again to replace it.')
    two.type('2')
    await two.see('Add detail?')
    const chosen = query(
      join(folder, 'notebook.db'),
      "SELECT revision FROM answer WHERE path = 'observation.stage'",
    )
    expect(chosen).toEqual([{ revision: 2 }])
  })

  test('what the other window wrote at another prompt shows only at that prompt', async () => {
    const folder = await homeWith(ANA)
    const file = (saw: string) =>
      `person: Ana Silva\nobservation: { situation: Call on Monday, saw: ${saw} }\n`
    await runScript(folder, `coach session --answers - --prepare <<< '${file('the old text')}'`)
    const edit = startCoach(['edit', '1'], { folder })
    await edit.see('› Call on Monday')
    const other = await runScript(folder, `coach edit 1 --answers - <<< '${file('the new text')}'`)
    expect(other.code).toBe(0)
    edit.press('enter')
    await edit.see('› the old text')
    edit.press('enter')
    await edit.see('Another window saved a text here meanwhile.')
    expect(edit.screen()).toMatch(/› the new text\n {2}the old text/)
    expect(values(folder)).toEqual([{ value: 'the new text' }])
  })

  test('a correction that is set aside is not lost either', async () => {
    const folder = await homeWith(ANA)
    const file = (saw: string) =>
      `person: Ana Silva\nobservation: { situation: Call on Monday, saw: ${saw} }\n`
    await runScript(folder, `coach session --answers - --prepare <<< '${file('the old text')}'`)
    const edit = startCoach(['edit', '1'], { folder })
    await edit.see('› Call on Monday')
    edit.press('enter')
    await edit.see('› the old text')
    edit.type(' corrected')
    await edit.see('› the old text corrected')
    await runScript(folder, `coach edit 1 --answers - <<< '${file('their text')}'`)
    edit.press('ctrl-l')
    await edit.see('Another window saved a text here meanwhile.')
    expect(edit.screen()).toMatch(/› their text\n {2}the old text corrected/)
  })

  test('a session that was recorded elsewhere is not set back to prepared', async () => {
    const { folder, one, two } = await begun()
    two.press('ctrl-c')
    await two.exit()
    const file = 'person: Ana Silva\nobservation: { situation: x, saw: y }\n'
    const other = await runScript(folder, `coach session --answers - --record <<< '${file}'`)
    expect(other.code).toBe(0)
    one.type('seen by one')
    await one.see('› seen by one')
    one.press('ctrl-d')
    await one.see('Another window saved a text here meanwhile.')
    one.press('ctrl-d')
    await one.see('Session 1 was recorded meanwhile, in another window.')
    one.press('ctrl-c')
    expect(await one.exit()).toBe(130)
    expect(query(join(folder, 'notebook.db'), 'SELECT status FROM session')).toEqual([
      { status: 'done' },
    ])
    expect(textsOfDrafts(folder)).toEqual(['y\nseen by one'])
  })

  test('each keeps a draft of its own', async () => {
    const { folder, one, two } = await begun()
    one.type('half of one')
    two.type('half of two')
    await one.until(() => isDraft(folder, 'half of one'), 'one draft')
    await two.until(() => isDraft(folder, 'half of two'), 'the other draft')
    one.kill('SIGKILL')
    two.kill('SIGKILL')
    await one.exit()
    await two.exit()
    await setTimeout(50)
    expect(filesOfDrafts(folder)).toHaveLength(2)
  })
})
