import { copyFileSync } from 'node:fs'
import DB from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { answersFor, feed } from '../ask/file/feed.ts'
import { type Home, newHome } from '../world.ts'
import { readDocument } from './document.ts'

/** The kinds of node that an export is made of; there is no link, picture, code, HTML, quote or rule. */
const KINDS = ['break', 'heading', 'list', 'listItem', 'paragraph', 'root', 'strong', 'text']

/** A home with one promise settled and one session, with a text in every field. */
async function homeWith(text: string): Promise<Home> {
  const home = newHome()
  await home.coach(['person', 'add', 'Ana Silva'])
  await home.coach(['action', 'add', 'ana', 'an older promise'])
  const fields = { if: text, then: text, else: text, obstacle: text, measure: text, support: text }
  const { err, code } = await feed(
    home,
    answersFor('Ana Silva', {
      promises: [{ item: 1, outcome: 'missed', note: text }],
      observation: { situation: text, saw: text, effect: text },
      reflection: {
        went_well: text,
        would_change: text,
        questions: [
          { kind: 'commitment', question: text, heard: text, opened: true },
          { kind: 'obstacle', question: text },
        ],
      },
      teachable_moment: { pointer: { prepared: text, given: text }, practice: text },
      plan: {
        actions: [
          { what: text, due: '2026-12-01', ...fields },
          { what: text, owner: 'me', due: '2026-12-02' },
        ],
        next_session: '2026-12-07',
        said_back: true,
      },
      close: { praise: text, talk_share: 'most', private_note: text },
    }),
  )
  if (code !== 0) throw new Error(err)
  return home
}

async function exported(home: Home, ...argv: readonly string[]): Promise<string> {
  const { code, out, err } = await home.coach(['export', ...argv])
  if (code !== 0) throw new Error(err)
  return out
}

const HEADINGS = [
  '# Ana Silva, Mon 23 Nov (2026-11-23)',
  '## Promises',
  '## Observation',
  '## Reflection',
  '## Teachable Moment',
  '## Plan',
  '## Close',
]

const HOSTILE: readonly (readonly [what: string, text: string])[] = [
  ['a heading', '# heading'],
  ['a heading of many levels', '###### heading ######'],
  ['an underlined heading', 'heading\n==='],
  ['a line underlined with dashes', 'heading\n---'],
  ['a rule', '---'],
  ['a rule of stars', '***\n* * *\n___'],
  ['front matter', '---\nvisibility: shared\nperson: Ben\n---'],
  ['a task', '- [ ] pay me\n- [x] paid'],
  ['a task mark', '[ ] pay me'],
  ['a list', '- one\n* two\n+ three'],
  ['a numbered list', '1. one\n2) two'],
  ['an indented block', 'text\n\n    code\n\n\tcode'],
  ['a fence', '```js\nalert(1)\n```\n~~~\nx\n~~~'],
  ['backticks', '`code` ``more ` code``'],
  ['a picture', '![x](http://x.test/p.png)'],
  ['a picture in HTML', '<img src=http://x.test onerror=alert(1)>'],
  ['a script', '<script>alert(1)</script>'],
  ['a comment', '<!-- hidden -->'],
  ['an address in angle brackets', '<http://x.test> <a@x.test>'],
  ['a link', '[x](javascript:alert(1))'],
  ['a link with a name', '[x][y]\n\n[y]: http://x.test'],
  ['a footnote', '[^1]\n\n[^1]: note'],
  ['a quote', '> quoted\n>> more'],
  ['a table', '| a | b |\n|---|---|\n| 1 | 2 |'],
  ['stress', '*a* **b** _c_ __d__ ~~e~~ a*b*c'],
  ['backslashes', 'a\\\nb\\'],
  ['escapes', '\\# \\* \\[ \\&'],
  ['entities', '&lt;b&gt; &amp; &#35; &copy;'],
  ['blanks at the ends of lines', 'a  \nb   \n   c'],
  ['empty lines', 'a\n\n\n\nb\n \nc'],
  ['a definition', '[a]: http://x.test "t"'],
  ['mathematics', '$$x$$ $y$'],
  ['a colon list', 'term\n: text'],
  ['control characters', 'a\x1b[31mred\x07 \x9b2J b\x7f'],
  ['marks that turn text round', 'a\u202etxt.exe\u2066 b\u200bc'],
  ['line ends of other systems', 'a\u2028# b\u2029# c\x85# d'],
  ['emoji and other scripts', '👩‍💻 日本語 مرحبا é'],
  ['a long line', 'word '.repeat(400).trim()],
]

/** A session is made once; for each text it is put into every field of a copy. */
const plain = homeWith('TEXT')
const exports = new Map<string, Promise<readonly string[]>>()

/** The session and the person as they are exported with a text in every field. */
async function exportedWith(text: string): Promise<readonly string[]> {
  const made = exports.get(text) ?? makeExports(text)
  exports.set(text, made)
  return await made
}

