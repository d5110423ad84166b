import { checkAnswer } from '../../conversation/check-answer.ts'
import { usageError } from '../../errors.ts'
import type { World } from '../../world.ts'

/** A day ahead as a command takes it, for {@link checkAnswer}. */
export const DAY_AHEAD = { kind: 'date', title: 'Day', choices: [], isAhead: true } as const

/**
 * Reads a day that lies ahead, from a flag.
 * @param isPastTaken `--past`: take a day that has passed too
 * @throws CoachError (2) when it cannot be read, or has passed
 */
export async function readDayAhead(
  world: World,
  text: string,
  isPastTaken = false,
): Promise<string> {
  const checked = await checkAnswer(text, DAY_AHEAD, world.today(), isPastTaken)
  if (!('problem' in checked)) return checked.value
  throw usageError(checked.problem, nothingChanged(checked.isPast))
}

/** What is said behind a refusal. */
export function nothingChanged(isPast = false): string {
  return `${isPast ? 'To take it all the same, add --past. ' : ''}Nothing was changed.`
}
