import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { filesOfDrafts } from '../home.ts'
import { answerAt, homeWithAna, recordOf } from '../process.ts'
import { type Pty, startCoach } from '../pty.ts'

/** Writes an editor of our own: a script of bash that gets the path of the draft as its last argument. */
function writeEditor(folder: string, body: string, name = 'editor.sh'): string {
  const path = join(folder, name)
  writeFileSync(path, `#!/bin/bash\nfile="\${!#}"\n${body}\n`)
  chmodSync(path, 0o700)
  return path
}

interface Writing {
  readonly folder: string
  readonly coach: Pty
}

/** A session that asks for a note, with a text begun; EDITOR is what is given. */
async function beginNote(folder: string, env: Readonly<Record<string, string>>): Promise<Writing> {
  const coach = startCoach(['session', 'ana', '--prepare', '--quick'], { folder, env })
  await coach.see('What did you see or hear?')
  coach.type('Typed before.')
  await coach.see('› Typed before.')
  return { folder, coach }
}

/** Calls the editor, and waits until coach is back. */
async function edit({ coach }: Writing): Promise<void> {
  const before = coach.raw().length
  coach.press('ctrl-e')
  const isBack = () => coach.raw().slice(before).includes(ENTER_SCREEN)
  await coach.until(isBack, 'the end of the editor')
  await coach.see('What did you see or hear?')
}

/** What coach sends when it takes the screen. */
const ENTER_SCREEN = '\x1b[?1049h'

/** Ends the note, and gives what was kept of it. */
async function savedNote({ folder, coach }: Writing): Promise<unknown> {
  coach.press('ctrl-d')
  await coach.see('Saved')
  expect(await coach.exit()).toBe(0)
  return await answerAt(folder, ['observation', 'saw'])
}

/** What the editor was given or has left, but for what coach itself keeps of what is being typed. */
const drafts = (folder: string) => filesOfDrafts(folder).filter((name) => !name.endsWith('.draft'))

const WORLD = 'Müller, é, ok, 👩‍👩‍👧 🇵🇹, 日本語, مرحبا'

describe('fault 14: a text comes back from the editor exactly', () => {
  test.each([
    {
      what: 'appended',
      body: `printf '%s' '${WORLD}' >> "$file"`,
      text: `Typed before.\n${WORLD}`,
    },
    { what: 'with a line end', body: `printf '%s\\n' '${WORLD}' > "$file"`, text: WORLD },
    { what: 'one letter', body: `printf 'é' > "$file"`, text: 'é' },
    { what: 'short', body: `printf 'ok\\n' > "$file"`, text: 'ok' },
    { what: 'CRLF', body: `printf 'one\\r\\ntwo\\r\\n' > "$file"`, text: 'one\ntwo' },
    { what: 'a byte-order mark', body: `printf '\\xef\\xbb\\xbfone\\n' > "$file"`, text: 'one' },
    { what: 'unchanged', body: ':', text: 'Typed before.' },
    {
      what: 'saved by renaming',
      body: `echo anew > "$file.new"; mv "$file.new" "$file"`,
      text: 'anew',
    },
  ])('$what', async ({ body, text }) => {
    const folder = await homeWithAna()
    const writing = await beginNote(folder, { EDITOR: writeEditor(folder, body) })
    await edit(writing)
    expect(await savedNote(writing)).toBe(text)
    expect(drafts(folder)).toEqual([])
  })

  test('many lines', async () => {
    const folder = await homeWithAna()
    const editor = writeEditor(folder, 'seq 1 500 > "$file"')
    const writing = await beginNote(folder, { VISUAL: editor, EDITOR: 'false' })
    writing.coach.press('ctrl-e')
    await writing.coach.see('500')
    expect(await savedNote(writing)).toBe(Array.from({ length: 500 }, (_, n) => n + 1).join('\n'))
  })

  test('into a line, as one line', async () => {
    const folder = await homeWithAna()
    const EDITOR = writeEditor(folder, `printf 'Call\\n  on Tuesday\\n' > "$file"`)
    const coach = startCoach(['session', 'ana', '--prepare'], { folder, env: { EDITOR } })
    await coach.see('When and where was it?')
    coach.press('ctrl-e')
    await coach.see('› Call on Tuesday')
    coach.press('enter')
    await coach.see('What did you see or hear?')
    expect(await recordOf(folder)).toMatchObject({ observation: { situation: 'Call on Tuesday' } })
  })
})

