import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CUES, follow } from './cues.ts'
import { filesOfDrafts } from './home.ts'
import { homeAfter, homeWithAna, run, runScript } from './process.ts'
import { startCoach, startScript, withoutKeys } from './pty.ts'

/** How long a command may take before it counts as hanging, in seconds. */
const PATIENCE = 20

const SESSION = `person: Ana Silva
observation: { situation: Call on Tuesday, saw: She asked early. }
reflection: { would_change: Wait. }
plan: { actions: [{ what: practise the question, due: 2031-01-03 }] }
`

/** A home with one finished session in it, and a file that answers yes to everything. */
async function homeWithSession(): Promise<string> {
  const folder = await homeAfter(['session', '--answers', '-'], SESSION)
  writeFileSync(join(folder, 'yes'), 'y\nyes\n\n1\n'.repeat(20))
  return folder
}

const FORBIDDEN = 'This needs an answer, and --no-input forbids asking.'
const NO_TERMINAL = 'This needs a terminal to ask in.'

const STDIN = { 'an open pipe': '', 'a file': '<yes', '/dev/null': '</dev/null', nothing: '<&-' }
const STDOUT = { 'a pipe': '', 'a file': '>out', '/dev/null': '>/dev/null', nothing: '>&-' }

const ASKING = [
  { command: 'session ana', flag: '--answers FILE' },
  { command: 'session ana --no-input', flag: '--answers FILE' },
  { command: 'delete session 1', flag: '--yes' },
  { command: 'edit 1', flag: '--answers FILE' },
]

describe('fault 54: where nobody can answer, nothing is asked, and the message names the flag to use', () => {
  test.each(Object.entries(STDIN))('from %s', { timeout: 60_000 }, async (_, input) => {
    const folder = await homeWithSession()
    const before = await everything(folder)
    for (const output of Object.values(STDOUT)) {
      const runs = ASKING.map(async ({ command, flag }) => {
        const script = `timeout ${PATIENCE} "$NODE" "$BIN" ${command} ${input} ${output}`
        return { script, flag, ...(await runScript(folder, script)) }
      })
      for (const { script, flag, code, out, err } of await Promise.all(runs)) {
        expect({ script, code, out }).toEqual({ script, code: 2, out: '' })
        expect(err).toContain(script.includes('--no-input') ? FORBIDDEN : NO_TERMINAL)
        expect(err).toContain(flag)
        expect(err).not.toMatch(/(?!\n)\p{Cc}|Delete it\?|Add them\?|\bat .*:\d+:\d+/u)
      }
    }
    expect(await everything(folder)).toBe(before)
  })

  async function everything(folder: string): Promise<string> {
    const { out } = await run(folder, 'export', 'all')
    return out
  }

  test.each([
    { half: 'stdin', redirect: '</dev/null' },
    { half: 'stderr', redirect: '2>err' },
    { half: 'stdin, an open pipe', redirect: '< <(sleep 30)' },
  ])('in a terminal without $half', async ({ redirect }) => {
    const folder = await homeWithSession()
    const script = `timeout ${PATIENCE} "$NODE" "$BIN" session ana ${redirect}; echo "[$?]"; cat err 2>/dev/null; true`
    const coach = startScript(script, { folder })
    expect(await coach.exit()).toBe(0)
    expect(coach.text()).toContain('[2]')
    expect(coach.text()).toContain(NO_TERMINAL)
    expect(coach.text()).toContain('--answers FILE')
  })

  test('stdout may be no terminal: the conversation is held on stderr', async () => {
    const folder = await homeWithSession()
    const coach = startScript('coach session ana --prepare --quick > sheet', { folder })
    await follow(
      coach,
      [{ asks: 'What became of it?', reply: (c) => c.type('d') }, ...CUES.quick.prepare],
      'Saved',
    )
    expect(await coach.exit()).toBe(0)
    expect(coach.firstPage()).not.toContain('What you saw')
    const sheet = readFileSync(join(folder, 'sheet'), 'utf8')
    expect(sheet).toContain('What you saw')
    expect(sheet).not.toContain('\x1b')
  })

  test('a build machine with a terminal of its own is asked like anybody', async () => {
    const folder = await homeWithSession()
    const coach = startScript('coach session ana', { folder, env: { CI: 'true' } })
    await coach.see('Before the conversation, or now?')
    coach.press('ctrl-c')
    expect(await coach.exit()).toBe(130)
  })

  test.each(['--no-input session ana', 'session ana --no-input'])(
    'with a terminal and %s',
    async (command) => {
      const coach = startScript(`coach ${command}`, { folder: await homeWithSession() })
      expect(await coach.exit()).toBe(2)
      expect(coach.text()).toContain(FORBIDDEN)
      expect(coach.text()).toContain('--answers FILE')
    },
  )
})

