import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** The names in a folder, in order; none where it is not there or may not be read. */
export function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).toSorted()
  } catch {
    return []
  }
}

/** The plain files in a folder, by their paths and in order; none where it is not there or may not be read. */
export function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => join(folder, name))
      .toSorted()
  } catch {
    return []
  }
}