describe('fault 13, 14, 17, 18, 19: whatever goes wrong, the text typed before stays, and it is said why', () => {
  test.each([
    {
      what: 'it fails after writing half',
      body: 'echo half > "$file"; exit 1',
      says: /The editor ended with an error \(1\)\. Your text is as it was\. What it left is in .*\.left-\w+\.md/,
      left: 1,
    },
    {
      what: 'it fails without a change',
      body: 'exit 3',
      says: /The editor ended with an error \(3\)\. Your text is as it was\./,
      left: 0,
    },
    {
      what: 'it is killed',
      body: 'echo half > "$file"; kill -9 $$',
      says: 'The editor was ended from outside.',
      left: 1,
    },
    {
      what: 'it leaves invalid UTF-8',
      body: `printf 'caf\\xe9\\n' > "$file"`,
      says: 'not text in UTF-8',
      left: 1,
    },
    {
      what: 'it leaves UTF-16',
      body: `printf '\\xff\\xfeo\\x00k\\x00' > "$file"`,
      says: 'not text in UTF-8',
      left: 1,
    },
    {
      what: 'it leaves two megabytes',
      body: `head -c 2000000 /dev/zero | tr '\\0' x > "$file"`,
      says: 'no text of up to 1 MB',
      left: 1,
    },
    {
      what: 'it takes the file away',
      body: 'rm "$file"',
      says: /^(?!.*It is in)/,
      left: 0,
    },
    {
      what: 'it leaves a folder',
      body: 'rm "$file"; mkdir "$file"',
      says: 'What the editor left is',
      left: 1,
    },
    {
      what: 'it leaves a link to another file',
      body: 'echo secret > "$COACH_HOME/other"; ln -sf "$COACH_HOME/other" "$file"',
      says: /your text is as it was/i,
      left: 1,
    },
  ])('$what', async ({ body, says, left }) => {
    const folder = await homeWithAna()
    const writing = await beginNote(folder, { EDITOR: writeEditor(folder, body) })
    await edit(writing)
    expect.soft(writing.coach.text()).toMatch(says)
    expect.soft(drafts(folder)).toHaveLength(left)
    expect(await savedNote(writing)).toBe('Typed before.')
  })

  test.each([
    { what: 'none is set', EDITOR: '', says: 'No editor is set. Set EDITOR' },
    { what: 'it holds blanks alone', EDITOR: '  ', says: 'No editor is set. Set EDITOR' },
    { what: 'it is not there', EDITOR: '/nowhere/ed', says: '“/nowhere/ed” could not be started' },
    {
      what: 'it may not be run',
      EDITOR: '/etc/passwd',
      says: '“/etc/passwd” could not be started',
    },
    {
      what: 'it is a script of the shell',
      EDITOR: 'true; touch PWNED',
      says: '“true;” could not be started',
    },
    { what: 'it calls a command', EDITOR: '$(touch PWNED)', says: 'could not be started' },
  ])('$what', async ({ EDITOR, says }) => {
    const folder = await homeWithAna()
    const writing = await beginNote(folder, { EDITOR })
    writing.coach.press('ctrl-e')
    await writing.coach.see(says)
    expect(drafts(folder)).toEqual([])
    writing.coach.type(' And after.')
    await writing.coach.see('› Typed before. And after.')
    expect(await savedNote(writing)).toBe('Typed before. And after.')
    expect(existsSync(join(folder, 'PWNED'))).toBe(false)
  })
})

test('fault 17: an editor may have arguments, and blanks in its path', async () => {
  const folder = await homeWithAna()
  const editor = writeEditor(
    folder,
    `printf '%s\\n' "$@" > "$COACH_HOME/arguments"; echo anew > "$file"`,
    'my editor.sh',
  )
  const writing = await beginNote(folder, { EDITOR: `"${editor}" --wait 'two words'` })
  writing.coach.press('ctrl-e')
  await writing.coach.see('› anew')
  const given = readFileSync(join(folder, 'arguments'), 'utf8').split('\n')
  expect(given.slice(0, 2)).toEqual(['--wait', 'two words'])
  expect(given[2]).toMatch(/\/drafts\/[\w.-]+\.md$/)
  expect(await savedNote(writing)).toBe('anew')
})

