import type { SessionRecord } from '../conversation/session-record.ts'
import { ACTION_FIELDS, type ActionItem, type Person } from '../model.ts'
import { withoutNames } from '../text/person-names.ts'
import type { Notebook } from '../notebook/notebook.ts'

/** Takes names of others out of what is shown or written about somebody; what the program says itself stays. */
export interface Mask {
  record(record: SessionRecord): SessionRecord
  items<T extends Pick<ActionItem, 'what'> & Partial<ActionItem> & { goalWhat?: string | null }>(
    items: readonly T[],
  ): readonly T[]
  note<T extends { readonly text: string }>(note: T): T
}

/**
 * What a conversation with one's own coach is shown and exported through: the names of the people one coaches are
 * nobody else's business. With anybody else, nothing is changed.
 */
export function maskFor(notebook: Notebook, person: Person): Mask {
  if (person.relation !== 'coach')
    return { record: (one) => one, items: (all) => all, note: (one) => one }
  const names = namesToMask(notebook, person.name)
  const hide = (text: string) => withoutNames(text, names)
  const hideAny = (text: string | null) => (text === null ? null : hide(text))
  const items: Mask['items'] = (all) =>
    all.map((item) => {
      const texts = ACTION_FIELDS.filter(
        (field) => field in item && !['owner', 'due', 'check_in', 'repeat', 'goal'].includes(field),
      ).map((field) => [field, hideAny(item[field] ?? null)])
      const goal = 'goalWhat' in item ? { goalWhat: hideAny(item.goalWhat ?? null) } : {}
      return { ...item, ...Object.fromEntries(texts), ...goal }
    })
  return {
    items,
    note: (note) => ({ ...note, text: hide(note.text) }),
    record: (record) => ({
      ...record,
      inbox: record.inbox.map((one) => ({ ...one, text: hideAny(one.text) })),
      promises: record.promises.map((one) => ({
        ...one,
        what: hideAny(one.what),
        note: hideAny(one.note),
      })),
      steps: record.steps.map((step) => ({
        ...step,
        entries: step.entries.map((entry) =>
          entry.kind === 'line' || entry.kind === 'note'
            ? { ...entry, value: hide(entry.value) }
            : entry,
        ),
        questions: step.questions.map((asked) => ({
          ...asked,
          question: hide(asked.question),
          heard: hideAny(asked.heard),
        })),
        actions: items(step.actions),
      })),
    }),
  }
}

/** The names of everybody the manager coaches, but not of the one the conversation is with. */
export function namesToMask(notebook: Notebook | null, except: string): readonly string[] {
  return (notebook?.people.list() ?? [])
    .filter(({ name, relation }) => relation === 'report' && name !== except)
    .map(({ name }) => name)
}
