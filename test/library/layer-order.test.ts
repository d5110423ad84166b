import { symlinkSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { answersFor, feed } from '../ask/file/feed.ts'
import { runScript } from '../ask/terminal/process.ts'
import { bankOf, type Files, folderWith, homeWith, listOf, questionsOf } from '../questions/home.ts'
import { LIBRARY } from '../questions/shipped.ts'

/** A question that ships, which every layer here puts its own in place of. */
const ID = 'stretch-bold-ask'
const SHIPPED_TEXT = LIBRARY.questions.find((one) => one.id === ID)?.text ?? ''

/** A folder of banks that says whose it is, in the place of a question that ships. */
const says = (folder: string, whose: string): Files => ({
  [`${folder}/bank.yaml`]: bankOf(whose, [{ id: ID, text: `${whose}?`, kinds: ['stretch'] }]),
})
const LAYERS: Files = {
  ...says('question-banks', 'home'),
  ...says('by-config', 'config'),
  ...says('by-env', 'env'),
  ...says('by-flag', 'flag'),
  ...says('by-second-flag', 'second'),
}
const CONFIG: Files = { 'config.yaml': 'banks: [by-config]\n' }

const textIn = async (files: Files, ...flags: readonly string[]) =>
  (await questionsOf(homeWith(files), ...flags)).get(ID)?.text

describe('of several layers, the last counts', () => {
  test.each<readonly [what: string, files: Files, flags: readonly string[], text: string]>([
    ['what ships, where there is nothing else', {}, [], SHIPPED_TEXT],
    ['the home', says('question-banks', 'home'), [], 'home?'],
    ['a folder that config.yaml names', { ...LAYERS, ...CONFIG }, [], 'config?'],
    ['a folder that a flag names', { ...LAYERS, ...CONFIG }, ['--bank', 'by-flag'], 'flag?'],
    [
      'the second folder that flags name',
      LAYERS,
      ['--bank', 'by-flag', '--bank', 'by-second-flag'],
      'second?',
    ],
    [
      'the second folder, the other way round',
      LAYERS,
      ['--bank', 'by-second-flag', '--bank', 'by-flag'],
      'flag?',
    ],
    [
      'the second folder that config.yaml names',
      { ...LAYERS, 'config.yaml': 'banks: [by-env, by-config]\n' },
      [],
      'config?',
    ],
  ])('%s', async (_what, files, flags, text) => {
    expect(await textIn(files, ...flags)).toBe(text)
  })
})

describe('folders are named by a flag, else by COACH_BANK, else by config.yaml', () => {
  /** The text of the question, and the folders in the order of their layers. */
  const asked = async (files: Files, env: string, flags = '') => {
    const folder = folderWith(files)
    const script = `export ${env}\ncoach questions list ${ID} --json ${flags}\ncoach questions banks --json ${flags}`
    const { code, out, err } = await runScript(folder, script)
    const [list = '', banks = ''] = out.split(/(?<=^\]\n)/m)
    if (code !== 0) throw new Error(err)
    const layers = new Set(listOf(banks).map(({ layer }) => layer))
    return { text: listOf(list)[0]?.text, layers: [...layers].slice(2) }
  }
  const all = { ...LAYERS, ...CONFIG }

  test.each([
    ['COACH_BANK=by-env', '', 'env?', ['by-env']],
    ['COACH_BANK=by-env', '--bank by-flag', 'flag?', ['by-flag']],
    [`COACH_BANK=by-flag${delimiter}by-env`, '', 'env?', ['by-flag', 'by-env']],
    [`COACH_BANK=by-env${delimiter}by-flag`, '', 'flag?', ['by-env', 'by-flag']],
    ['COACH_BANK=', '', 'config?', ['by-config']],
    ['OTHER=by-env', '', 'config?', ['by-config']],
  ])('%s %s', async (env, flags, text, layers) => {
    expect(await asked(all, env, flags)).toEqual({ text, layers })
  })

  test('coach config show tells which of them it is', async () => {
    const folder = folderWith(all)
    const script = `coach config show --json --bank by-flag --bank by-env
      COACH_BANK=by-env${delimiter}by-flag coach config show --json
      coach config show --json`
    const { out } = await runScript(folder, script)
    const pages = out.split(/(?<=^\}\n)/m).map((text): unknown => JSON.parse(text))
    const banks = (value: readonly string[], from: string) =>
      expect.objectContaining({
        settings: expect.objectContaining({ banks: { value, from } }),
      })
    expect(pages).toEqual([
      banks(['by-flag', 'by-env'], '--bank'),
      banks(['by-env', 'by-flag'], 'COACH_BANK'),
      banks(['by-config'], 'home'),
    ])
  })

  test.each([
    ['questions list', 'COACH_BANK'],
    ['people', ''],
  ])('a folder in COACH_BANK that is not there: coach %s', async (line, named) => {
    const script = `COACH_BANK=nowhere coach ${line}`
    const { code, err } = await runScript(folderWith({}), script)
    expect([code, err]).toEqual([named === '' ? 0 : 2, expect.stringContaining(named)])
  })
})

