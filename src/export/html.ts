import type { Nodes, Root } from 'mdast'
import type { ExportBook } from './export-data.ts'
import { type Front, frontOf, treeOf } from './page-tree.ts'

/**
 * An export as one page of HTML that needs nothing beside it: no script, no picture, nothing from elsewhere, which the
 * page itself forbids a browser to load. Every stored text is escaped. It can be printed.
 */
export function toHtmlText(book: ExportBook): string {
  return htmlOf(frontOf(book), treeOf(book))
}

const STYLE = `
body { max-width: 42em; margin: 2em auto; padding: 0 1em; font: 16px/1.5 system-ui, sans-serif; color: #222; background: #fff; }
h1, h2, h3, h4 { line-height: 1.2; margin: 1.4em 0 0.4em; overflow-wrap: anywhere; break-after: avoid; }
h2 { border-top: 1px solid #bbb; padding-top: 0.8em; }
p, li { margin: 0.3em 0; overflow-wrap: anywhere; }
li > p { margin: 0; }
li > p:first-child { display: inline; }
dl { display: grid; grid-template-columns: max-content auto; gap: 0.1em 1em; color: #555; font-size: 0.9em; }
dd { margin: 0; overflow-wrap: anywhere; }
@media print { body { margin: 0; max-width: none; font-size: 11pt; } li, p { break-inside: avoid; } }
`

/** A tree as a page, below what it says about itself. */
export function htmlOf(front: Front, tree: Root): string {
  const about = Object.entries(front).map(
    ([name, text]) =>
      `<dt>${escape(name.replaceAll('_', ' '))}</dt><dd>${escape(String(text))}</dd>`,
  )
  const title = [front['person'], front['session'] && `session ${front['session']}`]
    .filter((part) => part !== undefined)
    .join(', ')
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width">
<title>${escape(title === '' ? 'Coach' : title)}</title>
<style>${STYLE}</style>
</head>
<body>
<dl>
${about.join('\n')}
</dl>
${tree.children.map((node) => nodeOf(node)).join('\n')}
</body>
</html>
`
}

function nodeOf(node: Nodes): string {
  if (node.type === 'text') return escape(node.value)
  if (node.type === 'break') return '<br>'
  if (node.type === 'strong') return `<strong>${inside(node.children)}</strong>`
  if (node.type === 'paragraph') return `<p>${inside(node.children)}</p>`
  if (node.type === 'heading') return `<h${node.depth}>${inside(node.children)}</h${node.depth}>`
  if (node.type === 'list') return `<ul>\n${node.children.map(nodeOf).join('\n')}\n</ul>`
  if (node.type === 'listItem') {
    const mark = typeof node.checked === 'boolean' ? (node.checked ? '☑ ' : '☐ ') : ''
    return `<li>${mark}${inside(node.children)}</li>`
  }
  throw new Error(`an export has no ${node.type}`)
}

function inside(nodes: readonly Nodes[]): string {
  return nodes.map(nodeOf).join('')
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (char) => ENTITIES[char] ?? char)
}
