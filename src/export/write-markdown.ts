import type { Root } from 'mdast'
import { gfmTaskListItemToMarkdown } from 'mdast-util-gfm-task-list-item'
import { type Handle, type Options, toMarkdown } from 'mdast-util-to-markdown'

/**
 * A tree as Markdown. Every text in it is read back as the characters that it has, also by GitHub (tables, mathematics) and by
 * Obsidian (`%%comments%%`, `==marks==`, `#tags`, `^blocks`). With `isPage`, no address, `@name` or `:emoji:` in it becomes a link
 * or a picture either; what is pasted into a chat goes without, because chats show the comment that this takes.
 */
export function writeMarkdown(tree: Root, { isPage }: { readonly isPage: boolean }): string {
  return toMarkdown(tree, {
    extensions: [
      gfmTaskListItemToMarkdown(),
      { unsafe: MARKS, ...(isPage ? { handlers: { text: writeApart } } : {}) },
    ],
    bullet: '-',
    rule: '-',
    listItemIndent: 'one',
  })
}

/** What the library takes for harmless, because CommonMark does. A backslash before each makes it so for everybody. */
const MARKS: NonNullable<Options['unsafe']> = [
  ...['$', '~', '^'].map((character) => ({ character, inConstruct: 'phrasing' }) as const),
  { character: '#', after: '(?=\\S)', inConstruct: 'phrasing' },
  ...['%', '='].flatMap(
    (character) =>
      [
        { character, before: `(?<=${character})`, inConstruct: 'phrasing' },
        { character, after: `(?=${character})`, inConstruct: 'phrasing' },
      ] as const,
  ),
  // The second line of a table, and a line that explains a term.
  { atBreak: true, character: '|' },
  { atBreak: true, character: '-', after: '[:|]' },
  { atBreak: true, character: ':', after: '[-\\s]' },
]

/**
 * Places where readers look for an address, an `@name` or an emoji when all escapes are read already, so that a backslash or a
 * character reference changes nothing for them. (GitHub looks for `#12` like that too, but not in files.)
 */
const SPOTS = new RegExp(
  [
    '(?<=[a-z0-9]:)(?=//)',
    '(?<=www)(?=\\.)',
    '(?<=@)(?=[\\w-])',
    '(?<=:)(?=(?:100|1234|[+-]1|(?=[\\d_+-]*[a-z])[\\w+-]+):)',
  ].join('|'),
  'i',
)

/** Nobody sees it, and what stands on its two sides is never read as one word. */
const NOTHING = '<!-- -->'

const writeApart: Handle = (node: { readonly value: string }, _parent, state, info) => {
  const parts = node.value.split(SPOTS)
  return parts
    .map((part, at) =>
      state.safe(part, {
        ...info,
        ...(at > 0 ? { before: '>' } : {}),
        ...(at < parts.length - 1 ? { after: '<' } : {}),
      }),
    )
    .join(NOTHING)
}
