import { basename, dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { allLabelled, reportOf } from '../scripts/lint-figures.ts'
import { commandsPage } from '../scripts/reference.ts'
import { controlFor } from '../src/ask/terminal/screen/controls.ts'
import { drawFrame } from '../src/ask/terminal/screen/frame.ts'
import { type Ask, hold } from '../src/conversation/hold.ts'
import { PLAIN } from '../src/output/paint.ts'
import { conversation, guide } from './conversations.ts'
import {
  anchorsIn,
  filesIn,
  isThere,
  linksIn,
  PAPERS,
  pathsIn,
  sectionOf,
  textOf,
} from './papers.ts'

const readme = textOf('README.md')
const architecture = textOf('ARCHITECTURE.md')

test('the command reference is what the command line says', () => {
  expect(textOf('COMMANDS.md')).toBe(commandsPage())
})

test('the figures of the hints are those that the labelled lines give', () => {
  const shown = /and prints:\n\n```\n([\s\S]*?)\n```/.exec(textOf('CONTRIBUTING.md'))?.[1]
  expect(shown).toBe(reportOf(allLabelled()))
})

test('the screen in the README is the one that is drawn', async () => {
  const shown = /```text\n([\s\S]*?)\n```/.exec(readme)?.[1]
  let drawn = ''
  const ask: Ask = async (turn, scene) => {
    if (turn.path === 'observation.situation') {
      return { type: 'answer', text: 'Discovery call with Northwind, Tuesday' }
    }
    const control = controlFor(turn, null)
    for (const text of [
      'She asked about budget in the second minute.\n',
      'The customer answered with one word and looked at his watch.',
    ]) {
      control.press({ type: 'paste', text }, 68)
    }
    const parts = {
      person: 'Ana Silva',
      doing: 'preparing',
      turn,
      scene,
      control,
      problem: null,
      isHelpShown: false,
      hint: null,
    }
    drawn = drawFrame({ ...parts, today: '2026-11-23', paint: PLAIN }, 70, 12).rows.join('\n')
    return { type: 'leave' }
  }
  await hold(conversation(guide('ortp'), 'prepare'), ask, () => undefined)
  expect(drawn).toBe(shown)
})

describe('the README', () => {
  test('is short', () => {
    expect(readme.split(/\s+/).length).toBeLessThanOrEqual(1700)
  })

  test.each(['Try it', 'Test it'])('has one command to copy under “%s”', (heading) => {
    const blocks = [...sectionOf(readme, heading).matchAll(/^```sh\n([\s\S]*?)\n```$/gm)]
    expect(blocks.map(([, command]) => command)).toEqual([expect.stringMatching(/^npm ci && .+$/)])
  })
})

describe('the papers', () => {
  test('are those that a reader is led to from the README', () => {
    const named = new Set(linksIn(readme).map((to) => to.split('#')[0]))
    expect(PAPERS.filter((name) => name !== 'README.md' && !named.has(name))).toEqual([])
  })

  test.each(PAPERS)('%s links to files and headings that are there', (name) => {
    const broken = linksIn(textOf(name)).filter((to) => {
      const [file = '', heading] = to.split('#')
      const target = file === '' ? name : file
      if (!isThere(target)) return true
      return heading !== undefined && !anchorsIn(textOf(target)).includes(heading)
    })
    expect(broken).toEqual([])
  })

  test.each(PAPERS)('%s has each heading once, so that links lead to one place', (name) => {
    const anchors = anchorsIn(textOf(name))
    expect(anchors.filter((one, at) => anchors.indexOf(one) < at)).toEqual([])
  })

  test.each(PAPERS)('%s names paths of the code that are there', (name) => {
    expect(pathsIn(textOf(name)).filter((path) => !isThere(path))).toEqual([])
  })

  test.each(PAPERS)('%s names files of the code that are there, by name alone too', (name) => {
    const files = ['.', 'src', 'test', 'scripts'].flatMap((folder) => filesIn(folder))
    const names = new Set(files.map((path) => basename(path)))
    const named = [...textOf(name).matchAll(/(?<![\w/.-])[\w-]+(?:\.\w+)*\.ts\b/g)]
    expect(named.map(([file]) => file).filter((file) => !names.has(file))).toEqual([])
  })

  test('for users ship with the program, and the README says which do not', () => {
    const { files } = Object(JSON.parse(textOf('package.json')))
    const left = PAPERS.filter((name) => name !== 'README.md' && !files.includes(name))
    expect(left).toEqual(['ARCHITECTURE.md', 'CONTRIBUTING.md', 'DECISIONS.md'])
    expect(readme).toContain('The last three are in the repository only.')
  })

  test('tell of every script that one runs by hand', () => {
    const { scripts: all } = Object(JSON.parse(textOf('package.json')))
    const scripts = Object.keys(all)
    const told = PAPERS.map(textOf).join('\n')
    const isTold = (name: string) =>
      ['prepare', 'test'].includes(name) ||
      new RegExp(`npm run (--silent )?${name}(?![\\w:])`).test(told)
    expect(scripts.filter((name) => !isTold(name))).toEqual([])
  })
})

describe('the architecture', () => {
  const folders = filesIn('src')
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join(dirname(path), '/'))

  test('has every folder of the source on its map, and no other', () => {
    const mapped = [...sectionOf(architecture, 'The map').matchAll(/^(src\/\S*) /gm)]
    expect(new Set(mapped.map(([, folder]) => folder))).toEqual(new Set(folders))
  })

  test('says for each part what it may import, as the test of it does', () => {
    const rules = [
      ...textOf('test/architecture.test.ts').matchAll(/^ *\[\s*'(src\/[^']*)',\s*\[([^\]]*)\]/gm),
    ]
    const rows = [...architecture.matchAll(/^\| `(src\/[^`]*)` \| (`src\/.*|nothing else) \|$/gm)]
    const read = (found: readonly RegExpExecArray[]) =>
      Object.fromEntries(
        found.map(([, part = '', names = '']) => [
          part,
          [...names.matchAll(/src\/[\w/.-]*/g)].map(([name]) => name),
        ]),
      )
    expect(Object.keys(read(rules)).length).toBeGreaterThan(10)
    expect(read(rows)).toEqual(read(rules))
  })

  test('leads from the key to the row by functions that are there', () => {
    const walk = sectionOf(architecture, 'How one answer travels').replaceAll(/\s+/g, ' ')
    const steps = [...walk.matchAll(/`(\w+)\(\)` in `(src\/[\w/.-]+)`/g)]
    expect(steps.length).toBeGreaterThan(20)
    const lost = steps.filter(
      ([, name = '', path = '']) => !new RegExp(`\\b${name}[<(]`).test(textOf(path)),
    )
    expect(lost.map(([step]) => step)).toEqual([])
  })
})
