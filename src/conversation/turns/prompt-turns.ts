import { ASK_KINDS, type AskKind, type Relation } from '../../model.ts'
import { sayDay } from '../../dates/day.ts'
import { actionTurns } from './action-turns.ts'
import { answered, type Book } from './answer-index.ts'
import { gateTurns, knownOpportunity } from './gate-turns.ts'
import { noteFor } from './inbox-turns.ts'
import type { Prompt, Step } from '../guide.ts'
import type { Choice, Conversation, Topic, Turn } from '../turn.ts'
import type { TurnParts } from './bare-turn.ts'

/** The kinds of Ask as they are named on the screen. */
export const ASK_TITLES = {
  commitment: 'Commitment',
  obstacle: 'Obstacle',
  sub_goal: 'Sub-goal',
  stretch: 'Stretch',
  accountability: 'Accountability',
} as const satisfies Record<AskKind, string>

/** What each kind of Ask is about (Integrity Solutions, three coaching conversations). */
const ASK_MEANS = {
  commitment: 'Commitment: what they want to take on, and how you can support it.',
  obstacle: 'Obstacle: what could get in the way.',
  sub_goal: 'Sub-goal: the smaller goals on the way, and this week’s step.',
  stretch: 'Stretch: what would be hard now, and a breakthrough.',
  accountability: 'Accountability: how you hold them to it without checking up on them.',
} as const satisfies Record<AskKind, string>

/** Why it is asked what was heard; to oneself there is nothing to be heard. */
const HEARD_WHY = {
  report:
    'Their words, as near as you remember them. Leave it empty if the question was not asked.',
  coach: 'Their words, as near as you remember them. Leave it empty if the question was not asked.',
  self: 'What comes first, without making it nicer. Nobody else reads it. Leave it empty to pass it over.',
} as const satisfies Record<Relation, string>

/** The turns of one prompt: most have one, `questions` and `actions` have several. */
export function promptTurns(
  book: Book,
  step: Step,
  prompt: Prompt,
  place: Turn['step'],
  round: number,
): Turn[] {
  const path = `${step.id}.${prompt.id}`
  const parts: TurnParts = {
    round,
    path,
    kind: 'line',
    step: place,
    title: prompt.title,
    ask: prompt.ask,
    why: prompt.why,
    example: prompt.example ?? null,
    required: prompt.required,
    visibility: prompt.visibility,
    hints: prompt.hints ? [prompt.hints] : [],
  }
  if (prompt.kind === 'questions') return questionTurns(book, step, parts, prompt)
  if (prompt.kind === 'actions') return actionTurns(book, parts, prompt)
  if (prompt.kind === 'gates') return gateTurns(book, parts)
  if (prompt.kind === 'opportunity') {
    const choices = book.conversation.facts.opportunities.map(({ name }) => ({
      id: name,
      title: name,
    }))
    const standard = choices.length === 1 ? (choices[0]?.id ?? null) : null
    return [book.turn({ ...parts, kind: 'opportunity', choices, default: standard })]
  }
  if (prompt.kind === 'choice') {
    const choices = choicesOf(book.conversation, prompt)
    if (choices.length === 0) return []
    const last = lastOf(book, prompt)
    const wanted = prompt.default === 'last' ? last : prompt.default
    const standard = choices.find((choice) => choice.id === wanted)?.id ?? null
    return [book.turn({ ...parts, kind: 'choice', choices, default: standard })]
  }
  if (prompt.kind === 'rating') {
    const choices = ratingChoices(book, step, prompt, round)
    const about = ratingsBefore(book, prompt, path)
    return [book.turn({ ...parts, kind: 'rating', choices, about })]
  }
  const isNext = prompt.kind === 'date' && prompt.id === 'next_session'
  const turn = book.turn({
    ...parts,
    kind: prompt.kind,
    isBoth: prompt.pass === 'both',
    isAhead: isNext,
  })
  const whole = turn.kept === null && turn.old === null ? offeredTo(book, turn, prompt) : turn
  return [prompt.pass === 'both' ? planned(book, whole, prompt) : whole]
}

/** A prompt that nothing was said to yet, with what is known: a note of the inbox, or the day that was agreed before. */
function offeredTo(book: Book, turn: Turn, prompt: Prompt): Turn {
  if (turn.isAhead) {
    const before = turn.round > 1 ? answered(book, turn.round - 1, turn.path) : null
    return { ...turn, old: before ?? book.conversation.facts.nextSession }
  }
  const note = noteFor(book, prompt, turn.round)
  return note === null
    ? turn
    : {
        ...turn,
        old: note,
        isFromInbox: true,
        hint:
          turn.visibility === 'private'
            ? 'From your inbox; change what you like.'
            : 'From your private inbox. What stands here they may read; change what you like.',
      }
}

/** What is only planned is private until it is recorded as done (a pointer is shared once it was given). */
function planned(book: Book, turn: Turn, prompt: Prompt): Turn {
  return book.conversation.pass === 'prepare'
    ? { ...turn, visibility: 'private', required: false }
    : { ...turn, ask: prompt.ask_recording ?? turn.ask }
}

