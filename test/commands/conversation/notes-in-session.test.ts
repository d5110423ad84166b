import { describe, expect, test } from 'vitest'
import type { Home } from '../../world.ts'
import { homeAfter, json, must, talkWith } from '../followup/played.ts'
import { ANA, inbox, textsIn } from './inbox.ts'

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

  test('each note leaves the inbox, except the one that is kept', async () => {
    const home = await homeWithNotes()
    await must(home, ['session', '--answers', '-'], PREPARED)
    expect(await textsIn(home)).toEqual(['Not yet.'])
  })

  test('only the note that stays is asked about in the next session', async () => {
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

  test('a note that a file does not mention stays in the inbox', async () => {
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
