import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { daysFrom, daysLater, sayDay } from './team-days.ts'
import {
  closedBy,
  conversations,
  GROUPS,
  groupOf,
  isAsked,
  LOOK_BACK,
  openInArchive,
  openItems,
  personOf,
  said,
  WORDS,
} from './team-figures.ts'
import { lookJson } from './team-json.ts'
import type { AnswerRow, ItemRow, PersonRow, Rows } from './team-rows.ts'

/** What the pages should say, word for word, written from the rows of a notebook without a line of the program. */

const many = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`
const whose = (rows: Rows, item: ItemRow) => {
  const { name } = personOf(rows, item.person_id)
  return item.owner === 'me' ? `you, for ${name}` : name
}
const often = ({ carried }: ItemRow) =>
  carried === 1 ? 'carried once' : `carried ${carried} times`

function dueOf({ due_on: due }: ItemRow, today: string): string {
  if (due === null) return 'no date'
  const late = daysFrom(due, today)
  const how = late < 0 ? '' : late === 0 ? ', today' : `, ${many(late, 'day')} late`
  return `${sayDay(due)}${how}`
}

function itemLines(rows: Rows, today: string, item: ItemRow): readonly string[] {
  const { id, what, status, carried, check_in_on: checkIn } = item
  const about = [
    whose(rows, item),
    dueOf(item, today),
    ...(groupOf(item, today) === 'Check-ins' && checkIn !== null
      ? [checkIn === today ? 'check-in today' : `check-in since ${sayDay(checkIn)}`]
      : []),
    ...(status === 'part' ? ['partly done'] : []),
    ...(carried > 0 ? [often(item)] : []),
  ]
  return [`${id} ${what}`, about.join(' · ')]
}

const SHARES = { under_half: 'under half', about_half: 'about half', most: 'most of it' } as const

function lookLines(rows: Rows, today: string): readonly string[] {
  const look = lookJson(rows, today)
  const never = (what: 'stage' | 'area', ids: readonly string[], all: number) =>
    ids.length === 0
      ? []
      : [ids.length === all ? `no ${what} named yet` : `${what}s: ${ids.join(', ')}`]
  const kept = ({ done, missed, kept: share }: (typeof look.follow_through)['theirs']) => {
    const counted = `${done} of ${done + missed} kept`
    return share === null
      ? `too few to say (${counted})`
      : `${counted} (${Math.round(share * 100)} %)`
  }
  const shares = (of: (typeof look.talk_share)['last']) =>
    (['under_half', 'about_half', 'most'] as const)
      .filter((share) => of[share] > 0)
      .map((share) => `${SHARES[share]} ${of[share]} ×`)
      .join(', ')
  const { theirs, yours } = look.follow_through
  const { last, before } = look.praise
  const [talked, talkedBefore] = [shares(look.talk_share.last), shares(look.talk_share.before)]
  const parts: readonly (readonly [ask: string, lines: readonly string[]])[] = [
    [
      'Whom have you not seen for longer than agreed?',
      look.not_seen.map(({ person, last_held_on: held, days, cadence_days: cadence, planned_on }) =>
        [
          `${person} ${held === null ? `not yet, added ${many(days, 'day')} ago` : `${many(days, 'day')} ago`}`,
          `agreed every ${many(cadence, 'day')}`,
          ...(planned_on === null ? [] : [`next on ${sayDay(planned_on)}`]),
        ].join(' · '),
      ),
    ],
    [
      'What did you never talk about?',
      look.never_coached.map(({ person, stages, areas }) => {
        const parts = [
          ...never('stage', stages, WORDS.stages.length),
          ...never('area', areas, WORDS.areas.length),
        ]
        return `${person} ${parts.join(' · ')}`
      }),
    ],
    [
      'What keeps being carried, and what stands in its way?',
      openItems(rows)
        .filter(({ id }) => look.carried_often.some((one) => one.id === id))
        .map((item) => `${item.id} ${item.what} (${whose(rows, item)}, ${often(item)})`),
    ],
    [
      'Who has had nothing to stretch for in 45 days?',
      look.no_stretch_goal.length === 0
        ? []
        : [look.no_stretch_goal.join(', ').replace(/, ([^,]+)$/, ' and $1')],
    ],
    [
      'Is what is promised kept? (90 days)',
      [
        ...(theirs.done + theirs.missed > 0 ? [`theirs ${kept(theirs)}`] : []),
        ...(yours.done + yours.missed > 0 ? [`yours ${kept(yours)}`] : []),
      ],
    ],
    [
      'How often was there praise? (90 days)',
      last.held === 0
        ? []
        : [
            `in ${last.praised} of ${many(last.held, 'conversation')}${before.held === 0 ? '' : ` · before: ${before.praised} of ${before.held}`}`,
          ],
    ],
    [
      'How much of the talking did they do? (90 days)',
      talked === '' ? [] : [`${talked}${talkedBefore === '' ? '' : ` · before: ${talkedBefore}`}`],
    ],
  ]
  const shown = parts.filter(([, lines]) => lines.length > 0)
  return shown.length === 0 ? [] : ['Worth a look', ...shown.flat(2)]
}

/** A text without its line breaks and indents, in parts: where a line is broken depends on the screen. */
export function partsOf(text: string): readonly string[] {
  return text
    .trim()
    .replace(/\s+/g, ' ')
    .split(/ · |(?<=\?) /)
}

/** `coach review`, in parts. */
export function reviewPage(rows: Rows, today: string): readonly string[] {
  const items = openItems(rows)
  const groups = GROUPS.flatMap((group) => {
    const found = items.filter((item) => groupOf(item, today) === group)
    const lines = found.flatMap((item) => itemLines(rows, today, item))
    return found.length === 0 ? [] : [`${group} (${found.length})`, ...lines]
  })
  return partsOf([...groups, ...lookLines(rows, today)].join('\n'))
}

/** What `coach review` says of people in the archive; nothing where nothing of theirs is open. */
export function archivePage(rows: Rows): string {
  const open = openInArchive(rows)
  const are = open === 1 ? 'is' : 'are'
  return open === 0
    ? ''
    : `${many(open, 'open item')} of people in the archive ${are} left out: coach review --all`
}

const guides = join(import.meta.dirname, '../../../question-banks/guides')
const choices = z.array(z.object({ id: z.string(), title: z.string() })).default([])
const guideSchema = z.object({
  steps: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      prompts: z.array(z.object({ id: z.string(), kind: z.string(), title: z.string(), choices })),
    }),
  ),
})
type Prompt = z.infer<typeof guideSchema>['steps'][number]['prompts'][number]

const FIELDS = [
  ['If', 'if'],
  ['Then', 'then'],
  ['Else', 'else'],
  ['Obstacle', 'obstacle'],
  ['Measure', 'measure'],
  ['Result', 'result'],
  ['Support', 'support'],
  ['Check-in', 'check_in_on'],
  ['Repeat', 'repeat'],
] as const
const ASKS = ['Commitment', 'Obstacle', 'Sub-goal', 'Stretch', 'Accountability']
const SIDES = { did: 'seller', evidence: 'customer', heard: 'question' } as const

/** `coach recap NAME`: what was agreed and said in the last conversation, as far as the person may read it. */
export function recapPage(rows: Rows, person: PersonRow): string | null {
  const session = rows.sessions
    .filter(({ person_id: id, status }) => id === person.id && status === 'done')
    .toSorted((a, b) => ((a.held_on ?? '') < (b.held_on ?? '') ? -1 : 1))
    .at(-1)
  if (!session?.held_on) return null
  const guide = guideSchema.parse(
    parse(readFileSync(join(guides, `${session.guide}.yaml`), 'utf8')),
  )
  const all = rows.answers.filter(
    ({ session_id: id, state, visibility }) =>
      id === session.id && state === 'answered' && visibility === 'shared',
  )
  const at = (path: string) => all.find((answer) => answer.path === path)?.value ?? null
  const first = person.name.split(' ')[0]
  const promised = all.flatMap(({ path, value }) => {
    const id = /^promises\.(\d+)\.outcome$/.exec(path)?.[1]
    if (id === undefined) return []
    const item = rows.items.find((one) => one.id === Number(id))
    const to = at(`promises.${id}.to`)
    return [
      `- ${item?.owner === 'me' ? 'me' : first}: ${item?.what}: ${value}${to === null ? '' : ` to ${sayDay(to)}`}`,
    ]
  })
  const blocks = guide.steps.map(({ id, title, prompts }) => {
    const lines = prompts.flatMap((prompt) => promptLines(all, `${id}.${prompt.id}`, prompt))
    const agreed = all
      .filter(({ path }) => path.startsWith(`${id}.`) && path.endsWith('.what'))
      .flatMap(({ item_id: item }) => rows.items.filter((one) => one.id === item))
      .flatMap((item) => agreedLines(item, person))
    return lines.length + agreed.length === 0 ? [] : [title, ...agreed, ...lines]
  })
  const before = promised.length === 0 ? [] : ['What became of our last plan', ...promised]
  return [[`Our conversation on ${sayDay(session.held_on)}`], before, ...blocks]
    .filter((block) => block.length > 0)
    .map((block) => `${block.join('\n')}\n`)
    .join('\n')
}

function promptLines(all: readonly AnswerRow[], path: string, prompt: Prompt): readonly string[] {
  const value = (place: string) => all.find((answer) => answer.path === place)?.value ?? null
  if (prompt.kind === 'questions') {
    return ASKS.flatMap((title, n) => {
      const [asked, heard] = ['question', 'heard'].map((part) => value(`${path}.${n + 1}.${part}`))
      return heard === null ? [] : [`${title}: ${asked}`, `Answer: ${heard}`]
    })
  }
  if (prompt.kind === 'gates') {
    return WORDS.stages.flatMap(({ id, title }) =>
      (['did', 'evidence', 'heard'] as const).flatMap((part) => {
        const text = value(`${path}.${id}.${part}`)
        return text === null ? [] : [`${title}, ${SIDES[part]}: ${text}`]
      }),
    )
  }
  const text = value(path)
  if (text === null || prompt.kind === 'yes_no') return []
  const titles = [...prompt.choices, ...WORDS.stages, ...WORDS.areas, ...WORDS.skills]
  const title = prompt.kind === 'choice' && titles.find(({ id }) => id === text)?.title
  const shown = prompt.kind === 'date' ? sayDay(text) : title || text
  return [`${prompt.title}: ${shown.replaceAll('\n', '\n  ')}`]
}

function agreedLines(item: ItemRow, { name }: PersonRow): readonly string[] {
  const who = item.owner === 'me' ? 'me' : name.split(' ')[0]
  const due = item.due_on === null ? '' : `, by ${sayDay(item.due_on)}`
  const more = FIELDS.flatMap(([title, column]) => {
    const text = item[column]
    if (text === null) return []
    return [`  ${title}: ${column === 'check_in_on' ? sayDay(text) : text}`]
  })
  return [`- ${who}: ${item.what}${due}`, ...more]
}

/** The rows behind the figures of a review, one line each, so that a reader can count. */
export function byHand(rows: Rows, today: string): string {
  const session = (when: 'last' | 'before') =>
    conversations(rows, today, when)
      .toSorted((a, b) => ((a.held_on ?? '') < (b.held_on ?? '') ? -1 : 1))
      .map(({ id, person_id: person, held_on: on, guide }) => {
        const stage = said(rows, id, 'stage') ?? '-'
        const area = said(rows, id, 'area') ?? '-'
        const praised = isAsked(rows, id, 'praise')
          ? said(rows, id, 'praise') === null
            ? 'no praise'
            : 'praise'
          : '-'
        const share = said(rows, id, 'talk_share') ?? '-'
        return [on, personOf(rows, person).name, guide, stage, area, praised, share]
      })
  const closed = (owner: ItemRow['owner']) =>
    closedBy(rows, today, owner).map(({ id, status, closed_at: at, person_id: person, what }) => [
      at?.slice(0, 10),
      status,
      String(id),
      personOf(rows, person).name,
      what,
    ])
  const block = (title: string, lines: readonly (readonly (string | null | undefined)[])[]) => [
    `${title} (${lines.length})`,
    ...lines.map((line) => `  ${line.join(' | ')}`),
    '',
  ]
  const from = daysLater(today, -LOOK_BACK)
  return [
    ...block(`Conversations since ${from}`, session('last')),
    ...block(`Conversations in the ${LOOK_BACK} days before`, session('before')),
    ...block(`Theirs, closed since ${from}`, closed('them')),
    ...block(`Yours, closed since ${from}`, closed('me')),
  ].join('\n')
}