describe('fault 51: a reader who goes away early is no failure', () => {
  test.each(['coach review', 'coach show 1', 'coach export all', 'coach --help', 'coach'])(
    '%s | true',
    async (command) => {
      const folder = await homeWithSession()
      const { out, err } = await runScript(folder, `${command} | true; echo "\${PIPESTATUS[0]}"`)
      expect(out).toBe('0\n')
      expect(err).not.toMatch(/EPIPE|Error|\bat .*:\d+:\d+|bug in coach/)
    },
  )

  test('a reader who takes one line of a long list', async () => {
    const folder = await homeWithSession()
    const script = 'coach export all | head -1; echo "${PIPESTATUS[0]}"; coach export all | wc -c'
    await addMuchText(folder)
    const { out, err } = await runScript(folder, script)
    const [first, code, bytes] = out.split('\n')
    expect(first).toBe('---')
    expect(code).toBe('0')
    expect(Number(bytes)).toBeGreaterThan(300_000)
    expect(err).toBe('')
  })

  test('a slow reader gets all of it', async () => {
    const folder = await homeWithSession()
    await addMuchText(folder)
    const { out } = await runScript(
      folder,
      'coach export all > whole; coach export all | (sleep 1; cat) | cmp - whole && echo same',
    )
    expect(out).toBe('same\n')
  })

  async function addMuchText(folder: string): Promise<void> {
    const line = 'What she said, word for word, and what he answered then.'
    for (const n of [1, 2, 3, 4]) {
      const lines = Array.from({ length: 1400 }, (_, at) => `    ${n}.${at} ${line}`).join('\n')
      writeFileSync(
        join(folder, 'much.yaml'),
        `person: Ben Okafor\nguide: quick\nobservation:\n  saw: |\n${lines}\nreflection: { would_change: Wait. }\n`,
      )
      const { code, err } = await run(folder, 'session', '--record', '--answers', 'much.yaml')
      if (code !== 0) throw new Error(err)
    }
  }
})

test.each(['export all', 'review', 'show 1 --format yaml', 'review --json'])(
  'fault 51: a full disk is told: coach %s > /dev/full',
  async (command) => {
    const folder = await homeWithSession()
    const { out, err } = await runScript(folder, `coach ${command} > /dev/full; echo "$?"`)
    expect(out).toBe('7\n')
    expect(err).toContain('could not be written')
    expect(err).not.toMatch(/\bat .*:\d+:\d+/)
  },
)

describe('fault 5: told to end at a prompt, it ends at once with all that was answered', () => {
  test.each([
    { signal: 'SIGTERM', code: 143, asks: 'When and where was it?', typed: 'Call on T' },
    { signal: 'SIGTERM', code: 143, asks: 'What did you see or hear?', typed: 'She asked e' },
    { signal: 'SIGTERM', code: 143, asks: 'Which stage' },
    { signal: 'SIGTERM', code: 143, asks: 'Commitment: Which question' },
    { signal: 'SIGHUP', code: 129, asks: 'What did you see or hear?', typed: 'She asked e' },
    { signal: 'SIGHUP', code: 129, asks: 'How far along is that skill' },
    { signal: 'SIGINT', code: 130, asks: 'What did you see or hear?', typed: 'She asked e' },
  ] as const)('$signal at “$asks”', async ({ signal, code, asks, ...rest }) => {
    const folder = await homeWithAna()
    const coach = startCoach(['session', 'ana', '--prepare'], { folder })
    await follow(coach, CUES.ortp.prepare, asks)
    const typed = 'typed' in rest ? `› ${rest.typed}` : ''
    coach.type(typed.slice(2))
    await coach.see(typed)
    const before = withoutKeys(coach)
    coach.kill(signal)
    expect(await coach.exit()).toBe(code)
    expect(coach.text()).toContain('Continue with: coach session ana')
    const again = startCoach(['session', 'ana'], { folder })
    await again.see(asks)
    expect(withoutKeys(again)).toBe(before)
  })

  test('a second signal does no harm', async () => {
    const folder = await homeWithAna()
    const coach = startCoach(['session', 'ana', '--prepare'], { folder })
    await coach.see('When and where was it?')
    coach.kill('SIGTERM')
    coach.kill('SIGTERM')
    expect(await coach.exit()).toBe(143)
    expect(filesOfDrafts(folder)).toEqual([])
  })
})
