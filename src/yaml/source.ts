import { type Document, type LineCounter, isMap, isNode, isPair, isScalar } from 'yaml'
import type { Problem } from '../text/file-problem.ts'

/** A parsed file that still knows where each value stood. */
export interface Source {
  readonly file: string
  readonly value: unknown
  /** A problem at the value of a path, or at its key. */
  problemAt(path: readonly PropertyKey[], message: string, at?: 'key'): Problem
}

/** A document that was parsed, as {@link Source}. */
export function makeSource(
  file: string,
  doc: Document,
  lines: LineCounter,
  value: unknown,
): Source {
  return {
    file,
    value,
    problemAt(path, message, where) {
      const at = lines.linePos(offsetOf(doc, path, where === 'key'))
      return { file, line: Math.max(1, at.line), column: Math.max(1, at.col), message }
    },
  }
}

/** Where the value at a path starts, or its key, or the nearest thing around it that exists. */
function offsetOf(doc: Document, path: readonly PropertyKey[], isKey: boolean): number {
  let node: unknown = doc.contents
  let offset = 0
  for (const key of path) {
    if (isNode(node)) offset = node.range?.[0] ?? offset
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === key)
      if (!isPair(pair)) return offset
      if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset
      node = pair.value
    } else {
      const items: unknown = isNode(node) && 'items' in node ? node.items : []
      const item: unknown = Array.isArray(items) ? items[Number(key)] : undefined
      if (item === undefined) return offset
      node = item
    }
  }
  if (isKey) return offset
  return isScalar(node) && node.range
    ? node.range[0]
    : isNode(node) && path.length === 0
      ? (node.range?.[0] ?? 0)
      : offset
}
