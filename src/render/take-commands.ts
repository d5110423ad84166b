import type { Difference } from '../notebook/differences.ts'
import { isHarmful } from '../text.ts'

type Row = Difference['here']

/** A way to have a thing as a file has it: what to say about it, and the commands, in their order. */
export interface Way {
  readonly say: string
  readonly commands: readonly string[]
}

/** What the commands have to know beside the rows. */
export interface Scene {
  readonly today: string
  /** The name of a person as a command finds them. */
  readonly nameOf: (personId: number) => string
  /** Whether a goal is open here, so that an item can serve it. */
  readonly isGoalOpen: (goalId: number) => boolean
  /** The command that takes in the same file once more. */
  readonly again: string
  /** What names the notebook, behind each command; mostly nothing. */
  readonly where: string
}

/** A word of a command line, in quotation marks where it needs them. */
export function wordOf(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : (argumentOf(text) ?? 'FILE')
}

/** A text as one word of a command line; null where no command line can hold it. */
function argumentOf(text: string): string | null {
  if (/[\n\r\t]/.test(text) || isHarmful(text)) return null
  if (!/["$`\\!]/.test(text)) return `"${text}"`
  return `'${text.replaceAll("'", `'\\''`)}'`
}

const TAKE = 'To have it as the file says:'

/** The ways to have a thing as it stands in a file. */
export function waysFor(difference: Difference, scene: Scene): readonly Way[] {
  const { table } = difference
  if (table === 'person') return personWays(difference, scene)
  if (table === 'opportunity') return opportunityWays(difference, scene)
  if (table === 'goal') return goalWays(difference, scene)
  if (table === 'action_item') return itemWays(difference, scene)
  if (table === 'next_session') return planWays(difference, scene)
  if (table === 'note') return [anew('note', difference.id, scene, 'No command changes a note.')]
  if (table === 'session') return [anewSession(difference.id, scene)]
  return []
}

/** Correcting a session by hand, prompt by prompt. */
export function byHand(session: number, { where }: Scene): Way {
  return { say: 'To correct it yourself:', commands: [`coach edit ${session}${where}`] }
}

/** A session with all that belongs to it, as the file has it. */
export function anewSession(session: number, scene: Scene): Way {
  const why = 'To have all of it as the file says; its answers and action items here go first:'
  return {
    say: why,
    commands: [`coach delete session ${session}${scene.where}`, scene.again],
  }
}

function anew(what: string, id: number, { where, again }: Scene, why: string): Way {
  return {
    say: `${why} To have it as the file says, delete it here first:`,
    commands: [`coach delete ${what} ${id}${where}`, again],
  }
}

/** A command with its flags; nothing where no flag is needed, null where a text fits in none. */
function withFlags(
  command: string,
  flags: readonly (string | null)[],
  where: string,
): readonly string[] | null {
  if (flags.includes(null)) return null
  return flags.length === 0 ? [] : [`${[command, ...flags].join(' ')}${where}`]
}

function flag(name: string, row: Row, column: string): string | null {
  const text = argumentOf(String(row[column] ?? ''))
  return text === null ? null : `--${name} ${text}`
}

function personWays({ here, there, columns }: Difference, scene: Scene): readonly Way[] {
  const { where, nameOf } = scene
  const name = argumentOf(nameOf(Number(here['id'])))
  const has = (column: string) => columns.includes(column)
  const edit = withFlags(
    `coach person edit ${name}`,
    [
      ...(has('name') ? [flag('name', there, 'name')] : []),
      ...(has('relation') ? [`--relation ${there['relation']}`] : []),
      ...(has('leads_others')
        ? [there['leads_others'] ? '--leads-others' : '--no-leads-others']
        : []),
      ...(has('role') ? [flag('role', there, 'role')] : []),
      ...(has('cadence_days') ? [`--cadence ${there['cadence_days'] ?? 14}`] : []),
    ],
    where,
  )
  if (name === null || edit === null) return [noCommand('person')]
  const undo = there['archived_at'] === null ? ' --undo' : ''
  const archive = has('archived_at') ? [`coach person archive ${name}${undo}${where}`] : []
  return [{ say: TAKE, commands: [...archive, ...edit] }]
}

function noCommand(what: string): Way {
  return {
    say: `A command line cannot hold these characters; the ${what} stays as it is here.`,
    commands: [],
  }
}

function opportunityWays(
  { id, here, there, columns }: Difference,
  { where }: Scene,
): readonly Way[] {
  const has = (column: string) => columns.includes(column)
  const noStage = has('stage') && there['stage'] === null
  const closing = there['closed_at'] === null ? '--open' : '--close'
  const commands = withFlags(
    `coach opportunity edit ${id}`,
    [
      ...(has('name') ? [flag('name', there, 'name')] : []),
      ...(has('stage') && !noStage ? [`--stage ${there['stage']}`] : []),
      ...(has('closed_at') ? [closing] : []),
    ],
    where,
  )
  if (commands === null) return [noCommand('opportunity')]
  return [
    ...(commands.length > 0 ? [{ say: TAKE, commands }] : []),
    ...(noStage
      ? [
          {
            say: `No command takes a stage away; it stays ${here['stage']}. You can name another:`,
            commands: [`coach opportunity edit ${id} --stage ${here['stage']}${where}`],
          },
        ]
      : []),
  ]
}

function goalWays(difference: Difference, scene: Scene): readonly Way[] {
  const { id, here, there, columns } = difference
  const { where, today } = scene
  const has = (column: string) => columns.includes(column)
  if (has('parent_id')) {
    const why = 'No command puts a goal under another. Its sub-goals go with it.'
    return [anew('goal', id, scene, why)]
  }
  const due = String(there['due_on'] ?? '')
  const isReopened = has('status') && here['status'] !== 'open'
  const edit = withFlags(
    `coach goal edit ${id}`,
    [
      ...(has('what') ? [flag('what', there, 'what')] : []),
      ...(has('is_stretch') ? [there['is_stretch'] ? '--stretch' : '--no-stretch'] : []),
      ...(has('due_on') ? [dayFlag('due', due)] : []),
      ...(has('due_on') && due !== '' && due < today ? ['--past'] : []),
      ...(isReopened ? ['--open'] : []),
    ],
    where,
  )
  if (edit === null) return [anew('goal', id, scene, 'No command line can hold its text.')]
  const isClosed = has('status') && there['status'] !== 'open'
  const close = there['status'] === 'done' ? 'done' : 'drop'
  return [
    { say: TAKE, commands: [...edit, ...(isClosed ? [`coach goal ${close} ${id}${where}`] : [])] },
  ]
}

function dayFlag(name: string, day: string): string {
  return `--${name} ${day === '' ? '""' : day}`
}

function planWays({ here, there }: Difference, { nameOf, today, where }: Scene): readonly Way[] {
  const name = argumentOf(nameOf(Number(here['person_id'])))
  if (name === null) return [noCommand('plan')]
  const day = there['status'] === 'planned' ? String(there['planned_on']) : 'none'
  const past = day < today ? ' --past' : ''
  return [{ say: TAKE, commands: [`coach session ${name} --move ${day}${past}${where}`] }]
}

const ITEM_TEXTS = [
  'what',
  'owner',
  'if',
  'then',
  'else',
  'obstacle',
  'measure',
  'result',
  'support',
  'repeat',
] as const
const SETTLES: Readonly<Record<string, string>> = {
  done: 'done',
  part: 'part',
  missed: 'missed',
  dropped: 'drop',
}
/** A longer row of the same command is no help. */
const MOST_CARRIES = 3

function itemWays(difference: Difference, scene: Scene): readonly Way[] {
  const { id, here } = difference
  const commands = itemCommands(difference, scene)
  if (typeof commands !== 'string') return [{ say: TAKE, commands }]
  const session = here['session_id'] ?? null
  return session === null
    ? [anew('action', id, scene, commands)]
    : [
        {
          ...anewSession(Number(session), scene),
          say: `${commands} Its session can be taken anew; what is here of that goes first:`,
        },
      ]
}

/** The commands that make an item what it is there, or why there are none. */
function itemCommands(
  { id, here, there, columns }: Difference,
  { today, where, isGoalOpen }: Scene,
): readonly string[] | string {
  const has = (column: string) => columns.includes(column)
  const isOpen = here['status'] === 'open' || here['status'] === 'part'
  const due = String(there['due_on'] ?? '')
  const times = Number(there['carried']) - Number(here['carried'])
  const isCarried = has('carried')
  const goal = there['goal_id'] ?? null
  if (has('status') && (!isOpen || there['status'] === 'open')) {
    return 'No command opens it again, but coach undo, right after it was closed.'
  }
  if (has('person_id') || has('session_id')) return 'No command gives it to another conversation.'
  if (isCarried && (!isOpen || times < 0 || times > MOST_CARRIES || due === '')) {
    return 'No command changes how often it was carried.'
  }
  if (has('goal_id') && goal !== null && !isGoalOpen(Number(goal))) {
    return `Its goal ${Number(goal)} is closed here, and takes no item.`
  }
  const isPast = (day: string) => day !== '' && day < today
  const carry = `coach carry ${id} --to ${due}${isPast(due) ? ' --past' : ''}${where}`
  const isDayNamed = (has('due_on') && !isCarried) || has('what')
  const isChecked = there['check_in_given'] === 1 && (has('check_in_on') || has('due_on'))
  const look = String(there['check_in_on'] ?? '')
  const isLooked = isChecked || has('check_in_on')
  const edit = withFlags(
    `coach action edit ${id}`,
    [
      ...ITEM_TEXTS.filter(has).map((name) => flag(name, there, name)),
      // With its day beside it, a text that ends in a day stays as it is.
      ...(isDayNamed ? [dayFlag('due', due)] : []),
      ...(isLooked ? [dayFlag('check-in', look)] : []),
      ...(has('goal_id') ? [`--goal ${goal ?? '""'}`] : []),
      ...((isDayNamed && isPast(due)) || (isLooked && isPast(look)) ? ['--past'] : []),
    ],
    where,
  )
  if (edit === null) return 'No command line can hold its text.'
  const settle = SETTLES[String(there['status'])]
  return [
    ...(isCarried ? Array.from({ length: times }, () => carry) : []),
    ...edit,
    ...(has('status') && settle !== undefined ? [`coach ${settle} ${id}${where}`] : []),
  ]
}
