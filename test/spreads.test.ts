import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'

/**
 * A call takes about a hundred thousand values, and fails with more of them. So nothing that grows with a notebook or a file is
 * spread into one: `append` (`src/text/lists.ts`) adds many to a list, and `largest` finds the largest of many. These stay: what
 * they spread has a length that the program itself sets.
 */
const FEW: Readonly<Record<string, readonly string[]>> = {
  // Arguments that are handed on.
  'src/ask/terminal/screen/full-screen.ts': ['size()'],
  'src/cli/usage-errors.ts': ['parts'],
  'src/commands/backup/backup.ts': ['which'],
  'src/commands/exchange/formats.ts': ['page', 'parts', 'which'],
  // The texts and columns of one row.
  'src/notebook/store/actions.ts': ['values'],
  'src/notebook/integrity/altered-rows.ts': ['covered'],
  'src/notebook/store/action-row.ts': ['(result', 'texts'],
  'src/notebook/schema/tables.ts': ['names', 'texts'],
  // A place of two parts: nothing else is taken for a file of one's own.
  'src/commands/exchange/import-files.ts': ['path'],
  'src/library/own-files.ts': ['path'],
}

const SOURCE = resolve(import.meta.dirname, '../src')
const OPENING = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
])

/** What is spread into calls in a text: `more` for `list.push(...more)`; rest parameters and literals are something else. */
function spreadIntoCalls(text: string): readonly string[] {
  const code = text
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/^\s*\/\/.*$/gm, '')
    // Texts may hold brackets; those that hold code (`${…}`) are left.
    .replaceAll(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\$]|\\.|\$(?!\{))*`/g, "''")
  const open: { readonly at: number; readonly bracket: string; readonly spreads: string[] }[] = []
  const found: string[] = []
  for (let at = 0; at < code.length; at++) {
    const bracket = code.charAt(at)
    if ('([{'.includes(bracket)) open.push({ at, bracket, spreads: [] })
    if (code.startsWith('...', at)) {
      open.at(-1)?.spreads.push(/^\(?\w+(?:\(\))?/.exec(code.slice(at + 3))?.[0] ?? '')
      at += 2
    }
    if (!OPENING.has(bracket)) continue
    while (open.length > 0 && open.at(-1)?.bracket !== OPENING.get(bracket)) open.pop()
    const closed = open.pop()
    const isCall = /[\w)\]>?.]$/.test(code.slice(0, closed?.at)) && closed?.bracket === '('
    const isRest = /^\s*(?:=>|:|\{)/.test(code.slice(at + 1))
    if (isCall && !isRest) found.push(...(closed?.spreads ?? []))
  }
  return found
}

test('finds what is spread into a call, and nothing else', () => {
  expect(
    spreadIntoCalls(`const f = (...rest: string[]) => [...rest, { ...one }]
    list.push(...more, a(b))
    Math.max(0, ...all.map((one) => one.length))
    class A { m(...x) { return new Set([...x]) } }`),
  ).toEqual(['more', 'all'])
})

test('fault 90: nothing that grows with a notebook is spread into a call', () => {
  const spread = (name: string) =>
    spreadIntoCalls(readFileSync(join(SOURCE, name), 'utf8')).filter(
      (what) => !FEW[`src/${name}`]?.includes(what),
    )
  const found = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => spread(name).map((what) => `src/${name}: ...${what}`))
  expect(found).toEqual([])
})
