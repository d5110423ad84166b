import { basename } from 'node:path'
import { usageError } from '../../errors.ts'
import { sayProblem } from '../../text/file-problem.ts'
import { bankId, type NewQuestion, questionId, roomFor } from '../../questions/bank/append.ts'
import { type Listed, MAX_TEXT } from '../../questions/import/entry.ts'
import { listFormatOf, type List, readList } from '../../questions/import/read-list.ts'
import { tagQuestion } from '../../questions/import/guess-tags.ts'
import type { Library } from '../../questions/bank/build-library.ts'
import { lint, LINTED_LANGUAGE } from '../../questions/lint/lint.ts'
import { findSimilar } from '../../questions/bank/similar.ts'
import { count, firstLine, sayList, safe } from '../../text/text.ts'
import type { World } from '../../world.ts'
import { readInput } from '../../ask/file/read-input.ts'
import { loadLibrary } from '../../library/load-library.ts'
import {
  folderOf,
  grow,
  type Grown,
  headOf,
  mustBeLanguage,
  bankIdFrom,
  openBank,
  type OwnBank,
  refuse,
  writeBank,
} from '../../library/own-bank.ts'
import { printJson } from '../../output/print.ts'

/** So many near-duplicates, and so many places of what was left out, are told one by one. */
const EXAMPLES = 3

/** Flags of `coach questions import`. */
export interface ImportOptions {
  readonly to?: string
  readonly dryRun?: boolean
  readonly language?: string
  readonly json?: boolean
}

/** `coach questions import FILE`: the questions of a list, into a bank of the user's own. */
export async function run(world: World, file: string, options: ImportOptions): Promise<void> {
  if (options.language !== undefined) mustBeLanguage(options.language)
  if (/\.ya?ml$/i.test(file)) {
    throw usageError(
      `${file} is YAML, as banks are, and no sayList to import. Nothing was written.`,
      `If it is a bank, copy it into ${folderOf(world)}`,
    )
  }
  const { label, text } = await readText(world, file)
  const stem = file === '-' ? '' : basename(file).replace(/\.\w+$/, '')
  const id = bankIdFrom(options.to ?? (bankId(stem) || 'imported'))
  const banks = openBanks(world, id)
  const library = await loadLibrary(world)
  const read = readList(label, text, listFormatOf(file, text), library.vocabulary)
  if (!read.ok) throw refuse(read.problems.map(sayProblem), 'Correct the file and import it again.')
  const { questions, harmful, tooLong } = read.value
  if (questions.length + harmful.length + tooLong.length === 0) {
    throw refuse(
      [`${label}:1:1 holds no question`],
      'A question ends with a question mark, or begins like “Tell me about …”. Put each on a line of its own.',
    )
  }
  const spoken = options.language ?? languageOf(questions, library, banks[0])
  const { fresh, repeated } = withoutRepeated(questions, library, banks)
  const tagged = fresh.map((one) => tagQuestion(one, library.vocabulary))
  const taken = withIds(tagged, id, library, banks)
  const grown = fill((n) => banks[n - 1] ?? openBank(world, `${id}-${n}`), spoken, taken)
  if (!options.dryRun) for (const one of grown) writeBank(one)
  const isDry = options.dryRun ?? false
  report(world, { label, found: read.value, taken, repeated, grown, isDry, spoken })
  if (options.json) printJson(world, taken.map(asJson))
}

/** A bank and those that go on where it is full: `mine`, `mine-2` … */
function openBanks(world: World, id: string): readonly OwnBank[] {
  const banks = [openBank(world, id)]
  while (banks.at(-1)?.text !== null) banks.push(openBank(world, `${id}-${banks.length + 1}`))
  return banks
}

/** Spanish shows at its marks; other languages are those of the bank or of the user. */
function languageOf(
  questions: readonly Listed[],
  library: Library,
  bank: OwnBank | undefined,
): string {
  const marked = questions.filter(({ text }) => text.includes('¿')).length
  if (marked > questions.length / 2) return 'es'
  const usual = bank?.language ?? library.language
  return usual === 'es' ? 'en' : usual
}

/** A question that is nearly there already, and what it resembles. */
interface Repeated {
  readonly text: string
  readonly like: string
}

function withoutRepeated(
  questions: readonly Listed[],
  library: Library,
  banks: readonly OwnBank[],
) {
  const held = banks.flatMap((bank) => bank.questions)
  const known = [...library.questions, ...library.retired, ...held].map((one) => one.text ?? '')
  const similar = findSimilar(known.filter(Boolean))
  const fresh: Listed[] = []
  const repeated: Repeated[] = []
  for (const one of questions) {
    const like = similar.find(one.text)
    if (like !== undefined) repeated.push({ text: one.text, like })
    else {
      similar.add(one.text)
      fresh.push(one)
    }
  }
  return { fresh, repeated }
}

function withIds(
  questions: readonly Listed[],
  bank: string,
  library: Library,
  banks: readonly OwnBank[],
): readonly NewQuestion[] {
  const held = banks.flatMap((one) => one.questions)
  const ids = new Set([...library.questions, ...library.retired, ...held].map((one) => one.id))
  return questions.map(({ section: _section, line: _line, ...one }) => {
    const id = questionId(bank, one.text, ids)
    ids.add(id)
    return { ...one, id }
  })
}

