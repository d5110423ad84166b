import { localDay, sayDay } from '../../dates/day.ts'
import type { NamedNote } from '../../notebook/store/notes.ts'
import { largest } from '../../text/lists.ts'
import { hang, type Style } from '../../output/layout.ts'

/** The inbox, note by note, the oldest first. */
export function renderNotes(notes: readonly NamedNote[], style: Style): string {
  const { paint, width, today } = style
  const widest = largest(notes.map(({ id }) => String(id).length))
  return notes
    .map(({ id, person, text, createdAt }) => {
      const mark = `${String(id).padStart(widest + 2)}  `
      const about = `${person} · ${sayDay(localDay(createdAt), today)}`
      return `${hang(mark, text, width)}\n${paint.dim(hang(' '.repeat(mark.length), about, width))}`
    })
    .join('\n')
    .concat('\n')
}

/** The shape of `coach note --list --json`. */
export function noteJson({ id, uuid, person, text, createdAt }: NamedNote): object {
  return { id, uuid, person, text, created_at: createdAt }
}
