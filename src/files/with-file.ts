import { closeSync, openSync, statSync } from 'node:fs'

/** Does some work with an open file. @throws the error of the system, or an Error where it is no file */
export function withFile<T>(path: string, work: (file: number) => T): T {
  // To open a pipe would wait for somebody to write into it.
  if (!statSync(path).isFile()) throw new Error('not a file')
  const file = openSync(path, 'r')
  try {
    return work(file)
  } finally {
    closeSync(file)
  }
}
