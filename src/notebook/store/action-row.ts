import {
  ACTION_FIELDS,
  type ActionField,
  type ActionFields,
  type ActionItem,
  type ItemStatus,
  type Owner,
} from '../../model.ts'
import { hashOf } from '../schema/row-values.ts'

/** An action item with the name of its person, and the words of the goal that it serves. */
export interface NamedItem extends ActionItem {
  readonly person: string
  readonly goalWhat: string | null
  /** Whether the manager set the check-in, or took it away: then it is not worked out from the due day. */
  readonly isCheckInGiven: boolean
}

/** What a list shows of an open action item. */
export interface OpenItem {
  readonly id: number
  readonly uuid: string
  readonly personId: number
  readonly person: string
  readonly owner: Owner
  readonly what: string
  readonly due: string | null
  readonly check_in: string | null
  readonly status: ItemStatus
  readonly carried: number
  readonly sessionId: number | null
}

/** A row of the table, joined with the name of its person and the words of its goal. */
export interface ItemRow {
  id: number
  uuid: string
  revision: number
  person_id: number
  session_id: number | null
  status: ItemStatus
  what: string
  owner: Owner
  due_on: string | null
  if: string | null
  then: string | null
  else: string | null
  obstacle: string | null
  measure: string | null
  result: string | null
  support: string | null
  check_in_on: string | null
  check_in_given: number
  repeat: string | null
  goal_id: number | null
  follows_id: number | null
  carried: number
  created_at: string
  updated_at: string
  closed_at: string | null
  person: string
  goal_what: string | null
}

/** The column of each field. */
export const COLUMN = {
  what: 'what',
  owner: 'owner',
  due: 'due_on',
  if: '"if"',
  then: '"then"',
  else: '"else"',
  obstacle: 'obstacle',
  measure: 'measure',
  result: 'result',
  support: 'support',
  check_in: 'check_in_on',
  repeat: 'repeat',
  goal: 'goal_id',
} as const satisfies Record<ActionField, string>

const COLUMNS = `i.id, i.uuid, i.revision, i.person_id, i.session_id, i.status,
  ${ACTION_FIELDS.map((field) => `i.${COLUMN[field]}`).join(', ')}, i.check_in_given, i.follows_id,
  i.carried, i.created_at, i.updated_at, i.closed_at, p.name AS person, g.what AS goal_what`

/** Every item; a condition follows. */
export const FROM_ITEMS = `SELECT ${COLUMNS} FROM action_item i JOIN person p ON p.id = i.person_id
  LEFT JOIN goal g ON g.id = i.goal_id`

/** What is bound for the fields of an item: each under its name, with the hash of its texts. */
export function bindItem(
  fields: ActionFields,
): Record<ActionField | 'hash', string | number | null> {
  const { what, obstacle, measure, support, result } = fields
  const texts = [what, fields.if, fields.then, fields.else, obstacle, measure, support]
  return {
    ...fields,
    goal: fields.goal === null ? null : Number(fields.goal),
    // Items from before there was a result have a hash without one.
    hash: hashOf(...texts, ...(result === null ? [] : [result])),
  }
}

/** An item as the program knows it. */
export function toItem(row: ItemRow): NamedItem {
  return {
    id: row.id,
    uuid: row.uuid,
    personId: row.person_id,
    sessionId: row.session_id,
    status: row.status,
    what: row.what,
    owner: row.owner,
    due: row.due_on,
    if: row.if,
    then: row.then,
    else: row.else,
    obstacle: row.obstacle,
    measure: row.measure,
    result: row.result,
    support: row.support,
    check_in: row.check_in_on,
    isCheckInGiven: row.check_in_given === 1,
    repeat: row.repeat,
    goal: row.goal_id === null ? null : String(row.goal_id),
    goalWhat: row.goal_what,
    followsId: row.follows_id,
    carried: row.carried,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    closedAt: row.closed_at,
    revision: row.revision,
    person: row.person,
  }
}
