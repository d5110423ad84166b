import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseSync, Visitor } from 'rolldown/utils'
import { expect, test } from 'vitest'

const src = resolve(import.meta.dirname, '..', 'src')
/** As many characters as a person reads in one line. */
const LONGEST = 105

function longExpressions(path: string): readonly string[] {
  const code = readFileSync(join(src, path), 'utf8')
  const found: string[] = []
  const keep = ({ start, end }: { readonly start: number; readonly end: number }) => {
    if (end - start > LONGEST) found.push(`${path}: ${code.slice(start, end)}`)
  }
  const visitor = new Visitor({
    Literal(node) {
      if ('regex' in node) keep(node)
    },
    NewExpression({ callee, arguments: given }) {
      if (callee.type !== 'Identifier' || callee.name !== 'RegExp') return
      for (const one of given) if (one.type.endsWith('Literal')) keep(one)
    },
  })
  visitor.visit(parseSync(path, code).program)
  return found
}

test('every regular expression can be read in one line; longer ones are lists of words or joined from short parts', () => {
  const paths = readdirSync(src, { recursive: true, encoding: 'utf8' })
  const sources = paths.filter((path) => path.endsWith('.ts'))
  expect(sources.length).toBeGreaterThan(200)
  expect(sources.flatMap(longExpressions)).toEqual([])
})
