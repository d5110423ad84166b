import type { DueThing } from '../../followup/due.ts'
import { oneLine } from '../../text/text.ts'
import { sayOwner } from '../wording.ts'

/** One line each, whatever the width: day, kind, number, person, text. */
export function renderDue(things: readonly DueThing[]): string {
  return things
    .map(({ what, id, on, person, owner, text }) => {
      const whose = id === null ? person : sayOwner({ owner, person })
      return `${on}  ${what}${id === null ? '' : ` ${id}`}  ${whose}: ${oneLine(text)}\n`
    })
    .join('')
}

/** The shape of `coach due --json`. */
export function dueJson(things: readonly DueThing[]): readonly object[] {
  return things.map(({ what, id, on, person, owner, text }) => ({
    what,
    id,
    on,
    person,
    owner,
    text,
  }))
}
