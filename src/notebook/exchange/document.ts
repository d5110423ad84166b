import { z } from 'zod'
import { CoachError, EXIT, usageError } from '../../errors.ts'
import { MOST_NUMBER } from '../schema/bounds.ts'
import { DOCUMENT_SCHEMA, type OwnFile } from './dump.ts'
import { MIGRATIONS } from '../schema/migrations.ts'
import type { TableRow } from '../schema/tables.ts'

/** An exchange document as it was read; its rows are looked at when they are put into tables. */
export interface Document {
  readonly format: number
  readonly holds: 'everything' | 'person' | 'session'
  readonly store: z.infer<typeof STORE> | null
  readonly sequences: Readonly<Record<string, number>>
  readonly tables: Readonly<Record<string, readonly TableRow[]>>
  /** Files of the user's own; they are looked at when they are taken. */
  readonly files?: readonly OwnFile[] | undefined
}

const COUNT = z.number().int().min(0).max(MOST_NUMBER)
const STORE = z.strictObject({
  uuid: z.uuid(),
  generation: COUNT,
  /** Missing in what was exported before there was one. */
  calendar_base: COUNT.default(0),
  created_at: z.iso.datetime(),
  private_told_at: z.iso.datetime().nullable(),
})
/** More files than anybody has. */
const MOST_FILES = 1000
/** Rows are looked at one by one: a notebook has hundreds of thousands of them. */
const DOCUMENT = z.strictObject({
  coach: z.literal('notebook'),
  schema: COUNT,
  format: COUNT,
  holds: z.enum(['everything', 'person', 'session']),
  exported_at: z.iso.datetime(),
  store: STORE.nullable(),
  sequences: z.record(z.string(), COUNT),
  tables: z.record(z.string(), z.array(z.custom<TableRow>(isRow))),
  files: z
    .array(z.strictObject({ path: z.string(), text: z.string() }))
    .max(MOST_FILES)
    .optional(),
})

/** A row is an object of texts, whole numbers and nulls. */
function isRow(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.values(value).every(
    (cell) =>
      cell === null ||
      (typeof cell === 'string' && cell.isWellFormed()) ||
      Number.isSafeInteger(cell),
  )
}

/** A refusal of a document: what is wrong, and where in it. Nothing of what it holds is repeated. */
export function refusal(label: string, place: string, what: string): CoachError {
  const at = place === '' ? '' : ` ${place}:`
  return usageError(
    `${label}:${at} ${what}. Nothing was taken in.`,
    'Take the file as coach export wrote it; if it was cut or changed on its way, export again.',
  )
}

/**
 * Reads the text of an exchange document.
 * @param label how the file is named in messages
 * @throws CoachError (2) with the place of what is wrong; (6) where a newer coach wrote it
 */
export function readDocument(text: string, label: string): Document {
  const value = parse(text, label)
  const { coach, schema, format } = Object(value)
  if (coach !== 'notebook') {
    throw usageError(
      `${label} is not a notebook that coach exported. Nothing was taken in.`,
      'One is written by: coach export all --format json -o FILE',
    )
  }
  if (schema > DOCUMENT_SCHEMA || format > MIGRATIONS.length) {
    const known = `this program knows ${MIGRATIONS.length}`
    const formats = format > MIGRATIONS.length ? ` (its format is ${Number(format)}, ${known})` : ''
    throw new CoachError(
      EXIT.newer,
      `${label} was exported by a newer coach${formats}. Nothing was taken in.`,
      'Upgrade coach, then run the command again.',
    )
  }
  const read = DOCUMENT.safeParse(value)
  if (!read.success) {
    const [issue] = read.error.issues
    throw refusal(label, placeOf(issue?.path ?? []), sayIssue(issue))
  }
  if (read.data.schema < 1 || read.data.format < 1) {
    throw refusal(label, 'format', 'is none that a coach has ever written')
  }
  if ((read.data.holds === 'everything') !== (read.data.store !== null)) {
    throw refusal(label, 'store', 'belongs to a whole notebook, and to that alone')
  }
  if (read.data.files && (read.data.schema < 2 || read.data.holds !== 'everything')) {
    throw refusal(label, 'files', 'belong to a whole notebook, and to that alone')
  }
  return read.data
}

function parse(text: string, label: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch (error) {
    // The message of the parser repeats a part of the text.
    const message = error instanceof Error ? error.message : ''
    const [, line, column] = /line (\d+) column (\d+)/.exec(message) ?? []
    const at = line === undefined ? '' : `line ${line}, column ${column}`
    throw refusal(label, at, text.trim() === '' ? 'it is empty' : 'this is not whole JSON')
  }
}

/** `tables.answer[17].value` */
export function placeOf(path: readonly PropertyKey[]): string {
  return path
    .map((part, at) =>
      typeof part === 'number' ? `[${part}]` : `${at === 0 ? '' : '.'}${nameOf(String(part))}`,
    )
    .join('')
}

/** A key of somebody's file is repeated only where it looks like one. */
function nameOf(key: string): string {
  return /^\w{1,40}$/.test(key) ? key : '(a name)'
}

function sayIssue(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'unrecognized_keys') {
    return `holds ${issue.keys.map(nameOf).join(', ')}, which no coach has written`
  }
  if (issue?.code === 'too_big' && issue.origin !== 'array') {
    return 'is a higher number than any coach gives'
  }
  if (issue?.code === 'custom') return 'is not a row of texts and whole numbers'
  return issue?.path.length === 0 ? 'is not as it should be' : 'is missing, or not as it should be'
}
