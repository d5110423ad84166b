import type { Nodes, Parents } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmTaskListItemFromMarkdown } from 'mdast-util-gfm-task-list-item'
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item'
import { parse } from 'yaml'

/** A Markdown export as a reader of it sees it. */
export interface Document {
  readonly front: Readonly<Record<string, unknown>>
  readonly headings: readonly string[]
  /** Each task: done or not, and its line. */
  readonly tasks: readonly (readonly [isDone: boolean, text: string])[]
  /** The kinds of node that occur, in the order of the alphabet. */
  readonly kinds: readonly string[]
  /** The text of each paragraph, with its line breaks. */
  readonly paragraphs: readonly string[]
}

/** Reads an export back: the front matter as YAML, the rest as Markdown with task lists. */
export function readDocument(text: string): Document {
  const parts = /^---\n([\s\S]*?\n)---\n\n([\s\S]*)$/.exec(text)
  if (!parts) throw new Error(`no front matter: ${text.slice(0, 200)}`)
  const tree = fromMarkdown(parts[2] ?? '', {
    extensions: [gfmTaskListItem()],
    mdastExtensions: [gfmTaskListItemFromMarkdown()],
  })
  const all = [...nodesOf(tree)]
  return {
    front: Object(parse(parts[1] ?? '')),
    headings: all.flatMap((node) =>
      node.type === 'heading' ? [`${'#'.repeat(node.depth)} ${textOf(node)}`] : [],
    ),
    tasks: all.flatMap((node) => {
      if (node.type !== 'listItem' || typeof node.checked !== 'boolean') return []
      const [line] = node.children
      return [[node.checked, line ? textOf(line) : ''] as const]
    }),
    kinds: [...new Set(all.map(({ type }) => type))].toSorted(),
    paragraphs: all.flatMap((node) => (node.type === 'paragraph' ? [textOf(node)] : [])),
  }
}

function* nodesOf(node: Nodes): Generator<Nodes> {
  yield node
  if (isParent(node)) for (const child of node.children) yield* nodesOf(child)
}

function isParent(node: Nodes): node is Parents {
  return 'children' in node
}

function textOf(node: Nodes): string {
  if (node.type === 'break') return '\n'
  if (isParent(node)) return node.children.map(textOf).join('')
  return 'value' in node ? node.value : ''
}
