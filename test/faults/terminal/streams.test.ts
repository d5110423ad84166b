import { statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { query } from '../../notebook/file.ts'
import { homeWith } from '../../ask/terminal/home.ts'
import { runScript } from '../../ask/terminal/process.ts'

/** What must stand in no message: a stack, or the words of Node. */
const STACK = /\bat .*:\d+:\d+|EPIPE|ENOSPC|EFBIG|Unhandled|bug in coach/

/** A home whose inbox alone takes more than 3 MB to show. */
async function homeWithMuch(): Promise<string> {
  const text = 'What she said, word for word. '.repeat(3300)
  const notes = Array.from({ length: 32 }, (_, at) => ['note', 'ana', `${at} ${text}`])
  return await homeWith(['person', 'add', 'Ana Silva'], ...notes)
}

test('fault 51: 3 MB go whole through a slow pipe, and to a reader who has seen enough', async () => {
  const folder = await homeWithMuch()
  const { out, err } = await runScript(
    folder,
    `coach note --list > whole; echo "$?"
     coach note --list | (sleep 1; cat) | cmp - whole && echo same
     coach note --list | head -1 > /dev/null; echo "\${PIPESTATUS[0]}"
     coach note --list --json | (sleep 0.5; head -c 100000) | wc -c; echo "\${PIPESTATUS[0]}"`,
  )
  expect(out.split('\n')).toEqual(['0', 'same', '0', '100000', '0', ''])
  expect(statSync(join(folder, 'whole')).size).toBeGreaterThan(3_000_000)
  expect(err).toBe('')
})

test('fault 51: a disk that gets full in the middle of the output is told, with 7', async () => {
  const folder = await homeWithMuch()
  const { out, err } = await runScript(
    folder,
    `(ulimit -f 500; trap '' XFSZ; coach note --list > cut); echo "$?"; wc -c < cut`,
  )
  const [code, bytes] = out.split('\n').map(Number)
  expect(code).toBe(7)
  expect(bytes).toBeGreaterThan(0)
  expect(bytes).toBeLessThan(3_000_000)
  expect(err).toContain('could not be written')
  expect(err).not.toMatch(STACK)
})

test.each([
  'review',
  'review --json',
  'note --list',
  'export all',
  '--help',
  'prep ana --help',
  '--version',
  '',
])(
  'fault 51: coach %s ends with 7 where the disk is full, also when stderr is on it',
  async (command) => {
    const folder = await homeWith(
      ['person', 'add', 'Ana'],
      ['note', 'ana', 'x'],
      ['action', 'add', 'ana', 'x'],
    )
    const { out, err } = await runScript(
      folder,
      `coach ${command} > /dev/full; echo "$?"; coach ${command} > /dev/full 2> /dev/full; echo "$?"`,
    )
    expect(out).toBe('7\n7\n')
    expect(err).not.toMatch(STACK)
  },
)

describe('fault 51: with streams closed, what is written is written, and nothing else', () => {
  test.each(['>&-', '2>&-', '>&- 2>&-', '<&- >&- 2>&-', '2> /dev/full'])('%s', async (closed) => {
    const folder = await homeWith(['person', 'add', 'Ana'])
    const { out } = await runScript(
      folder,
      `coach note ana first ${closed}; echo "$?"; coach action add ana second ${closed}; echo "$?"
       coach frob ${closed}; echo "$?"; coach done 99 ${closed}; echo "$?"
       timeout 10 "$NODE" "$BIN" session ana < /dev/null ${closed}; echo "$?"`,
    )
    // What “action add” shows on stdout is not looked at here.
    expect(out.split('\n').filter((line) => /^\d+$/.test(line))).toEqual(['0', '0', '2', '3', '2'])
    const notebook = join(folder, 'notebook.db')
    expect(query(notebook, 'SELECT text FROM note')).toEqual([{ text: 'first' }])
    expect(query(notebook, 'SELECT what FROM action_item')).toEqual([{ what: 'second' }])
    expect(query(notebook, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }])
  })
})

test.each([
  'session',
  'session ana',
  'reflect',
  'upward',
  'review --triage',
  'delete note 1',
  'questions add',
  '--plain session ana',
])('fault 54: without a terminal, coach %s says so at once', async (command) => {
  const folder = await homeWith(
    ['person', 'add', 'Ana'],
    ['note', 'ana', 'x'],
    ['action', 'add', 'ana', 'x'],
  )
  for (const set of ['CI=true', 'TERM=dumb']) {
    const begin = performance.now()
    const script = `export ${set}; coach ${command} < /dev/null`
    const { code, out, err } = await runScript(folder, script)
    expect({ command, code, out }).toEqual({ command, code: 2, out: '' })
    expect(err).toContain('This needs a terminal to ask in.\n')
    expect(err.trimEnd().split('\n').length).toBeLessThanOrEqual(4)
    expect(err).not.toMatch(STACK)
    // A machine may be busy; a prompt would wait for ever.
    expect(performance.now() - begin).toBeLessThan(15_000)
  }
})
