/**
 * Something that was found: one sentence, and what to do about it. `damage`: notes are lost or cannot be reached. `trouble`: they may be
 * one day. `remark`: good to know.
 */
export interface Finding {
  readonly level: 'damage' | 'trouble' | 'remark'
  /** A word that stays the same, for scripts. */
  readonly id: string
  readonly what: string
  readonly todo: string | null
}

/** Makes one. */
export const finding = (
  level: Finding['level'],
  id: string,
  what: string,
  todo: string | null = null,
): Finding => ({ level, id, what, todo })

/** A finding, where there is something to be found. */
export function when(isSo: boolean, found: () => Finding): readonly Finding[] {
  return isSo ? [found()] : []
}

/** What to do about a file that cannot be used. */
export const RESTORE = 'Keep the file as it is. To bring back a backup: coach restore'
