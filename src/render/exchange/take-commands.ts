import type { Difference } from '../../notebook/exchange/differences.ts'
import { itemWays } from './item-ways.ts'
import { argumentOf } from '../../text/command-line.ts'
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

/** The ways to have a thing as it stands in a file. */
export function waysFor(difference: Difference, scene: WaysContext): readonly Way[] {
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
export function byHand(session: number, { where }: WaysContext): Way {
  return { say: 'To correct it yourself:', commands: [`coach edit ${session}${where}`] }
}

function personWays({ here, there, columns }: Difference, scene: WaysContext): readonly Way[] {
  const { where, nameOf } = scene
  const name = argumentOf(nameOf(Number(here['id'])), scene.isWindows)
  const has = (column: string) => columns.includes(column)
  const edit = withFlags(
    `coach person edit ${name}`,
    [
      ...(has('name') ? [flag('name', there, 'name', scene)] : []),
      ...(has('relation') ? [`--relation ${there['relation']}`] : []),
      ...(has('leads_others')
        ? [there['leads_others'] ? '--leads-others' : '--no-leads-others']
        : []),
      ...(has('role') ? [flag('role', there, 'role', scene)] : []),
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
    say: `These characters can't be typed in a command. Nothing changes for this ${what}.`,
    commands: [],
  }
}

function opportunityWays(
  { id, here, there, columns }: Difference,
  scene: WaysContext,
): readonly Way[] {
  const { where } = scene
  const has = (column: string) => columns.includes(column)
  const noStage = has('stage') && there['stage'] === null
  const closing = there['closed_at'] === null ? '--open' : '--close'
  const commands = withFlags(
    `coach opportunity edit ${id}`,
    [
      ...(has('name') ? [flag('name', there, 'name', scene)] : []),
      ...(has('stage') && !noStage ? [flag('stage', there, 'stage', scene)] : []),
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
            say: `No command takes a stage away; it stays ${here['stage']}, until you name another. To see them:`,
            commands: [`coach opportunity show ${id}${where}`],
          },
        ]
      : []),
  ]
}

function goalWays(difference: Difference, scene: WaysContext): readonly Way[] {
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
      ...(has('what') ? [flag('what', there, 'what', scene)] : []),
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

function planWays(
  { here, there }: Difference,
  { nameOf, today, where, isWindows }: WaysContext,
): readonly Way[] {
  const name = argumentOf(nameOf(Number(here['person_id'])), isWindows)
  if (name === null) return [noCommand('plan')]
  const day = there['status'] === 'planned' ? String(there['planned_on']) : 'none'
  const past = day < today ? ' --past' : ''
  return [{ say: TAKE, commands: [`coach session ${name} --move ${day}${past}${where}`] }]
}
