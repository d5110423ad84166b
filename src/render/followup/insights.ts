import { addDays, daysBetween, type Day, sayDay } from '../../dates/day.ts'
import { CARRIED_OFTEN, FEW, FIGURE_DAYS, STRETCH_DAYS } from '../../model.ts'
import type { KeptPromises } from '../../notebook/store/review-figures.ts'
import { count, sayList, sayCarried } from '../../text/text.ts'
import { columns, hang, type Style, wrap } from '../../output/layout.ts'
import type { Unseen } from '../../followup/talks-due.ts'
import type { ReviewItem } from './review.ts'
import { sayOwner } from '../wording.ts'

/** The second part of a review: what is worth a look. It asks, and ranks nobody. */
export interface Insights {
  /** People who were not seen for as long as agreed, by name. */
  readonly unseen: readonly Unseen[]
  /** Stages and areas that no conversation with somebody was about. */
  readonly never: readonly Never[]
  /** Open items that were carried again and again. */
  readonly stuck: readonly ReviewItem[]
  /** Names of people who have had no stretch goal for a while. */
  readonly unstretched: readonly string[]
  /** Closed action items of the last days that figures look back on, by whose they were. */
  readonly kept: readonly KeptPromises[]
  /** Finished conversations, and those with praise, of the last days and of as many before them. */
  readonly praise: readonly [now: Praise, before: Praise]
  /** How much of the talking they did, as far as it was noted; by the ids of the choices. */
  readonly talk: readonly [now: ReadonlyMap<string, number>, before: ReadonlyMap<string, number>]
}

interface Never {
  readonly person: string
  readonly stages: readonly string[]
  readonly areas: readonly string[]
  /** Whether that is every stage, or every area, that there is. */
  readonly isEvery: { readonly stage: boolean; readonly area: boolean }
}

interface Praise {
  readonly held: number
  readonly praised: number
}

/** The parts that follow from the data, each with its question, its lines and the rule behind it. */
interface Part {
  readonly ask: string
  readonly why: string
  readonly lines: readonly (readonly string[])[]
}

/** The most items that are named where they keep being carried. */
const MOST_STUCK = 8

const SHARES = { under_half: 'under half', about_half: 'about half', most: 'most of it' } as const

/** What is worth a look, as questions; with the rule of each figure where `isWhy`. */
export function renderInsights(look: Insights, isWhy: boolean, style: Style): string {
  const { paint, width, today } = style
  const parts = partsOf(look, today).filter(({ lines }) => lines.length > 0)
  if (parts.length === 0) return ''
  const blocks = parts.map(({ ask, why, lines }) =>
    [
      hang('  ', ask, width),
      ...(isWhy ? [paint.dim(hang('    ', why, width))] : []),
      ...linesOf(lines, width).map((line) => paint.dim(line)),
    ].join('\n'),
  )
  return `${[paint.bold('Worth a look'), ...blocks].join('\n')}\n`
}

/** Lines of one column hang under their beginning; of several, the columns stand under each other. */
function linesOf(lines: Part['lines'], width: number): readonly string[] {
  const isSingle = lines.every((line) => line.length === 1)
  const text = isSingle
    ? lines.map(([only = '']) => hang('    ', only, width)).join('\n')
    : columns(
        lines.map(([first = '', ...rest]) => [`    ${first}`, ...rest]),
        width,
      )
  return text.split('\n')
}

function partsOf(look: Insights, today: Day): readonly Part[] {
  const from = sayDay(addDays(today, -FIGURE_DAYS), today)
  const before = `the ${FIGURE_DAYS} days before that`
  return [
    {
      ask: 'Whom have you not seen for longer than agreed?',
      why: 'Days since the last finished conversation, or since the person was added, are more than their cadence. Each person has one: coach person edit NAME --cadence DAYS.',
      lines: look.unseen.map((one) => [one.person, sayUnseen(one, today)]),
    },
    {
      ask: 'What did you never talk about?',
      why: 'Stages and areas that stand in no finished conversation with a person you had at least one with.',
      lines: look.never.map(({ person, stages, areas, isEvery }) => [
        person,
        [
          ...(isEvery.stage ? ['no stage named yet'] : sayNever('stages', stages)),
          ...(isEvery.area ? ['no area named yet'] : sayNever('areas', areas)),
        ].join(' · '),
      ]),
    },
    {
      ask: 'What keeps being carried, and what stands in its way?',
      why: `Open action items that were carried ${CARRIED_OFTEN} times or more.`,
      lines: [
        ...look.stuck
          .slice(0, MOST_STUCK)
          .map((item) => [
            `${item.id}  ${item.what} (${sayOwner(item)}, ${sayCarried(item.carried)})`,
          ]),
        ...(look.stuck.length > MOST_STUCK ? [[`and ${look.stuck.length - MOST_STUCK} more`]] : []),
      ],
    },
    {
      ask: `Who has had nothing to stretch for in ${STRETCH_DAYS} days?`,
      why: `People you coach, in the notebook for ${STRETCH_DAYS} days or more, with no stretch goal that is open or was closed in that time.`,
      lines: look.unstretched.length > 0 ? [[sayList(look.unstretched)]] : [],
    },
    {
      ask: `Is what is promised kept? (${FIGURE_DAYS} days)`,
      why: `Done ÷ (done + missed), of the action items with people you coach that were closed since ${from}; dropped ones do not count, and under ${FEW} it says nothing.`,
      lines: keptLines(look.kept),
    },
    {
      ask: `How often was there praise? (${FIGURE_DAYS} days)`,
      why: `Finished conversations with people you coach since ${from} in which praise was asked for, and those of them where some was written down; then ${before}.`,
      lines: praiseLines(look.praise),
    },
    {
      ask: `How much of the talking did they do? (${FIGURE_DAYS} days)`,
      why: `Your own guess at the end of conversations with people you coach since ${from}, as often as you noted one; then ${before}.`,
      lines: talkLines(look.talk),
    },
  ]
}

