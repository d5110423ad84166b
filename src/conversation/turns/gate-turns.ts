import { answered, type Book } from './answer-index.ts'
import type { Guide } from '../guide.ts'
import type { Choice, GateWords, OpportunityFacts, Turn } from '../turn.ts'
import type { TurnParts } from './bare-turn.ts'
import { namesakes } from '../../text/folding.ts'

type Stage = Choice & { readonly gate?: GateWords | undefined }

/** What the seller did, what the customer gave, and, where that is missing, the question to ask. */
export const GATE_FIELDS = ['did', 'evidence', 'heard'] as const
export type GateField = (typeof GATE_FIELDS)[number]

/** The place of a part of a gate, such as `gates.checks.discover.evidence`. */
export function gatePlace(
  path: string,
): { readonly list: string; readonly stage: string; readonly field: GateField } | undefined {
  const match = /^(\w+\.\w+)\.([a-z][a-z0-9_-]*)\.(did|evidence|heard)$/.exec(path)
  const field = GATE_FIELDS.find((name) => name === match?.[3])
  const [, list, stage] = match ?? []
  return list !== undefined && stage !== undefined && field ? { list, stage, field } : undefined
}

/** The path of the only prompt of a kind, or undefined. */
function pathOf(guide: Guide, kind: 'opportunity' | 'gates'): string | undefined {
  return guide.steps
    .flatMap((step) =>
      step.prompts.map((prompt) => ({ ...prompt, path: `${step.id}.${prompt.id}` })),
    )
    .find((prompt) => prompt.kind === kind)?.path
}

/** What is known of the opportunity that the conversation is about; its name counts whatever the case. */
export function knownOpportunity(book: Book): OpportunityFacts | undefined {
  const { guide, facts } = book.conversation
  const path = pathOf(guide, 'opportunity')
  const named = path === undefined ? null : answered(book, 1, path)
  if (named === null) return undefined
  return namesakes(facts.opportunities, named, ({ name }) => name)[0]
}

/**
 * The turns of two-sided gates: for each stage up to the one the opportunity is in, what the seller did and what the
 * customer gave. A gate that the customer confirmed earlier is not asked again.
 */
export function gateTurns(book: Book, parts: TurnParts): Turn[] {
  return openStages(book).flatMap((stage) => {
    const { title, gate } = stage
    const base = `${parts.path}.${stage.id}`
    const turn = (field: GateField, more: Partial<TurnParts> & { ask: string; title: string }) =>
      book.turn({ ...parts, kind: 'note', example: null, ...more, path: `${base}.${field}` })
    const seller = book.conversation.facts.name
    const evidence = turn('evidence', {
      title: `${title}, customer`,
      ask: `${title}: what did the customer say or do?`,
      why: 'Only the customer can show that the gate was passed. What the seller sent is no evidence. Leave it empty where there is none.',
      about: gate ? `The customer’s side: ${gate.customer}` : null,
    })
    return [
      turn('did', {
        title: `${title}, seller`,
        ask: `${title}: what did ${seller} do?`,
        about: gate ? `The seller’s side: ${gate.seller}` : null,
      }),
      evidence,
      ...(evidence.kept?.state === 'skipped'
        ? [
            turn('heard', {
              title: `${title}, question`,
              ask: `${title}, to ask next: ${gate?.ask ?? `What would show you that the customer is through with “${title}”?`}`,
              why: 'Nothing from the customer yet, so this is the next question. Write down what you hear to it, or pass it over. The gate stays open until something from the customer is written on their side; that is offered as an action item.',
            }),
          ]
        : []),
    ]
  })
}

/** Stages whose gate still wants looking at, the first one first. */
function openStages(book: Book): readonly Stage[] {
  const { facts } = book.conversation
  const known = knownOpportunity(book)
  const at = facts.stages.findIndex(({ id }) => id === stageOf(book))
  return facts.stages.slice(0, at + 1).filter(({ id }) => !known?.confirmed.has(id))
}

/** The stage the opportunity is in. */
function stageOf(book: Book): string | null {
  for (const step of book.conversation.guide.steps) {
    const prompt = step.prompts.find((one) => one.from === 'stages')
    if (prompt) return answered(book, 1, `${step.id}.${prompt.id}`)
  }
  return null
}

/** What to agree on, one for each stage for which nothing came from the customer. */
export function missingEvidence(
  book: Book,
): readonly { readonly stage: string; readonly action: string }[] {
  const path = pathOf(book.conversation.guide, 'gates')
  if (path === undefined) return []
  const isPromised = (action: string) =>
    book.conversation.facts.promises.some(({ what }) => what === action)
  return (
    openStages(book)
      .filter(({ id }) => book.find(1, `${path}.${id}.evidence`, 'record')?.state === 'skipped')
      .map(({ title, gate }) => ({
        stage: title,
        action: gate?.action ?? `ask the customer what would show that “${title}” is behind them`,
      }))
      // What was agreed before comes back as a promise, and needs no second item.
      .filter(({ action }) => !isPromised(action))
  )
}
