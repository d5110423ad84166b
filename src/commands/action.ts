import { ACTION_WORDS } from '../conversation/actions.ts'
import { checkAnswer } from '../conversation/checks.ts'
import { usageError } from '../errors.ts'
import { ACTION_FIELDS, type ActionField, type ActionFields, OWNERS } from '../model.ts'
import { renderItemPage, itemJson } from '../render/item.ts'
import type { World } from '../world.ts'
import { echoMatch, findItem, findPerson } from './find.ts'
import { mention, present, printJson } from './present.ts'

/** The flags that set a field of an action item, each named like the field. */
export type FieldFlags = { readonly [K in Exclude<ActionField, 'check_in'>]?: string } & {
  readonly checkIn?: string
}

/** `coach action add NAME WHAT…`: one line such as `send the deck by fri`. */
export async function add(
  world: World,
  name: string,
  words: readonly string[],
  flags: FieldFlags,
): Promise<void> {
  const before = await world.read()
  const found = findPerson(before, name)
  const fields = await readFields(world, { ...flags, what: words.join(' ') })
  if (!fields.what) throw usageError('The action item has no text.', 'Say what is to be done.')
  const { what, owner } = fields
  echoMatch(world, found)
  const notebook = await world.open()
  const id = notebook.write(() =>
    notebook.actions.add(found.person.id, { ...fields, what, owner: owner ?? 'them' }),
  )
  mention(world, notebook.actions.get(id), (item, style) =>
    item ? `Added.\n${renderItemPage({ item, events: [] }, style)}` : '',
  )
}

/** `coach action edit ID --field TEXT`: an empty text takes a field away. */
export async function edit(world: World, id: string, flags: FieldFlags): Promise<void> {
  const item = findItem(await world.read(), id)
  const fields = await readFields(world, flags)
  if (Object.keys(fields).length === 0) {
    throw usageError('There is nothing to change.', 'Name a field, as in: --due fri')
  }
  if (fields.what === null || fields.owner === null) {
    throw usageError(
      'An action item needs a text and an owner.',
      `To remove it: coach delete action ${id}`,
    )
  }
  const { what = item.what, owner = item.owner } = fields
  const notebook = await world.open()
  notebook.write(() => notebook.actions.edit(item.id, { ...fields, what, owner }))
  mention(world, notebook.actions.get(item.id), (now, style) =>
    now ? `Changed.\n${renderItemPage({ item: now, events: [] }, style)}` : '',
  )
}

/** `coach action show ID`: the item with its whole history. */
export async function show(
  world: World,
  id: string,
  options: { readonly json?: boolean },
): Promise<void> {
  const notebook = await world.read()
  const item = findItem(notebook, id)
  const page = { item, events: notebook?.actions.events(item.id) ?? [] }
  if (options.json) printJson(world, itemJson(page, world.today()))
  else present(world, page, renderItemPage)
}

/** What the flags say; null takes a field away. */
type Fields = { -readonly [K in keyof ActionFields]?: ActionFields[K] | null }

/** Reads the flags by the checks of the prompts; a date in the text counts unless `--due` is given. */
async function readFields(world: World, flags: FieldFlags): Promise<Fields> {
  const fields: Fields = {}
  for (const field of ACTION_FIELDS) {
    const text = field === 'check_in' ? flags.checkIn : flags[field]
    if (text === undefined) continue
    if (text.trim() === '') {
      fields[field] = null
      continue
    }
    const kind =
      field === 'what' && flags.due === undefined
        ? 'action'
        : field === 'due' || field === 'check_in'
          ? 'date'
          : field === 'owner'
            ? 'choice'
            : 'line'
    const choices = OWNERS.map((owner) => ({ id: owner, title: owner }))
    const turn = { kind, title: ACTION_WORDS[field].title, choices } as const
    const checked = await checkAnswer(text, turn, world.today())
    if ('problem' in checked) throw usageError(checked.problem, 'Nothing was changed.')
    if (field === 'owner') fields.owner = OWNERS.find((owner) => owner === checked.value) ?? null
    else fields[field] = checked.value
    if (checked.due && flags.due === undefined) fields.due = checked.due
  }
  return fields
}
