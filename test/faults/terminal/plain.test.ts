import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { answerAt, homeWithAna, recordOf, run } from '../../ask/terminal/process.ts'
import { type Pty, startCoach, startScript } from '../../ask/terminal/pty.ts'

/** What may reach a terminal in plain mode: line ends, printable characters, and what the terminal's own line editing echoes. */
const PLAIN = /^[\r\n\x20-\x7e\p{L}\p{M}\p{N}\p{P}\p{S}]*$/u

/** Starts a conversation in plain lines. */
function startPlain(
  folder: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Pty {
  return startCoach(['--plain', ...args], { folder, rows: 60, env })
}

/** Sees that something is asked for, and enters a line. */
async function enter(coach: Pty, asks: string, typed: string): Promise<void> {
  await coach.until(() => said(coach).endsWith('> ') && lastAsked(coach).includes(asks), asks)
  const before = coach.raw().length
  coach.type(`${typed}\r`)
  await coach.until(() => coach.raw().slice(before).includes('\n'), `the echo of ${typed}`)
}

const said = (coach: Pty) => coach.raw().replaceAll('\r', '')
/** All that was said since the last line was entered. */
const lastAsked = (coach: Pty) => said(coach).split('\n> ').at(-2) ?? said(coach)

/** Prepares a conversation with a few answers, up to the first question to ask. */
async function prepareSome(coach: Pty): Promise<void> {
  await enter(coach, 'When and where was it? (needed)', 'Call on Tuesday')
  await enter(coach, 'What did you see or hear? (needed)', 'She asked about budget.')
  await enter(coach, 'asked about budget', 'He looked at his watch.')
  await enter(coach, 'looked at his watch', '')
  await enter(coach, '3  Discover', 'discover')
  await enter(coach, 'Chosen: Discover.', '')
}

test('fault 55: a whole preparation in plain lines, with what was chosen said in words and nothing redrawn', async () => {
  const folder = await homeWithAna()
  const coach = startPlain(folder, ['session', 'ana'])
  await enter(coach, 'Before the conversation, or now?', '1')
  await prepareSome(coach)
  for (const kind of ['Commitment', 'Obstacle']) await enter(coach, `${kind}: Which`, '1')
  await enter(coach, 'Sub-goal: Which', 'n')
  await enter(coach, 'Stretch: Which', 'w')
  await enter(coach, 'In your own words:', 'What would be a stretch?')
  await enter(coach, 'Accountability: Which', 'How will I know that it worked?')
  await enter(coach, 'How will I know that it worked?', '')
  await enter(coach, 'What might you offer', '.')
  expect(await coach.exit()).toBe(0)
  expect(coach.raw()).toMatch(PLAIN)
  expect(coach.raw()).not.toContain('\x1b')
  const record = JSON.stringify(await recordOf(folder))
  expect(record).toContain('She asked about budget.\\nHe looked at his watch.')
  expect(record).toContain('"stage":"discover"')
  expect(record).toContain('What would be a stretch?')
  expect(record).toContain('How will I know that it worked?')
  expect(said(coach).match(/When and where was it\?/g)).toHaveLength(1)
})

test.each([
  { how: '--plain', args: ['--plain'], env: {} },
  { how: 'TERM=dumb', args: [], env: { TERM: 'dumb' } },
  { how: 'FORCE_COLOR and --plain', args: ['--plain'], env: { FORCE_COLOR: '3' } },
])(
  'fault 55: every kind of asking works with $how, and no escape is sent',
  async ({ args, env }) => {
    const folder = await homeWithAna()
    const asked = async (
      words: readonly string[],
      lines: readonly (readonly [string, string])[],
    ) => {
      const coach = startCoach([...args, ...words], { folder, rows: 60, env })
      for (const [asks, typed] of lines) await enter(coach, asks, typed)
      expect(await coach.exit()).toBe(0)
      expect(coach.raw()).toMatch(PLAIN)
      return said(coach)
    }
    await asked(
      ['note', 'ana'],
      [
        ['What do you want to remember', 'Ask about the forecast.'],
        ['', ''],
      ],
    )
    await asked(
      ['session', '--record', '--quick', 'ana'],
      [
        ['What becomes of it?', 'o'],
        ['What did you see or hear?', ''],
        ['Hint: this tells them what to do', ''],
        ['do differently?', 'Wait.'],
        ['', ''],
        ['What was agreed, and by when?', 'wait for the answer by 2031-01-03'],
        ['Who does it?', '1'],
        ['Make it firmer?', 'n'],
      ],
    )
    const triage = await asked(
      ['review', '--triage'],
      [
        ['What became of it?', 'c'],
        ['Chosen: Carried', '2031-02-03'],
      ],
    )
    expect(triage).toContain('1 changed')
    const deleted = await asked(['delete', 'action', '1'], [['Delete', 'y']])
    expect(deleted).toContain('Deleted action item 1.')
  },
)

test.each([
  { how: 'NO_COLOR', env: { NO_COLOR: '1' } },
  { how: 'NO_COLOR and FORCE_COLOR', env: { NO_COLOR: '1', FORCE_COLOR: '1' } },
  { how: 'TERM=dumb', env: { TERM: 'dumb' } },
])('fault 55: $how leaves no colour on a terminal', async ({ env }) => {
  const folder = await homeWithAna()
  await run(folder, 'action', 'add', 'ana', 'wait for the answer', '--due', '2020-01-03', '--past')
  for (const command of ['coach', 'coach review', 'coach review --overdue', 'coach session']) {
    const coach = startScript(`${command} --help >/dev/null; ${command} --no-input`, {
      folder,
      env,
    })
    await coach.exit()
    expect(coach.raw()).not.toContain('\x1b[')
  }
})

test('fault 7, 55: lines that come at once never answer the question after', async () => {
  const folder = await homeWithAna()
  const coach = startPlain(folder, ['session', '--prepare', 'ana'])
  await coach.until(() => said(coach).endsWith('> '), 'the first question')
  coach.type('Call on\rTuesday\r')
  await enter(coach, 'As one line:\nCall on Tuesday', '')
  await coach.until(() => said(coach).includes('What did you see'), 'the note')
  await coach.until(() => said(coach).endsWith('> '), 'the note')
  const pasted = Array.from({ length: 300 }, (_, at) => (at % 7 === 3 ? '' : `line ${at}`))
  coach.type(`${pasted.join('\r')}\r`)
  await enter(coach, '300 lines taken.', '')
  await coach.until(() => /Which stage[^>]*> $/.test(said(coach)), 'the choice')
  coach.type('1\r2\r')
  await enter(coach, 'Several lines came at once; none of them was taken.', ':quit')
  expect(await coach.exit()).toBe(130)
  expect(await answerAt(folder, ['observation', 'situation'])).toBe('Call on Tuesday')
  expect(await answerAt(folder, ['observation', 'saw'])).toBe(pasted.join('\n'))
  expect(await answerAt(folder, ['observation', 'stage'])).toBeUndefined()
})

test('fault 2, 3, 55: lines already entered of a note survive Ctrl-C and a closed window', async () => {
  const folder = await homeWithAna()
  for (const [line, leave] of [
    ['first', 'ctrl-c'],
    ['second', 'close'],
  ] as const) {
    const coach = startPlain(folder, ['session', 'ana', '--prepare'])
    if (line === 'first') await enter(coach, 'When and where', 'Call')
    else await coach.until(() => said(coach).includes('Written so far:\nfirst'), 'the draft')
    await enter(coach, '', line)
    await coach.until(() => said(coach).endsWith(`${line}\n> `), 'the next line')
    if (leave === 'close') coach.close()
    else {
      coach.press(leave)
      await coach.until(() => said(coach).includes('Continue with: coach session ana'), 'the end')
    }
  }
  const again = startPlain(folder, ['session', 'ana'])
  await again.until(() => /it was not saved yet:\nfirst\nsecond\n/.test(said(again)), 'both lines')
  expect(said(again)).not.toContain('\x1b')
})

test('fault 4, 55: Ctrl-D ends a note, and at an empty prompt the conversation', async () => {
  const folder = await homeWithAna()
  const coach = startPlain(folder, ['session', 'ana', '--prepare'])
  await enter(coach, 'When and where', 'Call')
  await enter(coach, 'What did you see', 'She asked.')
  await coach.until(() => said(coach).endsWith('She asked.\n> '), 'the next line')
  coach.press('ctrl-d')
  await coach.until(() => /Which stage[^>]*> $/.test(said(coach)), 'the choice')
  coach.press('ctrl-d')
  expect(await coach.exit()).toBe(130)
  expect(said(coach)).toContain('Paused.')
  expect(await answerAt(folder, ['observation', 'saw'])).toBe('She asked.')
})

test('fault 55: words steer in the place of keys', async () => {
  const folder = await homeWithAna()
  const script = join(folder, 'editor')
  writeFileSync(script, '#!/bin/sh\necho "from the editor" >> "$1"\n', { mode: 0o700 })
  const coach = startPlain(folder, ['session', 'ana', '--prepare'], { EDITOR: script })
  await enter(coach, 'When and where', ':why')
  await enter(coach, 'Why: ', ':nowhere')
  await enter(coach, 'There is no word :nowhere.', ':skip')
  await enter(coach, 'This one is needed for the record.', 'Call')
  await enter(coach, 'What did you see', 'typed here')
  await enter(coach, 'typed here', ':editor')
  await enter(coach, 'typed here\nfrom the editor', '')
  await enter(coach, 'Which stage', ':back')
  await enter(coach, 'typed here\nfrom the editor', ':later')
  await enter(coach, 'Which stage', ':quit')
  expect(await coach.exit()).toBe(130)
  expect(readFileSync(script, 'utf8')).toContain('from the editor')
})

test('fault 58: in plain mode the terminal stays in its own mode, with every key echoed', async () => {
  const folder = await homeWithAna()
  const script = 'stty -a > before; coach --plain session ana --prepare; stty -a > after; true'
  const coach = startScript(script, { folder })
  await coach.until(() => said(coach).endsWith('> '), 'the first question')
  coach.press('ctrl-d')
  await coach.exit()
  expect(readFileSync(join(folder, 'after'), 'utf8')).toBe(
    readFileSync(join(folder, 'before'), 'utf8'),
  )
})
