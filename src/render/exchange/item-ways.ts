import type { Difference } from '../../notebook/exchange/differences.ts'
import {
  anew,
  anewSession,
  dayFlag,
  flag,
  type WaysContext,
  TAKE,
  type Way,
  withFlags,
} from './ways.ts'

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

/** The ways to have an action item as it stands in a file. */
export function itemWays(difference: Difference, scene: WaysContext): readonly Way[] {
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
  scene: WaysContext,
): readonly string[] | string {
  const { today, where, isGoalOpen } = scene
  const has = (column: string) => columns.includes(column)
  const isOpen = here['status'] === 'open' || here['status'] === 'part'
  const due = String(there['due_on'] ?? '')
  const times = Number(there['carried']) - Number(here['carried'])
  const isCarried = has('carried')
  const goal = there['goal_id'] ?? null
  if (has('status') && (!isOpen || there['status'] === 'open')) {
    return 'Only coach undo can reopen it, right after it was closed.'
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
      ...ITEM_TEXTS.filter(has).map((name) => flag(name, there, name, scene)),
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