function sayNever(what: string, ids: readonly string[]): readonly string[] {
  return ids.length === 0 ? [] : [`${what}: ${ids.join(', ')}`]
}

function sayUnseen({ lastHeldOn, since, cadenceDays, plannedOn }: Unseen, today: Day): string {
  const days = count(daysBetween(since, today), 'day')
  return [
    lastHeldOn === null ? `not yet, added ${days} ago` : `${days} ago`,
    `agreed every ${count(cadenceDays, 'day')}`,
    ...(plannedOn === null ? [] : [`next on ${sayDay(plannedOn, today)}`]),
  ].join(' · ')
}

const WHOSE = { them: 'theirs', me: 'yours' } as const

function keptLines(kept: readonly KeptPromises[]): readonly (readonly string[])[] {
  return (['them', 'me'] as const).flatMap((owner) => {
    const found = kept.find((one) => one.owner === owner)
    return found ? [[WHOSE[owner], sayKept(found)]] : []
  })
}

/** `12 of 15 kept (80 %)`; a share of few says nothing. */
function sayKept({ done, missed }: Pick<KeptPromises, 'done' | 'missed'>): string {
  const all = done + missed
  return all < FEW
    ? `too few to say (${done} of ${all} kept)`
    : `${done} of ${all} kept (${Math.round((100 * done) / all)} %)`
}

function praiseLines([now, before]: Insights['praise']): readonly (readonly string[])[] {
  if (now.held === 0) return []
  const earlier = before.held === 0 ? '' : ` · before: ${before.praised} of ${before.held}`
  return [[`in ${now.praised} of ${count(now.held, 'conversation')}${earlier}`]]
}

function talkLines([now, before]: Insights['talk']): readonly (readonly string[])[] {
  const say = (shares: ReadonlyMap<string, number>) =>
    Object.entries(SHARES)
      .flatMap(([id, title]) => (shares.has(id) ? [`${title} ${shares.get(id)} ×`] : []))
      .join(', ')
  if (now.size === 0) return []
  return [[`${say(now)}${before.size === 0 ? '' : ` · before: ${say(before)}`}`]]
}

/** The shape of `coach review --look --json`. */
export function insightsJson(look: Insights, today: Day): object {
  const kept = (owner: KeptPromises['owner']) => {
    const { done, missed } = look.kept.find((one) => one.owner === owner) ?? { done: 0, missed: 0 }
    const all = done + missed
    return { done, missed, kept: all < FEW ? null : done / all }
  }
  const shares = (of: ReadonlyMap<string, number>) =>
    Object.fromEntries(Object.keys(SHARES).map((id) => [id, of.get(id) ?? 0]))
  return {
    today,
    figure_days: FIGURE_DAYS,
    not_seen: look.unseen.map((one) => ({
      person: one.person,
      last_held_on: one.lastHeldOn,
      days: daysBetween(one.since, today),
      cadence_days: one.cadenceDays,
      planned_on: one.plannedOn,
    })),
    never_coached: look.never.map(({ person, stages, areas }) => ({ person, stages, areas })),
    carried_often: look.stuck.map(({ id, person, what, carried }) => ({
      id,
      person,
      what,
      carried,
    })),
    no_stretch_goal: look.unstretched,
    follow_through: { theirs: kept('them'), yours: kept('me') },
    praise: { last: look.praise[0], before: look.praise[1] },
    talk_share: { last: shares(look.talk[0]), before: shares(look.talk[1]) },
  }
}

/** The last lines of a review that shows only what is open: where the rest is. */
export function renderArchived(open: number, style: Style): string {
  const text = `${count(open, 'open item')} of people in the archive ${open === 1 ? 'is' : 'are'} left out: coach review --all`
  return `${wrap(text, style.width).join('\n')}\n`
}
