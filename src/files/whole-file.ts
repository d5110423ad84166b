import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { syncFolder, writeAll } from './durable.ts'
import { lazy } from '../lazy.ts'

/**
 * Writes a file that its owner alone can read, as a whole or not at all, in the place of what stands there; a link is replaced,
 * never followed.
 * @param isSynced whether it is to be on the disk when this returns, so that it is there after the power has gone
 */
export function writeWhole(path: string, text: string, isSynced = true): void {
  const temporary = `${path}.new-${lazy.crypto().randomUUID()}`
  try {
    const file = openSync(temporary, 'wx', 0o600)
    try {
      writeAll(file, Buffer.from(text))
      if (isSynced) fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(temporary, path)
    // The name of a file is on the disk only with its folder.
    if (isSynced) syncFolder(dirname(path))
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}
