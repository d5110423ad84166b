import type { Turn } from '../turn.ts'

/** What a turn is made from; the rest has a plain default. */
export type TurnParts = Pick<Turn, 'round' | 'path' | 'kind' | 'step' | 'title' | 'ask' | 'why'> &
  Partial<Turn>

/** A turn that asks for a text which need not be given, and for which nothing is kept yet, unless the parts say so. */
export function bareTurn(parts: TurnParts & Pick<Turn, 'pass'>): Turn {
  return {
    example: null,
    required: false,
    visibility: 'shared',
    choices: [],
    default: null,
    about: null,
    hint: null,
    keptIn: parts.pass,
    kept: null,
    old: null,
    isFromInbox: false,
    before: null,
    isAhead: false,
    isBoth: false,
    hints: [],
    action: null,
    ...parts,
  }
}
