import { append } from '../../text/lists.ts'
import { count, sayList } from '../../text/text.ts'
import { hang, type Style, wrap } from '../../output/layout.ts'

/** What goes with a person, and what stays. */
export interface ForgetPage {
  readonly name: string
  /** Numbers of what is kept; null where the person is in backups alone. */
  readonly held: {
    readonly sessions: number
    readonly answers: number
    readonly items: number
    readonly openItems: number
    readonly goals: number
    readonly notes: number
    readonly opportunities: number
    readonly nextSessions: number
    readonly hasDays: boolean
  } | null
  readonly drafts: number
  readonly unknownDrafts: readonly string[]
  /** Places where the name stands in what is kept about others. */
  readonly mentions: readonly { readonly kind: string; readonly id: number }[]
  /** Backups that hold the person. */
  readonly backups: readonly string[]
  /** Backups that could not be read. */
  readonly unread: readonly string[]
  /** Other notebooks beside this one that hold the person. */
  readonly elsewhere: readonly string[]
  /** Whether the person is taken out of the backups too. */
  readonly withBackups: boolean
}

/** What `coach person forget` shows before it asks. */
export function renderForget(page: ForgetPage, { width }: Style): string {
  const { name, held, mentions, backups, unread, elsewhere, withBackups } = page
  const say = (text: string) => wrap(text, width)
  const files = (paths: readonly string[]) => paths.flatMap((path) => hang('  ', path, width))
  const lines: string[] = held
    ? [
        ...say(`${name} goes for good, with everything that is kept about them:`),
        ...kinds(held, page.drafts).map((one) => `  ${one}`),
      ]
    : [...say(`${name} is not in your notebook any more.`)]
  if (held?.hasDays) {
    append(
      lines,
      say('Days of theirs that stand in your calendar stay there: take them out yourself.'),
    )
  }
  if (mentions.length > 0) {
    append(
      lines,
      say(
        `The name, or a part of it, stands in what you keep about others, and stays there: ${places(mentions)}.${mentions.some(({ kind }) => kind === 'session') ? ' Look at a session with coach show, and correct it with coach edit.' : ''}`,
      ),
    )
  }
  if (backups.length > 0) {
    append(lines, [
      ...say(
        withBackups
          ? `They go from ${count(backups.length, 'backup')} too:`
          : `${count(backups.length, 'backup')} will still hold them; add --backups to take them out there too:`,
      ),
      ...files(backups),
    ])
  }
  if (unread.length > 0) {
    append(lines, [
      ...say('These backups cannot be read, and may hold them; delete them yourself:'),
      ...files(unread),
    ])
  }
  if (elsewhere.length > 0) {
    append(lines, [
      ...say('These notebooks hold them too, and are left as they are:'),
      ...files(elsewhere),
    ])
  }
  if (page.unknownDrafts.length > 0) {
    append(lines, [
      ...say('These unsaved texts do not say whom they are about; look at them yourself:'),
      ...files(page.unknownDrafts),
    ])
  }
  append(lines, say('What you exported, and copies that other programs made, coach cannot reach.'))
  return `${lines.join('\n')}\n`
}

function kinds(held: NonNullable<ForgetPage['held']>, drafts: number): readonly string[] {
  const all = [
    held.sessions > 0 && `${count(held.sessions, 'session')} with ${count(held.answers, 'answer')}`,
    held.items > 0 && items(held.items, held.openItems),
    held.goals > 0 && count(held.goals, 'goal'),
    held.notes > 0 && count(held.notes, 'note'),
    held.opportunities > 0 && count(held.opportunities, 'opportunity', 'opportunities'),
    held.nextSessions > 0 && 'the next conversation',
    drafts > 0 && `${count(drafts, 'text')} that you have not saved yet`,
  ].filter((one) => one !== false)
  return all.length > 0 ? all : ['the name and what stands beside it']
}

function items(all: number, open: number): string {
  if (open === all) return count(all, 'open action item')
  return `${count(all, 'action item')}${open > 0 ? `, ${open} of them open` : ''}`
}

function places(mentions: ForgetPage['mentions']): string {
  const kindsOf = [...new Set(mentions.map(({ kind }) => kind))]
  return sayList(
    kindsOf.map((kind) => {
      const ids = mentions.filter((one) => one.kind === kind).map(({ id }) => String(id))
      return `${ids.length === 1 ? kind : (PLURAL[kind] ?? `${kind}s`)} ${sayList(ids)}`
    }),
  )
}

