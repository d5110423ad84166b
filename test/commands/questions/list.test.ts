import { describe, expect, test } from 'vitest'
import { newHome } from '../../world.ts'
import { bankOf, homeWith, listOf, questionsOf } from '../../questions/home.ts'
import { LIBRARY } from '../../questions/shipped.ts'

const [ONE] = LIBRARY.questions
if (!ONE) throw new Error('no question ships')

/** A home with two questions of its own, which hides one that ships. */
const ownHome = () =>
  homeWith({
    'question-banks/mine.yaml': bankOf('mine', [
      {
        id: 'mine-1',
        text: 'What did the silence tell you?',
        kinds: ['obstacle', 'stretch'],
        steps: ['reflection'],
        stages: ['close'],
        areas: ['skills'],
        skills: ['listening'],
        style: 'exploring',
        follow_ups: ['What else?'],
        why: 'Silence is an answer too.',
      },
      { id: 'mine-2', text: 'What is next?' },
      { id: ONE.id, retired: true },
    ]),
  })

describe('coach questions list --json', () => {
  test('tells of each question what its bank says, with lists where there can be several', async () => {
    const all = await questionsOf(ownHome())
    expect(all.get('mine-1')).toEqual({
      id: 'mine-1',
      text: 'What did the silence tell you?',
      language: 'en',
      bank: 'mine',
      layer: 'home',
      kinds: ['obstacle', 'stretch'],
      steps: ['reflection'],
      stages: ['close'],
      areas: ['skills'],
      skills: ['listening'],
      style: 'exploring',
      follow_ups: ['What else?'],
      why: 'Silence is an answer too.',
      retired: false,
    })
    expect(all.get('mine-2')).toMatchObject({ kinds: [], stages: [], style: 'open', why: null })
  })

  test('holds hidden questions too, with the words they had', async () => {
    const all = await questionsOf(ownHome())
    expect(all.get(ONE.id)).toMatchObject({ text: ONE.text, bank: ONE.bank, retired: true })
    expect([...all.values()].filter((one) => one.retired)).toHaveLength(1)
  })

  test('is an empty list where there is none', async () => {
    const home = homeWith({ 'config.yaml': 'shipped_banks: false\n' })
    const { code, out } = await home.coach(['questions', 'list', '--json', '--kind', 'stretch'])
    expect(code).toBe(0)
    expect(listOf(out).filter((one) => !one.retired)).toEqual([])
    const none = ['questions', 'pick', '--json']
    expect(await home.coach(none)).toMatchObject({ code: 0, out: '[]\n' })
  })
})

describe('a filter leaves exactly what has the tag', () => {
  const english = LIBRARY.questions
  test.each([
    ['--kind', 'stretch', english.filter((one) => one.kinds.includes('stretch'))],
    ['--stage', 'close', english.filter((one) => one.stages.includes('close'))],
    ['--area', 'funnel', english.filter((one) => one.areas.includes('funnel'))],
    ['--skill', 'listening', english.filter((one) => one.skills.includes('listening'))],
    ['--style', 'scaling', english.filter((one) => one.style === 'scaling')],
    ['--from', 'career', english.filter((one) => one.bank === 'career')],
    ['--language', 'es', english.filter((one) => one.language === 'es')],
  ] as const)('%s %s', async (flag, tag, expected) => {
    const listed = await questionsOf(newHome(), flag, tag)
    expect(expected.length).toBeGreaterThan(0)
    expect([...listed.keys()].toSorted()).toEqual(expected.map(({ id }) => id).toSorted())
  })

  test('several filters together leave what has all the tags', async () => {
    const flags = ['--kind', 'stretch', '--stage', 'close', '--language', 'es']
    const expected = LIBRARY.questions.filter(
      (one) =>
        one.kinds.includes('stretch') && one.stages.includes('close') && one.language === 'es',
    )
    expect(expected.length).toBeGreaterThan(0)
    const listed = await questionsOf(newHome(), ...flags)
    expect([...listed.keys()].toSorted()).toEqual(expected.map(({ id }) => id).toSorted())
  })
})

