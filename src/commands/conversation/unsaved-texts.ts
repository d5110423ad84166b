import { existsSync } from 'node:fs'
import { checkAnswer } from '../../conversation/check-answer.ts'
import type { Draft } from '../../drafts/draft-files.ts'
import { isUnfinished, type Person } from '../../model.ts'
import type { Notebook } from '../../notebook/notebook.ts'
import { renderUnsaved } from '../../render/conversation/unsaved.ts'
import type { UnsavedText } from '../../render/conversation/today.ts'
import { count } from '../../text/text.ts'
import type { World } from '../../world.ts'
import { commandFor, findPerson } from '../lookup.ts'
import { type JsonOptions, print, printJson, tell } from '../../output/print.ts'
import { draftsOf, NOTE_PROMPT, TRIAGE_PROMPT, forgetSaved } from './conversation-drafts.ts'

/** A text that was typed and not saved, and where it is offered again. */
export interface WaitingText extends UnsavedText {
  readonly draft: Draft
}

/** Where every text is shown, and can be kept as a note or thrown away. */
const SHOWN = 'coach note --unsaved'

/** Texts that were typed and not saved, the newest first, with the command that offers each again. */
export function waitingTexts(
  world: World,
  notebook: Notebook,
  people: readonly Person[],
): readonly WaitingText[] {
  if (!existsSync(world.places.drafts)) return []
  return forgetSaved(draftsOf(world, notebook), notebook, people).map((draft) => {
    const person = people.find(({ uuid }) => uuid === draft.person)
    const name = person?.name ?? 'somebody who is not in the notebook any more'
    const next = person ? nextFor(world, notebook, draft, person, people) : SHOWN
    return { person: name, at: draft.at, next, draft }
  })
}

/** A text whose session or item is gone is offered nowhere any more, but shown. */
function nextFor(
  world: World,
  notebook: Notebook,
  { prompt, session: uuid }: Draft,
  person: Person,
  people: readonly Person[],
): string {
  if (prompt === NOTE_PROMPT) return commandFor(world, 'note', person, people)
  if (TRIAGE_PROMPT.test(prompt)) {
    const isOpen = notebook.actions.open(person.id).some((item) => item.uuid === uuid)
    return isOpen ? 'coach review --triage' : SHOWN
  }
  if (uuid === null) return commandFor(world, 'session', person, people)
  const session = notebook.sessions.list(person.id).find((one) => one.uuid === uuid)
  if (!session) return SHOWN
  return isUnfinished(session.status)
    ? commandFor(world, 'session', person, people)
    : `coach edit ${session.id}`
}

/** `coach note --unsaved [NAME]`: every text that was typed and not saved; in a terminal, what becomes of each is asked. */
export async function unsaved(
  world: World,
  name: string | undefined,
  options: JsonOptions,
): Promise<void> {
  const notebook = await world.read()
  const people = notebook?.people.list() ?? []
  const about = name === undefined ? null : findPerson(notebook, name).person
  const all = notebook ? waitingTexts(world, notebook, people) : []
  const texts = all.filter(({ draft }) => about === null || draft.person === about.uuid)
  if (options.json) {
    printJson(
      world,
      texts.map(({ person, at, next, draft }) => ({ person, at, next, text: draft.text })),
    )
    return
  }
  const drafts = notebook && draftsOf(world, notebook)
  const closed = drafts?.closed() ?? 0
  if (closed > 0) {
    tell(
      world,
      `${count(closed, 'text')} cannot be opened: typed when the notebook had another key. The notebook of that time opens ${closed === 1 ? 'it' : 'them'}.`,
    )
  }
  if (!notebook || !drafts || texts.length === 0) {
    world.tell('Nothing was typed and not saved.\n')
    return
  }
  if (!world.canAsk()) {
    print(world, texts, (shown, style) => shown.map((one) => renderUnsaved(one, style)).join(''))
    return
  }
  const { choose } = await import('../../ask/terminal/single-questions.ts')
  for (const text of texts) {
    print(world, text, renderUnsaved)
    const person = people.find(({ uuid }) => uuid === text.draft.person)
    const becomes = await choose(world, 'What becomes of it?', [
      { id: 'leave', title: 'It stays as it is' },
      ...(person ? [{ id: 'note', title: 'A note in the inbox' }] : []),
      { id: 'discard', title: 'Thrown away' },
    ])
    if (becomes === 'note' && person) await keepAsNote(world, notebook, person, text.draft)
    if (becomes !== 'leave') drafts.forget(text.draft)
  }
}

async function keepAsNote(
  world: World,
  notebook: Notebook,
  person: Person,
  { text, id }: Draft,
): Promise<void> {
  const note = { kind: 'note', title: 'Note', choices: [] } as const
  const checked = await checkAnswer(text, note, world.today())
  const kept = 'problem' in checked ? text : checked.value
  const made = notebook.write(() => notebook.notes.add(person.id, kept, id))
  tell(world, `Kept as note ${made.id}.`)
}
