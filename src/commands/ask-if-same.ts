import { fold } from '../text/folding.ts'
import type { World } from '../world.ts'
import { tell } from '../output/print.ts'

/** What was added, and what of its kind the person has already. */
interface Added {
  readonly kind: 'goal' | 'action' | 'note'
  readonly id: number
  readonly text: string
  readonly others: readonly { readonly id: number; readonly text: string }[]
}

const NAMES = { goal: 'Goal', action: 'Action item', note: 'Note' } as const

/** Says that something was there already in the same words: a command that was run twice, most likely. */
export function tellSame(world: World, { kind, id, text, others }: Added): void {
  const same = others.find((one) => one.id !== id && fold(one.text) === fold(text))
  if (!same) return
  tell(
    world,
    `${NAMES[kind]} ${same.id} says the same. To take the new one away: coach delete ${kind} ${id}`,
  )
}
