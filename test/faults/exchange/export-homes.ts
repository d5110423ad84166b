import { answersFor, feed } from '../../ask/file/feed.ts'
import { must } from '../../commands/followup/played.ts'
import { type Home, newHome } from '../../world.ts'

/** Each way of exporting, as it is typed. */
export const WAYS: readonly (readonly string[])[] = [
  ['session', '1'],
  ['all'],
  ['all', '--format', 'json'],
  ['all', '--format', 'csv'],
  ['all', '--format', 'html'],
  ['all', '--format', 'ics'],
  ['person', 'ana', '--everything'],
  ['all', '--raw'],
]

/** A home with a finished conversation about Ana, in which Ben and the texts are named. */
export async function homeWith(text = 'All of it.'): Promise<Home> {
  const home = newHome()
  await must(home, ['person', 'add', 'Ben Ortiz'])
  const actions = [{ what: text, if: text, obstacle: text }]
  const answers = answersFor('Ana Silva', { reflection: { went_well: text }, plan: { actions } })
  const { code, err } = await feed(home, answers)
  if (code !== 0) throw new Error(err)
  await must(home, ['note', 'ana'], text)
  return home
}
