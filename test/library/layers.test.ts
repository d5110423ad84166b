import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { checkLayers } from '../../src/library/read-layers.ts'
import type { Layer, LayerFile } from '../../src/questions/bank/layer.ts'
import { buildLibrary } from '../../src/questions/bank/build-library.ts'
import { sayProblem } from '../../src/text/file-problem.ts'
import { answersFor, feed } from '../ask/file/feed.ts'
import { type Home, newHome } from '../world.ts'
import { LIBRARY, SHIPPED } from '../questions/shipped.ts'

const first = LIBRARY.questions[0]
if (!first) throw new Error('no question ships')

const bank = (id: string, ...questions: readonly string[]) =>
  `id: ${id}\ntitle: ${id}\nquestions:\n${questions.map((one) => `  - ${one}\n`).join('')}`
const layer = (name: string, kind: LayerFile['kind'], text: string): Layer => ({
  name,
  isShipped: false,
  place: name,
  files: [{ kind, path: `${name}.yaml`, text }],
})
const withMine = async (...layers: readonly Layer[]) =>
  buildLibrary(await checkLayers([SHIPPED, ...layers]))

describe('a question of a later layer', () => {
  const mine = bank('mine', `{ id: ${first.id}, text: Mine?, kinds: [stretch] }`)

  test('replaces the one with the same id', async () => {
    const library = await withMine(layer('home', 'bank', mine))
    expect(library.problems).toEqual([])
    expect(library.questions).toHaveLength(LIBRARY.questions.length)
    expect(library.questions.find((one) => one.id === first.id)).toMatchObject({
      text: 'Mine?',
      kinds: ['stretch'],
      stages: [],
      bank: 'mine',
    })
  })

  test('is replaced by one of a layer that comes after it', async () => {
    const theirs = bank('team', `{ id: ${first.id}, text: Theirs? }`)
    const library = await withMine(layer('home', 'bank', mine), layer('team', 'bank', theirs))
    expect(library.questions.find((one) => one.id === first.id)?.text).toBe('Theirs?')
  })

  test('is added when its id is new', async () => {
    const library = await withMine(
      layer('home', 'bank', bank('mine', '{ id: mine-1, text: Mine? }')),
    )
    expect(library.questions).toHaveLength(LIBRARY.questions.length + 1)
  })

  test('hides the earlier one when it is retired', async () => {
    const text = bank('mine', `{ id: ${first.id}, text: x, retired: true }`)
    const library = await withMine(layer('home', 'bank', text))
    expect(library.questions.map(({ id }) => id)).not.toContain(first.id)
    expect(library.questions).toHaveLength(LIBRARY.questions.length - 1)
  })

  test('brings a retired one back', async () => {
    const gone = bank('home', `{ id: ${first.id}, text: x, retired: true }`)
    const back = bank('team', `{ id: ${first.id}, text: Back? }`)
    const library = await withMine(layer('home', 'bank', gone), layer('team', 'bank', back))
    expect(library.questions.find((one) => one.id === first.id)?.text).toBe('Back?')
  })
})

describe('a guide of a later layer', () => {
  const guide = SHIPPED.files.find(({ path }) => path === 'quick.yaml')?.text ?? ''

  test('replaces the one with the same id', async () => {
    const text = guide.replace('title: Quick one-on-one', 'title: Mine')
    const library = await withMine(layer('home', 'guide', text))
    expect(library.guides.find((one) => one.id === 'quick')?.title).toBe('Mine')
    expect(library.guides).toHaveLength(LIBRARY.guides.length)
  })

  test('is added when its id is new', async () => {
    const library = await withMine(layer('home', 'guide', guide.replace('id: quick', 'id: brief')))
    expect(library.guides.map(({ id }) => id)).toContain('brief')
  })

  test('hides the earlier one when it is retired', async () => {
    const library = await withMine(layer('home', 'guide', `retired: true\n${guide}`))
    expect(library.guides.map(({ id }) => id)).not.toContain('quick')
  })
})

describe('words of a later layer', () => {
  test('replace a list as a whole, and leave the other lists', async () => {
    const text = 'stages: [{ id: hello, title: Hello }]\n'
    const { vocabulary, problems } = await withMine(layer('home', 'config', text))
    expect(problems).toEqual([])
    expect(vocabulary.stages).toEqual([{ id: 'hello', title: 'Hello' }])
    expect(vocabulary.areas).toEqual(LIBRARY.vocabulary.areas)
  })

  test('may be none', async () => {
    const { vocabulary } = await withMine(layer('home', 'config', 'stages: []\n'))
    expect(vocabulary.stages).toEqual([])
  })
})

