import type { Nodes, Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { type ListEntry, MAX_DEPTH, MAX_LINES, questionIn, type Reading } from './entry.ts'

/** Beyond these, Markdown takes long to read, and is read line by line instead. */
const MAX_MARKDOWN = { length: 256 * 1024, lines: 5000 }

/** Plain text: a question a line, perhaps under headings. */
export function readLines(text: string): Reading {
  let section = ''
  const entries = text.split(/\r\n?|\n/, MAX_LINES).flatMap((raw, at): ListEntry[] => {
    const line = raw.trim()
    if (line === '' || /^[-=*_#~\s]+$/.test(line)) return []
    const entry = { raw: line, line: at + 1, section }
    if (questionIn(line) === null && line.length <= 60 && !/[.,;]$|:\/\//.test(line)) {
      section = line.replace(/^[#\s*_]+|[:#\s*_]+$/g, '')
    }
    return [entry]
  })
  return { entries }
}

/** Markdown: the items of its lists; paragraphs or headings where there are more of them. */
export function readMarkdown(text: string): Reading {
  const { length, lines } = MAX_MARKDOWN
  const isLong = text.length > length || text.split('\n', lines + 1).length > lines
  if (isLong || /^\s*([>*+-]\s*){20}|[^\n]{10000}/m.test(text)) {
    return readLines(text)
  }
  return { entries: markdownEntries(fromMarkdown(text)) }
}

function markdownEntries(root: Root): readonly ListEntry[] {
  const entries: ListEntry[] = []
  let section = ''
  const add = (node: Nodes, place?: ListEntry['place'], under = section): boolean => {
    const lines = textOf(node).split('\n')
    const start = node.position?.start.line ?? 1
    const asked = lines.filter((one) => questionIn(one) !== null).length
    // A paragraph can be several lines of one sentence, or several questions.
    const isSeveral = asked > 1 && asked >= lines.length - 1
    const raws = isSeveral ? lines : [lines.join(' ')]
    const isLink = 'children' in node && node.children.every(isLinkOrBlank)
    for (const [at, one] of raws.entries()) {
      const raw = isLink ? '' : withoutLabel(node, one)
      entries.push({ raw, line: start + at, section: under, ...(place ? { place } : {}) })
    }
    return isLink || raws.every((one) => questionIn(one) === null)
  }
  const walk = (nodes: readonly Nodes[], under: string, depth: number, inList: boolean): void => {
    let label = under
    for (const node of nodes) {
      if (node.type === 'heading') {
        const isLabel = add(node, 'heading')
        if (isLabel) section = label = textOf(node).replace(/[:\s]+$/, '')
      } else if (node.type === 'paragraph') {
        const isLabel = add(node, inList ? undefined : 'paragraph', label)
        const title = textOf(node)
        const isTitle = isLabel && title.length <= 60 && !title.endsWith('.')
        if (isTitle && (inList || node.children.every((one) => one.type === 'strong'))) {
          label = title.replace(/[:\s]+$/, '')
          if (!inList) section = label
        }
      } else if (depth < MAX_DEPTH && node.type === 'list') {
        for (const item of node.children) walk(item.children, label, depth + 1, true)
      } else if (depth < MAX_DEPTH && node.type === 'blockquote') {
        walk(node.children, label, depth + 1, inList)
      } else if (node.type !== 'thematicBreak' && node.type !== 'definition') {
        entries.push({ raw: '', line: node.position?.start.line ?? 1, section: label })
      }
    }
  }
  walk(root.children, '', 0, false)
  return entries
}

const isLinkOrBlank = (node: Nodes): boolean =>
  node.type === 'link' ||
  node.type === 'linkReference' ||
  node.type === 'image' ||
  (node.type === 'text' && node.value.trim() === '')

/** A label in bold before a question is a heading of its own: `**Goal:** What do you want?` */
function withoutLabel(node: Nodes, text: string): string {
  const [first, second] = 'children' in node ? node.children : []
  const box = first?.type === 'text' && /^\[[ xX]?\]\s*$/.test(first.value) ? first.value : ''
  const strong = box === '' ? first : second
  if (strong?.type !== 'strong') return text
  const label = textOf(strong)
  if (!text.startsWith(box + label)) return text
  const rest = text.slice(box.length + label.length)
  return label.endsWith(':') || rest.startsWith(':') ? rest.replace(/^[:\s]+/, '') || text : text
}

function textOf(node: Nodes): string {
  if (node.type === 'text' || node.type === 'inlineCode') return node.value
  if (node.type === 'break') return '\n'
  return 'children' in node ? node.children.map(textOf).join('') : ''
}
