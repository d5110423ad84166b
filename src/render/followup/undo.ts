import { sayDay } from '../../dates/day.ts'
import type { ItemStatus } from '../../model.ts'
import { hang, type Style, wrap } from '../../output/layout.ts'

/** A change of state that was taken back. */
export interface TakenBack {
  readonly kind: 'Action item' | 'Goal'
  readonly id: number
  readonly what: string
  readonly person: string
  /** What was said about it, and is taken back. */
  readonly was: ItemStatus | 'carried' | 'looked at half way'
  readonly is: ItemStatus
  readonly due: string | null
  /** The session in which it was said; it is left open there again. */
  readonly sessionId: number | null
  /** The next one of a recurring item, which was made by the change and has been changed since: it stays. */
  readonly kept: number | null
  /** The next one of a recurring item, which was made by the change and is taken back with it. */
  readonly gone: number | null
}

/** What was taken back, and how things stand now. */
export function renderTakenBack(all: readonly TakenBack[], { width, today }: Style): string {
  return all
    .map((one) => {
      const due = one.due === null ? '' : `, due ${sayDay(one.due, today)}`
      const is = one.is === 'part' ? 'partly done' : one.is
      const where =
        one.sessionId === null
          ? ''
          : ` It was said in session ${one.sessionId}, which leaves it open now.`
      const next =
        one.gone !== null
          ? ` The next one, ${one.gone}, is gone again.`
          : one.kept === null
            ? ''
            : ` The next one, ${one.kept}, was changed since, so it stays.`
      const said = `Taken back: ${one.was}. ${one.kind} ${one.id} is ${is} again${due}.${where}${next}`
      return [...wrap(said, width), hang('  ', `${one.what} (${one.person})`, width)].join('\n')
    })
    .join('\n')
    .concat('\n')
}
