import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { bytesOf } from '../../ask/file/feed.ts'
import { type Home, newHome } from '../../world.ts'
import { homeAfter, inOneLine, json, moveTo, must, talkWith } from '../followup/played.ts'

const ANA = ['person', 'add', 'Ana Silva']
const Notes = z.array(
  z.object({ id: z.number(), person: z.string(), text: z.string(), created_at: z.string() }),
)
const inbox = async (home: Home, ...name: readonly string[]) =>
  Notes.parse(await json(home, ['note', '--list', ...name]))
const textsIn = async (home: Home) => (await inbox(home)).map(({ text }) => text)

describe('a note is kept', () => {
  test('from the command line, word by word or in quotes', async () => {
    const home = await homeAfter(ANA)
    const said = await must(home, ['note', 'ana', 'let', 'her', 'finish'])
    expect(inOneLine(said)).toMatch(
      /^This is about Ana Silva\. Kept as note 1, for you alone\. The next session opens it: coach session ana Private lines are left out of [^$]*\(This is said once\.\)$/,
    )
    expect(await must(home, ['note', 'Ana Silva', 'two\nlines '])).toBe(
      'Kept as note 2, for you alone. The next session opens it: coach session ana\n',
    )
    expect(await inbox(home)).toMatchObject([
      {
        id: 1,
        person: 'Ana Silva',
        text: 'let her finish',
        created_at: '2026-11-23T09:00:00.000Z',
      },
      { id: 2, person: 'Ana Silva', text: 'two\nlines' },
    ])
  })

  test('from stdin, which is not read when there is a text', async () => {
    const home = await homeAfter(ANA)
    await must(home, ['note', 'ana'], '\r\nShe asked early.\r\nHe looked away.  \n\n')
    await must(home, ['note', 'ana', 'said'], 'not read')
    expect(await textsIn(home)).toEqual(['She asked early.\nHe looked away.', 'said'])
  })

  test('whatever it says, and printed so that it can do no harm', async () => {
    const home = await homeAfter(ANA)
    const texts = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
      .filter((one) => /\S/u.test(one) && !one.includes('\0'))
    const hostile = fc.constantFrom(
      '\u001b[2J\u001b[31mred',
      '‮backwards',
      '# head\n- [x] done',
      '👩‍💻 naïve',
      '--help',
      '=1+1',
      '\u0007bell',
    )
    await fc.assert(
      fc.asyncProperty(fc.oneof(hostile, texts), async (text) => {
        await must(home, ['note', 'ana'], text)
        const last = (await inbox(home)).at(-1)
        expect(last?.text).toBe(tidied(text))
        expect((await home.coach(['note', '--list'])).out).not.toMatch(/(?!\n)\p{Cc}|\u202e/u)
      }),
      { seed: 20_261_123, numRuns: 40 },
    )
  })

  test('with the day on which it was written', async () => {
    const home = await homeAfter(ANA, ['note', 'ana', 'one'])
    moveTo(home, '2026-11-25')
    await must(home, ['note', 'ana', 'two'])
    expect(await must(home, ['note', '--list'])).toBe(
      '  1  one\n     Ana Silva · Mon 23 Nov\n  2  two\n     Ana Silva · Wed 25 Nov\n',
    )
  })
})

describe('a note that is refused', () => {
  test.each([
    ['nothing', '', 'The note is empty.'],
    ['only blanks', ' \n\t \r\n ', 'The note is empty.'],
    ['a NUL', 'one\0two', 'NUL character'],
    ['100,001 characters', 'x'.repeat(100_001), '100000 characters'],
    ['10 MB', 'x'.repeat(10_000_000), '100000 characters'],
    ['10 MB of line ends', '\n'.repeat(10_000_000), '100000 characters'],
  ])('%s leaves everything as it was, and says why', async (_, text, why) => {
    const home = await homeAfter(ANA, ['note', 'ana', 'before'])
    const before = bytesOf(home)
    const { code, out, err } = await home.coach(['note', 'ana'], text)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(why)
    expect(err).toContain('Nothing was kept.')
    expect(bytesOf(home)).toBe(before)
  })

  test.each([[['note', 'ana', '']], [['note', 'ana', ' ', ' ']]])(
    '%j is empty as well',
    async (argv) => {
      const home = await homeAfter(ANA)
      const { code, err } = await home.coach(argv, 'stdin is not read')
      expect(code).toBe(2)
      expect(err).toContain('The note is empty. Nothing was kept.')
      expect(await inbox(home)).toEqual([])
    },
  )

  test('100,000 characters exactly are kept, every one', async () => {
    const home = await homeAfter(ANA)
    const text = 'naïve 試 '.repeat(12_500).slice(0, 99_999)
    await must(home, ['note', 'ana'], `${text}!`)
    expect(await textsIn(home)).toEqual([`${text}!`])
  })

  test('so are they with the line end that a file has', async () => {
    const home = await homeAfter(ANA)
    await must(home, ['note', 'ana'], `${'x'.repeat(100_000)}\n`)
    expect((await textsIn(home))[0]).toHaveLength(100_000)
  })
})

