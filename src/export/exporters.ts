import type { ExportBook } from './book.ts'
import { toMarkdownText } from './markdown.ts'

/** The formats of `coach export`: data in, text out. */
export const EXPORTERS = {
  md: toMarkdownText,
} as const satisfies Record<string, (book: ExportBook) => string>

export type Format = keyof typeof EXPORTERS