describe('a folder in config.yaml', () => {
  test('is seen from the file, wherever the program is started', async () => {
    const folder = folderWith({
      ...says('home/teams/mine', 'team'),
      'home/config.yaml': 'banks: [teams/mine]\n',
      'elsewhere/teams/mine/x.yaml': bankOf('wrong', [{ id: ID, text: 'Wrong?' }]),
    })
    const { out } = await runScript(
      folder,
      `cd elsewhere; COACH_HOME=../home coach questions list ${ID} --json`,
    )
    expect(listOf(out)[0]?.text).toBe('team?')
  })

  test('may be a whole path', async () => {
    const folder = folderWith(says('elsewhere', 'team'))
    const files = { 'config.yaml': `banks: [${join(folder, 'elsewhere')}]\n` }
    expect(await textIn(files)).toBe('team?')
  })

  test.each<readonly [what: string, text: string, place: string]>([
    ['that is not there', 'language: en\nbanks:\n  - by-config\n  - nowhere\n', '4:5'],
    ['that is a file', 'banks: [by-config, config.yaml]\n', '1:20'],
    ['whose name is too long', `banks: [by-config, ${'x'.repeat(300)}]\n`, '1:20'],
    ['whose name is none', 'banks: [by-config, "a\\0b"]\n', '1:20'],
    ['that is a link to itself', 'banks: [by-config, loop]\n', '1:20'],
  ])('%s is told with its place, and the others are used', async (_what, text, place) => {
    const home = homeWith({ ...LAYERS, 'config.yaml': text })
    symlinkSync('loop', join(home.folder, 'loop'))
    const { code, out, err } = await home.coach(['questions', 'list', ID])
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(new RegExp(`config\\.yaml:${place} .*there is no such folder`)),
    ])
    expect(out).toContain('config?')
    const session = await feed(home, answersFor('Ana'))
    expect([session.code, session.err]).toEqual([0, expect.stringMatching(/^Left out: /)])
  })

  test('that stands there twice is one layer', async () => {
    const files = { ...LAYERS, 'config.yaml': 'banks: [by-config, ./by-config/, by-config]\n' }
    const home = homeWith(files)
    const { code, out } = await home.coach(['questions', 'banks', '--json'])
    expect(code).toBe(0)
    const layers = new Set(listOf(out).map(({ layer }) => layer))
    expect([...layers].slice(2)).toHaveLength(1)
  })
})

describe('a folder that a flag names', () => {
  test.each([
    ['a name of nothing', 'nowhere'],
    ['a file', 'config.yaml'],
    ['a name below a file', 'config.yaml/below'],
    ['a link to itself', 'loop'],
    ['a name that is too long', 'x'.repeat(300)],
    ['no name', ''],
  ])('is refused where it is no folder: %s', async (_what, name) => {
    const home = homeWith({ 'config.yaml': 'language: en\n' })
    symlinkSync('loop', join(home.folder, 'loop'))
    for (const line of [
      ['questions', 'list'],
      ['session', '--template'],
      ['skill', 'list'],
    ]) {
      const outcome = await home.coach([...line, '--bank', name])
      expect(outcome).toMatchObject({ code: 2, out: '' })
      expect(outcome.err).toContain('--bank names a folder of banks.')
    }
  })

  test('twice, in whatever words, is one layer', async () => {
    const home = homeWith(LAYERS)
    const flags = ['by-flag', './by-flag', 'by-flag/', join(home.folder, 'by-flag')]
    const { code, out } = await home.coach([
      'questions',
      'banks',
      '--json',
      ...flags.flatMap((folder) => ['--bank', folder]),
    ])
    expect(code).toBe(0)
    const layers = new Set(listOf(out).map(({ layer }) => layer))
    expect([...layers].slice(2)).toHaveLength(1)
  })

  test('may be empty', async () => {
    expect(await textIn({ 'empty/README.md': 'x' }, '--bank', 'empty')).toBe(SHIPPED_TEXT)
  })
})

