import type { HeldPass } from '../../conversation/hold.ts'
import { sayMoment } from '../../dates/day.ts'
import { hang, type Style } from '../../output/layout.ts'
import type { UnsavedText } from './today.ts'

/** A text that was typed and not saved: whose it is, since when, where it is offered, and all of it. */
export function renderUnsaved(
  { person, at, next, draft }: UnsavedText & { readonly draft: { readonly text: string } },
  { paint, width, today }: Style,
): string {
  const head = paint.bold(hang('', `${person} · typed ${sayMoment(at, today)} · ${next}`, width))
  return `${head}\n${hang('  ', draft.text, width)}\n\n`
}

/** What becomes of a text that could not be saved. */
export function sayUnsaved(unsaved: HeldPass['unsaved']): string {
  if (unsaved === null || unsaved.text.trim() === '') return ''
  return unsaved.isDraft
    ? '\nWhat you typed last could not be saved. It is kept as a draft: coach note --unsaved shows it.'
    : `\nThis could not be saved; keep it elsewhere:\n${unsaved.text}`
}
