import type { Nodes } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { type Home, newHome } from '../../world.ts'
import { homeAfter, json, must, talkWith } from '../followup/played.ts'

const PRIVATE = {
  'a private note': 'canary-private',
  'what would stretch them': 'canary-stretch',
  'why a promise was missed': 'canary-missed',
  'what waits in the inbox': 'canary-waiting',
  'a topic from the inbox': 'canary-topic',
  'a note that was dropped': 'canary-dropped',
  'a pointer that was prepared': 'canary-prepared',
  'a question to which nothing was heard': 'canary-unasked',
  'the reason for an outcome': 'canary-reason',
} as const
const SHARED = [
  'When and where: shown-situation',
  'Saw or heard: shown-saw',
  'Went well: shown-well',
  'Would change: shown-change',
  'Commitment: shown-question',
  'Answer: shown-heard',
  'Pointer: shown-pointer',
  'Ana: shown-what, by Fri 4 Dec',
  'If: shown-if',
  'Then: shown-then',
  'Else: shown-else',
  'Obstacle: shown-obstacle',
  'Measure: shown-measure',
  'Result: shown-result',
  'Support: shown-support',
  'me: shown-mine',
  'Next conversation: Mon 7 Dec',
  'Praise: shown-praise',
  'Ana: older: missed',
  'Ana: oldest: carried to Fri 27 Nov',
] as const

const made = makeHome()
async function makeHome(): Promise<Home> {
  const notes = [
    'a topic from the inbox',
    'a note that was dropped',
    'what waits in the inbox',
  ] as const
  const home = await homeAfter(
    ['person', 'add', 'Ana Silva'],
    ['action', 'add', 'ana', 'older'],
    ['action', 'add', 'ana', 'oldest'],
    ['action', 'add', 'ana', 'open still'],
    ['goal', 'add', 'ana', 'lead a renewal'],
    ...notes.map((which) => ['note', 'ana', PRIVATE[which]]),
  )
  await talkWith(home, 'Ana Silva', {
    guide: 'ortp',
    promises: [
      { item: 1, outcome: 'missed', note: PRIVATE['why a promise was missed'] },
      { item: 2, outcome: 'carried', to: 'fri' },
    ],
    inbox: [
      { note: 1, becomes: 'topic' },
      { note: 2, becomes: 'dropped' },
    ],
    observation: { situation: 'shown-situation', saw: 'shown-saw', rating: 3 },
    reflection: {
      went_well: 'shown-well',
      would_change: 'shown-change',
      questions: [
        { kind: 'commitment', question: 'shown-question', heard: 'shown-heard', opened: true },
        { kind: 'obstacle', question: PRIVATE['a question to which nothing was heard'] },
      ],
    },
    teachable_moment: {
      pointer: { prepared: PRIVATE['a pointer that was prepared'], given: 'shown-pointer' },
    },
    plan: {
      actions: [
        {
          what: 'shown-what',
          due: '2026-12-04',
          if: 'shown-if',
          then: 'shown-then',
          else: 'shown-else',
          obstacle: 'shown-obstacle',
          measure: 'shown-measure',
          result: 'shown-result',
          support: 'shown-support',
          repeat: 'weekly',
          goal: 1,
        },
        { what: 'shown-mine', owner: 'me' },
      ],
      said_back: true,
      next_session: '2026-12-07',
    },
    close: {
      praise: 'shown-praise',
      talk_share: 'most',
      private_note: PRIVATE['a private note'],
      stretch: PRIVATE['what would stretch them'],
    },
  })
  await must(home, ['part', '3', '--note', PRIVATE['the reason for an outcome']])
  return home
}

const recap = async (...flags: readonly string[]) =>
  await must(await made, ['recap', 'ana', ...flags])

/** The text of a node, as it is read. */
function textOf(node: Nodes): string {
  if ('children' in node) {
    const parts = node.children.map(textOf)
    return parts.join(
      node.type === 'paragraph' || node.type === 'heading' || node.type === 'strong' ? '' : '\n',
    )
  }
  return 'value' in node ? node.value : node.type === 'break' ? '\n' : ''
}

