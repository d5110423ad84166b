/** Adds many to the end of a list. To spread them into `push` fails from about a hundred thousand on. */
export function append<T>(list: T[], more: Iterable<T>): void {
  for (const one of more) list.push(one)
}

/** The largest of many numbers, and `least` where none is larger. To spread them into `Math.max` fails in the same way. */
export function largest(numbers: Iterable<number>, least = 0): number {
  let found = least
  for (const one of numbers) if (one > found) found = one
  return found
}
