import { choose, confirm, line } from '../../ask/terminal/single-questions.ts'
import { ASK_TITLES } from '../../conversation/turns/prompt-turns.ts'
import { type CoachError, usageError } from '../../errors.ts'
import { ASK_KINDS, type AskKind, QUESTION_STYLES } from '../../model.ts'
import { type NewQuestion, questionId } from '../../questions/bank/append.ts'
import { MAX_TEXT } from '../../questions/import/entry.ts'
import type { Library } from '../../questions/bank/build-library.ts'
import { lint, LINTED_LANGUAGE } from '../../questions/lint/lint.ts'
import { findSimilar } from '../../questions/bank/similar.ts'
import { sayList, oneLine, quote, safe, tidy } from '../../text/text.ts'
import type { World } from '../../world.ts'
import { mustBeAbleToAsk } from '../../ask/flags/require-terminal.ts'
import { loadLibrary } from '../../library/load-library.ts'
import {
  grow,
  mustBeLanguage,
  mustSpeak,
  bankIdFrom,
  openBank,
  writeBank,
} from '../../library/own-bank.ts'

/** Flags of `coach questions add`. */
export interface AddOptions {
  readonly to?: string
  readonly kind?: readonly string[]
  readonly stage?: readonly string[]
  readonly area?: readonly string[]
  readonly skill?: readonly string[]
  readonly style?: string
  readonly why?: string
  readonly id?: string
  readonly step?: readonly string[]
  readonly language?: string
}

type Tags = Omit<NewQuestion, 'id' | 'text'>

/**
 * `coach questions add`: one question into a bank of the user's own. With its text and a kind given, or where nobody can
 * be asked, nothing is asked.
 */
export async function run(
  world: World,
  text: string | undefined,
  options: AddOptions,
): Promise<void> {
  if (options.language !== undefined) mustBeLanguage(options.language)
  if (text === undefined) {
    mustBeAbleToAsk(world, 'Give the question, as in: coach questions add "TEXT" --kind obstacle')
  }
  const isAsking = world.canAsk() && (text === undefined || options.kind === undefined)
  const bank = openBank(world, bankIdFrom(options.to ?? 'my-questions'))
  const library = await loadLibrary(world)
  const given = readFlags(options, library)
  if (options.id !== undefined) mustBeFree(options.id, bank, library)
  const usual = options.language ?? bank.language ?? library.language
  const words = isAsking ? await askText(world, text, usual) : readText(text ?? '')
  const language = options.language ?? (words.includes('¿') ? 'es' : usual)
  if (!isAsking && language === LINTED_LANGUAGE) hint(world, words)
  mustSpeak(bank, language)
  const known = [...library.questions, ...library.retired]
  const ids = new Set([...known, ...bank.questions].map((one) => one.id))
  const id = options.id ?? questionId(bank.id, words, ids)

  const texts = [...known, ...bank.questions].flatMap((one) => one.text ?? [])
  const like = findSimilar(texts).find(words)
  if (like !== undefined) {
    world.tell(safe(like === words ? 'It is there already.\n' : `It is much like: ${like}\n`))
    if (isAsking && !(await confirm(world, 'Add it all the same?', false))) return stop(world)
  }
  const tags = isAsking ? await askTags(world, given, options, library) : given
  const question = { id, text: words, ...tags }
  const grown = grow(bank, language, [question])
  if (isAsking) {
    world.tell(safe(`\n${preview(question)}\n`))
    if (!(await confirm(world, `Add it to ${bank.path}?`, true))) return stop(world)
  }
  writeBank(grown)
  world.tell(safe(`Added ${quote(words)} to ${bank.path} as ${id}.\n`))
  if (!tags.kinds?.length) {
    world.tell('It has no kind, so it can be picked by hand and no session offers it.\n')
  }
}

function stop(world: World): void {
  world.tell('Nothing was added.\n')
}

/** Why a text cannot stand in a bank, or null. */
function problemOf(text: string, what: string): string | null {
  if (text === '') return `The ${what} is empty.`
  if (text.length > MAX_TEXT) return `The ${what} is longer than ${MAX_TEXT} characters.`
  return safe(text) === text ? null : `The ${what} holds characters that could disguise text.`
}

/** A text as a bank keeps it. @throws CoachError (2) when it cannot stand there */
function readText(raw: string, what = 'question'): string {
  const text = oneLine(tidy(raw))
  const problem = problemOf(text, what)
  if (problem === null) return text
  throw usageError(
    `${problem} Nothing was added.`,
    'As in: coach questions add "TEXT" --kind obstacle',
  )
}

async function askText(world: World, text: string | undefined, language: string): Promise<string> {
  const ask = async (offered?: string) => {
    const check = (typed: string) => problemOf(oneLine(tidy(typed)), 'question')
    const said = await line(world, 'Your question:', {
      check,
      ...(offered === undefined ? {} : { offered }),
    })
    return oneLine(tidy(said))
  }
  let words = text === undefined ? await ask() : readText(text)
  for (;;) {
    const isEnglish = language === LINTED_LANGUAGE && !words.includes('¿')
    if (!isEnglish || !hint(world, words)) return words
    const next = await choose(world, 'Keep it as it is, or change it?', [
      { id: 'keep', title: 'keep it' },
      { id: 'change', title: 'change it' },
    ])
    if (next === 'keep') return words
    words = await ask(words)
  }
}

