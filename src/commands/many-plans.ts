import { inWords } from '../conversation/turns/action-wording.ts'
import { type Person, PLANS_AT_ONCE } from '../model.ts'
import type { Notebook } from '../notebook/notebook.ts'
import type { World } from '../world.ts'
import { tell } from '../output/print.ts'

/** The warning after a plan was added beside two that are open already: several plans at once dilute each other. */
export function warnOfMany(world: World, notebook: Notebook, person: Person): void {
  const open = notebook.actions.open(person.id).filter(({ owner }) => owner === 'them').length
  if (open <= PLANS_AT_ONCE || person.relation !== 'report') return
  const many = inWords(open)
  tell(
    world,
    `${person.name} has ${many} plans open now. One focus plan is easier to keep than ${many}.`,
  )
}
