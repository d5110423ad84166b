import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { filesOfDrafts, homeWith, isDraft } from '../../ask/terminal/home.ts'
import { run } from '../../ask/terminal/process.ts'
import { startCoach } from '../../ask/terminal/pty.ts'
import { query } from '../../notebook/file.ts'
import { ANA, SAW, TEXT, kill, typing } from './typing.ts'

describe('fault 10: a text whose session is gone', () => {
  const orphan = async () => {
    const folder = await homeWith(ANA)
    const coach = startCoach(['session', 'ana', '--prepare'], { folder })
    await coach.see('When and where was it?')
    await coach.answer('Call on Monday')
    await coach.see(SAW)
    coach.type(TEXT)
    await coach.until(() => isDraft(folder, TEXT), 'the draft on disk')
    await kill(coach)
    await run(folder, 'delete', 'session', '1', '--yes')
    return folder
  }

  test('is shown, with whose it is', async () => {
    const folder = await orphan()
    expect((await run(folder)).out).toContain('coach note --unsaved')
    const { code, out } = await run(folder, 'note', '--unsaved')
    expect(code).toBe(0)
    expect(out).toMatch(
      /^Ana Silva · typed at \d\d:\d\d · coach note --unsaved\n {2}She asked about the bud\n/,
    )
  })

  test('becomes a note, and is gone from the drafts', async () => {
    const folder = await orphan()
    const coach = startCoach(['note', '--unsaved'], { folder })
    await coach.see('What becomes of it?')
    coach.press('down')
    await coach.see(/❯ A note in the inbox|› A note in the inbox|A note in the inbox/)
    coach.press('enter')
    await coach.see('Kept as note 1.')
    expect(await coach.exit()).toBe(0)
    expect(query(join(folder, 'notebook.db'), 'SELECT text FROM note')).toEqual([{ text: TEXT }])
    expect(filesOfDrafts(folder)).toEqual([])
  })
})

test('fault 10: of two windows, one takes up the text that was left', async () => {
  const folder = await homeWith(ANA)
  const left = startCoach(['note', 'ana'], { folder })
  await left.see('What do you want to remember?')
  left.type('left text')
  await left.until(() => isDraft(folder, 'left text'), 'the draft on disk')
  await kill(left)
  const one = startCoach(['note', 'ana'], { folder })
  await one.see('› left text')
  const two = startCoach(['note', 'ana'], { folder })
  await two.see('What do you want to remember?')
  expect(two.text()).not.toContain('left text')
  two.type('another')
  await two.see('› another')
  for (const window of [one, two]) {
    window.press('ctrl-d')
    await window.see('Kept as note')
    await window.exit()
  }
  const notes = query(join(folder, 'notebook.db'), 'SELECT text FROM note ORDER BY id')
  expect(notes).toEqual([{ text: 'left text' }, { text: 'another' }])
})

describe('fault 10: a draft belongs to its person and session, whatever became of the name', () => {
  test('a person who has another name now', async () => {
    const folder = await homeWith(ANA)
    await kill(await typing(folder))
    await run(folder, 'person', 'edit', 'ana', '--name', 'Bea Costa')
    const again = startCoach(['session', 'bea', '--prepare', '--quick'], { folder })
    await again.see(`› ${TEXT}`)
    expect(again.text()).toContain('Bea Costa')
  })

  test('a person who is not there any more: nobody else gets it', async () => {
    const folder = await homeWith(ANA, ['person', 'add', 'Ben Okafor'])
    await kill(await typing(folder))
    const coach = startCoach(['session', 'ben', '--prepare', '--quick'], { folder })
    await coach.see(SAW)
    expect(coach.text()).not.toContain(TEXT)
  })

  test('two unfinished sessions: each has its own, and the choice is asked for', async () => {
    const folder = await homeWith(ANA)
    // Two windows that begin at the same time begin a session each.
    const begun = [1, 2].map(() => startCoach(['session', 'ana', '--prepare'], { folder }))
    for (const coach of begun) await coach.see('When and where was it?')
    for (const [at, coach] of begun.entries()) {
      await coach.answer(`Call ${at + 1}`)
      await coach.see(SAW)
      coach.type(`seen in session ${at + 1}`)
      await coach.until(() => isDraft(folder, `seen in session ${at + 1}`), 'the draft on disk')
    }
    for (const coach of begun) await kill(coach)
    const asked = await run(folder, 'session', 'ana')
    expect(asked).toMatchObject({ code: 2 })
    for (const session of ['2', '1']) {
      const again = startCoach(['session', 'ana', '--session', session], { folder })
      await again.see(`› seen in session ${session}`)
      again.press('ctrl-c')
      await again.exit()
    }
  })
})