async function makeExports(text: string): Promise<readonly string[]> {
  const home = newHome()
  copyFileSync((await plain).notebook, home.notebook)
  const db = new DB(home.notebook)
  db.prepare("UPDATE answer SET value = ? WHERE value = 'TEXT'").run(text)
  db.prepare("UPDATE item_event SET note = ? WHERE note = 'TEXT'").run(text)
  for (const field of ['what', 'if', 'then', 'else', 'obstacle', 'measure', 'support']) {
    db.prepare(`UPDATE action_item SET "${field}" = ? WHERE "${field}" = 'TEXT'`).run(text)
  }
  db.close()
  return [await exported(home, 'session', '1'), await exported(home, 'person', 'ana')]
}

describe('fault 50: a text stays a text, whatever it looks like', () => {
  test.each(HOSTILE)('%s', async (_what, text) => {
    const [session = ''] = await exportedWith(text)
    const document = readDocument(session)
    expect(document.headings).toEqual(HEADINGS)
    expect(document.tasks.map(([isDone]) => isDone)).toEqual([false, false])
    expect(document.tasks.map(([, line]) => line.replace(/^[\s\S]* \(due/, '(due'))).toEqual([
      '(due 2026-12-01, them)',
      '(due 2026-12-02, me)',
    ])
    expect(KINDS).toEqual(expect.arrayContaining([...document.kinds]))
    expect(Object.keys(document.front)).toEqual([
      'coach',
      'person',
      'session',
      'uuid',
      'guide',
      'status',
      'held_on',
      'visibility',
      'exported_on',
    ])
  })

  test.each(HOSTILE.filter(([what]) => !/control|marks that|line ends/.test(what)))(
    '%s can be read as it was written',
    async (_what, text) => {
      const [session = ''] = await exportedWith(text)
      const { paragraphs } = readDocument(session)
      const flat = (one: string) => one.replaceAll(/\s+/g, ' ').trim()
      const notes = text
        .split(/\n\s*\n/)
        .map(flat)
        .filter((one) => one !== '')
      expect(paragraphs.map(flat)).toEqual(expect.arrayContaining(notes))
      expect(paragraphs.map(flat)).toContain(`Obstacle: ${flat(text)}`)
    },
  )

  test('several of these together, in every field', async () => {
    const texts = fc
      .array(fc.constantFrom(...HOSTILE.map(([, text]) => text)), { minLength: 1, maxLength: 4 })
      .chain((all) => fc.constantFrom(' ', '\n', '\n\n').map((between) => all.join(between)))
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const [, person = ''] = await exportedWith(text)
        const document = readDocument(person)
        expect(document.headings.filter((one) => one.startsWith('# '))).toEqual(['# Ana Silva'])
        expect(document.headings.filter((one) => one.startsWith('### '))).toEqual(
          expect.arrayContaining(HEADINGS.slice(1).map((one) => `#${one}`)),
        )
        expect(document.tasks).toHaveLength(4)
        expect(KINDS).toEqual(expect.arrayContaining([...document.kinds]))
      }),
      { seed: 20_261_123, numRuns: 20 },
    )
  })
})

describe('fault 50: a name stays a name', () => {
  test.each([
    '# Ana',
    '[Ana](javascript:1)',
    '<img src=x>',
    '- Ana',
    '`Ana`',
    'Ana: Silva #1',
    '"Ana" \'Silva\'',
    '{Ana}',
    '2026-01-01',
    'Ana\\',
    '日本',
  ])('%s', async (name) => {
    const home = newHome()
    await feed(home, answersFor(name, { reflection: { went_well: 'All of it.' } }))
    const session = readDocument(await exported(home, 'session', '1'))
    expect(session.headings[0]).toBe(`# ${name}, Mon 23 Nov (2026-11-23)`)
    expect(session.front['person']).toBe(name)
    expect(KINDS).toEqual(expect.arrayContaining([...session.kinds]))
    const person = readDocument(await exported(home, 'person', '--', name))
    expect(person.headings[0]).toBe(`# ${name}`)
    expect(person.front).toMatchObject({ coach: 'person', person: name })
  })
})

test.each(HOSTILE.slice(-6))(
  'fault 50: the file holds no control character: %s',
  async (_what, text) => {
    for (const out of await exportedWith(text)) {
      expect(out.replaceAll(/\n|\u200d/g, '')).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u)
    }
  },
)

test('an export says what it is and from which day', async () => {
  const home = await homeWith('plain')
  expect(readDocument(await exported(home, 'session', '1')).front).toMatchObject({
    coach: 'session',
    person: 'Ana Silva',
    session: 1,
    guide: 'ortp',
    status: 'done',
    held_on: '2026-11-23',
    visibility: 'everything, private lines included',
    exported_on: '2026-11-23',
  })
  expect(readDocument(await exported(home, 'session', '1', '--shared')).front).toMatchObject({
    visibility: 'shared',
  })
})

test('an item is ticked when it is done, and only then', async () => {
  const home = await homeWith('call')
  await home.coach(['done', '2'])
  await home.coach(['missed', '3'])
  const { tasks } = readDocument(await exported(home, 'session', '1'))
  expect(tasks).toEqual([
    [true, 'call (due 2026-12-01, them)'],
    [false, 'call (due 2026-12-02, me, missed)'],
  ])
})

test('an empty notebook exports a page without headings and tasks', async () => {
  const home = newHome()
  const { headings, tasks } = readDocument(await exported(home, 'all'))
  expect([headings, tasks]).toEqual([[], []])
})
