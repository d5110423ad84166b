import { type Actions, actions } from './actions.ts'
import { type Answers, answers } from './answers.ts'
import { type Calendar, calendar } from './calendar.ts'
import type { Context } from './context.ts'
import type { Exchange } from './exchange.ts'
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
export function openNotebook(path: string, clock: () => Date): Notebook {
  const { db, storeId, copyBefore } = openFile(path, clock())
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
    people: people(context),
    ...others,
    actions: items,
    goals: goals(context),
    figures: figures(context),
    calendar: calendar(context),
    copyBefore,
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
    exchange: async () => (await import('./exchange.ts')).exchange(context),
    close: () => void db.close(),
  }
}

export { createFile as createNotebook, type Fill } from './open.ts'
