/** Prints a line. */
export const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** What is aimed at, and whether it was reached; all that is given must hold. */
export function aim(text: string, ...isReached: readonly boolean[]): string {
  return `${text}${isReached.every(Boolean) ? '' : '  MISSED'}`
}

/** A line of the table: its name, what was measured in each column, and what is aimed at. */
export function row(name: string, cells: readonly string[], aimed = ''): void {
  const all = [name.padEnd(36), ...cells.map((text) => text.padStart(10))]
  say(`${all.join('').padEnd(66)}   ${aimed}`.trimEnd())
}

/** A time as so many times that of another. */
export function ratio(ms: number, ofMs: number): string {
  return `${(ms / ofMs).toFixed(2)} ×`
}
