import type Database from 'better-sqlite3'
import type { DraftKeys } from '../drafts/draft-files.ts'
import { CoachError, EXIT } from '../errors.ts'
import { draftKeysNow } from './encryption/draft-key.ts'
import type { Exchange } from './exchange/exchange.ts'
import type { Key } from './file/connect.ts'
import type { Privacy } from './file/permissions.ts'
import { isSound } from './file/quick-check.ts'
import type { Start } from './file/starts.ts'
import type { Known } from './integrity/parted-check.ts'
import { type Copied, copyNotebook, type PlaceOf } from './integrity/verified-copy.ts'
import { openFile, type Opening } from './open.ts'
import type { Removal } from './removal/removal.ts'
import { type Actions, actions } from './store/actions.ts'
import { type Answers, answers } from './store/answers/answers.ts'
import { type Calendar, calendar } from './store/cancelled-days.ts'
import { type Context, mustFind } from './store/context.ts'
import { type Goals, goals } from './store/goals.ts'
import { type NextSessions, nextSessions } from './store/next-sessions.ts'
import { type Notes, notes } from './store/notes.ts'
import { type Opportunities, opportunities } from './store/opportunities.ts'
import { type People, people } from './store/people.ts'
import { type Figures, figures } from './store/review-figures.ts'
import { type Sessions, sessions } from './store/sessions.ts'
import { proveSound, refuseStranger, write, type Writing, writingTo } from './writing.ts'

/** What is kept in a notebook, by what it is about. */
interface Stores {
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
}

/** The notebook: one SQLite file that holds everything. Every write goes through {@link Notebook.write}. */
export interface Notebook extends Stores {
  readonly path: string
  readonly storeId: string
  /** What seals the drafts beside an encrypted notebook, as 64 hexadecimal digits; null beside a plain one. */
  readonly draftKey: string | null
  /** What the file is encrypted with; null for a plain one. */
  readonly key: Key | null
  /** The keys of the drafts beside it, told anew each time they are asked for: see `draftKeysNow`. */
  draftKeys(): () => DraftKeys | null
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
  const writing = writingTo(openFile(path, clock(), how), how)
  const { file, isStranger } = writing
  const { db, storeId, key, place, copyBefore, privacy } = file
  const context: Context = {
    db,
    now: () => clock().toISOString(),
    act: () => Number(db.prepare('SELECT generation FROM store').pluck().get()),
  }
  return {
    path,
    storeId,
    key,
    copyBefore,
    privacy,
    isStranger,
    ...storesOf(context),
    get draftKey() {
      return draftKeyIn(db)
    },
    get known() {
      return writing.known
    },
    get written() {
      return writing.generation
    },
    get isWritten() {
      return writing.isWritten
    },
    get lastStart() {
      return writing.start
    },
    draftKeys: () => draftKeysNow({ path, storeId, place, key, draftKey: draftKeyIn(db) }),
    isSound: () => isSound(db),
    proveSound: () => proveSound(writing),
    refuseStranger: () => refuseStranger(writing),
    write: (work) => write(writing, work),
    age: () => ageOf(db),
    copy: (placeOf, folder, isReplacing = false) => copy(writing, placeOf, folder, isReplacing),
    isPrivateTold: () => db.prepare('SELECT private_told_at FROM store').pluck().get() !== null,
    rememberPrivateTold: () =>
      void db.prepare('UPDATE store SET private_told_at = ?').run(context.now()),
    removal: async () =>
      (await import('./removal/removal.ts')).removal(context, { path, storeId }, key),
    exchange: async () => (await import('./exchange/exchange.ts')).exchange(context),
    close: () => void db.close(),
  }
}

function storesOf(context: Context): Stores {
  const items = actions(context)
  const others = {
    opportunities: opportunities(context),
    sessions: sessions(context),
    notes: notes(context),
    nextSessions: nextSessions(context),
  }
  return {
    ...others,
    people: people(context),
    answers: answers(context, items, others),
    actions: items,
    goals: goals(context),
    figures: figures(context),
    calendar: calendar(context),
  }
}

function draftKeyIn(db: Database.Database): string | null {
  return db.prepare<[], string | null>('SELECT draft_key FROM store').pluck().get() ?? null
}

function ageOf(db: Database.Database): ReturnType<Notebook['age']> {
  const age = db
    .prepare<[], ReturnType<Notebook['age']>>(
      'SELECT generation, created_at AS createdAt FROM store',
    )
    .get()
  return mustFind(age, 'the store')
}

function copy(writing: Writing, placeOf: PlaceOf, folder: string, isReplacing: boolean): Copied {
  const { db, key } = writing.file
  try {
    return copyNotebook(db, placeOf, folder, { key, isReplacing })
  } catch (error) {
    // What the copy stumbles over may be wrong in the notebook.
    if (error instanceof CoachError && error.exitCode === EXIT.damaged) proveSound(writing)
    throw error
  }
}

export { createNotebook, type Fill } from './create.ts'
export { saltOf } from './file/header.ts'
