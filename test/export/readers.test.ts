import fc from 'fast-check'
import type { Root } from 'mdast'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { heading, listItem, paragraph, prose, strong } from '../../src/export/page-tree.ts'
import { markdownOf } from '../../src/export/markdown.ts'
import { writeMarkdown } from '../../src/export/write-markdown.ts'
import { answersFor, feed } from '../ask/file/feed.ts'
import { newHome } from '../world.ts'
import { readDocument, readMarkdown } from './document.ts'

/** A text in every place where an export can have one. */
function pageOf(text: string): string {
  const tree: Root = {
    type: 'root',
    children: [
      heading(1, text),
      strong(text),
      ...prose(text),
      {
        type: 'list',
        spread: false,
        children: [
          { ...listItem([paragraph(text, 'Obstacle: ')]), checked: false },
          listItem(prose(text)),
        ],
      },
    ],
  }
  return writeMarkdown(tree, { isPage: true })
}

const MADE_OF = ['break', 'heading', 'list', 'listItem', 'paragraph', 'root', 'strong', 'text']

/** What Obsidian makes something of, where no backslash stands before it. */
const OBSIDIAN = {
  'a comment': /%%/,
  'a mark': /==/,
  'a link': /\[\[/,
  'a tag': /#[\p{L}\p{N}_/-]/u,
  'a block': /\s\^\S/,
  'an inline footnote': /\^\[/,
  'a callout': /^\s*>/m,
  'an address': /[a-z]:\/\//i,
  mathematics: /\$/,
  'struck-out text': /~~/,
}

function marksOfObsidian(markdown: string): readonly string[] {
  const bare = markdown.replaceAll(/\\[!-/:-@[-`{-~]/g, '·').replaceAll('<!-- -->', '·')
  return Object.entries(OBSIDIAN).flatMap(([name, mark]) => (mark.test(bare) ? [name] : []))
}

describe('a text in Markdown is for Obsidian and GitHub the characters that were typed', () => {
  test.each([
    ['two prices', 'from $5 to $7', 'from \\$5 to \\$7'],
    ['mathematics', '$$x^2$$', '\\$\\$x\\^2\\$\\$'],
    ['about', '~5 or ~~6~~', '\\~5 or \\~\\~6\\~\\~'],
    ['a comment', '%%hidden%% 5%', '\\%\\%hidden\\%\\% 5%'],
    ['a mark', 'a ==b== c=d', 'a \\=\\=b\\=\\= c=d'],
    ['a tag', '#later, C# and #1', '\\#later, C# and \\#1'],
    ['a link to a page', '[[Ana|her]] ![[plan]]', '\\[\\[Ana|her]] !\\[\\[plan]]'],
    ['a block', 'as said ^plan', 'as said \\^plan'],
    ['a footnote', 'so[^1] ^[why]', 'so\\[\\^1] \\^\\[why]'],
    ['a callout', '> [!note] x', '\\> \\[!note] x'],
    ['an address', 'see https://x.test/a?b', 'see https:<!-- -->//x.test/a?b'],
    ['an address without a scheme', 'see www.x.test', 'see www<!-- -->.x.test'],
    ['a mail address', 'to ana.b@x.test', 'to ana.b@<!-- -->x.test'],
    ['the address of a mail', 'mailto:a@x.test', 'mailto:a@<!-- -->x.test'],
    ['a name', 'ask @ana', 'ask @<!-- -->ana'],
    ['an emoji by its name', 'well done :tada: :+1:', 'well done :<!-- -->tada: :<!-- -->+1:'],
    ['times and ratios', 'at 10:30:45, 1:2, @ 5', 'at 10:30:45, 1:2, @ 5'],
  ])('%s', (_what, text, written) => {
    const tree: Root = { type: 'root', children: [paragraph(text)] }
    expect(writeMarkdown(tree, { isPage: true })).toBe(`${written}\n`)
    const { kinds, paragraphs } = readMarkdown(pageOf(text))
    expect(MADE_OF).toEqual(expect.arrayContaining([...kinds]))
    expect(paragraphs).toEqual([text, text, `Obstacle: ${text}`, text])
    expect(marksOfObsidian(pageOf(text))).toEqual([])
  })

  test.each([
    ['with lines at its sides', '| a | b\n|-|-|'],
    ['without', 'a | b\n-|-'],
    ['with colons', 'a | b\n:-|-:'],
    ['of one column', 'a\n:-'],
  ])('a table %s stays lines', (_what, text) => {
    const { kinds, paragraphs } = readMarkdown(pageOf(text))
    expect(MADE_OF).toEqual(expect.arrayContaining([...kinds]))
    expect(paragraphs[1]).toBe(text)
  })

  const PIECES =
    '$ $$ ~ ~~ ~~~ % %% = == === # ## ^ @ : :: // / \\ ! [ [[ ]] ] [^1] ( ) < > & ; * ** _ __ ` ``` | - -- + . 1. 1) { } " \' a B é 日 👍 1 www. http:// https:// ftp:// mailto: a@x.test @ana :tada: [x] [!note] <!-- --> &amp;'.split(
      ' ',
    )

  test('any text, in a heading, in bold, in a paragraph, in a task and in a list', () => {
    const text = fc
      .array(fc.constantFrom(' ', '\n', ...PIECES), { minLength: 1, maxLength: 14 })
      .map((all) => all.join(''))
    const flat = (one: string) => one.replaceAll(/\s+/g, ' ').trim()
    fc.assert(
      fc.property(text, (written) => {
        fc.pre(written.trim() !== '')
        const page = pageOf(written)
        const { headings, kinds, paragraphs, tasks } = readMarkdown(page)
        expect(MADE_OF).toEqual(expect.arrayContaining([...kinds]))
        const one = flat(written)
        expect(headings.map(flat)).toEqual([`# ${one}`])
        expect(flat(paragraphs.join(' '))).toBe(`${one} ${one} Obstacle: ${one} ${one}`)
        expect(tasks).toHaveLength(1)
        expect(marksOfObsidian(page)).toEqual([])
      }),
      { seed: 20_261_123, numRuns: 1000 },
    )
  })

  test('in a recap, too, where addresses stay bare for the chat into which it is pasted', async () => {
    const home = newHome()
    const view = 'Cost $5 or $6, ~~or~~ %%or%% ==me== [^1] #later'
    const saw = 'Ask ben@x.test :tada: or https://x.test'
    const record = { reflection: { went_well: view, would_change: saw } }
    await feed(home, answersFor('Ana Silva', record))
    const { code, out } = await home.coach(['recap', 'ana', '--format', 'md'])
    expect(code).toBe(0)
    const { kinds, paragraphs } = readMarkdown(out)
    expect([...MADE_OF, 'link']).toEqual(expect.arrayContaining([...kinds]))
    expect(paragraphs.join('\n')).toContain(view)
    expect(out).toContain(saw)
    expect(marksOfObsidian(out)).toEqual(['an address'])
  })
})

