import DB from 'better-sqlite3'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { filesOfDrafts, homeWith, isDraft, textsOfDrafts } from '../../ask/terminal/home.ts'
import { recordOf, run, runScript } from '../../ask/terminal/process.ts'
import { type Pty, startCoach, startScript } from '../../ask/terminal/pty.ts'
import { query } from '../../notebook/file.ts'
import { canBeSomebody, canTrace } from '../machine.ts'

const ANA = ['person', 'add', 'Ana Silva']
const PREPARE = ['session', 'ana', '--prepare', '--quick']
const SAW = 'What did you see or hear?'
const TEXT = 'She asked about the bud'

/** A conversation in which a text was begun and is kept as a draft. */
async function typing(folder: string, more: object = {}): Promise<Pty> {
  const coach = startCoach(PREPARE, { folder, ...more })
  await coach.see(SAW)
  coach.type(TEXT)
  await coach.until(() => isDraft(folder, TEXT), 'the draft on disk')
  return coach
}

/** Waits for the end of a preparation that was finished. */
async function saved(coach: Pty): Promise<void> {
  await coach.see('Saved')
  expect(await coach.exit()).toBe(0)
}

async function kill(coach: Pty): Promise<void> {
  coach.kill('SIGKILL')
  expect(await coach.exit()).toBe(137)
}

/** The texts of the answers in a notebook. */
const values = (folder: string) =>
  query(join(folder, 'notebook.db'), "SELECT value FROM answer WHERE path = 'observation.saw'")

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

  test('it is gone on all the same after a yes, and what is answered is saved', async () => {
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

  test('is told, with what makes it wait; nothing is saved, and the text stays', async () => {
    const { folder, coach } = await atOnce('true')
    await coach.see('“editor.sh --wait”')
    expect(coach.text()).toContain(`› ${TEXT}`)
    expect(values(folder)).toEqual([])
    coach.press('ctrl-d')
    await saved(coach)
    expect(values(folder)).toEqual([{ value: TEXT }])
    expect(filesOfDrafts(folder)).toEqual([])
  })

  test('what is typed after that is not replaced by what the editor was given', async () => {
    const { folder, coach } = await atOnce('true')
    coach.type('get first')
    await coach.until(() => isDraft(folder, `${TEXT}get first`), 'the draft on disk')
    await kill(coach)
    const again = startCoach(PREPARE, { folder })
    await again.see(`› ${TEXT}get first`)
    expect(again.text()).toContain(`› ${TEXT}get first`)
  })

  test('and what is saved in its window later is taken with Enter', async () => {
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

  test('a choice says what the other one chose, and is asked again', async () => {
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

  test('what the other window wrote at another prompt stays unseen until one comes there', async () => {
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
