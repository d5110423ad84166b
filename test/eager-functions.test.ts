import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Range, withEager } from '../scripts/build/eager-functions.ts'

const DIST = join(import.meta.dirname, '../dist')

/** Where some functions stand in a text. */
const at = (code: string, functions: readonly string[]): ReadonlySet<Range> =>
  new Set(
    functions.map((text): Range => {
      expect(code).toContain(text)
      return `${code.indexOf(text)}:${code.indexOf(text) + text.length}`
    }),
  )

test('what is called stands in parentheses, and what was declared comes first', () => {
  const code = `import a from "a";const b=c(1);function c(n){return d.map(e=>e+n)}function f(){}const d=[1],g={h(){}};`
  const called = at(code, ['function c(n){return d.map(e=>e+n)}', 'e=>e+n'])
  expect(withEager(code, called)).toBe(
    `import a from "a";\nvar c=(function c(n){return d.map((e=>e+n))});\nconst b=c(1);function f(){}const d=[1],g={h(){}};`,
  )
})

test.each([
  [
    'a function that is called before it stands',
    'export const x=f();function f(){return 1}',
    ['function f(){return 1}'],
  ],
  [
    'functions that call each other',
    'export const x=a(3);function a(n){return n?b(n-1):0}function b(n){return n?a(n-1):1}',
    ['function a(n){return n?b(n-1):0}', 'function b(n){return n?a(n-1):1}'],
  ],
  [
    'an arrow that is called where it stands',
    'export const x=[3,1,2].toSorted((a,b)=>a-b).map(n=>n*2)',
    ['(a,b)=>a-b', 'n=>n*2'],
  ],
  ['an arrow in an arrow', 'export const x=(a=>b=>a+b)(1)(2)', ['a=>b=>a+b', 'b=>a+b']],
  [
    'one that waits',
    'async function f(){return 5}export const x=await f()',
    ['async function f(){return 5}'],
  ],
  [
    'one that yields',
    'function* f(){yield 1;yield 2}export const x=[...f()]',
    ['function* f(){yield 1;yield 2}'],
  ],
  ['the name of an arrow', 'const f=()=>1;export const x=f.name', ['()=>1']],
  ['one that an export names', 'function f(){return 7}export{f as x}', ['function f(){return 7}']],
])('%s does what it did', async (_, code, functions) => {
  const valueOf = async (text: string) => {
    const { x } = await import(`data:text/javascript,${encodeURIComponent(text)}`)
    return typeof x === 'function' ? x() : x
  }
  const eager = withEager(code, at(code, functions))
  expect(eager).not.toBe(`\n${code}`)
  expect(await valueOf(eager)).toEqual(await valueOf(code))
})

test('the functions that a listing calls are compiled at once, and those of a conversation are not', () => {
  const core = readdirSync(DIST).find((name) => /^core-.*\.js$/.test(name)) ?? ''
  const code = readFileSync(join(DIST, core), 'utf8')
  const eager = code.match(/^var \w+=\((?:async )?function/gm) ?? []
  const isEager = (name: string) => eager.some((text) => text.startsWith(`var ${name}=`))
  expect(code).toContain('function saveAnswers(')
  expect(eager.length).toBeGreaterThan(100)
  expect(['runCli', 'openNotebook', 'renderReview', 'saveAnswers'].filter(isEager)).toEqual([
    'runCli',
    'openNotebook',
    'renderReview',
  ])
})