/** Puts questions into as many banks as it takes; they are counted from 1. */
function fill(
  bankAt: (n: number) => OwnBank,
  language: string,
  questions: readonly NewQuestion[],
): readonly Grown[] {
  const grown: Grown[] = []
  let rest = questions
  for (let n = 1; rest.length > 0; n++) {
    const bank = bankAt(n)
    const many = roomFor(bank.text, headOf(bank, language), rest)
    if (many > 0) grown.push(grow(bank, language, rest.slice(0, many)))
    rest = rest.slice(many)
  }
  return grown
}

const of = 'Of those taken,'

interface Report {
  readonly label: string
  readonly found: List
  readonly taken: readonly NewQuestion[]
  readonly repeated: readonly Repeated[]
  readonly grown: readonly Grown[]
  readonly isDry: boolean
  readonly spoken: string
}

function report(
  world: World,
  { label, found, taken, repeated, grown, isDry, spoken }: Report,
): void {
  const places = grown.map(({ bank, many }) =>
    grown.length > 1 ? `${bank.path} (${many})` : bank.path,
  )
  const noKind = taken.filter(({ kinds }) => !kinds?.length).length
  const took = isDry ? 'Would take' : 'Took'
  const lines = [
    taken.length === 0
      ? `There is nothing new in ${label}.`
      : `${took} ${count(taken.length, 'question')} from ${label} into ${sayList(places)}.`,
    grown.length > 1
      ? 'One bank holds at most 1000 questions and 256 KiB, so it goes on in the next.'
      : '',
    ...sayRepeated(repeated),
    found.others > 0
      ? `Left out ${count(found.others, 'line')} that ${found.others === 1 ? 'is' : 'are'} no question: headings, remarks, links, tables.`
      : '',
    sayLeftOut(found.tooLong, label, `longer than ${MAX_TEXT} characters`),
    sayLeftOut(found.harmful, label, 'with characters that could disguise text'),
    noKind > 0
      ? `${of} ${noKind} ${noKind === 1 ? 'has' : 'have'} no kind: a session offers only questions with a kind; others can be listed and picked by hand.`
      : '',
    spoken === LINTED_LANGUAGE ? sayHints(taken) : '',
    isDry ? 'Nothing was written: this was a dry run.' : '',
    ...(isDry
      ? []
      : grown.map(({ bank }) => `See them with: coach questions list --from ${bank.id}`)),
  ]
  world.tell(
    lines
      .filter(Boolean)
      .map((line) => `${safe(line)}\n`)
      .join(''),
  )
}

function sayRepeated(repeated: readonly Repeated[]): readonly string[] {
  if (repeated.length === 0) return []
  const more = repeated.length - EXAMPLES
  return [
    `Skipped ${count(repeated.length, 'question')} that ${repeated.length === 1 ? 'is' : 'are'} nearly there already:`,
    ...repeated
      .slice(0, EXAMPLES)
      .map(({ text, like }) =>
        short(text) === short(like)
          ? `  ${short(text)} is there`
          : `  ${short(text)} is like ${short(like)}`,
      ),
    more > 0 ? `  and ${more} more` : '',
  ]
}

function sayHints(taken: readonly NewQuestion[]): string {
  const hints = taken.map(({ text }) => lint(text).length)
  const lines = hints.filter((many) => many > 0).length
  const all = hints.reduce((sum, many) => sum + many, 0)
  return lines === 0
    ? ''
    : `${of} ${lines} could be asked better (${count(all, 'hint')}). See the hints with: coach questions lint`
}

const short = (text: string) => `“${firstLine(text, 60)}”`

function sayLeftOut(lines: readonly number[], label: string, why: string): string {
  if (lines.length === 0) return ''
  const places = lines.slice(0, EXAMPLES).map((line) => `${label}:${line}`)
  const more = lines.length - places.length
  const all = more > 0 ? [...places, `${more} more`] : places
  return `Left out ${count(lines.length, 'question')} ${why}: ${sayList(all)}.`
}

function asJson({ id, text, kinds, stages, areas, skills, style }: NewQuestion) {
  const tags = {
    kinds: kinds ?? [],
    stages: stages ?? [],
    areas: areas ?? [],
    skills: skills ?? [],
  }
  return { id, text, ...tags, style: style ?? 'open' }
}

/** The text of a list, which is neither empty nor something else than text. */
async function readText(world: World, file: string): Promise<{ label: string; text: string }> {
  const { label, text } = await readInput(world, file, 'Nothing was written.')
  const wrong = (message: string, next: string) => refuse([`${label}:1:1 ${message}`], next)
  if (text.includes('\0')) throw wrong('is not text', 'Save it as plain text, or as CSV.')
  if (text.trim() === '') throw wrong('is empty', 'Name a file that holds questions.')
  if (/^\s*<(!doctype|html)\b/i.test(text)) {
    throw wrong('is a web page', 'Copy its text into a file, one question a line.')
  }
  return { label, text }
}
