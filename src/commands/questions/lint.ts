import { parseYaml } from '../../yaml/read-yaml.ts'
import { inFileOrder, type Problem } from '../../text/file-problem.ts'
import { type Bank, bankSchema } from '../../questions/bank/schema.ts'
import { buildLibrary, unknownTags } from '../../questions/bank/build-library.ts'
import { type Hint, lint, LINTED_LANGUAGE } from '../../questions/lint/lint.ts'
import { type LintedLine, lintJson, renderLint } from '../../render/questions/lint.ts'
import { count, safe } from '../../text/text.ts'
import type { World } from '../../world.ts'
import { type InputText, readInput } from '../../ask/file/read-input.ts'
import { loadLayers } from '../../library/load-library.ts'
import { type JsonOptions, print, printJson } from '../../output/print.ts'
import { refuseBroken } from './questions.ts'

/** `coach questions lint [FILE|-]`: hints for each line of a bank or of plain text; without a file, for every bank of your own. */
export async function run(
  world: World,
  file: string | undefined,
  options: JsonOptions,
): Promise<void> {
  const { lines, problems } =
    file === undefined ? await ownBanks(world) : await namedFile(world, file)
  refuseBroken(problems)
  if (options.json) {
    printJson(world, lines.map(lintJson))
    return
  }
  const found = lines.filter(({ findings }) => findings.length > 0)
  if (found.length > 0) print(world, found, renderLint)
  world.tell(
    found.length > 0
      ? `\n${count(lines.length, 'line')}, ${found.length} with a hint. They are hints: you decide.\n`
      : `${count(lines.length, 'line')}, no hint.\n`,
  )
}

interface Linted {
  readonly lines: readonly LintedLine[]
  readonly problems: readonly Problem[]
}

/** The banks of the home and of named folders; where there are none, those that ship, as far as there are rules for them. */
async function ownBanks(world: World): Promise<Linted> {
  const layers = await loadLayers(world)
  const library = buildLibrary(layers)
  const banks = layers.flatMap((layer) =>
    layer.files.flatMap((file) =>
      file.kind === 'bank' ? [{ isOwn: !layer.isShipped, bank: file.value }] : [],
    ),
  )
  const own = banks.filter(({ isOwn }) => isOwn)
  const shipped = banks.filter(({ bank }) => bank.language === LINTED_LANGUAGE)
  const chosen = own.length > 0 ? own : shipped
  return {
    lines: chosen.flatMap(({ bank }) => linesOf(world, bank)),
    problems: [...library.problems, ...library.unknownTags],
  }
}

async function namedFile(world: World, file: string): Promise<Linted> {
  const input = await readInput(world, file, 'Nothing was looked at.')
  if (!isBank(input)) {
    const texts = input.text.replace(/^\ufeff/, '').split(/\r\n?|\n/)
    return { lines: texts.filter((text) => text.trim() !== '').map(linted), problems: [] }
  }
  const parsed = parseYaml(input.label, input.text, bankSchema)
  if (!parsed.ok) return { lines: [], problems: parsed.problems }
  const { vocabulary } = buildLibrary(await loadLayers(world))
  const { value, source } = parsed
  const read = {
    kind: 'bank' as const,
    path: input.label,
    value,
    problemAt: (at: readonly PropertyKey[], message: string) => source.problemAt(at, message),
  }
  return { lines: linesOf(world, value), problems: inFileOrder(unknownTags(read, vocabulary)) }
}

/** A bank by its name, or by its look: a key on the first line that is no comment. */
function isBank({ label, text }: InputText): boolean {
  if (/\.ya?ml$/i.test(label)) return true
  const first = text
    .replace(/^\ufeff/, '')
    .split('\n', 200)
    .find((line) => line.trim() !== '' && !/^(?:\s*#|---)/.test(line))
  return /^(?:id|title|language|questions):(?:\s|$)/.test(first ?? '')
}

function linesOf(world: World, bank: Bank): readonly LintedLine[] {
  const texts = bank.questions.flatMap((one) => [
    ...(one.text === undefined ? [] : [one.text]),
    ...one.follow_ups,
  ])
  if (bank.language === LINTED_LANGUAGE) return texts.map(linted)
  world.tell(
    `The bank “${safe(bank.id)}” is in the language “${bank.language}”. There are rules for “${LINTED_LANGUAGE}” only, so it was not looked at.\n`,
  )
  return texts.map((text) => ({ text, findings: [] }))
}

function linted(text: string): { text: string; findings: readonly Hint[] } {
  return { text, findings: lint(text) }
}