describe('an unknown tag is refused, and the known ones are named', () => {
  const flags = [
    ['--kind', 'sub_goal'],
    ['--stage', 'negotiate'],
    ['--area', 'territory'],
    ['--skill', 'listening'],
    ['--from', 'onboarding'],
  ] as const
  const tables = (['list', 'pick'] as const).flatMap((command) =>
    flags.map(([flag, known]) => [command, flag, known] as const),
  )
  test.each([...tables, ['list', '--style', 'scaling'] as const])(
    'coach questions %s %s',
    async (command, flag, known) => {
      const outcome = await newHome().coach(['questions', command, flag, 'nowhere'])
      expect(outcome).toMatchObject({ code: 2, out: '' })
      expect(outcome.err).toContain('nowhere')
      expect(outcome.err).toContain(known)
    },
  )
})

describe('for people', () => {
  test('a hidden question is not in the list, unless all are wanted', async () => {
    const home = ownHome()
    const { out } = await home.coach(['questions', 'list', '--from', ONE.bank])
    expect(out).not.toContain(`${ONE.id} ·`)
    const all = await home.coach(['questions', 'list', '--from', ONE.bank, '--all'])
    expect(all.out.replaceAll(/\s+/g, ' ')).toContain(`${ONE.id} ·`)
    expect(all.out).toContain('retired')
  })

  test('what was asked for goes to stdout, the count to stderr', async () => {
    const { code, out, err } = await ownHome().coach(['questions', 'list', '--from', 'mine'])
    expect(code).toBe(0)
    expect(out).toMatch(/^mine \(2\)\n {2}What did the silence tell you\?\n/)
    expect(err).toBe('2 questions\n')
  })

  test('where nothing fits, coach prints nothing and says so on stderr', async () => {
    const flags = ['--from', 'mine', '--stage', 'prospect']
    const outcome = await ownHome().coach(['questions', 'list', ...flags])
    expect(outcome).toMatchObject({ code: 0, out: '' })
    expect(outcome.err).toContain('No question fits.')
  })

  test('a question that is not there is not found', async () => {
    const outcome = await newHome().coach(['questions', 'list', 'nowhere'])
    expect(outcome).toMatchObject({ code: 3, out: '' })
  })

  test('a question is found by its id, whether it is hidden or not', async () => {
    const { code, out } = await ownHome().coach(['questions', 'list', ONE.id])
    expect(code).toBe(0)
    expect(out.replaceAll(/\s+/g, ' ')).toContain(ONE.text)
    expect(out).toContain('hidden')
  })
})

