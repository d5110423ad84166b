import { CoachError, EXIT } from '../errors.ts'
import { sayFailure } from './file/failures.ts'
import { refuseMoved, traceOf } from './file/file-identity.ts'
import { inTransaction } from './file/lock-wait.ts'
import { damaged, isSoundNow } from './file/quick-check.ts'
import { addStart, goOn, holdsStart, isWithout, lastStart, type Start } from './file/starts.ts'
import { refuseOdd } from './file/whose-file.ts'
import { whyTooHigh } from './integrity/highest-numbers.ts'
import { type CheckedTables, type Known, lookBeforeWrite } from './integrity/parted-check.ts'
import type { OpenFile, Opening } from './open.ts'
import { findStore } from './schema/store-row.ts'

/** An open notebook as it is written to: the file, and everything about it that changes while it is open. */
export interface Writing {
  readonly file: OpenFile
  readonly how: Opening
  /** Whether the file is neither the one that was last seen at its place, nor a later state of it. */
  readonly isStranger: boolean
  /** Why nothing more is written; null as long as all is well. */
  refusal: CoachError | null
  /** How often the file had been written when it was last written or opened here. */
  generation: number
  /** The start that wrote to it last, this one or another; null where none did. */
  start: Start | null
  /** SQLite's count of the changes of tables, indexes, views and triggers. */
  schema: number
  /** Whether something was written here. */
  isWritten: boolean
  /** Which parts were checked and found sound; undefined before the first write. */
  checked: Exclude<CheckedTables, null> | undefined
  /** What is known of the file after the last write here; null where nothing new is. */
  known: Known | null
}

/** Begins with a file that was just opened. */
export function writingTo(file: OpenFile, how: Opening): Writing {
  const { db, path, copyBefore } = file
  // What was brought up to date just now comes from a coach that noted no starts: one look by the count of writes has to do.
  const isUnknown = how.seen === undefined || copyBefore !== null
  const start = lastStart(db)
  const isStranger = !isUnknown && isWithout(db, how.seen)
  return {
    file,
    how,
    isStranger,
    refusal: file.readOnly ?? whyTooHigh(db, path),
    generation: file.generation,
    start,
    schema: schemaOf(file),
    isWritten: false,
    checked: undefined,
    known: null,
  }
}

/**
 * Does some work in one transaction, and counts it as a write.
 * @throws CoachError where nothing may be written, or where that fails; nothing of the work is on disk then
 */
export function write<T>(writing: Writing, work: () => T): T {
  const { file, how } = writing
  const { db, path, place } = file
  if (writing.refusal) throw writing.refusal
  refuseStranger(writing)
  try {
    refuseMoved(path, place)
    refuseDamaged(writing)
    // Pages in memory may be older than a file that was replaced with the same count of changes.
    db.pragma('shrink_memory')
    const { counted, done } = inTransaction(
      db,
      () => ({ counted: countWrite(writing), done: work() }),
      how.onWait,
    )
    writing.generation = counted.generation
    writing.isWritten = true
    noteSound(writing)
    // A file that went away during the write took the write along.
    refuseMoved(path, place)
    writing.start = counted.start
    how.onWritten?.(counted.start)
    return done
  } catch (error) {
    const told = sayFailure(error, path)
    // Once damage was seen, nothing more is written.
    if (told instanceof CoachError && told.exitCode === EXIT.damaged) writing.refusal = told
    throw told
  }
}

/** @throws CoachError (4) where the file is not the one that was seen last at its place */
export function refuseStranger({ isStranger, file: { path } }: Writing): void {
  if (!isStranger) return
  throw new CoachError(
    EXIT.busy,
    `${path} is not the notebook that you used here last. Nothing was written.`,
    'Choose first, as it says above, then run the command again.',
  )
}

/** Checks all of the file, unless that was done. @throws CoachError (5) where it is damaged */
export function proveSound(writing: Writing): void {
  if (writing.checked === 'all') return
  if (!isSoundNow(writing.file.db)) throw nowDamaged(writing)
  writing.checked = 'all'
  noteSound(writing)
}

/** Counts a write, inside its transaction, once it is sure that the file is still the one that was opened. */
function countWrite(writing: Writing): { readonly generation: number; readonly start: Start } {
  const { file, isWritten, start: last } = writing
  const before = refuseReplaced(writing)
  refuseNewSchema(writing)
  file.db.prepare('UPDATE store SET generation = generation + 1').run()
  const start = isWritten && last !== null ? goOn(file.db, last) : addStart(file.db)
  return { generation: before + 1, start }
}

/** A file put in the place of ours, or an older copy of it, must not get our changes on top. @returns how often it was written */
function refuseReplaced({ file, generation, start }: Writing): number {
  const { db, path, storeId } = file
  const store = findStore(db)
  const isOfLine = start === null || holdsStart(db, start)
  if (store?.storeId === storeId && store.generation >= generation && isOfLine)
    return store.generation
  throw new CoachError(
    EXIT.busy,
    `${path} was replaced by another copy while coach was using it. Nothing was written.`,
    'See whether a synchronising program did that, then run the command again.',
  )
}

/** A conversation is open for an hour, and what somebody puts into the file meanwhile would run with its next write. */
function refuseNewSchema(writing: Writing): void {
  const { file, how } = writing
  const now = schemaOf(file)
  if (now === writing.schema) return
  refuseOdd(file.db, file.path, how.program ?? 'unknown')
  writing.schema = now
}

/**
 * Damage that is there before the first change would be made worse by it, and carried into the next backup. Not looked for
 * where nobody has touched the file since coach wrote it last; and before the transaction, so that nobody waits for it.
 */
function refuseDamaged(writing: Writing): void {
  if (writing.checked !== undefined) return
  const { file, how } = writing
  const { db, path } = file
  const found = lookBeforeWrite(db, path, traceOf(path), how.known ?? {}, how.large)
  if (found === null) throw nowDamaged(writing)
  writing.checked = found
}

function nowDamaged(writing: Writing): CoachError {
  const { path } = writing.file
  writing.known = { damaged: traceOf(path) ?? undefined }
  return damaged(path)
}

/** What was checked before a write of ours need not be checked again after it. */
function noteSound(writing: Writing): void {
  const { checked } = writing
  const trace = traceOf(writing.file.path)
  if (trace === null || checked === undefined) return
  writing.known = checked === 'all' ? { sound: trace } : { parts: { trace, tables: checked } }
}

function schemaOf({ db }: OpenFile): number {
  return Number(db.pragma('schema_version', { simple: true }))
}
