import type { Root } from 'mdast'
import { stringify } from 'yaml'
import type { ExportBook } from './export-data.ts'
import { type Front, frontOf, treeOf } from './page-tree.ts'
import { writeMarkdown } from './write-markdown.ts'

/**
 * An export as Markdown: YAML front matter, headings by step, action items as task-list lines. It is built as
 * a tree and then written out, so that no stored text can become a heading, a link or front matter.
 */
export function toMarkdownText(book: ExportBook): string {
  return markdownOf(frontOf(book), treeOf(book))
}

/**
 * A tree as Markdown, below its front matter. There every text stands in quotation marks: to readers of YAML 1.1, among them
 * Jekyll and Python, a plain `No`, `1:30` or `2026-01-01` is no text, and each of them has words of its own beside.
 */
export function markdownOf(front: Front, tree: Root): string {
  const head = stringify(front, {
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'PLAIN',
    lineWidth: 0,
  })
  return `---\n${head}---\n\n${writeMarkdown(tree, { isPage: true })}`
}