describe('whom a note is about', () => {
  const BOTH = [ANA, ['person', 'add', 'Ana Lopez']] as const

  test.each([[['note', 'ana', 'hello']], [['note', 'ana', '--list']], [['note', 'ana']]])(
    'two people of one first name: %j names both and keeps nothing',
    async (argv) => {
      const home = await homeAfter(...BOTH)
      const { code, out, err } = await home.coach(argv, 'hello')
      expect({ code, out }).toEqual({ code: 3, out: '' })
      expect(err).toContain('“ana” fits 2 people: Ana Lopez (2) and Ana Silva (1).')
      expect(await inbox(home)).toEqual([])
    },
  )

  test('with more of the name it is clear, and the next command says enough of it', async () => {
    const home = await homeAfter(...BOTH)
    const said = await must(home, ['note', 'silva', 'hello'])
    expect(inOneLine(said)).toContain('coach session "Ana Silva"')
    expect(await inbox(home, 'silva')).toHaveLength(1)
    expect(await inbox(home, 'lopez')).toEqual([])
  })

  test('somebody archived meanwhile still gets it, and it is said how to bring them back', async () => {
    const home = await homeAfter(ANA, ['note', 'ana', 'before'], ['person', 'archive', 'ana'])
    const said = inOneLine(await must(home, ['note', 'ana', 'after']))
    expect(said).toContain('Kept as note 2')
    expect(said).toMatch(
      /Ana Silva is in the archive. To bring them back: coach person archive "?ana( silva)?"? --undo/i,
    )
    expect((await inbox(home, 'ana')).map(({ text }) => text)).toEqual(['before', 'after'])
    expect(await textsIn(home)).toEqual([])
  })

  test('somebody who is there beats one of the same first name in the archive', async () => {
    const home = await homeAfter(...BOTH, ['person', 'archive', 'ana lopez'])
    expect(await must(home, ['note', 'ana', 'hello'])).toContain('This is about Ana Silva.')
  })

  test.each([
    { argv: ['note'], code: 2, says: 'About whom?' },
    { argv: ['note', 'eve', 'hello'], code: 3, says: 'nobody called “eve”' },
    { argv: ['note', '', 'hello'], code: 2, says: 'The name is empty' },
    { argv: ['note', '--list', 'eve'], code: 3, says: 'nobody called “eve”' },
  ])('coach $argv', async ({ argv, code, says }) => {
    const home = await homeAfter(ANA)
    const refused = await home.coach(argv, 'hello')
    expect(refused).toMatchObject({ code, out: '' })
    expect(refused.err).toContain(says)
    expect(await inbox(home)).toEqual([])
  })

  test('without a notebook nobody is there, and none is made', async () => {
    const home = newHome()
    expect(await home.coach(['note', 'ana', 'hello'])).toMatchObject({ code: 3 })
    expect(await home.coach(['note', '--list', '--json'])).toMatchObject({ code: 0, out: '[]\n' })
    expect(bytesOf(home)).toBeNull()
  })
})

