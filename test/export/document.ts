import type { Nodes, Parents } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { mathFromMarkdown } from 'mdast-util-math'
import { gfm } from 'micromark-extension-gfm'
import { math } from 'micromark-extension-math'
import { expect } from 'vitest'
import { parse } from 'yaml'

/** Markdown as a reader of it sees it. */
interface Document {
  readonly headings: readonly string[]
  /** Each task: done or not, and its line. */
  readonly tasks: readonly (readonly [isDone: boolean, text: string])[]
  /** The kinds of node that occur, in the order of the alphabet. */
  readonly kinds: readonly string[]
  /** The text of each paragraph, with its line breaks. */
  readonly paragraphs: readonly string[]
}

/** Reads an export back: the front matter as YAML, of both versions, and the rest as {@link readMarkdown} does. */
export function readDocument(
  text: string,
): Document & { readonly front: Readonly<Record<string, unknown>> } {
  const parts = /^---\n([\s\S]*?\n)---\n\n([\s\S]*)$/.exec(text)
  if (!parts) throw new Error(`no front matter: ${text.slice(0, 200)}`)
  const [, front = '', body = ''] = parts
  expect(parse(front, { version: '1.1' })).toEqual(parse(front))
  return { ...readMarkdown(body), front: Object(parse(front)) }
}

/**
 * Reads Markdown as GitHub does: tables, tasks, footnotes, bare addresses, struck-out text and mathematics. An empty comment
 * is nothing that anybody sees.
 */
export function readMarkdown(text: string): Document {
  const tree = fromMarkdown(text, {
    extensions: [gfm(), math()],
    mdastExtensions: [gfmFromMarkdown(), mathFromMarkdown()],
  })
  const all = [...nodesOf(tree)].filter((node) => !isNothing(node))
  return {
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

function isNothing(node: Nodes): boolean {
  return node.type === 'html' && node.value === '<!-- -->'
}

function textOf(node: Nodes): string {
  if (isNothing(node)) return ''
  if (node.type === 'break') return '\n'
  if (isParent(node)) return node.children.map(textOf).join('')
  return 'value' in node ? node.value : ''
}
