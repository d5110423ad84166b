import { type Actions, actions } from './store/actions.ts'
import { type Answers, answers } from './store/answers/answers.ts'
import { type Calendar, calendar } from './store/cancelled-days.ts'
import type { Key } from './file/connect.ts'
import { type Context, mustFind } from './store/context.ts'
import { type Copied, copyNotebook, type PlaceOf } from './integrity/verified-copy.ts'
import type { Exchange } from './exchange/exchange.ts'
import { type Figures, figures } from './store/review-figures.ts'
import { type Goals, goals } from './store/goals.ts'
import { type NextSessions, nextSessions } from './store/next-sessions.ts'
import { type Notes, notes } from './store/notes.ts'
import { CoachError, EXIT } from '../errors.ts'
import { sayFailure } from './file/failures.ts'
import { whyTooHigh } from './integrity/numbers.ts'
import { addStart, goOn, holdsStart, isWithout, lastStart, type Start } from './file/starts.ts'
import { refuseOdd } from './file/whose-file.ts'
import { openFile, type Opening } from './open.ts'
import { inTransaction } from './file/lock-wait.ts'
import { draftKeysNow } from './encryption/draft-key.ts'
import type { DraftKeys } from '../drafts/draft-files.ts'
import { refuseMoved, traceOf, type Privacy } from './file/file-identity.ts'
import { damaged, isSound, isSoundNow } from './file/quick-check.ts'
import { type Found, type Known, lookBeforeWrite } from './integrity/parted-check.ts'
import { type Opportunities, opportunities } from './store/opportunities.ts'
import { type People, people } from './store/people.ts'
import type { Removal } from './removal/removal.ts'
import { type Sessions, sessions } from './store/sessions.ts'

/** The notebook: one SQLite file that holds everything. Every write goes through {@link Notebook.write}. */
export interface Notebook {
  readonly path: string
  readonly storeId: string
  /** What seals the drafts beside an encrypted notebook, as 64 hexadecimal digits; null beside a plain one. */
  readonly draftKey: string | null
  /** What the file is encrypted with; null for a plain one. */
  readonly key: Key | null
  /** The keys of the drafts beside it, told anew each time they are asked for: see `draftKeysNow`. */
  draftKeys(): () => DraftKeys | null
  readonly people: People
  readonly sessions: Sessions
  readonly answers: Answers
  readonly actions: Actions
  readonly opportunities: Opportunities
  readonly notes: Notes
  readonly goals: Goals
  readonly nextSessions: NextSessions
  readonly figures: Figures
  readonly calendar: Calendar
  /** The copy of the file as it was, where opening has just brought it to a newer format. */
  readonly copyBefore: string | null
  /** Who could get at the file when it was opened. */
  readonly privacy: Privacy
  /** Whether every page is as it should be. Reads the whole file. */
  isSound(): boolean
  /** What is known of the file after the last write through it; null where nothing new is. */
  readonly known: Known | null
  /** Goes through all of the file, where that was not done. @throws CoachError (5) where it is damaged */
  proveSound(): void
  /** How often it had been written when it was last written or opened here. */
  readonly written: number
  /** Whether something has been written through it. */
  readonly isWritten: boolean
  /** The start that wrote to it last, this one or another; null where none did. */
  readonly lastStart: Start | null
  /** Whether it is not the file that was seen last at its place, nor has grown out of it. Then nothing is written to it. */
  readonly isStranger: boolean
  /** @throws CoachError (4) where it is a stranger */
  refuseStranger(): void
  /** How often it has been written, by anybody, and since when it is there (ISO text in UTC). */
  age(): { readonly generation: number; readonly createdAt: string }
  /** Copies the file, see {@link copyNotebook}. */
  copy(placeOf: PlaceOf, folder: string, isReplacing?: boolean): Copied
  /** Whether it was said once what “private” means. */
  isPrivateTold(): boolean
  /** Remembers that it was said. */
  rememberPrivateTold(): void
  /** What takes things out for good; loaded on need. */
  removal(): Promise<Removal>
  /** Does some work in one transaction: when it returns, all of it is on disk; when it throws, none of it. */
  write<T>(work: () => T): T
  /** The notebook as rows, loaded when it is asked for. */
  exchange(): Promise<Exchange>
  close(): void
}

/**
 * Opens an existing notebook.
 * @throws CoachError where the file is not a notebook (5), is newer (6), is busy (4) or cannot be written (7).
 */
