/**
 * The highest number that a notebook may hold: of a row, of its writes, of anything that is counted. JavaScript tells whole numbers apart
 * up to 9 × 10^15; from there on, two rows would share one number, and a note would be found with somebody else.
 */
export const MOST_NUMBER = 1e12

/**
 * No notebook comes near this by being used. A document with higher numbers is taken in, but with new ones: so what is made of it can be
 * written to for ever, and its own export stays below {@link MOST_NUMBER}.
 */
export const HIGH_NUMBER = 1e9

/**
 * The longest text in a document, in characters: ten times what can be typed today, and as much as a command line or an editor could give
 * to any earlier coach.
 */
export const MOST_LETTERS = 1_000_000

/** Goals have sub-goals, and those have none. SQLite follows a thousand steps; this is far from both. */
export const MOST_DEPTH = 100

/** More rounds than any conversation has. */
export const MOST_ROUNDS = 10_000

/** Longer than a life, in days. */
export const MOST_DAYS = 100_000

/** The most that is read of a notebook as JSON: what thousands of sessions come to. */
export const MOST_IMPORTED = {
  bytes: 256 * 1024 * 1024,
  words: '256 MB, the most that is read',
} as const