test('what a bank says cannot act on the terminal', async () => {
  const home = homeWith({
    'question-banks/mine.yaml': bankOf(
      'mine',
      [
        {
          id: 'mine-1',
          text: 'What \u001b[31mis\u202e red?',
          why: 'Be\u0007cause',
          follow_ups: ['And\u001b]0;x\u0007?'],
          kinds: ['stretch'],
        },
      ],
      { title: 'Mi\u001b[2Jne' },
    ),
  })
  for (const argv of [
    ['list', '--from', 'mine'],
    ['list', 'mine-1'],
    ['pick', '--from', 'mine', '--why'],
    ['banks'],
    ['lint', 'question-banks/mine.yaml'],
  ]) {
    const { code, out, err } = await home.coach(['questions', ...argv])
    expect([argv, code]).toEqual([argv, 0])
    expect(`${out}${err}`.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  }
})

describe('coach questions banks --json', () => {
  test('tells of each bank where it stands and what it does to those before it', async () => {
    const home = homeWith({
      'question-banks/mine.yaml': bankOf(
        'mine',
        [
          { id: 'mine-1', text: 'Mine?' },
          { id: ONE.id, text: 'Better?' },
        ],
        { title: 'Mine', use: 'named' },
      ),
      'team/theirs.yaml': bankOf('theirs', [
        { id: 'mine-1', retired: true },
        { id: 'theirs-1', text: 'Theirs?' },
      ]),
    })
    const { code, out } = await home.coach(['questions', 'banks', '--json', '--bank', 'team'])
    expect(code).toBe(0)
    const banks: readonly { readonly layer: string; readonly path: string }[] = JSON.parse(out)
    expect(banks.filter(({ layer }) => layer !== 'shipped')).toEqual([
      {
        id: 'mine',
        title: 'Mine',
        language: 'en',
        use: 'named',
        layer: 'home',
        path: `${home.folder}/question-banks/mine.yaml`,
        questions: 1,
        replaces: [ONE.id],
        retires: [],
      },
      {
        id: 'theirs',
        title: 'theirs',
        language: 'en',
        use: 'general',
        layer: 'team',
        path: `${home.folder}/team/theirs.yaml`,
        questions: 1,
        replaces: [],
        retires: ['mine-1'],
      },
    ])
    const shipped = banks.filter(({ layer }) => layer === 'shipped')
    expect(shipped).toHaveLength(LIBRARY.banks.length)
  })

  test('counts add up to the questions in force', async () => {
    const home = ownHome()
    const { out } = await home.coach(['questions', 'banks', '--json'])
    const banks: readonly { readonly questions: number }[] = JSON.parse(out)
    const inForce = [...(await questionsOf(home)).values()].filter((one) => !one.retired)
    expect(banks.reduce((sum, one) => sum + one.questions, 0)).toBe(inForce.length)
  })

  test('count each question once where two files of a folder have the same name for their bank', async () => {
    const home = homeWith({
      'question-banks/one.yaml': bankOf('mine', [{ id: 'mine-1', text: 'One?' }]),
      'question-banks/two.yaml': bankOf('mine', [{ id: 'mine-2', text: 'Two?' }]),
    })
    const { out } = await home.coach(['questions', 'banks', '--json'])
    const banks: readonly { readonly layer: string; readonly questions: number }[] = JSON.parse(out)
    const mine = banks.filter(({ layer }) => layer === 'home')
    expect(mine.reduce((sum, one) => sum + one.questions, 0)).toBe(2)
  })
})

describe('coach questions lint', () => {
  test('gives every text of a bank in order as JSON, follow-ups behind their question', async () => {
    const home = homeWith({
      'mine.yaml': bankOf('mine', [
        { id: 'a', text: 'Did you call him?', follow_ups: ['What did he say?'] },
        { id: 'b', text: 'What is next?' },
      ]),
    })
    const { code, out } = await home.coach(['questions', 'lint', 'mine.yaml', '--json'])
    expect(code).toBe(0)
    const lines: readonly {
      readonly text: string
      readonly findings: readonly { readonly rule: string }[]
    }[] = JSON.parse(out)
    expect(lines.map(({ text, findings }) => [text, findings.map(({ rule }) => rule)])).toEqual([
      ['Did you call him?', ['closed']],
      ['What did he say?', []],
      ['What is next?', []],
    ])
  })

  test('leaves a bank in another language alone, and says so', async () => {
    const text = bankOf('mine', [{ id: 'a', text: '¿Did you call him?' }], { language: 'es' })
    const outcome = await homeWith({ 'mine.yaml': text }).coach(['questions', 'lint', 'mine.yaml'])
    expect(outcome).toMatchObject({ code: 0, out: '' })
    expect(outcome.err).toContain('“es”')
    const argv = ['questions', 'lint', 'mine.yaml', '--json']
    const lines = await homeWith({ 'mine.yaml': text }).coach(argv)
    expect(JSON.parse(lines.out)).toEqual([{ text: '¿Did you call him?', findings: [] }])
  })

  test('looks at one’s own banks where no file is named', async () => {
    const home = homeWith({
      'question-banks/mine.yaml': bankOf('mine', [{ id: 'a', text: 'Did you call him?' }]),
    })
    const { code, out, err } = await home.coach(['questions', 'lint'])
    expect([code, err]).toEqual([0, '\n1 line, 1 with a hint. They are hints: you decide.\n'])
    expect(out).toMatch(/^Did you call him\?\n {2}closed {2}/)
  })

  test.each(['stages', 'areas', 'skills'])(
    'names a tag among %s that there is not',
    async (tags) => {
      const text = `id: mine\nquestions:\n  - id: a\n    text: What is next?\n    ${tags}: [nowhere]\n`
      const home = homeWith({ 'question-banks/mine.yaml': text })
      for (const file of [['question-banks/mine.yaml'], []]) {
        const { code, err } = await home.coach(['questions', 'lint', ...file])
        expect(code).toBe(2)
        const column = 5 + `${tags}: [`.length
        expect(err).toContain(`mine.yaml:5:${column} questions.0.${tags}.0: is none of the ${tags}`)
      }
    },
  )
})