const PLURAL: Readonly<Record<string, string>> = {
  opportunity: 'opportunities',
  person: 'people',
}

/** The copies of a notebook that hold something which is deleted. */
export interface StillInPage {
  readonly backups: readonly string[]
  /** Copies that could not be read. */
  readonly unread: readonly string[]
  readonly elsewhere: readonly string[]
  /** Whether it is taken out of the backups too. */
  readonly withBackups: boolean
}

/** From which copies something goes, and which will still hold it: a backup that is restored brings it back. */
export function renderStillIn(page: StillInPage, { width }: Style): string {
  const { backups, unread, elsewhere, withBackups } = page
  const files = (says: string, paths: readonly string[]) =>
    paths.length === 0
      ? []
      : [...wrap(says, width), ...paths.flatMap((path) => hang('  ', path, width))]
  const lines = [
    ...files(
      withBackups
        ? `It goes from ${count(backups.length, 'backup')} too:`
        : `${count(backups.length, 'backup')} will still hold it; add --backups to take it out there too:`,
      backups,
    ),
    ...files(
      unread.length === 1
        ? 'This copy of the notebook cannot be read, and may hold it; delete it yourself:'
        : 'These copies of the notebook cannot be read, and may hold it; delete them yourself:',
      unread,
    ),
    ...files(
      elsewhere.length === 1
        ? 'This notebook holds it too, and is left as it is:'
        : 'These notebooks hold it too, and are left as they are:',
      elsewhere,
    ),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

/** What is old and goes. */
export interface PurgePage {
  /** As it is said: `Sat 23 Nov 2024`. */
  readonly day: string
  readonly person: string | null
  readonly sessions: number
  readonly answers: number
  readonly items: number
  readonly notes: number
  readonly goals: number
  readonly opportunities: number
  readonly nextSessions: number
  readonly keptSessions: number
  readonly backups: number
  /** Backups of another notebook in the same folder. */
  readonly ofAnother: readonly string[]
  readonly withBackups: boolean
}

/** What `coach purge` shows before it asks. */
export function renderPurge(page: PurgePage, { width }: Style): string {
  const say = (text: string) => wrap(text, width)
  const whose = page.person === null ? '' : ` about ${page.person}`
  const all = [
    page.sessions > 0 && `${count(page.sessions, 'session')} with ${count(page.answers, 'answer')}`,
    page.items > 0 && count(page.items, 'closed action item'),
    page.notes > 0 && count(page.notes, 'note that was settled', 'notes that were settled'),
    page.goals > 0 && count(page.goals, 'closed goal'),
    page.opportunities > 0 &&
      count(page.opportunities, 'closed opportunity', 'closed opportunities'),
    page.nextSessions > 0 &&
      count(
        page.nextSessions,
        'day of a conversation that is over',
        'days of conversations that are over',
      ),
  ].filter((one) => one !== false)
  const lines: string[] =
    all.length === 0
      ? [...say(`Nothing${whose} that is finished lies before ${page.day}.`)]
      : [
          ...say(`What is finished${whose} and lies before ${page.day} goes for good:`),
          ...all.map((one) => `  ${one}`),
        ]
  if (page.keptSessions > 0) {
    const stays = page.keptSessions === 1 ? 'stays' : 'stay'
    append(
      lines,
      say(
        `${count(page.keptSessions, 'older session')} ${stays}: something agreed there is open, or was closed later.`,
      ),
    )
  }
  if (page.backups > 0) {
    append(
      lines,
      say(
        page.withBackups
          ? `It goes from ${count(page.backups, 'backup')} too, as far as it is there.`
          : all.length === 0
            ? `${count(page.backups, 'backup was', 'backups were')} not looked through; --backups does that.`
            : `${count(page.backups, 'backup')} may still hold it; add --backups to take it out there too.`,
      ),
    )
  }
  if (page.withBackups && page.ofAnother.length > 0) {
    append(lines, [
      ...say('These backups are of another notebook, and are left as they are:'),
      ...page.ofAnother.flatMap((path) => hang('  ', path, width)),
    ])
  }
  return `${lines.join('\n')}\n`
}