describe('a file with a problem is left out, and the rest works', () => {
  test.each([
    ['no YAML', 'bank', 'id: [', 'home.yaml:1:6 '],
    [
      'an unknown key',
      'bank',
      bank('mine', '{ id: a, text: A?, mood: x }'),
      'home.yaml:4:24 questions.0.mood: is not a known key',
    ],
    [
      'a question without text',
      'bank',
      bank('mine', '{ id: a }'),
      'home.yaml:4:5 questions.0.text: is missing',
    ],
    [
      'a kind that there is not',
      'bank',
      bank('mine', '{ id: a, text: A?, kinds: [trick] }'),
      'home.yaml:4:32 questions.0.kinds.0: should be one of commitment, obstacle, sub_goal, stretch, accountability',
    ],
    [
      'a style that there is not',
      'bank',
      bank('mine', '{ id: a, text: A?, style: loud }'),
      'home.yaml:4:31 questions.0.style: should be one of open, scaling, hypothetical, perspective, exploring, next_step',
    ],
    [
      'a question that stands twice',
      'bank',
      bank('mine', '{ id: a, text: A? }', '{ id: a, text: B? }'),
      'home.yaml:5:11 questions.1.id: stands twice in this bank',
    ],
    [
      'no question',
      'bank',
      'id: mine\ntitle: Mine\nquestions: []\n',
      'home.yaml:3:1 questions: is empty; a bank holds at least one question',
    ],
    ['no guide', 'guide', 'id: mine\n', 'home.yaml:1:1 title: is missing'],
    [
      'words without ids',
      'config',
      'stages: [{ title: Hello }]\n',
      'home.yaml:1:10 stages.0.id: is missing',
    ],
    [
      'three ratings',
      'config',
      'skills: [{ id: a, title: A, anchors: [x, y, z] }]\n',
      'home.yaml:1:29 skills.0.anchors: has fewer than 5 entries',
    ],
    [
      'more than 256 KiB',
      'bank',
      `# ${'x'.repeat(300_000)}`,
      'home.yaml:1:1 is larger than 256 KiB',
    ],
  ] as const)('%s', async (_what, kind, text, problem) => {
    const library = await withMine(
      layer('home', kind, text),
      layer('team', 'bank', bank('team', '{ id: team-1, text: T? }')),
    )
    expect(library.problems.map(sayProblem)).toContainEqual(expect.stringContaining(problem))
    expect(library.questions).toHaveLength(LIBRARY.questions.length + 1)
    expect(library.guides).toEqual(LIBRARY.guides)
    expect(library.vocabulary).toEqual(LIBRARY.vocabulary)
  })
})

describe('the files of a home', () => {
  const homeWith = (files: Readonly<Record<string, string | Buffer>>): Home => {
    const home = newHome()
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(home.folder, name, '..'), { recursive: true })
      writeFileSync(join(home.folder, name), text)
    }
    return home
  }
  const mine = bank(
    'mine',
    '{ id: mine-1, text: What is mine?, kinds: [commitment], skills: [listening] }',
  )

  test('are used in a conversation', async () => {
    const home = homeWith({ 'question-banks/mine.yaml': mine, 'config.yaml': 'stages: []\n' })
    const { code } = await feed(
      home,
      answersFor('Ana', {
        reflection: { questions: [{ kind: 'commitment', question: 'What is mine?' }] },
      }),
    )
    expect(code).toBe(0)
    const { out } = await home.coach(['session', '--template'])
    expect(out).not.toContain('prospect')
  })

  test('can bring a guide', async () => {
    const guide = SHIPPED.files.find(({ path }) => path === 'quick.yaml')?.text ?? ''
    const home = homeWith({ 'guides/brief.yaml': guide.replace('id: quick', 'id: brief') })
    const { code } = await feed(home, 'person: Ana\nguide: brief\nobservation: { saw: x }\n')
    expect(code).toBe(0)
  })

  test.each<readonly [what: string, name: string, text: string | Buffer]>([
    ['a broken bank', 'question-banks/bad.yaml', 'id: ['],
    ['a bank that is no text', 'question-banks/bad.yaml', Buffer.from([0xff, 0xfe, 0, 1])],
    ['a broken guide', 'guides/bad.yaml', 'id: ['],
    ['broken words', 'config.yaml', 'stages: ['],
    ['a folder that is called like a bank', 'question-banks/bad.yaml/x', 'x'],
    ['a folder that is called like the words', 'config.yaml/x', 'x'],
  ])('%s is told, and the session goes on', async (_what, name, text) => {
    const home = homeWith({ [name]: text })
    const outcome = await feed(home, answersFor('Ana'))
    expect(outcome.code).toBe(0)
    expect(outcome.err).toMatch(/^Left out: \S*(bad|config)\.yaml:\d+:\d+ /)
  })

  test('cannot act on the terminal through what is wrong with them', async () => {
    const home = homeWith({ 'question-banks/bad.yaml': '"\\e[31mred\\u202e": 1\n' })
    const { err } = await feed(home, answersFor('Ana'))
    expect(err.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  })
})