describe('what becomes of notes', () => {
  const TEXTS = [
    'She let him finish.',
    'The deck was clear.',
    'Ask about the move.',
    'Nothing much.',
    'Not yet.',
  ]
  async function homeWithNotes(): Promise<Home> {
    return await homeAfter(ANA, ...TEXTS.map((text) => ['note', 'ana', text]))
  }
  const [OBSERVATION, PRAISE, TOPIC, DROPPED, KEPT] = [1, 2, 3, 4, 5]
  const inboxFile = [
    { note: OBSERVATION, becomes: 'observation' },
    { note: PRAISE, becomes: 'praise' },
    { note: TOPIC, becomes: 'topic' },
    { note: DROPPED, becomes: 'dropped' },
    { note: KEPT, becomes: 'kept' },
  ]
  const PREPARED = `person: Ana Silva
inbox: ${JSON.stringify(inboxFile)}
observation: { situation: Call, saw: She let him finish. }
`

  test('each leaves the inbox, but for the one that stays', async () => {
    const home = await homeWithNotes()
    await must(home, ['session', '--answers', '-'], PREPARED)
    expect(await textsIn(home)).toEqual(['Not yet.'])
  })

  test('the one that stays is asked about in the next session, and no other', async () => {
    const home = await homeWithNotes()
    await talkWith(home, 'Ana Silva', {
      guide: 'ortp',
      inbox: inboxFile,
      observation: { situation: 'Call', saw: 'x' },
    })
    for (const { note } of inboxFile) {
      const file = { guide: 'quick', inbox: [{ note, becomes: 'dropped' }] }
      const asked = talkWith(home, 'Ana Silva', file).then(
        () => true,
        (error: unknown) => !String(error).includes('not the number of a note in the inbox'),
      )
      expect(await asked).toBe(note === KEPT)
    }
    expect(await textsIn(home)).toEqual([])
  })

  test('one that a file does not mention stays', async () => {
    const home = await homeWithNotes()
    await talkWith(home, 'Ana Silva', { inbox: [{ note: DROPPED, becomes: 'dropped' }] })
    expect(await textsIn(home)).toEqual(TEXTS.filter((_, at) => at + 1 !== DROPPED))
  })

  test('an observation is what was seen, where the file does not say it', async () => {
    const home = await homeWithNotes()
    const inboxed = {
      inbox: [{ note: OBSERVATION, becomes: 'observation' }],
      observation: {},
      reflection: { would_change: 'x' },
    }
    await talkWith(home, 'Ana Silva', inboxed)
    expect(await must(home, ['recap', 'ana'])).toContain('Saw or heard: She let him finish.')
  })

  test('praise is praise, where the file does not say it', async () => {
    const home = await homeWithNotes()
    const observation = { situation: 'Call', saw: 'x' }
    await talkWith(home, 'Ana Silva', {
      guide: 'ortp',
      inbox: [{ note: PRAISE, becomes: 'praise' }],
      observation,
    })
    expect(await must(home, ['recap', 'ana'])).toContain('Praise: The deck was clear.')
  })

  test('of two observations, the one that gets no round stays in the inbox', async () => {
    const home = await homeWithNotes()
    const both = [1, 2].map((note) => ({ note, becomes: 'observation' }))
    await talkWith(home, 'Ana Silva', {
      guide: 'ortp',
      inbox: both,
      observation: { situation: 'Call' },
    }).catch(() => '')
    const { out: shown } = await home.coach(['recap', 'ana'])
    const waiting = await textsIn(home)
    for (const text of TEXTS.slice(0, 2)) expect(shown.includes(text)).toBe(!waiting.includes(text))
  })

  test('a record is fed back as it is, whatever became of its notes since', async () => {
    const home = await homeWithNotes()
    await talkWith(home, 'Ana Silva', {
      guide: 'ortp',
      inbox: inboxFile,
      observation: { situation: 'Call', saw: 'x' },
      close: { praise: 'y' },
    })
    await must(home, ['delete', 'note', String(TOPIC), '--yes'])
    const yaml = await must(home, ['show', '1', '--format', 'yaml'])
    await must(home, ['edit', '1', '--answers', '-'], yaml)
    expect(await must(home, ['show', '1', '--format', 'yaml'])).toBe(yaml)
  })

  test('a topic is on the sheet', async () => {
    const home = await homeWithNotes()
    await must(home, ['session', '--answers', '-'], PREPARED)
    const sheet = await must(home, ['prep', 'ana'])
    expect(sheet).toContain('To raise\n  ·  Ask about the move.')
    expect(await json(home, ['prep', 'ana'])).toMatchObject({
      topics: [{ id: TOPIC, text: 'Ask about the move.' }],
      notes_waiting: 1,
      inbox: [],
    })
  })

  test('a session that is deleted gives its notes back, but for what was dropped', async () => {
    const home = await homeWithNotes()
    await must(home, ['session', '--answers', '-'], PREPARED)
    await must(home, ['delete', 'session', '1', '--yes'])
    expect(await textsIn(home)).toEqual(TEXTS.filter((_, at) => at + 1 !== DROPPED))
  })

  test('what was said about a note can be corrected while the session is open', async () => {
    const home = await homeWithNotes()
    await must(home, ['session', '--answers', '-'], PREPARED)
    const changed = PREPARED.replace('"praise"', '"kept"').replace('"topic"', '"dropped"')
    await must(home, ['session', '--answers', '-'], changed)
    expect(await textsIn(home)).toEqual(['The deck was clear.', 'Not yet.'])
    expect(await must(home, ['prep', 'ana'])).not.toContain('To raise')
  })

  test.each([
    [
      '- { note: 9, becomes: praise }',
      'this is not the number of a note in the inbox of this person',
    ],
    [
      '- { note: 6, becomes: praise }',
      'this is not the number of a note in the inbox of this person',
    ],
    ['- { note: one, becomes: praise }', 'should be the number of a note'],
    [
      '- { note: 1, becomes: gold }',
      '“gold” is not one of observation, praise, topic, dropped or kept',
    ],
    [
      '- { note: 1, becomes: praise }\n  - { note: 1, becomes: topic }',
      'this note stands here twice',
    ],
  ])('in a file, %s is refused with its place', async (line, why) => {
    const home = await homeWithNotes()
    await must(home, ['person', 'add', 'Ben Okafor'])
    await must(home, ['note', 'ben', 'his'])
    const file = `person: Ana Silva\ninbox:\n  ${line}\nobservation: { situation: Call, saw: x }\n`
    const { code, err } = await home.coach(['session', '--answers', '-'], file)
    expect(code).toBe(2)
    expect(err).toMatch(/^stdin:[34]:\d+ inbox\./m)
    expect(err).toContain(why)
    expect(await inbox(home)).toHaveLength(6)
  })

  test('a guide without a place for praise offers none', async () => {
    const home = await homeWithNotes()
    const file =
      'person: Ana Silva\nguide: quick\ninbox: [{ note: 1, becomes: praise }]\nobservation: { saw: x }\n'
    const { code, err } = await home.coach(['session', '--answers', '-'], file)
    expect(code).toBe(2)
    expect(err).toContain('“praise” is not one of observation, topic, dropped or kept')
  })
})