describe('a recap tells what the person may read, and nothing else', () => {
  test.each(Object.entries(PRIVATE))('not %s', async (_, canary) => {
    for (const flags of [[], ['--format', 'md'], ['--json']])
      expect(await recap(...flags)).not.toContain(canary)
  })

  test('no rating, no share of talking, and nothing about what opened something up', async () => {
    for (const flags of [[], ['--format', 'md']])
      expect(await recap(...flags)).not.toMatch(/of 5|Most of it|Opened|said back/i)
  })

  test.each(SHARED)('“%s” in plain text', async (line) => {
    expect(await recap()).toMatch(new RegExp(`^ *(- )?${line}$`, 'm'))
  })

  test('the Markdown recap holds all of it, as a parser reads it', async () => {
    const read = textOf(fromMarkdown(await recap('--format', 'md')))
    for (const line of SHARED) expect(read.split('\n').map((one) => one.trim())).toContain(line)
  })

  test('Markdown has one title, and a heading for each part', async () => {
    const { children } = fromMarkdown(await recap('--format', 'md'))
    const headings = children.flatMap((node) =>
      node.type === 'heading' ? [[node.depth, textOf(node)]] : [],
    )
    expect(headings).toEqual([
      [1, 'Our conversation on Mon 23 Nov'],
      [2, 'What became of our last plan'],
      [2, 'Observation'],
      [2, 'Reflection'],
      [2, 'Teachable Moment'],
      [2, 'Plan'],
      [2, 'Close'],
    ])
  })

  test('--json prints the session without what is private', async () => {
    expect(await json(await made, ['recap', 'ana'])).toMatchObject({ id: 1, person: 'Ana Silva' })
  })

  test('an item that changed outside the conversation is not in it', async () => {
    expect(await recap()).not.toContain('open still')
  })
})

describe('which conversation', () => {
  const quick = { observation: { saw: 'first' }, reflection: { would_change: 'x' } }

  test('the last that was held; another by its number', async () => {
    const home = await homeAfter()
    await talkWith(home, 'Ana Silva', { ...quick, held_on: '2026-11-20' })
    await talkWith(home, 'Ana Silva', { ...quick, observation: { saw: 'second' } })
    await talkWith(home, 'Ana Silva', {
      ...quick,
      observation: { saw: 'older' },
      held_on: '2026-11-10',
    })
    expect(await must(home, ['recap', 'ana'])).toContain('second')
    expect(await must(home, ['recap', 'ana', '--session', '1'])).toContain(
      'Our conversation on Fri 20 Nov',
    )
  })

  test('a session that is only prepared or half recorded has none', async () => {
    const home = await homeAfter()
    await must(
      home,
      ['session', '--answers', '-'],
      'person: Ana Silva\nguide: quick\nobservation: { saw: canary }\n',
    )
    const none = await home.coach(['recap', 'ana'])
    expect(none).toMatchObject({ code: 3, out: '' })
    expect(none.err).toContain('coach prep')
    const named = await home.coach(['recap', 'ana', '--session', '1'])
    expect(named).toMatchObject({ code: 2, out: '' })
    expect(named.err).toContain('Session 1 is not finished')
  })

  test.each([
    { argv: ['recap', 'eve'], code: 3, says: 'nobody called “eve”' },
    { argv: ['recap', 'ana', '--session', '2'], code: 3, says: 'Session 2 is not with Ana Silva' },
    { argv: ['recap', 'ana', '--session', '9'], code: 3, says: 'There is no session 9' },
    {
      argv: ['recap', 'ana', '--session', 'last'],
      code: 2,
      says: 'is not the number of a session',
    },
    { argv: ['recap', 'ana', '--format', 'html'], code: 2, says: 'takes text or md' },
    { argv: ['recap', 'myself'], code: 2, says: 'private, so there is no recap of it' },
  ])('coach $argv', async ({ argv, code, says }) => {
    const home = await homeAfter(['person', 'add', 'Myself', '--relation', 'self'])
    await talkWith(home, 'Ana Silva', quick)
    await talkWith(home, 'Ben Okafor', quick)
    const refused = await home.coach(argv)
    expect(refused).toMatchObject({ code, out: '' })
    expect(refused.err).toContain(says)
  })

  test('without a notebook there is nobody', async () => {
    expect(await newHome().coach(['recap', 'ana'])).toMatchObject({ code: 3, out: '' })
  })

  test('a recap with my own coach leaves out the names of those I coach', async () => {
    const home = await homeAfter(['person', 'add', 'Ana Silva'])
    const file = {
      person: 'Maria Coach',
      guide: 'upward',
      topics: { want: 'talk about Ana' },
      agreements: { insight: 'Ana Silva is fine' },
    }
    await must(home, ['upward', '--answers', '-'], stringify(file))
    const said = await must(home, ['recap', 'maria'])
    expect(said).toContain('talk about')
    expect(said).not.toMatch(/Ana|Silva/)
  })
})

