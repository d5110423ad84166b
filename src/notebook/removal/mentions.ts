import type Database from 'better-sqlite3'
import { namesInText } from '../../text/person-names.ts'

/** Where a text stands: the kind of the record, and its number. */
export interface Place {
  readonly kind: 'session' | 'action item' | 'note' | 'goal' | 'opportunity' | 'person'
  readonly id: number
}

interface Row extends Place {
  readonly text: string
}

/** Every text that a manager wrote about somebody else than the person with this number. */
const TEXTS = `
  SELECT 'session' AS kind, a.session_id AS id, concat_ws(char(10), a.value, a.draft) AS text
    FROM answer a JOIN session s ON s.id = a.session_id WHERE s.person_id <> @id
  UNION ALL SELECT 'action item', i.id,
    concat_ws(char(10), i.what, i."if", i."then", i."else", i.obstacle, i.measure, i.support, i.result)
    FROM action_item i WHERE i.person_id <> @id
  UNION ALL SELECT 'action item', e.item_id, e.note
    FROM item_event e JOIN action_item i ON i.id = e.item_id WHERE i.person_id <> @id AND e.note IS NOT NULL
  UNION ALL SELECT 'note', n.id, n.text FROM note n WHERE n.person_id <> @id
  UNION ALL SELECT 'goal', g.id, g.what FROM goal g WHERE g.person_id <> @id
  UNION ALL SELECT 'opportunity', o.id, o.name FROM opportunity o WHERE o.person_id <> @id
  UNION ALL SELECT 'person', p.id, p.role FROM person p WHERE p.id <> @id AND p.role IS NOT NULL`

/** Where the name of a person, or a part of it, stands in what is kept about others; each place once, in order. */
export function mentionsOf(
  db: Database.Database,
  person: { readonly id: number; readonly name: string },
): readonly Place[] {
  const found = new Map<string, Place>()
  for (const { kind, id, text } of db.prepare<[{ id: number }], Row>(TEXTS).iterate({
    id: person.id,
  })) {
    const key = `${kind} ${id}`
    if (!found.has(key) && namesInText(text, [person.name]).length > 0) found.set(key, { kind, id })
  }
  return [...found.values()].toSorted((a, b) =>
    a.kind === b.kind ? a.id - b.id : ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind),
  )
}

const ORDER: readonly Place['kind'][] = [
  'session',
  'action item',
  'note',
  'goal',
  'opportunity',
  'person',
]
