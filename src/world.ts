import type { Day } from './dates/day.ts'
import type { User } from './files/trust.ts'
import type { Key } from './notebook/file/connect.ts'
import type { Fill, Notebook } from './notebook/notebook.ts'
import type { Paint } from './output/paint.ts'
import type { Places } from './start/places.ts'
import type { Layer } from './questions/bank/layer.ts'

/** A stream that text is written to. */
export type Output = NodeJS.WritableStream & {
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
  readonly rows?: number | undefined
  /** Whether somebody can see what was written until now: not where the stream is closed, or its reader has ended. */
  isShown?(): boolean
}

/** The stream that keys or a file come from. */
export type InputStream = NodeJS.ReadableStream & {
  readonly isTTY?: boolean | undefined
  setRawMode?(isRaw: boolean): unknown
}

/** What is the same for every command, from the flags that every command takes. */
export interface Settings {
  readonly notebook?: string | undefined
  /** A file whose first line is the password of an encrypted notebook. */
  readonly passwordFile?: string | undefined
  readonly new?: boolean | undefined
  readonly input?: boolean | undefined
  readonly quiet?: boolean | undefined
  readonly color?: boolean | undefined
  /** Plain lines only: nothing drawn, nothing redrawn, no colours. */
  readonly plain?: boolean | undefined
  /** Folders of banks that lie over those of the home. */
  readonly bank?: readonly string[] | undefined
}

/** Everything impure that the program touches. Made once by `bin`, and by each test. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdin: InputStream
  readonly stdout: Output
  readonly stderr: Output
  readonly cwd: string
  /** What system this is, as Node names it: some keep files, names and programs in other ways. */
  readonly platform: NodeJS.Platform
  /** Who runs coach; null where the system has no numbers for that, as Windows. */
  readonly user: User | null
  /** The program that is running, by its path: another one may be installed too. */
  readonly program: string
  readonly settings: Settings
  readonly places: Places
  /** The name of this computer. */
  readonly machine: string
  readonly now: () => Date
  today(): Day
  /** The notebook, or null when there is none yet: a reader then shows the empty result. */
  read(): Promise<Notebook | null>
  /** The notebook, made if there is none yet; `fill` puts in what a new one begins with. */
  open(fill?: Fill): Promise<Notebook>
  /** What opens a file if it is encrypted, asked for on need; null for a file that is not. */
  unlock(path: string): Promise<Key | null>
  /** A failure that the file of the notebook is behind, in words for the user; anything else as it is. */
  explain(error: unknown): unknown
  /** The shipped banks and guides, and those in the user's home. */
  layers(): readonly Layer[]
  /** Where the notebook is, or would be. */
  readonly notebookPath: string
  /**
   * Makes the backup of the week where something was written and it is time for one. It fails no command: what went wrong is said
   * on stderr.
   */
  backUp(): Promise<void>
  /** The banks and guides of a folder; null where there is no such folder. */
  layerAt(folder: string): Layer | null
  /** Whether a person can be asked: a terminal on both sides, and no `--no-input`. */
  canAsk(): boolean
  /** Whether a pipe or a file is connected to stdin, so that something may be waiting there to be read. */
  isPiped(): boolean
  /** Whether only plain lines may be shown: with `--plain`, and on a terminal that can show nothing else. */
  isPlain(): boolean
  /** Colours for a stream, as far as it shows any. */
  colors(stream: Output): Paint
  /** Writes what was asked for to stdout. */
  print(text: string): void
  /** Writes news to stderr, such as a confirmation, a hint or progress; nothing with `--quiet`. */
  tell(text: string): void
  /** Number of this process, and whether a coach with a number runs just now. */
  readonly pid: number
  readonly isRunning: (pid: number, started: string | null) => boolean
  /** When this process began, as the system counts; null where it does not tell. */
  readonly started: string | null
  /** Calls back when the process is told to end, until the returned function is called. */
  onSignal(listener: (signal: 'SIGTERM' | 'SIGHUP' | 'SIGINT') => void): () => void
  /** Keeps the shell from putting the process to sleep, and calls back when it wakes, until the returned function is called. */
  onJobControl(listener: () => void): () => void
  /** This world with the flags of one command line. */
  with(settings: Settings): World
  close(): void
}
