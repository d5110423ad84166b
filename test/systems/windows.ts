import childProcess from 'node:child_process'
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import os from 'node:os'
import { basename, delimiter, join } from 'node:path'
import { be, real, refusal } from './as-system.ts'

/**
 * Loaded before the program: files, folders and programs then answer as Windows does. Paths stay those of Linux.
 * What is answered is what libuv documents and its sources do (src/win/fs.c, src/win/process.c).
 */
be('win32')

Object.assign(process, { getuid: undefined, geteuid: undefined, getgid: undefined })
Object.assign(os, { homedir: () => process.env['USERPROFILE'] ?? '' })

/** Files that Node has open; SQLite opens its own, and lets nobody remove or rename them meanwhile. */
const open = new Map<number, { readonly path: string; readonly isWritable: boolean }>()

const WRITING = fs.constants.O_WRONLY | fs.constants.O_RDWR
const canWrite = (flags: string | number = 'r') =>
  typeof flags === 'number' ? (flags & WRITING) !== 0 : flags !== 'r'

/** Everything that this process has open, by its number. */
function handles(): readonly (readonly [file: number, path: string])[] {
  return real.readdirSync('/proc/self/fd').flatMap((name) => {
    try {
      return [[Number(name), real.readlinkSync(`/proc/self/fd/${name}`)] as const]
    } catch {
      return []
    }
  })
}

const realPathOf = (path: string) => {
  try {
    return real.realpathSync(path)
  } catch {
    return path
  }
}
const isOpen = (path: string) => handles().some(([, one]) => one === realPathOf(path))
const isOpenInSqlite = (path: string) =>
  handles().some(([file, one]) => one === realPathOf(path) && !open.has(file))

/** A file has a bit that says “read only”, and nothing about who may read it. */
function asOnWindows<Found extends fs.Stats | fs.BigIntStats | undefined>(found: Found): Found {
  if (!found) return found
  const { mode } = found
  const isReadOnly = (Number(mode) & 0o222) === 0
  const rights = isReadOnly ? 0o444 : 0o666
  return Object.assign(
    found,
    typeof mode === 'bigint'
      ? { mode: (mode & ~0o777n) | BigInt(rights), uid: 0n, gid: 0n }
      : { mode: (mode & ~0o777) | rights, uid: 0, gid: 0 },
  )
}

Object.assign(fs, {
  openSync(path: string, flags?: string | number, mode?: number) {
    if (canWrite(flags) && real.statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
      throw refusal('EISDIR', 'open', path)
    }
    const file = real.openSync(path, flags ?? 'r', mode)
    open.set(file, { path, isWritable: canWrite(flags) })
    return file
  },
  closeSync(file: number) {
    open.delete(file)
    real.closeSync(file)
  },
  fsyncSync(file: number) {
    // FlushFileBuffers wants a handle that may write; a folder has none.
    if (!open.get(file)?.isWritable) throw refusal('EPERM', 'fsync')
    real.fsyncSync(file)
  },
  chmodSync(path: string, mode: number) {
    real.chmodSync(path, (mode & 0o200) === 0 ? 0o400 : 0o600)
  },
  statSync: (...all: Parameters<typeof real.statSync>) => asOnWindows(real.statSync(...all)),
  lstatSync: (...all: Parameters<typeof real.lstatSync>) => asOnWindows(real.lstatSync(...all)),
  fstatSync: (...all: Parameters<typeof real.fstatSync>) => asOnWindows(real.fstatSync(...all)),
  renameSync(from: string, to: string) {
    if (isOpenInSqlite(from)) throw refusal('EBUSY', 'rename', from)
    if (isOpen(to)) throw refusal('EPERM', 'rename', to)
    real.renameSync(from, to)
  },
  unlinkSync(path: string) {
    if (isOpenInSqlite(path)) throw refusal('EBUSY', 'unlink', path)
    real.unlinkSync(path)
  },
  rmSync(path: string, options?: fs.RmOptions) {
    if (isOpenInSqlite(path)) throw refusal('EBUSY', 'unlink', path)
    real.rmSync(path, options)
  },
})

const spawn = childProcess.spawn

/** Without a shell, Windows starts `.com` and `.exe` files, and finds them in PATH without their ending. */
function findExecutable(program: string): string {
  const places = program.includes('/')
    ? [program]
    : (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, program))
  const names = /\.\w+$/.test(basename(program))
    ? places
    : places.flatMap((place) => [`${place}.com`, `${place}.exe`])
  return names.find((name) => real.existsSync(name)) ?? '/nowhere/to/be/found'
}

/** What cmd.exe makes of its line: the outer quotes go, and the rest is a program and its arguments, each in quotes. */
function wordsOf(line: string): readonly string[] {
  return [...line.slice(1, -1).matchAll(/"([^"]*)"/g)].map(([, word = '']) => word)
}

Object.assign(childProcess, {
  spawn(program: string, args: readonly string[], options: childProcess.SpawnOptions) {
    // A batch file without a shell: refused since CVE-2024-27980.
    if (/\.(?:cmd|bat)$/i.test(program) && !options.shell) throw refusal('EINVAL', 'spawn')
    if (!/(?:^|[\\/])cmd\.exe$/i.test(program)) {
      return spawn(findExecutable(program), args, options)
    }
    const log = process.env['CMD_LOG']
    if (log) real.appendFileSync(log, `${JSON.stringify([program, ...args])}\n`)
    const [file = '', ...words] = wordsOf(args.at(-1) ?? '')
    if (!options.windowsVerbatimArguments) throw new Error('the quotes would be quoted again')
    return spawn(file, words, { ...options, windowsVerbatimArguments: false })
  },
})
syncBuiltinESMExports()
