import { codeOf } from '../files/durable.ts'
import { fstatSync, readFileSync } from 'node:fs'
import type { User } from '../files/trust.ts'
import type { World } from '../world.ts'

/** Who runs this process; null where the system has no numbers for that. */
export function thisUser(): User | null {
  const id = process.getuid?.()
  const group = process.getgid?.()
  return id === undefined || group === undefined ? null : { id, group }
}

/** The program that this process runs. */
export function thisProgram(): string {
  return process.argv[1] ?? 'unknown'
}

/** The name of this computer. */
export function nameOfMachine(): string {
  return process.getBuiltinModule('node:os').hostname()
}

/** Whether a process with a number runs, and began then: numbers are given anew. */
export function isRunning(pid: number, started: string | null): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
  return started === null || processStart(pid) === started
}

/** When a process began, in ticks since the machine was started (Linux); null elsewhere. */
export function processStart(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}

/** Looks at what stdin is, without reading from it. */
export function isPiped(): boolean {
  try {
    const stdin = fstatSync(0)
    // Not a socket: programs that start others give them one, with nothing in it.
    return stdin.isFIFO() || stdin.isFile()
  } catch {
    // It is closed.
    return false
  }
}

/** See {@link World.onJobControl}. */
export const onJobControl: World['onJobControl'] = (listener) => {
  // A conversation is not put to sleep half-way; what woke up anyway takes its keyboard back.
  const stay = () => undefined
  process.on('SIGTSTP', stay)
  process.on('SIGCONT', listener)
  return () => {
    process.off('SIGTSTP', stay)
    process.off('SIGCONT', listener)
  }
}

/** See {@link World.onSignal}. */
export const onSignal: World['onSignal'] = (listener) => {
  const signals = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const
  const handlers = signals.map((signal) => [signal, () => listener(signal)] as const)
  for (const [signal, handler] of handlers) process.on(signal, handler)
  return () => {
    for (const [signal, handler] of handlers) process.off(signal, handler)
  }
}
