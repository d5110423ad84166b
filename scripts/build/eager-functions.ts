import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { OutputBundle, OutputChunk, Plugin } from 'rolldown'
import { parseSync, Visitor } from 'rolldown/utils'

/** What a home holds when the program is watched: enough that every part of a listing is used. */
const FILL = [
  ['person', 'add', 'Ana Silva'],
  ['person', 'add', 'Bruno Marín'],
  ['action', 'add', 'Ana Silva', 'send the notes of the call', '--due', 'tomorrow'],
  ['action', 'add', 'Bruno Marín', 'practise the impact question', '--due', 'in 2 weeks'],
] as const
const WATCHED = [['review'], [], ['due']] as const

/**
 * Has V8 compile at once what the listings call, so that Node's cache of compiled code holds it. That cache is written
 * before a function runs for the first time; what V8 compiles only on its first call would be parsed anew in each start,
 * which takes a tenth of it. V8 compiles a function at once if it stands in parentheses. Which are called is found out by
 * running the program that was just built.
 */
export const eagerFunctions: Plugin = {
  name: 'eager-functions',
  writeBundle({ dir = '' }, bundle) {
    const called = calledByListings()
    for (const chunk of Object.values(bundle)) {
      const ranges = called.get(chunk.fileName)
      if (chunk.type !== 'chunk' || !ranges) continue
      refuseCircle(chunk, bundle)
      writeFileSync(join(dir, chunk.fileName), withEager(chunk.code, ranges))
    }
  },
}

/** A function by where it begins and ends in its file: `from:to`. */
export type Range = `${number}:${number}`
const rangeOf = (from: number, to: number): Range => `${from}:${to}`

interface Mark {
  readonly at: number
  readonly text: '(' | ')'
}

interface Coverage {
  readonly result: readonly {
    readonly url: string
    readonly functions: readonly {
      /** The first is the function itself. */
      readonly ranges: readonly {
        readonly startOffset: number
        readonly endOffset: number
        readonly count: number
      }[]
    }[]
  }[]
}

/** The functions that are called, by the name of their file. */
function calledByListings(): ReadonlyMap<string, ReadonlySet<Range>> {
  const scratch = mkdtempSync(join(tmpdir(), 'coach-build-'))
  const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    execFileSync(process.execPath, [join('bin', 'coach.js'), ...args], {
      env: {
        HOME: scratch,
        COACH_HOME: join(scratch, 'home'),
        NODE_DISABLE_COMPILE_CACHE: '1',
        ...env,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
  try {
    for (const args of FILL) run(args)
    const coverage = join(scratch, 'coverage')
    for (const args of WATCHED) run(args, { NODE_V8_COVERAGE: coverage })
    const called = new Map<string, Set<Range>>()
    for (const name of readdirSync(coverage)) {
      const { result }: Coverage = JSON.parse(readFileSync(join(coverage, name), 'utf8'))
      for (const { url, functions } of result) {
        const file = basename(url)
        const ranges = called.get(file) ?? new Set()
        called.set(file, ranges)
        for (const {
          ranges: [own],
        } of functions) {
          if (own && own.count > 0) ranges.add(rangeOf(own.startOffset, own.endOffset))
        }
      }
    }
    return called
  } finally {
    rmSync(scratch, { recursive: true })
  }
}

/**
 * A text of JavaScript in which functions are compiled at once. One that is declared becomes a variable before all other
 * code, where it can be called as early as before.
 */
export function withEager(code: string, called: ReadonlySet<Range>): string {
  const { program, errors } = parseSync('chunk.js', code)
  if (errors[0]) throw new Error(errors[0].message)
  const marks = marksAround(program, called)
  const part = (from: number, to: number) => {
    let [text, at] = ['', from]
    for (const mark of marks) {
      if (mark.at < from || mark.at > to) continue
      text += code.slice(at, mark.at) + mark.text
      at = mark.at
    }
    return text + code.slice(at, to)
  }
  const imported = program.body.findLast(({ type }) => type === 'ImportDeclaration')?.end ?? 0
  let [first, rest, at] = ['', '', imported]
  for (const statement of program.body) {
    const { type, start, end } = statement
    if (type !== 'FunctionDeclaration' || !called.has(rangeOf(start, end))) continue
    first += `var ${statement.id?.name}=(${part(start, end)});\n`
    rest += part(at, start)
    at = end
  }
  return `${code.slice(0, imported)}\n${first}${rest}${part(at, code.length)}`
}

type Program = ReturnType<typeof parseSync>['program']

/** The parentheses around the functions that stand within expressions, in the order of the text. */
function marksAround(program: Program, called: ReadonlySet<Range>): readonly Mark[] {
  const marks: Mark[] = []
  const enclose = ({ start, end }: { readonly start: number; readonly end: number }) => {
    if (called.has(rangeOf(start, end)))
      marks.push({ at: start, text: '(' }, { at: end, text: ')' })
  }
  // For V8 a method begins with its name, so it never has the range of its function, which begins after it.
  new Visitor({ FunctionExpression: enclose, ArrowFunctionExpression: enclose }).visit(program)
  return marks.toSorted((a, b) => a.at - b.at)
}

/** A declared function can be called before its file has run, by a file that loads it in a circle; a variable can't. */
function refuseCircle(chunk: OutputChunk, bundle: OutputBundle): void {
  const reached = new Set<string>()
  const reach = (name: string): void => {
    const file = bundle[name]
    if (reached.has(name) || file?.type !== 'chunk') return
    reached.add(name)
    for (const next of file.imports) reach(next)
  }
  for (const name of chunk.imports) reach(name)
  if (reached.has(chunk.fileName)) throw new Error(`${chunk.fileName} is loaded in a circle`)
}