export function openNotebook(path: string, clock: () => Date, how: Opening = {}): Notebook {
  const file = openFile(path, clock(), how)
  const { db, storeId, key, place, copyBefore, privacy } = file
  const { onWait } = how
  const context: Context = {
    db,
    now: () => clock().toISOString(),
    act: () => Number(db.prepare('SELECT generation FROM store').pluck().get()),
  }
  const items = actions(context)
  const others = {
    opportunities: opportunities(context),
    sessions: sessions(context),
    notes: notes(context),
    nextSessions: nextSessions(context),
  }
  let lastGeneration = file.generation
  let last = lastStart(db)
  // What was brought up to date just now comes from a coach that noted no starts: one look by the count of writes has to do.
  const isUnknown = how.seen === undefined || copyBefore !== null
  const isStranger = !isUnknown && isWithout(db, how.seen)
  const refuseStranger = () => {
    if (isStranger) throw stranger(path)
  }
  let refusal = file.readOnly ?? whyTooHigh(db, path)
  let found: Found | undefined
  let known: Known | null = null
  let isWritten = false
  /** A file put in the place of ours, or an older copy of it, must not get our changes on top. */
  const refuseReplaced = () => {
    const store = db
      .prepare<[], { uuid: string; generation: number }>('SELECT uuid, generation FROM store')
      .get()
    const isOfLine = last === null || holdsStart(db, last)
    if (store?.uuid !== storeId || store.generation < lastGeneration || !isOfLine) {
      throw new CoachError(
        EXIT.busy,
        `${path} was replaced by another copy while coach was using it. Nothing was written.`,
        'See whether a synchronising program did that, then run the command again.',
      )
    }
    return store.generation
  }
  const schemaVersion = () => Number(db.pragma('schema_version', { simple: true }))
  let lastSchema = schemaVersion()
  /** A conversation is open for an hour, and what somebody puts into the file meanwhile would run with its next write. */
  const refuseNewSchema = () => {
    const now = schemaVersion()
    if (now === lastSchema) return
    refuseOdd(db, path)
    lastSchema = now
  }
  /**
   * Damage that is there before the first change would be made worse by it, and carried into the next backup. Not looked for
   * where nobody has touched the file since coach wrote it last; and before the transaction, so that nobody waits for it.
   */
  const refuseDamaged = () => {
    found ??= lookBeforeWrite(db, path, traceOf(path), how.known ?? {}, how.large)
    if (found === null) throw nowDamaged()
  }
  const nowDamaged = () => {
    known = { damaged: traceOf(path) ?? undefined }
    return damaged(path)
  }
  /** What was gone through stays gone through after a write of ours. */
  const noteKnown = () => {
    const trace = traceOf(path)
    if (trace === null || !found) return
    known = found === 'all' ? { sound: trace } : { parts: { trace, tables: found } }
  }
  return {
    path,
    storeId,
    get draftKey() {
      return db.prepare<[], string | null>('SELECT draft_key FROM store').pluck().get() ?? null
    },
    key,
    draftKeys() {
      const { draftKey } = this
      return draftKeysNow({ path, storeId, place, key, draftKey })
    },
    people: people(context),
    ...others,
    actions: items,
    goals: goals(context),
    figures: figures(context),
    calendar: calendar(context),
    copyBefore,
    privacy,
    isSound: () => isSound(db),
    get written() {
      return lastGeneration
    },
    get known() {
      return known
    },
    proveSound() {
      if (found === 'all') return
      if (!isSoundNow(db)) throw nowDamaged()
      found = 'all'
      noteKnown()
    },
    get isWritten() {
      return isWritten
    },
    get lastStart() {
      return last
    },
    isStranger,
    refuseStranger,
    age: () =>
      mustFind(
        db
          .prepare<[], { generation: number; createdAt: string }>(
            'SELECT generation, created_at AS createdAt FROM store',
          )
          .get(),
        'the store',
      ),
    copy(placeOf, folder, isReplacing = false) {
      try {
        return copyNotebook(db, placeOf, folder, { key, isReplacing })
      } catch (error) {
        // What the copy stumbles over may be wrong in the notebook.
        if (error instanceof CoachError && error.exitCode === EXIT.damaged) this.proveSound()
        throw error
      }
    },
    isPrivateTold: () => db.prepare('SELECT private_told_at FROM store').pluck().get() !== null,
    rememberPrivateTold: () =>
      void db.prepare('UPDATE store SET private_told_at = ?').run(context.now()),
    removal: async () =>
      (await import('./removal/removal.ts')).removal(context, { path, storeId }, key),
    answers: answers(context, items, others),
    write(work) {
      if (refusal) throw refusal
      refuseStranger()
      try {
        refuseMoved(path, place)
        refuseDamaged()
        // Pages in memory may be older than a file that was replaced with the same count of changes.
        db.pragma('shrink_memory')
        let generation = 0
        let start: Start | null = null
        const done = inTransaction(
          db,
          () => {
            generation = refuseReplaced()
            refuseNewSchema()
            db.prepare('UPDATE store SET generation = generation + 1').run()
            start = isWritten && last !== null ? goOn(db, last) : addStart(db)
            return work()
          },
          onWait,
        )
        lastGeneration = generation + 1
        isWritten = true
        noteKnown()
        // A file that went away during the write took the write along.
        refuseMoved(path, place)
        last = start
        if (start !== null) how.onWritten?.(start)
        return done
      } catch (error) {
        const told = sayFailure(error, path)
        // Once damage was seen, nothing more is written.
        if (told instanceof CoachError && told.exitCode === EXIT.damaged) refusal = told
        throw told
      }
    },
    exchange: async () => (await import('./exchange/exchange.ts')).exchange(context),
    close: () => void db.close(),
  }
}

function stranger(path: string): CoachError {
  return new CoachError(
    EXIT.busy,
    `${path} is not the notebook that you used here last. Nothing was written.`,
    'Choose first, as it says above, then run the command again.',
  )
}

export { createFile as createNotebook, type Fill } from './open.ts'
export { saltOf } from './file/header.ts'
