import { type Actions, actions } from './actions.ts'
import { type Answers, answers } from './answers.ts'
import { type Calendar, calendar } from './calendar.ts'
import { type Context, mustFind } from './context.ts'
import { type Copied, copyNotebook, type PlaceOf } from './copy.ts'
import type { Key } from './connect.ts'
import { type Figures, figures } from './figures.ts'
import { type Goals, goals } from './goals.ts'
import { type NextSessions, nextSessions } from './next-sessions.ts'
import { type Notes, notes } from './notes.ts'
import { CoachError, EXIT } from '../errors.ts'
import { sayFailure } from '../failures.ts'
import { openFile } from './open.ts'
import { type Opportunities, opportunities } from './opportunities.ts'
import { type People, people } from './people.ts'
import { type Sessions, sessions } from './sessions.ts'

/** The notebook: one SQLite file that holds everything. Every write goes through {@link Notebook.write}. */
export interface Notebook {
  readonly path: string
  readonly storeId: string
  /** What seals the drafts beside an encrypted notebook, as 64 hexadecimal digits; null beside a plain one. */
  readonly draftKey: string | null
  /** What the file is encrypted with; null for a plain one. */
  readonly key: Key | null
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
  /** Whether something has been written through it. */
  readonly isWritten: boolean
  /** How often it has been written, by anybody, and since when it is there (ISO text in UTC). */
  age(): { readonly generation: number; readonly createdAt: string }
  /** Copies the file, see {@link copyNotebook}. */
  copy(placeOf: PlaceOf, folder: string, isReplacing?: boolean): Copied
  /** Does some work in one transaction: when it returns, all of it is on disk; when it throws, none of it. */
  write<T>(work: () => T): T
  close(): void
}

/**
 * Opens an existing notebook.
 * @throws CoachError where the file is not a notebook (5), is newer (6), is busy (4) or cannot be written (7).
 */
export function openNotebook(path: string, clock: () => Date, key: Key | null = null): Notebook {
  const { db, storeId, copyBefore } = openFile(path, clock(), key)
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
  let lastGeneration = 0
  /** A file put in the place of ours, or an older copy of it, must not get our changes on top. */
  const refuseReplaced = () => {
    const store = db
      .prepare<[], { uuid: string; generation: number }>('SELECT uuid, generation FROM store')
      .get()
    if (store?.uuid !== storeId || store.generation < lastGeneration) {
      throw new CoachError(
        EXIT.busy,
        `${path} was replaced by another copy while coach was using it. Nothing was written.`,
        'See whether a synchronising program did that, then run the command again.',
      )
    }
    lastGeneration = store.generation + 1
  }
  return {
    path,
    storeId,
    get draftKey() {
      return db.prepare<[], string | null>('SELECT draft_key FROM store').pluck().get() ?? null
    },
    key,
    people: people(context),
    ...others,
    actions: items,
    goals: goals(context),
    figures: figures(context),
    calendar: calendar(context),
    copyBefore,
    get isWritten() {
      return lastGeneration > 0
    },
    age: () =>
      mustFind(
        db
          .prepare<[], { generation: number; createdAt: string }>(
            'SELECT generation, created_at AS createdAt FROM store',
          )
          .get(),
        'the store',
      ),
    copy: (placeOf, folder, isReplacing = false) =>
      copyNotebook(db, placeOf, folder, { key, isReplacing }),
    answers: answers(context, items, others),
    write(work) {
      const transaction = db.transaction(() => {
        refuseReplaced()
        db.prepare('UPDATE store SET generation = generation + 1').run()
        return work()
      })
      try {
        // Pages in memory may be older than a file that was replaced with the same count of changes.
        db.pragma('shrink_memory')
        return transaction.immediate()
      } catch (error) {
        throw sayFailure(error, path)
      }
    },
    close: () => void db.close(),
  }
}

export { createFile as createNotebook } from './open.ts'
export { saltOf } from './sealed.ts'