describe('a folder of banks may be called like a layer of the program', () => {
  test.each(['shipped', 'home', 'default'])('%s', async (name) => {
    const files = { ...LAYERS, ...says(name, 'team') }
    expect(await textIn(files, '--bank', name)).toBe('team?')
    const alone = { ...files, 'config.yaml': `banks: [${name}]\nshipped_banks: false\n` }
    const all = await questionsOf(homeWith(alone))
    expect(all.get(ID)).toMatchObject({ text: 'team?', retired: false })
  })
})

describe('across layers', () => {
  const home = {
    'question-banks/mine.yaml': bankOf('mine', [
      { id: 'mine-1', text: 'One?' },
      { id: 'mine-2', text: 'Two?' },
    ]),
  }

  test('a question that is replaced takes all of the new one and nothing of the old', async () => {
    const all = await questionsOf(homeWith(says('question-banks', 'home')))
    expect(all.get(ID)).toMatchObject({
      bank: 'home',
      layer: 'home',
      kinds: ['stretch'],
      stages: [],
      areas: [],
      skills: [],
      style: 'open',
      follow_ups: [],
      why: null,
    })
  })

  test('a question is hidden by a layer, and brought back by the next', async () => {
    const files = {
      ...home,
      'hides/hides.yaml': bankOf('hides', [{ id: 'mine-1', retired: true }]),
      'back/back.yaml': bankOf('back', [{ id: 'mine-1', text: 'One again?' }]),
    }
    const hidden = await questionsOf(homeWith(files), '--bank', 'hides')
    expect(hidden.get('mine-1')).toMatchObject({ text: 'One?', bank: 'mine', retired: true })
    const back = await questionsOf(homeWith(files), '--bank', 'hides', '--bank', 'back')
    expect(back.get('mine-1')).toMatchObject({ text: 'One again?', bank: 'back', retired: false })
  })

  test('a whole bank is hidden, but for what the hiding bank brings itself', async () => {
    const files = {
      ...home,
      'team/mine.yaml': bankOf('mine', [{ id: 'mine-2', text: 'Two again?' }], { retired: true }),
    }
    const all = await questionsOf(homeWith(files), '--bank', 'team')
    expect(all.get('mine-1')).toMatchObject({ retired: true })
    expect(all.get('mine-2')).toMatchObject({ text: 'Two again?' })
    expect([...all.values()].filter((one) => one.bank !== 'mine' && one.retired)).toEqual([])
  })

  test('a whole bank that ships is hidden by a file of two lines', async () => {
    const files = { 'question-banks/stretch.yaml': 'id: stretch\nretired: true\n' }
    const all = [...(await questionsOf(homeWith(files))).values()]
    const hidden = all.filter((one) => one.retired)
    expect(hidden.length).toBeGreaterThan(20)
    expect(hidden).toEqual(all.filter((one) => one.bank === 'stretch'))
  })

  test('hiding what there is not hides nothing', async () => {
    const files = {
      'question-banks/a.yaml': bankOf('a', [{ id: 'nothing-of-that-name', retired: true }]),
      'question-banks/b.yaml': 'id: b\nretired: true\n',
    }
    const { code, err } = await homeWith(files).coach(['questions', 'banks'])
    expect([code, err]).toEqual([
      0,
      expect.stringContaining(`${LIBRARY.questions.length} questions in use`),
    ])
  })

  test('without what ships, only one’s own are left, also in config of a team', async () => {
    for (const where of ['config.yaml', 'team/config.yaml']) {
      const files = { ...home, ...says('team', 'team'), [where]: 'shipped_banks: false\n' }
      const all = await questionsOf(homeWith(files), '--bank', 'team')
      const inForce = [...all.values()].filter((one) => !one.retired)
      expect(inForce.map(({ id }) => id).toSorted()).toEqual(['mine-1', 'mine-2', ID])
    }
  })

  test('a later layer can bring back what ships', async () => {
    const files = {
      ...home,
      'config.yaml': 'shipped_banks: false\n',
      'team/config.yaml': 'shipped_banks: true\n',
    }
    const all = await questionsOf(homeWith(files), '--bank', 'team')
    expect(all.get(ID)).toMatchObject({ retired: false })
  })

  test('a question of a bank that ships keeps its words where a broken file would have replaced it', async () => {
    const files = {
      'question-banks/x.yaml': `${bankOf('x', [{ id: ID, text: 'Mine?' }])}mood: 1\n`,
    }
    const { code, out } = await homeWith(files).coach(['questions', 'list', ID])
    expect([code, out.replaceAll(/\s+/g, ' ')]).toEqual([2, expect.stringContaining(SHIPPED_TEXT)])
  })
})
