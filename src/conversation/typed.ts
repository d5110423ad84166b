import type { Answer } from '../model.ts'
import type { Turn } from './turn.ts'

/** Where what is being typed is kept until it is saved. */
export interface DraftKeeper {
  /** Takes up what was typed at a turn and left, so that it is kept here from now on. */
  takeUp(
    turn: Turn,
  ): { readonly text: string; readonly before: string | null; readonly at: string } | null
  keep(turn: Turn, text: string, before: string | null): string | null
  drop(turn: Turn): void
  editorFile(turn: Turn): string
}

/** Where nothing is typed, nothing has to be kept meanwhile: answers from a file, or a test. */
export const NO_DRAFTS: DraftKeeper = {
  takeUp: () => null,
  keep: () => null,
  drop: () => undefined,
  editorFile: () => '',
}

/** Takes up the first text that was typed and not saved. @returns its turn: the conversation goes on there */
export function takeUpFirstDraft(turns: readonly Turn[], keeper: DraftKeeper): Turn | undefined {
  return keeper === NO_DRAFTS ? undefined : turns.find((turn) => takeUpDraft(turn, keeper) !== null)
}

/**
 * Takes up what was typed at a turn and never saved. What was saved after all, before the draft could be cleared away, is forgotten
 * here: the same text, or the beginning of one that was not there yet when the draft was begun.
 */
export function takeUpDraft(turn: Turn, keeper: DraftKeeper): { text: string; at: string } | null {
  const found = keeper.takeUp(turn)
  if (!found) return null
  const old = turn.old ?? ''
  const isSaved =
    found.text === old || (found.before !== turn.old && old.includes(found.text.trim()))
  if (!isSaved) return found
  keeper.drop(turn)
  return null
}

/** What is offered where another window answered meanwhile; null where it said the same, or nothing. */
export function meet(
  { round, path, pass, kind, value, draft }: Answer,
  answers: readonly Answer[],
): { readonly text: string; readonly problem: string } | null {
  const at = answers.find((one) => one.round === round && one.path === path && one.pass === pass)
  const theirs = at?.draft ?? at?.value ?? ''
  // What was set aside here is the text that was typed; the value is the one from before.
  const mine = draft ?? value
  if (theirs === '' || mine === null || theirs === mine) return null
  if (!isProse(kind)) {
    const problem = `Another window answered “${theirs}” here meanwhile. Answer again to replace it.`
    return { text: mine, problem }
  }
  const problem =
    'Another window saved a text here meanwhile. Both stand here now: keep what you need.'
  return { text: together(kind, theirs, mine), problem }
}

function isProse(kind: Answer['kind']): boolean {
  return kind === 'note' || kind === 'line' || kind === 'action'
}

/** Two texts of one place as one, so that none of them is lost. */
function together(kind: Answer['kind'], theirs: string, mine: string): string {
  return [theirs, mine].join(kind === 'note' ? '\n' : ' / ')
}
