import { withoutNames } from '../names.ts'
import type { Notebook } from '../notebook/notebook.ts'
import type { ActionItem, Person } from '../model.ts'
import type { SessionRecord } from '../conversation/record.ts'
import { mapTexts } from '../text.ts'
import { namesOf } from './facts.ts'

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Takes names of others out of what is shown or written about somebody. */
export type Mask = <T extends SessionRecord | readonly ActionItem[]>(value: T) => T

/**
 * What a conversation with one's own coach is shown and exported through: the names of the people one coaches are
 * nobody else's business. With anybody else, nothing is changed.
 */
export function maskFor(notebook: Notebook, person: Person): Mask {
  if (person.relation !== 'coach') return (value) => value
  const names = namesOf(notebook, person.name)
  return (value) => mapTexts(value, (text) => (UUID.test(text) ? text : withoutNames(text, names)))
}