/** Texts that a reader of YAML takes for something else: booleans, numbers, days, nothing, a symbol of Ruby. */
const ODD =
  'No On off y N yes 1:30 12:30:45 190:20:30.15 2026-01-01 2026-1-1 2001-12-14t21:59:43Z 0o7 012 1_000 1,000 ~ null Null .5 0x1F 0b10 1e3 = << :key .inf .NaN - ? * & ! % @ ` | > Infinity true 12'.split(
    ' ',
  )

describe('front matter is text for readers of YAML 1.1 and 1.2', () => {
  test.each(ODD)('%s', (text) => {
    const page = markdownOf({ coach: 'person', person: text }, { type: 'root', children: [] })
    expect(readDocument(`${page}\n`).front).toEqual({ coach: 'person', person: text })
    expect(page).toContain(`person: "${text}"`)
  })

  test('days, ids and names of an export are texts, and numbers are numbers', async () => {
    const home = newHome()
    await feed(home, answersFor('No', { reflection: { went_well: 'All of it.' } }))
    const { out } = await home.coach(['export', 'session', '1'])
    expect(readDocument(out).front).toMatchObject({
      person: 'No',
      session: 1,
      held_on: '2026-11-23',
      exported_on: '2026-11-23',
    })
    expect(parse(out.split('---\n')[1] ?? '', { version: '1.1' })).toMatchObject({
      person: 'No',
      held_on: '2026-11-23',
    })
  })
})
