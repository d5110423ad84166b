import { readdirSync } from 'node:fs'

/** The names in a folder, in order; none where it is not there or may not be read. */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).toSorted()
  } catch {
    return []
  }
}
