import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { shiftBy } from './preload.mjs'

/** The Monday on which tests take place, whatever the machine says. */
export const NOW = new Date('2026-11-23T09:00:00Z')

/** What the machine says, or the instant that `npm run test:days` tries, and where: for tests that are to be right on every day. */
export const MACHINE: { readonly now: Date; readonly zone: string } = {
  now: new Date(process.env['TEST_DAY'] ?? Date.now()),
  zone: process.env['TEST_ZONE'] ?? 'UTC',
}

let shift = { clock: 0, files: 0 }

/**
 * Sets the clock of this process, and of every program that it starts from now on, to an instant, from which it runs on. The times
 * that files get from the system come along, so that a file written now is a file of now.
 */
export function startClockAt(instant: Date, zone = 'UTC'): void {
  process.env['TZ'] = zone
  shiftBy(0, 0)
  const clock = instant.getTime() - Date.now()
  // Where libfaketime moves the machine, the files keep the true time. Below a second, it is the grain of the file system.
  shift = { clock, files: clock + Math.round((Date.now() - timeOfNewFile()) / 1000) * 1000 }
  shiftBy(shift.clock, shift.files)
}

function timeOfNewFile(): number {
  const folder = mkdtempSync(join(tmpdir(), 'coach-clock-'))
  try {
    writeFileSync(join(folder, 'new'), '')
    return statSync(join(folder, 'new')).mtimeMs
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The variables that give a program the clock of this process; what moves the clock of the machine goes on to it as well. */
export function clockVariables(): Record<string, string> {
  // All of it, also what faketime shares among its own: else each program makes a semaphore of its own, and leaves it when it is killed.
  const machine = Object.entries(process.env).filter(([name]) =>
    /^(?:LD_PRELOAD|DYLD_.*|FAKETIME.*|DONT_FAKE_MONOTONIC|NO_FAKE_STAT)$/.test(name),
  )
  return {
    ...Object.fromEntries(machine.map(([name, value = '']) => [name, value])),
    NODE_OPTIONS: `--import=${new URL('preload.mjs', import.meta.url).href}`,
    TEST_CLOCK_SHIFT: String(shift.clock),
    TEST_FILES_SHIFT: String(shift.files),
    TZ: process.env['TZ'] ?? 'UTC',
  }
}

/** The variables that give a program another clock than that of this process, which begins at an instant and runs on. */
export function clockVariablesAt(instant: Date): Record<string, string> {
  const more = instant.getTime() - Date.now()
  return {
    TEST_CLOCK_SHIFT: String(shift.clock + more),
    TEST_FILES_SHIFT: String(shift.files + more),
  }
}