test('fault 64: the draft is for its owner alone, whatever the umask, and nothing of it stays', async () => {
  const folder = await homeWithAna()
  const EDITOR = writeEditor(
    folder,
    `stat -c '%a' "$file" "$(dirname "$file")" > "$COACH_HOME/modes"
     cp "$file" "$COACH_HOME/given"; umask > "$COACH_HOME/umask"; echo anew > "$file"`,
  )
  const writing = await beginNote(folder, { EDITOR })
  writing.coach.press('ctrl-e')
  await writing.coach.see('› anew')
  expect(readFileSync(join(folder, 'modes'), 'utf8')).toBe('600\n700\n')
  expect(readFileSync(join(folder, 'given'), 'utf8')).toBe('Typed before.\n')
  expect(readFileSync(join(folder, 'umask'), 'utf8').trim()).toBe('0077')
  expect(drafts(folder)).toEqual([])
})

test('fault 21: the editor has the terminal to itself, and coach takes it back', async () => {
  const folder = await homeWithAna()
  const EDITOR = writeEditor(
    folder,
    `stty -a > "$COACH_HOME/stty"; echo 'the editor asks'; read -r line; echo "$line" > "$file"`,
  )
  const { coach } = await beginNote(folder, { EDITOR })
  coach.press('ctrl-e')
  await coach.see('the editor asks')
  expect(coach.text()).not.toContain('What did you see')
  coach.type('typed in the editor')
  await coach.see('typed in the editor')
  coach.press('enter')
  await coach.see('› typed in the editor')
  await coach.see('What did you see or hear?')
  expect(readFileSync(join(folder, 'stty'), 'utf8')).toMatch(/ icanon .* echo /s)
  coach.type(', and here')
  await coach.see('› typed in the editor, and here')
})

test('fault 21: Ctrl-C in the editor ends the editor, not coach', async () => {
  const folder = await homeWithAna()
  const EDITOR = writeEditor(folder, `echo 'the editor waits'; sleep 60`)
  const writing = await beginNote(folder, { EDITOR })
  writing.coach.press('ctrl-e')
  await writing.coach.see('the editor waits')
  writing.coach.press('ctrl-c')
  await writing.coach.see('What did you see or hear?')
  await writing.coach.see('› Typed before.')
  expect(await savedNote(writing)).toBe('Typed before.')
})

test('fault 15: what was typed before coach dies under the editor lies in a file of its owner', async () => {
  const folder = await homeWithAna()
  const EDITOR = writeEditor(folder, `echo 'the editor waits'; sleep 60`)
  const { coach } = await beginNote(folder, { EDITOR })
  coach.press('ctrl-e')
  await coach.see('the editor waits')
  coach.kill('SIGKILL')
  await coach.exit()
  const [draft = ''] = drafts(folder)
  expect(readFileSync(join(folder, 'drafts', draft), 'utf8')).toBe('Typed before.\n')
})

test('fault 5, 15: SIGTERM under the editor waits for it, and keeps the text', async () => {
  const folder = await homeWithAna()
  const EDITOR = writeEditor(
    folder,
    `echo 'the editor waits'; read -r line; echo "$line" > "$file"`,
  )
  const { coach } = await beginNote(folder, { EDITOR })
  coach.press('ctrl-e')
  await coach.see('the editor waits')
  coach.kill('SIGTERM')
  coach.type('from the editor')
  await coach.see('from the editor')
  coach.press('enter')
  expect(await coach.exit()).toBe(143)
  const again = startCoach(['session', 'ana'], { folder })
  await again.see('What did you see or hear?')
  await again.see('› from the editor')
})

test('several answers may go to the editor, one after the other', async () => {
  const folder = await homeWithAna()
  const EDITOR = writeEditor(folder, 'echo "edited: $(cat "$file")" > "$file"')
  const writing = await beginNote(folder, { EDITOR })
  await edit(writing)
  await edit(writing)
  expect(await savedNote(writing)).toBe('edited: edited: Typed before.')
})
