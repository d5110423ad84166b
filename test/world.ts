import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { main } from '../src/main.ts'
import { makeWorld } from '../src/start/make-world.ts'
import { NOW } from './clock/clock.ts'

export { NOW }

/** What a command line came to. */
export interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** A home of its own for one test, with a clock that stands still until it is moved. */
export interface Home {
  readonly folder: string
  readonly notebook: string
  /** Runs a command line through the real `main`, in this process, without a terminal. */
  coach(argv: readonly string[], stdin?: string): Promise<Outcome>
  /** Moves the clock. */
  setNow(now: Date): void
}

/** An empty home. */
export function newHome(): Home {
  const folder = mkdtempSync(join(tmpdir(), 'coach-test-'))
  const notebook = join(folder, 'notebook.db')
  let now = NOW
  return {
    folder,
    notebook,
    setNow(to) {
      now = to
    },
    async coach(argv, stdin = '') {
      const [out, err] = [capture(), capture()]
      const input = new PassThrough()
      input.end(stdin)
      const world = makeWorld({
        env: {},
        stdin: input,
        stdout: out.stream,
        stderr: err.stream,
        cwd: folder,
        places: { notebook, config: folder, drafts: join(folder, 'drafts') },
        now: () => now,
      })
      const code = await main(argv, world)
      return { code, out: out.text(), err: err.text() }
    },
  }
}

function capture(): { stream: PassThrough; text: () => string } {
  const stream = new PassThrough()
  const chunks: string[] = []
  stream.on('data', (chunk: Buffer) => chunks.push(String(chunk)))
  return { stream, text: () => chunks.join('') }
}

/** A command line as a person types it, taken apart: blanks part words, quotes hold them together. */
export function words(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, plain]) => double ?? single ?? plain ?? '',
  )
}
