import type { Pass } from '../../model.ts'
import type { Turn } from '../turn.ts'

/** What has to be said of each turn. */
type Said = 'round' | 'path' | 'kind' | 'step' | 'title' | 'ask' | 'why'

/** What a turn of a pass is like where nothing else is said: others may read the answer, and it may be left out. */
export function bareTurn(pass: Pass): Omit<Turn, Said> {
  return {
    pass,
    keptIn: pass,
    example: null,
    required: false,
    visibility: 'shared',
    choices: [],
    default: null,
    about: null,
    hint: null,
    kept: null,
    old: null,
    isFromInbox: false,
    before: null,
    isAhead: false,
    isBoth: false,
    hints: [],
    action: null,
  }
}
