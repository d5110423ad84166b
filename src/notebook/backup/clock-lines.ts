/** A backup as its name tells it: when it was made by the clock of its machine, and how often the notebook had been written. */
export interface Dated {
  /** As ISO text in UTC. */
  readonly madeAt: string
  readonly written: number
}

const DAY_MS = 24 * 60 * 60 * 1000
const WEEK_MS = 7 * DAY_MS
/** So much further on than the one before it, a backup may come from a clock that is ahead. */
const JUMP_MS = 2 * WEEK_MS
/** So many of those that were made by themselves are kept. */
const KEPT = 5
/** And at most so many that do not go along with the longest line. */
const STRAYS = 5
/** A week of work: about one conversation, in which each answer is a write. */
const WRITES = 20

/**
 * Backups by the clocks that dated them. The count of writes tells which was made first. One that is dated before an earlier one has
 * another clock, so it begins a line of its own. Each joins the line whose last day is nearest before its own.
 */
function linesOf<T extends Dated>(backups: readonly T[]): readonly (readonly T[])[] {
  const lines: T[][] = []
  for (const one of backups.toSorted((a, b) => a.written - b.written || order(a, b))) {
    const [line] = lines
      .filter((other) => daysTo(other, one) >= 0)
      .toSorted((a, b) => daysTo(a, one) - daysTo(b, one))
    if (line) line.push(one)
    else lines.push([one])
  }
  return lines
}

const order = (a: Dated, b: Dated) => Date.parse(a.madeAt) - Date.parse(b.madeAt)

function daysTo(line: readonly Dated[], one: Dated): number {
  const last = line.at(-1)
  return last ? order(one, last) : 0
}

/** Whether the last backup of a line lies so far after the one before it that it may come from a clock that is ahead. */
function endsInJump(line: readonly Dated[]): boolean {
  const [before, newest] = line.slice(-2)
  return before !== undefined && newest !== undefined && order(newest, before) > JUMP_MS
}

/**
 * Whether the notebook was written 20 times since its last backup, and no clock that dated one stands within a week of now. With
 * two machines whose clocks are far apart, each goes by the last backup that was dated by a clock like its own.
 * @param backups at least one
 */
export function isTime(backups: readonly Dated[], written: number, now: Date): boolean {
  if (backups.some((one) => written - one.written < WRITES)) return false
  const ends = linesOf(backups).flatMap((line) => line.slice(endsInJump(line) ? -2 : -1))
  return ends.every(({ madeAt }) => !(Math.abs(now.getTime() - Date.parse(madeAt)) < WEEK_MS))
}

/**
 * Those that are more than enough: five of one line were written after them. So a clock that is wrong pushes nothing out before it has
 * gone on for weeks by itself. The newest of a line pushes nothing out while it lies more than two weeks after the one before: after
 * a long pause, or from a clock that is ahead, and only the next one tells. What fits no line is kept too, the last five of it.
 */
export function tooMany<T extends Dated>(backups: readonly T[]): readonly T[] {
  const lines = linesOf(backups)
  const steady = lines.map((line) => (endsInJump(line) ? line.slice(0, -1) : line))
  const isOld = (one: T) =>
    steady.some((line) => line.filter(({ written }) => written > one.written).length >= KEPT)
  const [longest = []] = lines.toSorted((a, b) => b.length - a.length)
  const strays = backups
    .filter((one) => !isOld(one) && !longest.includes(one))
    .toSorted((a, b) => b.written - a.written)
  return [...backups.filter(isOld), ...strays.slice(STRAYS)]
}
