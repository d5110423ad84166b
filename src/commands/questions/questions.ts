import { type CoachError, notFound, usageError } from '../../errors.ts'
import { inFileOrder, type Problem, sayProblem } from '../../text/file-problem.ts'
import type { Question } from '../../questions/bank/schema.ts'
import { buildLibrary, type Library } from '../../questions/bank/build-library.ts'
import { pick, type Uses } from '../../questions/bank/pick.ts'
import {
  bankJson,
  pickedJson,
  questionJson,
  renderBanks,
  renderPicked,
  renderQuestion,
  renderQuestions,
} from '../../render/questions/questions.ts'
import { count, safe } from '../../text/text.ts'
import type { World } from '../../world.ts'
import { findPerson } from '../lookup.ts'
import { checkTags, loadLayers, type QuestionFilter } from '../../library/load-library.ts'
import { type JsonOptions, print, printJson } from '../../output/print.ts'

/** The library for the commands about questions themselves: what is broken is told afterwards, as an error. */
async function library(world: World): Promise<Library> {
  return buildLibrary(await loadLayers(world))
}

/** @throws CoachError (2) when a file of banks is broken; what could be read was shown before */
export function refuseBroken(problems: readonly Problem[]): void {
  if (problems.length > 0) throw brokenFiles(problems)
}

/** So many problems are told one by one. */
const MOST_TOLD = 40

/** Files of banks, guides or words that are broken, each mistake with its place. */
export function brokenFiles(problems: readonly Problem[]): CoachError {
  const files = new Set(problems.map(({ file }) => file)).size
  const told = inFileOrder(problems).slice(0, MOST_TOLD).map(sayProblem)
  if (problems.length > MOST_TOLD) told.push(`… and ${problems.length - MOST_TOLD} more.`)
  return usageError(
    `${told.join('\n')}\n${count(problems.length, 'problem')} in ${count(files, 'file')}. What it holds is left out; everything else can be used.`,
    'Correct the file, or move it out of the folder.',
  )
}

/** Flags of `coach questions list`. */
export interface ListOptions extends QuestionFilter, JsonOptions {
  readonly all?: boolean
}

/** `coach questions list` */
export async function list(
  world: World,
  id: string | undefined,
  options: ListOptions,
): Promise<void> {
  const all = await library(world)
  checkTags(all, options)
  const known = [...all.questions, ...all.retired]
  const isWide = options.all || options.json || id !== undefined
  const isNarrowed = options.language !== undefined || options.from !== undefined
  const found = known.filter(
    (one) =>
      (id === undefined || one.id === id) &&
      (isWide || !one.retired) &&
      (isWide || isNarrowed || one.language === all.language) &&
      fits(one, options),
  )
  if (id !== undefined && found.length === 0) {
    throw notFound(`There is no question “${id}”.`, 'See all of them with: coach questions list')
  }
  const [only] = found
  if (options.json) printJson(world, found.map(questionJson))
  else if (id !== undefined && only) print(world, only, renderQuestion)
  else if (found.length > 0) {
    print(world, found, renderQuestions)
    world.tell(`${count(found.length, 'question')}\n`)
  } else world.tell('No question fits. See what there is with: coach questions banks\n')
  refuseBroken(all.problems)
}

/** `coach questions banks` */
export async function banks(world: World, options: JsonOptions): Promise<void> {
  const all = await library(world)
  if (options.json) printJson(world, all.banks.map(bankJson))
  else {
    print(world, all, renderBanks)
    const { questions, retired, language } = all
    const spoken = questions.filter((one) => one.language === language).length
    world.tell(
      `\n${count(questions.length, 'question')} in use, ${spoken} of them in the language “${language}”; ${retired.length} hidden.\n`,
    )
  }
  for (const problem of all.unknownTags) world.tell(`Fits nothing: ${safe(sayProblem(problem))}\n`)
  refuseBroken(all.problems)
}

/** Flags of `coach questions pick`. */
export interface PickOptions extends Omit<QuestionFilter, 'style'>, JsonOptions {
  readonly why?: boolean
  readonly many?: string
}

/** `coach questions pick [NAME]` */
export async function pickQuestions(
  world: World,
  name: string | undefined,
  options: PickOptions,
): Promise<void> {
  const all = await library(world)
  checkTags(all, options)
  const many = readMany(options.many)
  const notebook = await world.read()
  const person = name === undefined ? null : findPerson(notebook, name).person
  const uses: Uses = notebook?.answers.uses(person?.id ?? null) ?? new Map()
  const last = (id: string) => (person && notebook?.answers.lastGiven(person.id, id)) ?? null
  const wanted = {
    kind: options.kind ?? null,
    stage: options.stage ?? last('stage'),
    area: options.area ?? null,
    skill: options.skill ?? last('skill'),
    step: null,
    banks: options.from === undefined ? null : [options.from],
    taken: [],
    language: options.language ?? all.language,
  }
  const seed = `${person?.uuid ?? ''}/${world.today()}`
  const picked = pick(all.questions, wanted, uses, seed, many)
  if (options.json) printJson(world, picked.map(pickedJson))
  else if (picked.length > 0) print(world, { picked, isWhy: options.why ?? false }, renderPicked)
  else world.tell('No question fits. Ask for less, as in: coach questions pick --stage discover\n')
  refuseBroken(all.problems)
}

function readMany(text: string | undefined): number {
  if (text === undefined) return 3
  if (/^[1-9]\d?$/.test(text)) return Number(text)
  throw usageError(`“${text}” is not a number from 1 to 99.`, 'As in: --many 5')
}

function fits(question: Question, filter: QuestionFilter): boolean {
  const has = (tags: readonly string[], one: string | undefined) =>
    one === undefined || tags.includes(one)
  return (
    has(question.kinds, filter.kind) &&
    has(question.stages, filter.stage) &&
    has(question.areas, filter.area) &&
    has(question.skills, filter.skill) &&
    has([question.style], filter.style) &&
    has([question.bank], filter.from) &&
    has([question.language], filter.language)
  )
}
