import { type Document, LineCounter, isScalar, parseDocument, visit, CST, Lexer } from 'yaml'
import type { z } from 'zod'
import { inFileOrder, type Problem } from '../text/file-problem.ts'
import { MAX_PROBLEMS, sayIssues } from './say-issues.ts'
import { makeSource, type Source } from './source.ts'

/** The largest YAML file that is read; parsing time grows faster than size, so the cap comes first. */
export const MAX_YAML_BYTES = 256 * 1024
/** The deepest nesting that is read: the parser is recursive and would end the process. */
const MAX_DEPTH = 60
/** The most entries and the most values: what the parser does with more of them takes minutes. */
const MAX_ENTRIES = 40_000
const MAX_VALUES = 80_000
/** The most anchors, aliases and tags: no bank and no answers file needs any. */
const MAX_MARKS = 100

export type Parsed<T> =
  | { readonly ok: true; readonly value: T; readonly source: Source }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/**
 * Parses YAML (or JSON, which is YAML) and checks it against a schema. No message repeats the file's content,
 * because such a file may hold private text.
 */
export function parseYaml<T>(file: string, text: string, schema: z.ZodType<T>): Parsed<T> {
  const read = readYaml(file, text)
  if (!read.ok) return read
  const checked = schema.safeParse(read.value.value)
  if (checked.success) return { ok: true, value: checked.data, source: read.value }
  const problems = inFileOrder(sayIssues(checked.error, read.value))
  return { ok: false, problems: problems.slice(0, MAX_PROBLEMS) }
}

/**
 * Parses YAML (or JSON) within the limits of size, depth and aliases, without a schema. With `asText`, what looks like
 * a number or a boolean stays the text that was written: `1.10`, `007`, `True`.
 */
export function readYaml(
  file: string,
  text: string,
  options: { readonly asText?: boolean } = {},
): Parsed<Source> {
  const fail = (message: string, line = 1, column = 1): Parsed<Source> => ({
    ok: false,
    problems: [{ file, line, column, message }],
  })
  if (Buffer.byteLength(text) > MAX_YAML_BYTES) {
    return fail(`is larger than ${MAX_YAML_BYTES / 1024} KiB, the most that is read`)
  }
  const size = measure(text)
  if (size.depth > MAX_DEPTH) return fail(`is nested more than ${MAX_DEPTH} levels deep`)
  if (size.entries > MAX_ENTRIES || size.values > MAX_VALUES) {
    return fail(`holds more than ${MAX_ENTRIES} entries, the most that is read`)
  }
  if (size.marks > MAX_MARKS) {
    return fail(`holds more than ${MAX_MARKS} anchors, aliases and tags, the most that is read`)
  }
  const lines = new LineCounter()
  try {
    const doc = parseDocument(text.replace(/^\ufeff/, ''), {
      // A warning of the library would quote the file on stderr.
      logLevel: 'error',
      lineCounter: lines,
      // Its own check compares each key with each other one of its group.
      uniqueKeys: false,
      prettyErrors: false,
    })
    const wrong = [
      ...doc.errors.map((error) => [error.pos[0], error.code] as const),
      ...keysTwice(doc).map((at) => [at, 'DUPLICATE_KEY'] as const),
    ]
    if (wrong.length > 0) {
      const problems = wrong.slice(0, MAX_PROBLEMS).map(([pos, code]) => {
        const at = lines.linePos(pos)
        return { file, line: at.line, column: at.col, message: sayYamlError(code) }
      })
      return { ok: false, problems: inFileOrder(problems) }
    }
    const loose = danglingAlias(doc)
    if (loose !== null) {
      const { line, col } = lines.linePos(loose)
      return fail('a text that starts with * needs quotes around it', line, col)
    }
    if (options.asText) keepTexts(doc)
    const source = makeSource(file, doc, lines, doc.toJS({ maxAliasCount: 20 }) as unknown)
    return { ok: true, value: source, source }
  } catch {
    return fail('could not be read as YAML: its aliases or keys go beyond what is allowed')
  }
}

/** Where keys stand that their group holds already. */
function keysTwice(doc: Document): readonly number[] {
  const found: number[] = []
  visit(doc, {
    Map(_key, map) {
      const seen = new Set<unknown>()
      for (const { key } of map.items) {
        if (!isScalar(key)) continue
        if (seen.has(key.value)) found.push(key.range?.[0] ?? 0)
        seen.add(key.value)
      }
    },
  })
  return found
}

/** Where an alias stands that points to nothing: usually a text that was meant to begin with a star. */
function danglingAlias(doc: Document): number | null {
  let at: number | null = null
  visit(doc, {
    Alias(_key, node) {
      if (at === null && node.resolve(doc) === undefined) at = node.range?.[0] ?? 0
    },
  })
  return at
}

function keepTexts(doc: Document): void {
  visit(doc, {
    Scalar(_key, node) {
      if (node.value !== null && typeof node.value !== 'string') node.value = node.source
    },
  })
}

/** What each token counts as; others cost nothing. */
const COUNTED: Readonly<Partial<Record<string, 'entries' | 'values' | 'marks'>>> = {
  'map-value-ind': 'entries',
  'explicit-key-ind': 'entries',
  'seq-item-ind': 'entries',
  comma: 'entries',
  'flow-map-start': 'entries',
  'flow-seq-start': 'entries',
  scalar: 'values',
  'single-quoted-scalar': 'values',
  'double-quoted-scalar': 'values',
  'block-scalar-header': 'values',
  anchor: 'marks',
  alias: 'marks',
  tag: 'marks',
}

/** How large a text is for the parser, from its tokens alone: what stands in texts does not count. */
function measure(text: string) {
  let [open, dashes, deepest, isLineStart] = [0, 0, 0, true]
  const size = { entries: 0, values: 0, marks: 0 }
  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token)
    const counted = type === null ? undefined : COUNTED[type]
    if (counted) size[counted]++
    if (type === 'flow-map-start' || type === 'flow-seq-start') open++
    if (type === 'flow-map-end' || type === 'flow-seq-end') open--
    if (type === 'newline') dashes = 0
    if (type === 'seq-item-ind' || type === 'explicit-key-ind') dashes++
    // Blocks are usually indented by two blanks a level.
    const indent = isLineStart && type === 'space' ? token.length / 2 : 0
    deepest = Math.max(deepest, open, dashes, indent)
    isLineStart = type === 'newline'
  }
  return { ...size, depth: deepest }
}

const YAML_ERRORS: Partial<Record<string, string>> = {
  DUPLICATE_KEY: 'this key stands here twice',
  MULTIPLE_DOCS: 'holds more than one document; only one is read',
  TAB_AS_INDENT: 'is indented with a tab; use spaces',
  MISSING_CHAR: 'a closing mark or a space is missing here',
  BAD_INDENT: 'this line is indented in a way that fits nothing above it',
  UNEXPECTED_TOKEN: 'something stands here that YAML does not expect',
  BLOCK_AS_IMPLICIT_KEY: 'a text with “: ” in it needs quotes around it',
  BAD_SCALAR_START: 'a text that starts with this mark needs quotes around it',
}

function sayYamlError(code: string): string {
  return YAML_ERRORS[code] ?? `is not valid YAML (${code.toLowerCase().replaceAll('_', ' ')})`
}
