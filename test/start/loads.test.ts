import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { homeWithAna, runScript } from '../ask/terminal/process.ts'

const HOOKS = join(import.meta.dirname, 'loads.mjs')
const DIST = resolve(import.meta.dirname, '../../dist')

/** What a listing has no use for, each by a word that stands in its code. */
const DEAR = {
  zod: 'ZodError',
  yaml: 'YAMLParseError',
  inquirer: 'ExitPromptError',
  'chrono-node': 'ParsingComponents',
} as const

/** So much of our own code may be read for a listing, in bytes: today's 490 KB and some room. */
const MOST = 560_000

const textOf = (url: string) =>
  readFileSync(url.startsWith('file:') ? fileURLToPath(url) : url, 'utf8')

test('the words by which they are known stand in the program', () => {
  const texts = readdirSync(DIST)
    .filter((name) => name.endsWith('.js'))
    .map((name) => textOf(join(DIST, name)))
  const isThere = (word: string) => texts.some((text) => text.includes(word))
  expect(Object.values(DEAR).filter((word) => !isThere(word))).toEqual([])
})

test.each(['review', 'today', 'due', 'people', 'people --json'])(
  'coach %s loads nothing that it has no use for, and not much in all',
  async (listing) => {
    const home = await homeWithAna()
    const { code } = await runScript(
      home,
      `cd "${home}" && "$NODE" --import "${HOOKS}" "$BIN" ${listing}`,
    )
    expect(code).toBe(0)
    const loaded: readonly string[] = JSON.parse(textOf(join(home, 'loaded.json')))
    const ours = loaded.filter((url) => url.startsWith('file:') && url.includes('/dist/'))
    expect(ours.length).toBeGreaterThan(1)
    const dear = Object.entries(DEAR).filter(([, word]) =>
      ours.some((url) => textOf(url).includes(word)),
    )
    expect(dear.map(([name]) => name)).toEqual([])
    expect(ours.reduce((sum, url) => sum + textOf(url).length, 0)).toBeLessThan(MOST)
  },
)