describe('hostile text', () => {
  const HOSTILE = [
    '# a heading\n## another',
    '- [x] done\n- item',
    '[link](https://example.com) <script>alert(1)</script> ![image](x)',
    '```\ncode\n```',
    '---\ntitle: x\n---',
    '> quote\n\n\n* star',
    '| a | b |\n|---|---|',
    '1. one\n2. two',
    '&amp; &#35; \\# *bold* _it_ `code`',
    'https://example.com and me@example.com',
    '    indented\n\ttab',
    `${'long '.repeat(100)}👩‍💻 naïve`,
  ]

  test.each(HOSTILE)('%j stays a text, in what was said and in what was agreed', async (text) => {
    const home = await homeAfter()
    const oneLine = text.replace(/\s+/g, ' ').trim()
    await talkWith(home, 'Ana Silva', {
      guide: 'ortp',
      observation: { situation: oneLine, saw: text },
      plan: { actions: [{ what: oneLine, owner: 'them', measure: oneLine }] },
      close: { praise: text },
    })
    const tree = fromMarkdown(await must(home, ['recap', 'ana', '--format', 'md']))
    expect(tree.children.map(({ type }) => type).join(' ')).toBe(
      'heading heading paragraph paragraph heading list heading paragraph',
    )
    const flat = (one: string) => one.replace(/\s+/g, ' ').trim()
    const read = flat(textOf(tree))
    for (const wanted of [
      `Saw or heard: ${flat(text)}`,
      `Ana: ${oneLine}`,
      `Measure: ${oneLine}`,
      `Praise: ${flat(text)}`,
    ]) {
      expect(read).toContain(wanted)
    }
    expect(JSON.stringify(tree)).not.toMatch(
      /"type":"(link|html|image|code|inlineCode|emphasis|blockquote|thematicBreak)"/,
    )
  })

  test.each(['\u001b[2Jgone', 'bell\u0007', '\u202ebackwards', 'zero\u200bwidth'])(
    '%j does no harm where it is pasted',
    async (text) => {
      const home = await homeAfter()
      await talkWith(home, 'Ana Silva', {
        observation: { saw: text },
        plan: { actions: [{ what: text }] },
      })
      for (const flags of [[], ['--format', 'md']]) {
        expect(await must(home, ['recap', 'ana', ...flags])).not.toMatch(
          /(?!\n)\p{Cc}|[\u202e\u200b]/u,
        )
      }
    },
  )

  test('a text of several lines keeps its lines', async () => {
    const home = await homeAfter()
    await talkWith(home, 'Ana Silva', { observation: { saw: 'one\n- two\n\nthree' } })
    expect(await must(home, ['recap', 'ana'])).toContain('Saw or heard: one\n  - two\n  \n  three')
  })
})
