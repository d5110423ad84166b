/** Prints precision and recall of each lint rule on the labelled lines in test/questions/lint; with `--show`, what it got wrong. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { lint, type Rule, RULES } from '../src/questions/lint/lint.ts'

/** A line, and the rules that a reader says it breaks. */
export interface Labelled {
  readonly text: string
  readonly rules: ReadonlySet<string>
}

/** How well a rule does: of what it found, and of what there was to find. */
export interface Figures {
  readonly rule: Rule
  readonly lines: number
  readonly precision: number
  readonly recall: number
  readonly wrong: readonly Labelled[]
}

const FOLDER = join(import.meta.dirname, '..', 'test', 'questions', 'lint')

/** The labelled lines of a file: `rule,rule<TAB>text`, `-` where it breaks none, `#` for comments. */
function readLabelled(path: string): readonly Labelled[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.includes('\t') && !line.startsWith('#'))
    .map((line) => {
      const [labels = '', text = ''] = line.split('\t')
      return { text, rules: new Set(labels.split(',').filter((one) => one !== '-')) }
    })
}

/** The labelled lines of the project. */
export function allLabelled(): readonly Labelled[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.tsv'))
    .flatMap((name) => readLabelled(join(FOLDER, name)))
}

const print = (line: string): void => void process.stdout.write(`${line}\n`)

/** Compares what the lint finds with what a reader found. */
export function figuresOf(lines: readonly Labelled[]): readonly Figures[] {
  const found = lines.map((line) => ({
    line,
    rules: new Set<string>(lint(line.text).map(({ rule }) => rule)),
  }))
  return RULES.map((rule) => {
    const said = found.filter(({ rules }) => rules.has(rule))
    const right = said.filter(({ line }) => line.rules.has(rule)).length
    const there = found.filter(({ line }) => line.rules.has(rule)).length
    return {
      rule,
      lines: there,
      precision: said.length === 0 ? 1 : right / said.length,
      recall: there === 0 ? 1 : right / there,
      wrong: found
        .filter((one) => one.rules.has(rule) !== one.line.rules.has(rule))
        .map((one) => one.line),
    }
  })
}

/** The figures as they are printed. */
export function reportOf(lines: readonly Labelled[]): string {
  const head = [
    'rule'.padEnd(14),
    'lines'.padStart(6),
    'precision'.padStart(11),
    'recall'.padStart(8),
  ]
  const rows = figuresOf(lines).map(({ rule, lines: many, precision, recall }) => [
    rule.padEnd(14),
    String(many).padStart(6),
    precision.toFixed(2).padStart(11),
    recall.toFixed(2).padStart(8),
  ])
  return [`${lines.length} lines`, ...[head, ...rows].map((row) => row.join(''))].join('\n')
}

if (process.argv[1] === import.meta.filename) {
  const named = process.argv.slice(2).filter((word) => !word.startsWith('--'))
  const lines = named.length > 0 ? named.flatMap(readLabelled) : allLabelled()
  print(reportOf(lines))
  const isShown = process.argv.includes('--show')
  for (const { rule, wrong } of isShown ? figuresOf(lines) : []) {
    for (const { text, rules } of wrong) {
      print(`${rule} ${rules.has(rule) ? 'missed' : 'false '} ${text}`)
    }
  }
}
