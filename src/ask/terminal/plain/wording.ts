import type { Scene } from '../../../conversation/hold.ts'
import { type Choice, keyOf, type Turn } from '../../../conversation/turn.ts'
import { hang, wrap } from '../../../output/layout.ts'
import { safe } from '../../../text/text.ts'
import type { Output } from '../../../world.ts'
import { sayVisibility } from '../screen/frame.ts'

/** One of the things that can be chosen, with the word that chooses it. */
export interface ChoiceLine {
  readonly key: string
  readonly title: string
  /** What choosing it comes to: an answer, one's own words, or none. */
  readonly means: Choice | 'own' | 'none'
}

const YES_NO: readonly Choice[] = [
  { id: 'yes', title: 'Yes', key: 'y' },
  { id: 'no', title: 'No', key: 'n' },
]

/** What can be chosen at a turn; none where a text is written. */
export function choiceLinesOf(turn: Turn): readonly ChoiceLine[] {
  const choices = turn.kind === 'yes_no' ? YES_NO : turn.choices
  const rows = choices.map((means, index): ChoiceLine => {
    return { key: means.key ?? String(index + 1), title: means.title, means }
  })
  if (turn.kind === 'question') {
    const none: ChoiceLine = { key: 'n', title: 'None of this kind', means: 'none' }
    return [...rows, { key: 'w', title: 'Write my own', means: 'own' }, none]
  }
  if (turn.kind !== 'opportunity' || rows.length === 0) return isChosen(turn) ? rows : []
  return [...rows, { key: 'w', title: 'Another one', means: 'own' }]
}

function isChosen({ kind }: Turn): boolean {
  return kind === 'choice' || kind === 'rating' || kind === 'yes_no'
}

/** The choice that what was typed means, by its key, its id or its title. */
export function chosenBy(typed: string, rows: readonly ChoiceLine[]): ChoiceLine | undefined {
  const wanted = typed.trim().toLowerCase()
  const ids = (row: ChoiceLine) => (typeof row.means === 'string' ? row.key : row.means.id)
  return (
    rows.find(({ key }) => key === wanted) ??
    rows.find((row) => ids(row) === wanted) ??
    rows.find(({ title }) => title.toLowerCase() === wanted)
  )
}

/** Texts as lines of at most 80 columns; null and empty ones are left out. */
export function asLines(texts: readonly (string | null)[], { columns }: Output): readonly string[] {
  const width = Math.min(columns || 80, 80)
  return texts.flatMap((text) => (text ? wrap(safe(text), width) : []))
}

/** Everything that is said before an answer can be given: where it stands, what is asked, what can be chosen. */
export function announce(
  turn: Turn,
  scene: Scene,
  place: { readonly person: string; readonly doing: string; readonly before: string | null },
  output: Output,
): readonly string[] {
  const { title, number, of } = turn.step
  const step = number === null ? title : `${title}, step ${number} of ${of}`
  const round = turn.round > 1 && number !== null ? `, round ${turn.round}` : ''
  const isNew = placeOfTurn(turn) !== place.before
  const needed = turn.required ? ' (needed)' : ''
  const recovered = 'recovered' in scene ? scene.recovered : null
  const complaint = scene.problem === null ? null : inWords(scene.problem)
  const problem =
    complaint !== null && scene.isPast
      ? `${complaint} Enter keeps it all the same; or write another day.`
      : complaint
  const choices = choiceLinesOf(turn).map(({ key, title: words }) =>
    hang(`${key}  `, safe(words), Math.min(output.columns || 80, 80)),
  )
  return [
    '',
    ...asLines([isNew ? `${place.person}: ${step}${round}, ${place.doing}.` : null], output),
    ...asLines([problem, typeof recovered === 'string' ? recovered : null, turn.about], output),
    ...asLines(
      [`${turn.ask}${sayVisibility(turn)}${needed}`, turn.hint && inWords(turn.hint)],
      output,
    ),
    ...(choices.length > 0 ? choices : asLines([exampleOf(turn)], output)),
  ]
}

/** Where a turn stands: it is said once for all that are asked there. */
export function placeOfTurn({ step, round, pass }: Turn): string {
  return keyOf({ round, path: `${pass} ${step.title}` })
}

/** What coach itself says of keys, with the words that stand for them here. */
function inWords(text: string): string {
  return text.replace(/\^P\b/g, ':back').replace(/\^S\b/g, ':skip')
}

/** Why something is asked, with an example. */
export function sayWhy(turn: Turn, output: Output): readonly string[] {
  return asLines([`Why: ${inWords(turn.why)}`, exampleOf(turn), turn.ask], output)
}

function exampleOf({ example }: Turn): string | null {
  return example === null ? null : `For example: ${example}`
}

/** A sentence with its full stop, unless it ends with a mark of its own. */
export function sentence(text: string): string {
  return /[.?!…]$/.test(text) ? text : `${text}.`
}
