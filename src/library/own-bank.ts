import { lstatSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CoachError, EXIT, usageError } from '../errors.ts'
import { makeFolder, writeExport } from '../files/write-export.ts'
import { sayProblem } from '../text/file-problem.ts'
import { addToBank, bankId, bankTitle, type NewQuestion } from '../questions/bank/append.ts'
import { readFile } from '../questions/bank/read-layer-file.ts'
import type { World } from '../world.ts'
import { MAX_YAML_BYTES } from '../yaml/read-yaml.ts'

/** So many problems are told one by one. */
const MOST_PROBLEMS = 20

/** A bank file of the user's own, as it is now. */
export interface OwnBank {
  readonly id: string
  readonly path: string
  /** Null where there is none yet. */
  readonly text: string | null
  readonly language: string | null
  readonly questions: readonly { readonly id: string; readonly text?: string | undefined }[]
}

/** Where the user's own banks are. */
export function folderOf(world: World): string {
  return join(world.places.config, 'question-banks')
}

/** The id of a bank from a name that was given. @throws CoachError (2) when none can be made */
export function bankIdFrom(text: string): string {
  const id = bankId(text)
  if (id !== '') return id
  throw usageError(
    `“${text}” makes no name for a bank. Nothing was written.`,
    'Give one of letters and digits, as in: --to my-questions',
  )
}

/**
 * The user's own bank of that name, or a new one.
 * @throws CoachError (2) when there is a file of that name to which nothing can be added
 */
export function openBank(world: World, id: string): OwnBank {
  const path = join(folderOf(world), `${id}.yaml`)
  const found = lookAt(path)
  if (!found) return { id, path, text: null, language: null, questions: [] }
  const another = 'Correct it, or name another bank with --to.'
  if (!found.isFile()) {
    throw usageError(`${path} is a link or no file. Nothing was written.`, another)
  }
  if (found.size > MAX_YAML_BYTES) throw refuse([`${path}:1:1 is larger than any bank`], another)
  const text = decode(readFileSync(path))
  if (text === null) throw refuse([`${path}:1:1 is not text in UTF-8`], another)
  const read = readFile({ kind: 'bank', path, text })
  if (read.kind === 'bank') return { path, text, ...read.value }
  throw refuse(read.kind === 'broken' ? read.problems.map(sayProblem) : [], another)
}

/** Bytes as text, with a mark of byte order if they have one; null where they are none. */
function decode(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

/** @throws CoachError (2) unless it is the code of a language */
export function mustBeLanguage(language: string): void {
  if (/^[a-z]{2}$/.test(language)) return
  throw usageError(
    `“${language}” is not the code of a language.`,
    'It has two letters, as in: --language es',
  )
}

/** A bank file that waits to be written. */
export interface Grown {
  readonly bank: OwnBank
  readonly text: string
  readonly many: number
}

/** @throws CoachError (2) when the bank is in another language */
export function mustSpeak(bank: OwnBank, language: string): void {
  if (bank.language === null || bank.language === language) return
  throw usageError(
    `The bank ${bank.id} is in the language “${bank.language}”, and this is “${language}”. Nothing was written.`,
    `Name another bank, as in: --to ${bank.id}-${language}`,
  )
}

/** A bank with questions added. @throws CoachError (2) when the bank is in another language or is full */
export function grow(bank: OwnBank, language: string, questions: readonly NewQuestion[]): Grown {
  mustSpeak(bank, language)
  const text = addToBank(bank.text, headOf(bank, language), questions)
  const read = readFile({ kind: 'bank', path: bank.path, text })
  if (read.kind === 'bank') return { bank, text, many: questions.length }
  throw refuse(
    [`${bank.path} has no room for more`],
    `Name another bank, as in: --to ${bank.id}-more`,
  )
}

/** The head that a bank gets when it is new. */
export function headOf({ id }: OwnBank, language: string) {
  return { id, title: bankTitle(id), language }
}

/** Writes a bank whole or not at all. @throws CoachError (4, 7) */
export function writeBank({ bank, text }: Grown): void {
  const now = lookAt(bank.path)
  const isSame =
    bank.text === null
      ? now === undefined
      : now?.isFile() && readFileSync(bank.path).equals(Buffer.from(bank.text))
  if (!isSame) {
    throw new CoachError(
      EXIT.busy,
      `${bank.path} was changed meanwhile, and was left as it is now.`,
      'Run the command again.',
    )
  }
  try {
    makeFolder(dirname(bank.path))
    writeExport(bank.path, text, true)
  } catch (error) {
    throw error instanceof CoachError ? cannotWrite(bank.path, error) : error
  }
}

/** What stands at a place, if anything. */
function lookAt(path: string) {
  try {
    return lstatSync(path, { throwIfNoEntry: false })
  } catch (error) {
    throw cannotWrite(path, error)
  }
}

function cannotWrite(path: string, cause: unknown): CoachError {
  return new CoachError(
    EXIT.cannotWrite,
    `${path} could not be written. It is as it was before.`,
    'Its folder may be a file or not yours to write in, or the disk may be full.',
    { cause },
  )
}

/** The refusal of a file, with what is wrong with it. */
export function refuse(problems: readonly string[], next: string): CoachError {
  const more = problems.length - MOST_PROBLEMS
  const told = [...problems.slice(0, MOST_PROBLEMS), ...(more > 0 ? [`and ${more} more`] : [])]
  return usageError(`${told.join('\n')}\nNothing was written.`, next)
}
