import { halfWay } from '../../dates/day.ts'
import { append } from '../../text/lists.ts'
import { type ActionField, isOpen, MAX_ACTIONS, OWNERS } from '../../model.ts'
import { ACTION_WORDS, FIRMER, FULL, furtherItem, OWN_FIRMER, OWN_WORDS } from './action-wording.ts'
import { answered, type Book } from './answer-index.ts'
import { missingEvidence } from './gate-turns.ts'
import type { Prompt } from '../guide.ts'
import type { Turn } from '../turn.ts'
import type { TurnParts } from './bare-turn.ts'

/** The turns of a list of action items: one item after the other, each with its fields. */
export function actionTurns(book: Book, parts: TurnParts, prompt: Prompt): Turn[] {
  const turns: Turn[] = []
  const missing = missingEvidence(book)
  const earlier = stillOpen(book, prompt)
  for (let number = 1; number <= (prompt.at_most ?? MAX_ACTIONS); number++) {
    const what = fieldTurn(book, parts, prompt, number, 'what', {
      kind: 'action',
      required: prompt.required && number === 1,
      example: number === 1 ? (parts.example ?? null) : null,
      title: number === 1 ? ACTION_WORDS.what.title : `Action item ${number}`,
      ...furtherItem(number, earlier),
      isAhead: true,
      ...(number === 1 ? { ask: parts.ask, why: parts.why } : {}),
    })
    const agreed = new Set(
      turns.flatMap(({ path, kept }) => (path.endsWith('.what') ? [kept?.value] : [])),
    )
    turns.push(
      offered(
        what,
        missing.find(({ action }) => !agreed.has(action)),
      ),
    )
    if (what.kept?.state !== 'answered') break
    append(turns, itemTurns(book, parts, prompt, number, what.kept.value))
  }
  return turns
}

/** How many plans from before this session stay open: those of the one whose plan is made now. */
function stillOpen(book: Book, prompt: Prompt): number {
  const { promises } = book.conversation.facts
  return promises.filter(({ id, owner, status }) => {
    const became = answered(book, 0, `promises.${id}.outcome`)
    const isClosed = became === 'done' || became === 'missed' || became === 'dropped'
    return owner === (prompt.owner ?? 'them') && isOpen(status) && !isClosed
  }).length
}

/** Evidence that the customer did not give yet is offered as an action item: Enter takes it. */
function offered(
  turn: Turn,
  missing: ReturnType<typeof missingEvidence>[number] | undefined,
): Turn {
  if (missing === undefined || (turn.kept !== null && turn.kept.state !== 'later')) return turn
  const hint = `Nothing from the customer yet at the stage ${missing.stage}. Enter takes this, ^S goes on without.`
  const isFirst = turn.action?.number === 1
  return { ...turn, ask: isFirst ? turn.ask : 'One more?', old: turn.old ?? missing.action, hint }
}

function itemTurns(
  book: Book,
  parts: TurnParts,
  prompt: Prompt,
  number: number,
  about: string | null,
): Turn[] {
  const { facts } = book.conversation
  const isOwn = prompt.owner === 'me'
  const field = (name: ActionField, more: Partial<Turn>) =>
    fieldTurn(book, parts, prompt, number, name, { about, ...more })
  const choices = OWNERS.map((id) => ({ id, title: id === 'me' ? 'Me' : facts.name }))
  const firmer = book.turn({
    ...parts,
    path: `${parts.path}.${number}.firmer`,
    kind: 'yes_no',
    title: 'Firmer',
    ask: isOwn
      ? 'Make it firmer? (if–then, obstacle)'
      : 'Make it firmer? (if–then, obstacle, measure, your support)',
    why: 'A plan that names the moment to act, and what could get in the way, is easier to follow.',
    example: null,
    required: false,
    default: number === 1 ? 'yes' : 'no',
    about,
    visibility: 'private',
  })
  const wanted = facts.full || (firmer.kept?.state === 'answered' && firmer.kept.value === 'yes')
  const due = field('due', { kind: 'date', isAhead: true })
  const obstacle = field('obstacle', { kind: 'line' })
  const day = due.kept?.state === 'answered' ? due.kept.value : null
  const more = (name: ActionField): Turn[] => {
    if (name === 'obstacle') return [obstacle]
    // A second way is asked for where something can get in the way.
    if (name === 'else' && !facts.full && obstacle.kept?.state !== 'answered') return []
    if (name === 'goal') {
      const isThere = facts.goals.length > 0
      return isThere ? [field(name, { kind: 'choice', choices: facts.goals })] : []
    }
    if (name === 'repeat') return [field(name, { kind: 'repeat' })]
    if (name !== 'check_in') return [field(name, { kind: 'line' })]
    const turn = field(name, { kind: 'date', isAhead: true })
    return [{ ...turn, before: day, old: turn.old ?? (day && halfWay(facts.today, day)) }]
  }
  return [
    due,
    ...(prompt.owner ? [] : [field('owner', { kind: 'choice', choices, default: 'them' })]),
    ...(facts.full ? [] : [firmer]),
    ...(wanted ? (isOwn ? OWN_FIRMER : FIRMER).flatMap(more) : []),
    ...(facts.full ? FULL.flatMap(more) : []),
  ]
}

function fieldTurn(
  book: Book,
  parts: TurnParts,
  prompt: Prompt,
  number: number,
  field: ActionField,
  more: Partial<Turn>,
): Turn {
  const { title, ask, why, example } = {
    ...ACTION_WORDS[field],
    ...(prompt.owner === 'me' ? OWN_WORDS[field] : {}),
  }
  const path = `${parts.path}.${number}.${field}`
  const action = { number, field, owner: prompt.owner ?? null }
  return book.turn({
    ...parts,
    title,
    ask,
    why,
    example,
    required: false,
    ...more,
    path,
    action,
  })
}
