import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { filesOfDrafts, homeWith, isDraft } from '../../ask/terminal/home.ts'
import { run } from '../../ask/terminal/process.ts'
import { startCoach } from '../../ask/terminal/pty.ts'
import { ANA, PREPARE, TEXT, kill, saved, typing, values } from './typing.ts'

describe('fault 15: coach died under the editor', () => {
  test('what the editor had saved is offered', async () => {
    const folder = await homeWith(ANA)
    const EDITOR = join(folder, 'editor.sh')
    writeFileSync(
      EDITOR,
      '#!/bin/bash\necho "written in the editor" > "$1"; echo the editor waits; sleep 60\n',
      { mode: 0o700 },
    )
    const coach = await typing(folder, { env: { EDITOR } })
    coach.press('ctrl-e')
    await coach.see('the editor waits')
    await kill(coach)
    const again = startCoach(PREPARE, { folder })
    await again.see('written in the editor')
    await again.see(/You typed this at/)
    again.press('ctrl-d')
    await saved(again)
    expect(values(folder)).toEqual([{ value: `${TEXT}\nwritten in the editor` }])
    expect(filesOfDrafts(folder)).toEqual([])
  })
})

test('fault 15: what an editor had saved at a prompt where nothing was typed is offered too', async () => {
  const folder = await homeWith(ANA)
  const EDITOR = join(folder, 'editor.sh')
  writeFileSync(EDITOR, '#!/bin/bash\necho "from the editor" > "$1"; echo waits; sleep 60\n', {
    mode: 0o700,
  })
  const coach = startCoach(['note', 'ana'], { folder, env: { EDITOR } })
  await coach.see('What do you want to remember?')
  coach.press('ctrl-e')
  await coach.see('waits')
  await kill(coach)
  const { out } = await run(folder)
  expect(out).toContain('coach note ana')
  const again = startCoach(['note', 'ana'], { folder })
  await again.see('› from the editor')
  again.press('ctrl-d')
  await again.see('Kept as note 1')
  expect(filesOfDrafts(folder)).toEqual([])
})

describe('fault 16, 20: an editor that comes back at once', () => {
  const atOnce = async (body: string) => {
    const folder = await homeWith(ANA)
    const EDITOR = join(folder, 'editor.sh')
    writeFileSync(EDITOR, `#!/bin/bash\n${body}\n`, { mode: 0o700 })
    const coach = await typing(folder, { env: { EDITOR } })
    coach.press('ctrl-e')
    await coach.see('editor.sh came back at once.')
    return { folder, coach }
  }

  test('coach says how to make it wait; nothing is saved, and the text stays', async () => {
    const { folder, coach } = await atOnce('true')
    await coach.see('“editor.sh --wait”')
    expect(coach.text()).toContain(`› ${TEXT}`)
    expect(values(folder)).toEqual([])
    coach.press('ctrl-d')
    await saved(coach)
    expect(values(folder)).toEqual([{ value: TEXT }])
    expect(filesOfDrafts(folder)).toEqual([])
  })

  test('what is typed afterwards is not replaced by what the editor was given', async () => {
    const { folder, coach } = await atOnce('true')
    coach.type('get first')
    await coach.until(() => isDraft(folder, `${TEXT}get first`), 'the draft on disk')
    await kill(coach)
    const again = startCoach(PREPARE, { folder })
    await again.see(`› ${TEXT}get first`)
    expect(again.text()).toContain(`› ${TEXT}get first`)
  })

  test('what is saved in the editor’s window later is taken with Enter', async () => {
    const { folder, coach } = await atOnce(
      '(sleep 1; echo "from the window" > "$1"; touch "$COACH_HOME/saved") >/dev/null 2>&1 &',
    )
    await coach.until(() => existsSync(join(folder, 'saved')), 'the window to save')
    coach.press('enter')
    await coach.see('› from the window')
    await coach.see('This is what you saved in your editor.')
    coach.press('ctrl-d')
    await saved(coach)
    expect(values(folder)).toEqual([{ value: 'from the window' }])
  })
})
