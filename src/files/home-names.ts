import { join } from 'node:path'

/** The file in the folder for settings that remembers which notebook was used last, and what was seen of it. */
export const LAST_NOTEBOOK = 'last-notebook.json'

/** The path of that file, from the folder for settings. */
export function lastNotebookIn(config: string): string {
  return join(config, LAST_NOTEBOOK)
}