/** Says what could be better about a question, a line each; whether there is anything. */
function hint(world: World, text: string): boolean {
  const found = lint(text)
  for (const one of found) world.tell(safe(`Hint: ${one.hint}\n`))
  return found.length > 0
}

function readFlags(options: AddOptions, library: Library): Tags {
  const { vocabulary, guides } = library
  const idsOf = (entries: readonly { readonly id: string }[]) => entries.map(({ id }) => id)
  const steps = new Set(guides.flatMap((guide) => idsOf(guide.steps)))
  const [style] = oneOf(
    options.style === undefined ? [] : [options.style],
    'style',
    QUESTION_STYLES,
  )
  return {
    kinds: oneOf(options.kind, 'kind', ASK_KINDS),
    steps: oneOf(options.step, 'step', [...steps]),
    stages: oneOf(options.stage, 'stage', idsOf(vocabulary.stages)),
    areas: oneOf(options.area, 'area', idsOf(vocabulary.areas)),
    skills: oneOf(options.skill, 'skill', idsOf(vocabulary.skills)),
    ...(style === undefined ? {} : { style }),
    ...(options.why === undefined ? {} : { why: readText(options.why, 'reason') }),
  }
}

/** The ids that were named, each once. @throws CoachError (2) that names those there are */
function oneOf<T extends string>(
  named: readonly string[] | undefined,
  what: string,
  known: readonly T[],
): T[] {
  const found = (named ?? []).map(
    (name) => known.find((id) => id === name) ?? unknown(name, what, known),
  )
  return [...new Set(found)]
}

function unknown(name: string, what: string, known: readonly string[]): never {
  const there = known.length === 0 ? 'There are none.' : `There are ${sayList(known)}.`
  throw usageError(`There is no ${what} “${name}”. Nothing was added.`, there)
}

/** An id may stand once in the user's own banks; one of another layer is replaced. */
function mustBeFree(
  wanted: string,
  bank: ReturnType<typeof openBank>,
  { questions, retired }: Library,
): void {
  if (!/^[a-z0-9][a-z0-9-]*$/.test(wanted)) {
    throw usageError(
      `“${wanted}” is no id. Nothing was added.`,
      'It is made of small letters, digits and dashes, as in: --id my-first-call',
    )
  }
  const mine = [...questions, ...retired].find(({ id, layer }) => id === wanted && layer === 'home')
  const isTaken = bank.questions.some(({ id }) => id === wanted)
  if (isTaken || mine) throw taken(wanted, isTaken ? bank.id : (mine?.bank ?? ''))
}

function taken(id: string, bank: string): CoachError {
  return usageError(
    `Your bank ${bank} holds a question with the id “${id}”. Nothing was added.`,
    'Name another id, or leave it out.',
  )
}

const ANY = 'any'

async function askTags(
  world: World,
  given: Tags,
  options: AddOptions,
  { vocabulary }: Library,
): Promise<Tags> {
  const titled = (
    entries: readonly { readonly id: string; readonly title: string }[],
    any: string,
  ) => [{ id: ANY, title: any }, ...entries.map(({ id, title }) => ({ id, title }))]
  const ask = async (message: string, choices: ReturnType<typeof titled>): Promise<string[]> => {
    const id = await choose(world, message, choices)
    return id === ANY ? [] : [id]
  }
  const { stages, areas, skills } = vocabulary
  const kinds =
    options.kind === undefined
      ? [await choose(world, 'What does it ask about?', ASK_KINDS.map(asChoice))]
      : given.kinds
  const atStages =
    options.stage === undefined && stages.length > 0
      ? await ask('Which stage does it fit?', titled(stages, 'every stage'))
      : given.stages
  const isOpen = options.area === undefined && options.skill === undefined
  const isMore = isOpen && (await confirm(world, 'Add more (area, skill)?', false))
  const more = isMore
    ? {
        areas: await ask('Which area is it about?', titled(areas, 'every area')),
        skills: await ask('Which skill is it about?', titled(skills, 'every skill')),
      }
    : {}
  const why = given.why ?? (await askWhy(world))
  return {
    ...given,
    ...more,
    ...(kinds ? { kinds: [...kinds] } : {}),
    ...(atStages ? { stages: [...atStages] } : {}),
    ...(why === '' ? {} : { why }),
  }
}

const asChoice = (id: AskKind) => ({ id, title: ASK_TITLES[id] })

async function askWhy(world: World): Promise<string> {
  const why = await line(world, 'What is it good for? One line, or Enter:', {
    check: (typed) => (typed.trim() === '' ? null : problemOf(oneLine(tidy(typed)), 'reason')),
  })
  return oneLine(tidy(why))
}

function preview({ text, kinds, stages, areas, skills, why }: NewQuestion): string {
  const tags = [...(kinds ?? []), ...(stages?.length ? stages : ['every stage'])]
  const all = [...tags, ...(areas ?? []), ...(skills ?? [])].join(' · ')
  return [text, `  ${all}`, ...(why === undefined ? [] : [`  ${why}`])].join('\n')
}