function choicesOf(conversation: Conversation, prompt: Prompt): readonly Choice[] {
  return prompt.from ? conversation.facts[prompt.from] : (prompt.choices ?? [])
}

/** What was last chosen at a prompt like this: with an opportunity, the stage that it is in. */
function lastOf(book: Book, prompt: Prompt): string | null {
  const { last } = book.conversation.facts
  const known = knownOpportunity(book)
  if (prompt.from === 'stages' && known) return known.stage
  return last.get(prompt.id) ?? null
}

/** How a rating went before: the newest first, at most five. */
function ratingsBefore(book: Book, prompt: Prompt, path: string): string | null {
  const { facts, guide } = book.conversation
  const { ratings, today } = facts
  const before = (prompt.anchors && ratings.get(`${guide.id}/${path}`)) ?? []
  const said = before.slice(0, 5).map(({ value, on }) => `${value} (${sayDay(on, today)})`)
  return said.length === 0 ? null : `Before: ${said.join(', ')}`
}

/** What the ratings mean where no skill was named. */
const PLAIN_ANCHORS = [
  'Not seen yet',
  'Seen now and then',
  'Seen most of the time',
  'Seen every time',
  'Seen every time, also when it was hard',
]

function ratingChoices(book: Book, step: Step, prompt: Prompt, round: number): readonly Choice[] {
  const chosen = answered(book, round, `${step.id}.skill`)
  const skill = book.conversation.facts.skills.find((one) => one.id === chosen)
  return [1, 2, 3, 4, 5].map((n) => ({
    id: String(n),
    title: prompt.anchors?.[n - 1] ?? skill?.anchors[n - 1] ?? PLAIN_ANCHORS[n - 1] ?? '',
  }))
}

const ASKED = 'Which question did you ask about this?'

function questionTurns(book: Book, step: Step, parts: TurnParts, prompt: Prompt): Turn[] {
  const { facts, pass } = book.conversation
  const kinds = prompt.kinds ?? ASK_KINDS
  return kinds.flatMap((kind) => {
    const base = `${parts.path}.${ASK_KINDS.indexOf(kind) + 1}`
    const turns: Turn[] = []
    if (pass === 'prepare' || book.isDue(parts.round, `${base}.question`, 'prepare')) {
      const taken = takenElsewhere(book, parts.round, `${base}.question`)
      const isLate = pass === 'record' && prompt.pass === 'both'
      const choices = facts.suggest({ ...topicOf(book, step, prompt, parts.round, kind), taken })
      turns.push(
        book.turn({
          ...parts,
          path: `${base}.question`,
          kind: 'question',
          title: ASK_TITLES[kind],
          ask: `${ASK_TITLES[kind]}: ${isLate ? ASKED : prompt.ask}`,
          why: `${ASK_MEANS[kind]} ${prompt.why}`,
          choices,
          hints: [...(parts.hints ?? []), 'question'],
          visibility:
            prompt.visibility === 'private' || answered(book, parts.round, `${base}.heard`) === null
              ? 'private'
              : 'shared',
        }),
      )
    }
    const question = answered(book, parts.round, `${base}.question`)
    if (pass === 'prepare' || question === null) return turns
    const heard = book.turn({
      ...parts,
      path: `${base}.heard`,
      kind: 'note',
      title: ASK_TITLES[kind],
      ask: prompt.ask_recording ?? 'What did you hear?',
      why: HEARD_WHY[book.conversation.guide.with],
      about: question,
    })
    turns.push(heard)
    if (heard.kept?.state === 'answered') {
      turns.push(
        book.turn({
          ...parts,
          path: `${base}.opened`,
          kind: 'yes_no',
          title: 'Opened up',
          ask: 'Did the question open something up?',
          why: 'Questions that did are offered sooner next time. It is for you alone.',
          about: question,
          visibility: 'private',
        }),
      )
    }
    return turns
  })
}

/** Questions that were chosen at other places of this session: they are not offered a second time. */
function takenElsewhere(book: Book, round: number, path: string): readonly string[] {
  return book.conversation.answers.flatMap((answer) =>
    answer.state === 'answered' &&
    answer.questionId !== null &&
    (answer.path !== path || answer.round !== round)
      ? [answer.questionId]
      : [],
  )
}

/** What is known of the topic: what was chosen in this round, else what the guide takes for granted. */
function topicOf(
  book: Book,
  step: Step,
  prompt: Prompt,
  round: number,
  kind: AskKind,
): Omit<Topic, 'taken'> {
  const chosen = (from: NonNullable<Prompt['from']>) => {
    for (const { id, prompts } of book.conversation.guide.steps) {
      const choice = prompts.find((one) => one.from === from)
      if (!choice) continue
      const standard = choice.default === 'last' ? null : (choice.default ?? null)
      return answered(book, round, `${id}.${choice.id}`) ?? standard
    }
    return null
  }
  const [stage, area, skill] = [chosen('stages'), chosen('areas'), chosen('skills')]
  return { kind, stage, area, skill, step: step.id, banks: prompt.banks ?? null }
}