describe('a note is private until something is made of it', () => {
  const CANARY = 'canary-in-the-inbox'
  const WAYS = [
    ['recap', 'ana'],
    ['recap', 'ana', '--format', 'md'],
    ['recap', 'ana', '--json'],
    ['export', 'all', '--shared'],
    ['export', 'person', 'ana', '--shared'],
    ['export', 'session', '1', '--shared'],
    ['prep', 'ana'],
    ['prep', 'ana', '--json'],
    ['today'],
    ['today', '--json'],
    ['review'],
    ['people'],
    ['history'],
    ['person', 'show', 'ana'],
  ]

  test.each(['waiting', 'dropped', 'kept', 'topic'] as const)('%s', async (becomes) => {
    const home = await homeAfter(ANA, ['note', 'ana', CANARY])
    const said = becomes === 'waiting' ? {} : { inbox: [{ note: 1, becomes }] }
    const end = await talkWith(home, 'Ana Silva', { ...said, reflection: { would_change: 'x' } })
    expect(end).not.toContain(CANARY)
    for (const argv of WAYS)
      expect([argv, (await home.coach(argv)).out]).toEqual([
        argv,
        expect.not.stringContaining(CANARY),
      ])
    const shown = await must(home, ['show', '1'])
    expect(shown.includes(CANARY)).toBe(becomes !== 'waiting')
  })

  test('only --private shows on the sheet what waits, and the sheet says that something does', async () => {
    const home = await homeAfter(ANA, ['note', 'ana', CANARY], ['note', 'ana', 'another'])
    expect(await must(home, ['prep', 'ana'])).toContain(
      'Inbox  2 notes, private; --private shows them',
    )
    expect(await must(home, ['prep', 'ana', '--private'])).toContain(
      `Inbox (private)\n  ·  ${CANARY}\n  ·  another`,
    )
    expect(await json(home, ['prep', 'ana'])).toMatchObject({ notes_waiting: 2, inbox: [] })
    expect(await json(home, ['prep', 'ana', '--private'])).toMatchObject({
      inbox: [{ text: CANARY }, { text: 'another' }],
    })
  })

  test('what waits is counted where a day begins, with the names alone', async () => {
    const home = await homeAfter(
      ANA,
      ['person', 'add', 'Ben Okafor'],
      ['note', 'ana', CANARY],
      ['note', 'ana', 'x'],
      ['note', 'ben', 'y'],
    )
    const today = await must(home, [])
    expect(today).toContain('about Ana Silva (2), Ben Okafor')
    expect(await json(home, ['today'])).toMatchObject({ notes_waiting: 3 })
  })

  test('a note that is deleted leaves nothing behind', async () => {
    const home = await homeAfter(ANA, ['note', 'ana', CANARY])
    expect(await must(home, ['delete', 'note', '1', '--yes'])).toContain('Deleted note 1.')
    expect(await home.coach(['delete', 'note', '1', '--yes'])).toMatchObject({ code: 3 })
    expect(await must(home, ['export', 'all'])).not.toContain(CANARY)
    expect(await inbox(home)).toEqual([])
  })
})

/** A text as it is kept: lines without blanks at their ends, and none around them. */
function tidied(text: string): string {
  const lines = text.split(/\r\n?|\n/).map((line) => line.trimEnd())
  while (lines[0] === '') lines.shift()
  while (lines.at(-1) === '') lines.pop()
  return lines.join('\n')
}
