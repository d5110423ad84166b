import type { Opportunity } from '../../model.ts'
import type { GateCheck } from '../../notebook/store/opportunities.ts'
import type { Vocabulary } from '../../questions/bank/schema.ts'
import { columns, hang, type Style } from '../../output/layout.ts'
import { sayAgo } from '../wording.ts'

type Stages = Vocabulary['stages']

/** An opportunity with what was last written down at its gates. */
export interface OpportunityPage {
  readonly opportunity: Opportunity
  readonly checks: readonly GateCheck[]
  readonly stages: Stages
}

/** One line for each opportunity: whose it is, its stage, and how many gates the customer confirmed. */
export function renderOpportunities(pages: readonly OpportunityPage[], style: Style): string {
  const rows = pages.map((page) => {
    const { id, name, person, closedAt } = page.opportunity
    const about = [
      person,
      sayStage(page),
      ...(closedAt !== null
        ? ['closed']
        : gatesOf(page).length === 0
          ? []
          : [`${confirmed(page)} confirmed by the customer`]),
    ]
    return [String(id), name, about.join(' · ')]
  })
  return `${columns(rows, style.width)}\n`
}

/** An opportunity with both sides of every gate up to the stage it is in. */
export function renderOpportunity(page: OpportunityPage, style: Style): string {
  const { paint, width, today } = style
  const { opportunity, checks } = page
  const head = `${opportunity.id}  ${opportunity.name} · ${opportunity.person} · ${sayStage(page)}${opportunity.closedAt === null ? '' : ' · closed'}`
  const blocks = gatesOf(page).map((stage) => {
    const find = (field: GateCheck['field']) =>
      checks.find((check) => check.stage === stage.id && check.field === field)
    const line = (mark: string, check: GateCheck | undefined, none: string) =>
      check
        ? hang(
            mark,
            `${check.value} (${sayAgo(check.on, today)}, session ${check.sessionId})`,
            width,
          )
        : paint.dim(hang(mark, none, width))
    const [did, evidence, heard] = [find('did'), find('evidence'), find('heard')]
    return [
      paint.bold(`${stage.title}${evidence ? '' : ' · open'}`),
      line('  seller    ', did, 'nothing written down'),
      line('  customer  ', evidence, 'no evidence yet'),
      ...(heard ? [line('  heard     ', heard, '')] : []),
      ...(!evidence && stage.gate ? [paint.dim(hang('  ask       ', stage.gate.ask, width))] : []),
    ].join('\n')
  })
  if (blocks.length === 0) blocks.push(paint.dim('Nothing has been written down at a gate yet.'))
  return `${[hang('', paint.bold(head), width), ...blocks].join('\n\n')}\n`
}

/** The stages up to the one an opportunity is in, and any other that something was written down for. */
function gatesOf({ opportunity, checks, stages }: OpportunityPage): Stages {
  const at = stages.findIndex(({ id }) => id === opportunity.stage)
  const known = stages.filter(
    (stage, n) => n <= at || checks.some((check) => check.stage === stage.id),
  )
  // Stages that a team has given up since: what was written down stays to be read.
  const gone = [...new Set(checks.map(({ stage }) => stage))]
    .filter((id) => stages.every((stage) => stage.id !== id))
    .map((id) => ({ id, title: id }))
  return [...gone, ...known]
}

function confirmed(page: OpportunityPage): string {
  const gates = gatesOf(page)
  const done = gates.filter(({ id }) =>
    page.checks.some((check) => check.stage === id && check.field === 'evidence'),
  )
  return `${done.length} of ${gates.length} gates`
}

function sayStage({ opportunity, stages }: OpportunityPage): string {
  if (opportunity.stage === null) return 'no stage yet'
  return stages.find(({ id }) => id === opportunity.stage)?.title ?? opportunity.stage
}

/** The shape of `coach opportunity list --json`, and with `gates` of `show`. */
export function opportunityJson(page: OpportunityPage): object {
  const { id, uuid, name, person, stage, closedAt } = page.opportunity
  const gates = gatesOf(page).map((one) => {
    const mine = page.checks.filter((check) => check.stage === one.id)
    const say = (field: GateCheck['field']) => {
      const found = mine.find((check) => check.field === field)
      return found ? { text: found.value, on: found.on, session: found.sessionId } : null
    }
    return { stage: one.id, did: say('did'), evidence: say('evidence'), heard: say('heard') }
  })
  return { id, uuid, person, name, stage, closed: closedAt !== null, gates }
}
