import { execFile, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import DB from 'better-sqlite3'
import { onTestFinished } from 'vitest'
import { BIN, environment } from '../ask/terminal/process.ts'
import type { Outcome } from '../world.ts'

/** A folder of its own for one test. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'coach-file-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** The hash of a file's bytes. */
export function hashOfFile(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}

/** What a statement gives, from a second connection. */
export function query(path: string, sql: string): readonly unknown[] {
  const db = new DB(path, { readonly: true })
  try {
    return db.prepare(sql).all()
  } finally {
    db.close()
  }
}

/** Changes a file behind the back of the program. */
export function tamper(path: string, sql: string): void {
  const db = new DB(path)
  try {
    db.exec(sql)
  } finally {
    db.close()
  }
}

/** The files of a folder, with the notebook's own companions. */
export function filesIn(folder: string): readonly string[] {
  return readdirSync(folder).toSorted()
}

/** Whether a text stands anywhere in the files of a folder. */
export function isWritten(folder: string, text: string): boolean {
  return readdirSync(folder).some((name) => readFileSync(join(folder, name)).includes(text))
}

/** Runs the built program without waiting for others. */
export async function spawnCoach(home: string, ...args: readonly string[]): Promise<Outcome> {
  return await new Promise((done) => {
    execFile(process.execPath, [BIN, ...args], { env: environment(home) }, (error, out, err) =>
      done({ code: error ? Number(error.code) : 0, out, err }),
    )
  })
}

const SOMEBODY = ['--reuid=65534', '--regid=65534', '--clear-groups']

/** Runs the built program as a user to whom nothing here belongs. */
export function coachAsSomebody(home: string, ...args: readonly string[]): Outcome {
  const run = spawnSync('setpriv', [...SOMEBODY, process.execPath, BIN, ...args], {
    env: environment(home),
    encoding: 'utf8',
  })
  return { code: run.status ?? -1, out: run.stdout, err: run.stderr }
}

/** Whether this machine can run the program as somebody else: root, `setpriv`, and what was built is readable for all. */
export function canBeSomebody(): boolean {
  if (process.getuid?.() !== 0 || !existsSync(BIN)) return false
  const run = spawnSync('setpriv', [...SOMEBODY, process.execPath, BIN, '--help'], {
    env: environment('/'),
  })
  return run.status === 0
}

/** A folder that everybody may enter, for tests with another user. */
export function newOpenFolder(): string {
  const folder = newFolder()
  chmodSync(folder, 0o755)
  return folder
}
