import { ACTION_WORDS } from '../../conversation/turns/action-wording.ts'
import { checkAnswer } from '../../conversation/check-answer.ts'
import { usageError } from '../../errors.ts'
import {
  ACTION_FIELDS,
  type ActionField,
  type ActionFields,
  type AnswerKind,
  OWNERS,
  type Person,
} from '../../model.ts'
import type { Notebook } from '../../notebook/notebook.ts'
import { renderItemPage, itemJson } from '../../render/followup/action.ts'
import type { World } from '../../world.ts'
import { nothingChanged } from '../../ask/flags/future-day.ts'
import { echoMatch, findItem, findPerson } from '../lookup.ts'
import { findGoal } from '../lookup.ts'
import { warnOfMany } from '../many-plans.ts'
import { type JsonOptions, tell, print, printJson } from '../../output/print.ts'
import { tellSame } from '../ask-if-same.ts'

/** Flags of `coach action edit`; each sets the field that it is named after. */
export type EditOptions = { readonly [K in Exclude<ActionField, 'check_in'>]?: string } & {
  readonly checkIn?: string
  /** Take days that have passed. */
  readonly past?: boolean
}

/** Flags of `coach action add`, which takes the action item itself as words. */
export type AddOptions = Omit<EditOptions, 'what'>

/** `coach action add NAME WHAT…`: one line such as `send the deck by fri`. */
export async function add(
  world: World,
  name: string,
  words: readonly string[],
  flags: AddOptions,
): Promise<void> {
  const before = await world.read()
  const found = findPerson(before, name)
  const fields = await readFields(world, { ...flags, what: words.join(' ') }, null)
  mustServe(before, fields.goal, found.person)
  if (!fields.what) throw usageError('The action item has no text.', 'Say what is to be done.')
  const { what, owner } = fields
  echoMatch(world, found)
  const notebook = await world.open()
  const id = notebook.write(() =>
    notebook.actions.add(found.person.id, { ...fields, what, owner: owner ?? 'them' }),
  )
  tell(world, notebook.actions.get(id), (item, style) =>
    item ? `Added.\n${renderItemPage({ item, events: [] }, style)}` : '',
  )
  const others = notebook.actions.open(found.person.id).map((one) => ({ ...one, text: one.what }))
  tellSame(world, { kind: 'action', id, text: what, others })
  if (owner !== 'me') warnOfMany(world, notebook, found.person)
}

/** A goal that an item serves is an open one of the same person. */
function mustServe(notebook: Notebook | null, id: string | null | undefined, person: Person): void {
  if (id === null || id === undefined) return
  const goal = findGoal(notebook, id)
  if (goal.personId !== person.id) {
    throw usageError(
      `Goal ${goal.id} is one of ${goal.person}, not of ${person.name}. Nothing was changed.`,
      'See the goals with: coach goal list',
    )
  }
  if (goal.status === 'open') return
  throw usageError(
    `Goal ${goal.id} is closed (${goal.status}). Nothing was changed.`,
    `To open it again: coach goal edit ${goal.id} --open`,
  )
}

/** `coach action edit ID --field TEXT`: an empty text takes a field away. */
export async function edit(world: World, id: string, flags: EditOptions): Promise<void> {
  const before = await world.read()
  const item = findItem(before, id)
  const fields = await readFields(world, flags, item)
  if (before) mustServe(before, fields.goal, before.people.get(item.personId))
  if (Object.keys(fields).length === 0) {
    throw usageError('There is nothing to change.', 'Name a field, as in: --due fri')
  }
  if (fields.what === null || fields.owner === null) {
    throw usageError(
      'An action item needs a text and an owner.',
      `To remove it: coach delete action ${id}`,
    )
  }
  const { what, owner, ...others } = fields
  // Only what was named is written: the rest may have been changed elsewhere since it was read.
  const changes = { ...others, ...(what && { what }), ...(owner && { owner }) }
  const notebook = await world.open()
  notebook.write(() => {
    const { due, check_in: checkIn } = changes
    const now = notebook.actions.get(item.id) ?? item
    if (checkIn) mustComeBefore(checkIn, due === undefined ? now.due : due)
    notebook.actions.correct(item.id, changes)
  })
  tell(world, notebook.actions.get(item.id), (now, style) =>
    now ? `Changed.\n${renderItemPage({ item: now, events: [] }, style)}` : '',
  )
}

/** `coach action show ID`: the item with its whole history. */
export async function show(world: World, id: string, options: JsonOptions): Promise<void> {
  const notebook = await world.read()
  const item = findItem(notebook, id)
  const page = {
    item,
    events: notebook?.actions.events(item.id) ?? [],
    series: { before: item.followsId, next: notebook?.actions.nextOf(item.id) ?? null },
  }
  if (options.json) printJson(world, itemJson(page, world.today()))
  else print(world, page, renderItemPage)
}

/** What the flags say; null takes a field away. */
type Fields = { -readonly [K in keyof ActionFields]?: ActionFields[K] | null }

/** A look half way comes before the day it is due. */
function mustComeBefore(checkIn: string, due: string | null): void {
  if (due === null || checkIn < due) return
  throw usageError(`The check-in is not before the day it is due (${due}). Nothing was changed.`)
}

/** The kind of prompt that reads each field. */
const KINDS = {
  what: 'action',
  owner: 'choice',
  due: 'date',
  if: 'line',
  then: 'line',
  else: 'line',
  obstacle: 'line',
  measure: 'line',
  result: 'line',
  support: 'line',
  check_in: 'date',
  repeat: 'repeat',
  goal: 'line',
} as const satisfies Record<ActionField, AnswerKind>

/**
 * Reads the flags by the checks of the prompts; a date in the text counts unless `--due` is given. Of an item that is there,
 * a day that is only repeated is taken though it has passed.
 */
async function readFields(
  world: World,
  flags: EditOptions,
  item: ActionFields | null,
): Promise<Fields> {
  const fields: Fields = {}
  for (const field of ACTION_FIELDS) {
    const text = field === 'check_in' ? flags.checkIn : flags[field]
    if (text === undefined) continue
    if (text.trim() === '') {
      fields[field] = null
      continue
    }
    const turn = {
      kind: field === 'what' && flags.due !== undefined ? 'line' : KINDS[field],
      title: ACTION_WORDS[field].title,
      choices: OWNERS.map((owner) => ({ id: owner, title: owner })),
      isAhead: true,
      action: { field },
      kept: item && { value: item[field] },
    } as const
    const checked = await checkAnswer(text, turn, world.today(), flags.past)
    if ('problem' in checked) {
      throw usageError(checked.problem, nothingChanged(checked.isPast))
    }
    if (field === 'check_in')
      mustComeBefore(checked.value, fields.due === undefined ? (item?.due ?? null) : fields.due)
    if (field === 'owner') fields.owner = OWNERS.find((owner) => owner === checked.value) ?? null
    else fields[field] = checked.value
    if ('due' in checked && checked.due && flags.due === undefined) fields.due = checked.due
  }
  return fields
}
