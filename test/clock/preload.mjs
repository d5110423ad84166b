// @ts-check
// Moves the clock of a Node process, and the times of its files with it. Tests load it into every program that they start
// (NODE_OPTIONS, see environment.ts) and into themselves; the product knows nothing of it. It is plain JavaScript, so that
// a Node of any age that a test starts can load it without a compiler.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const RealDate = Date
const shift = {
  clock: Number(process.env['TEST_CLOCK_SHIFT'] ?? 0),
  files: Number(process.env['TEST_FILES_SHIFT'] ?? 0),
}

/**
 * Moves the clock and the times of files to somewhere else, both in whole ms from what the system says.
 * @param {number} clock
 * @param {number} files
 */
export function shiftBy(clock, files) {
  shift.clock = clock
  shift.files = files
}

const now = () => RealDate.now() + shift.clock

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, made) =>
    Reflect.construct(target, args.length === 0 ? [now()] : args, made),
  apply: () => new RealDate(now()).toString(),
  get: (target, key, asked) => (key === 'now' ? now : Reflect.get(target, key, asked)),
})
RealDate.prototype.constructor = Date

/**
 * What the system says of a file, with its times by this clock. Those in bigint only tell one state of a file from another;
 * they stay.
 * @template T
 * @param {T} found
 * @returns {T}
 */
function moved(found) {
  if (!(found instanceof fs.Stats)) return found
  found.atimeMs += shift.files
  found.mtimeMs += shift.files
  found.ctimeMs += shift.files
  found.birthtimeMs += shift.files
  return found
}

/** @param {string | number | Date} time */
const back = (time) =>
  Number(time instanceof RealDate ? time.getTime() / 1000 : time) - shift.files / 1000

for (const name of /** @type {const} */ (['statSync', 'lstatSync', 'fstatSync'])) {
  const asked = new Proxy(fs[name], {
    apply: (real, self, args) => moved(Reflect.apply(real, self, args)),
  })
  Object.assign(fs, { [name]: asked })
}
const { utimesSync } = fs
fs.utimesSync = (path, atime, mtime) => utimesSync(path, back(atime), back(mtime))

syncBuiltinESMExports()
