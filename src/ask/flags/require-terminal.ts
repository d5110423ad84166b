import { CoachError, EXIT } from '../../errors.ts'
import type { World } from '../../world.ts'

/** Refuses to ask where nobody can answer. @throws CoachError (2) that names what to use instead */
export function mustBeAbleToAsk(world: World, instead: string): void {
  if (world.canAsk()) return
  const why =
    world.settings.input === false
      ? 'This needs an answer, and --no-input forbids asking.'
      : 'This needs a terminal to ask in.'
  throw new CoachError(EXIT.usage, why, instead)
}
