import type { Root } from 'mdast'
import { gfmTaskListItemToMarkdown } from 'mdast-util-gfm-task-list-item'
import { toMarkdown } from 'mdast-util-to-markdown'
import { stringify } from 'yaml'
import type { ExportBook } from './book.ts'
import { type Front, frontOf, treeOf } from './tree.ts'

/**
 * An export as Markdown: YAML front matter, headings by step, action items as task-list lines. It is built as
 * a tree and then written out, so that no stored text can become a heading, a link or front matter.
 */
export function toMarkdownText(book: ExportBook): string {
  return markdownOf(frontOf(book), treeOf(book))
}

/** A tree as Markdown, below its front matter. */
export function markdownOf(front: Front, tree: Root): string {
  const text = toMarkdown(tree, {
    extensions: [gfmTaskListItemToMarkdown()],
    bullet: '-',
    rule: '-',
    listItemIndent: 'one',
  })
  return `---\n${stringify(front)}---\n\n${text}`
}
