import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { query } from '../notebook/file.ts'
import { homeWithAna } from '../ask/terminal/process.ts'

const root = resolve(import.meta.dirname, '../..')

/** The files of a folder with their code, comments taken out. */
function codeIn(folder: string): readonly (readonly [path: string, code: string])[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))
    .map((path) => [path, withoutComments(readFileSync(join(root, path), 'utf8'))])
}

function withoutComments(code: string): string {
  return code.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '')
}

const TESTS = codeIn('test').filter(([path]) => !path.startsWith('test/clock/'))

function uses(
  files: readonly (readonly [string, string])[],
  pattern: RegExp,
  known: Readonly<Record<string, string>> = {},
): readonly string[] {
  return files
    .filter(([path]) => !(path in known))
    .flatMap(([path, code]) => [...code.matchAll(pattern)].map(([use]) => `${path}: ${use}`))
}

test('no test asks which day it is: it begins on the day of the tests, and moves its own clock', () => {
  expect(TESTS.length).toBeGreaterThan(100)
  expect(uses(TESTS, /\bnew Date\(\s*\)|\bDate\.now\b|(?<!new )\bDate\(\)/g)).toEqual([])
})

/** From the name of a call to the parenthesis that ends it. */
function callAt(code: string, start: number): string {
  let open = 0
  for (let at = code.indexOf('(', start); at < code.length; at++) {
    if (code[at] === '(') open++
    if (code[at] === ')' && --open === 0) return code.slice(start, at + 1)
  }
  return code.slice(start)
}

/** What is no test: the build, and what plays Windows inside a program that a test has started. */
const NO_TESTS = new Set(['test/build.ts', 'test/systems/windows.ts'])

test('no test starts coach, or another Node, with an environment that lacks the clock of the tests', () => {
  const calls = TESTS.flatMap(([path, code]) =>
    [
      ...code.matchAll(/(?<![.\w])(?:spawn|spawnSync|execFile|execFileSync|exec|execSync|fork)\(/g),
    ].map(({ index }) => [path, callAt(code, index)] as const),
  )
  expect(calls.length).toBeGreaterThan(30)
  const isOurs = (call: string) =>
    /\bBIN\b|execPath|commandLine|withCoach|\bprogram\b|'npm'|\bfork\(/.test(call)
  const hasEnvironment = (call: string) =>
    /\benv\b(?!:)|\benv: (?:environment\(|\{ \.\.\.)/.test(call)
  const wrong = calls.filter(
    ([path, call]) => !NO_TESTS.has(path) && isOurs(call) && !hasEnvironment(call),
  )
  expect(wrong).toEqual([])
})

test('no test puts an environment together by hand', () => {
  const known = {
    'test/ask/terminal/process.ts': 'the one place',
    'test/setup.ts': 'this process',
    'test/build.ts': 'whether it is built',
    'test/dates/day.test.ts': 'zones, in this process',
    'test/systems/run.ts': 'made from the one place, with programs of the system played',
    'test/systems/windows.ts': 'inside a program that a test has started',
    'test/systems/programs.test.ts': 'where a program is looked for, without starting one',
    'test/faults/supply.test.ts': 'npm, which runs no coach',
    'test/faults/long/nodes.ts': 'npm, which runs no coach',
    'test/faults/long/units.ts': 'how many times as many units',
  }
  expect(uses(TESTS, /\bprocess\.env\b|\bPATH: /g, known)).toEqual([])
})

const CLOCK_IN_SQL =
  /\bCURRENT_(?:TIMESTAMP|DATE|TIME)\b|(?<![.\w]|new )(?:datetime|date|time|julianday|unixepoch|strftime|timediff)\s*\(/gi

test('no statement of SQL asks the clock: instants are given to it', async () => {
  const code = codeIn('src/notebook')
  expect(code.length).toBeGreaterThan(30)
  expect(uses(code, CLOCK_IN_SQL)).toEqual([])
  const schema = query(
    join(await homeWithAna(), 'notebook.db'),
    'SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL',
  ).map((row) => String(Object(row).sql))
  expect(schema.length).toBeGreaterThan(20)
  expect(schema.filter((sql) => sql.match(CLOCK_IN_SQL))).toEqual([])
})

test('coach asks for the times of files only in the ways that move with the clock of the tests', () => {
  expect(uses(codeIn('src'), /(?<!\w)[lf]?stat\(|\bnode:fs\/promises\b|\bopendir\w*\(/g)).toEqual(
    [],
  )
})
