import type { Answer, Pass } from '../../model.ts'
import type { Prompt } from '../guide.ts'
import type { Conversation, Turn } from '../turn.ts'
import { bareTurn, type TurnParts } from './bare-turn.ts'

/** The answers, looked up by place, with the turns made from them. */
export interface Book {
  readonly conversation: Conversation
  find(round: number, path: string, pass: Pass): Answer | undefined
  /** Whether a prompt of this pass (or of the pass before, where it was missed) has its turn now. */
  isDue(round: number, path: string, pass: Prompt['pass']): boolean
  turn(parts: TurnParts): Turn
}

/** Opens the answers of a conversation for look-up. */
export function openBook(conversation: Conversation): Book {
  const { answers, pass: now } = conversation
  const rows = new Map(answers.map((row) => [`${row.round}/${row.path}/${row.pass}`, row]))
  const find = (round: number, path: string, pass: Pass) => rows.get(`${round}/${path}/${pass}`)
  return {
    conversation,
    find,
    isDue(round, path, pass) {
      if (pass === 'both' || pass === now) return true
      const earlier = find(round, path, 'prepare')
      return now === 'record' && (earlier === undefined || earlier.state === 'later')
    },
    turn(parts) {
      const elsewhere =
        now === 'prepare' && !parts.isBoth ? find(parts.round, parts.path, 'record') : undefined
      const kept = find(parts.round, parts.path, now) ?? elsewhere ?? null
      const before = now === 'record' ? find(parts.round, parts.path, 'prepare') : undefined
      return bareTurn({
        ...parts,
        pass: parts.pass ?? now,
        keptIn: kept?.pass ?? now,
        kept,
        old: kept?.draft ?? kept?.value ?? before?.draft ?? before?.value ?? null,
      })
    },
  }
}

/** The value answered at a place in either pass, the later one first. */
export function answered(book: Book, round: number, path: string): string | null {
  for (const pass of ['record', 'prepare'] as const) {
    const row = book.find(round, path, pass)
    if (row?.state === 'answered') return row.value
  }
  return null
}
