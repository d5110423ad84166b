import { lstatSync } from 'node:fs'
import { codeOf } from './durable.ts'

/**
 * Whether something stands at a path, be it a link that leads nowhere. Only “no such file” means that nothing does.
 * @throws the error of the system where nobody can tell, as in a folder that may not be looked into
 */
export function isThere(path: string): boolean {
  try {
    lstatSync(path)
    return true
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false
    throw error
  }
}
