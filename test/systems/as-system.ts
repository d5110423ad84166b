import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

/** What Linux really has, before anything answers as another system does. */
export const real = { ...fs }

/** A failure as Node makes it: the call, and the code of the system. */
export function refusal(code: string, call: string, path = ''): Error {
  return Object.assign(new Error(`${code}: ${call} '${path}'`), { code, syscall: call, path })
}

/**
 * Lets this process say that it runs on another system. Libraries in the language of the machine are still those of Linux, and
 * `/proc` is not there.
 */
export function be(platform: 'win32' | 'darwin'): void {
  Object.defineProperty(process, 'platform', { value: platform })
  const dlopen: unknown = Reflect.get(process, 'dlopen')
  if (typeof dlopen !== 'function') throw new Error('Node has changed')
  Object.assign(process, {
    dlopen: (module: object, path: string, ...more: number[]) =>
      Reflect.apply(dlopen, process, [module, path.replace(`/${platform}-`, '/linux-'), ...more]),
  })
  Object.assign(fs, {
    readFileSync: (path: fs.PathOrFileDescriptor, ...more: unknown[]) => {
      if (String(path).startsWith('/proc/')) throw refusal('ENOENT', 'open', String(path))
      return Reflect.apply(real.readFileSync, fs, [path, ...more])
    },
  })
  syncBuiltinESMExports()
}
