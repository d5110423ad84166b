import { describe, expect, test } from 'vitest'
import { guideSchema } from '../../src/conversation/guide.ts'
import { parseYaml } from '../../src/yaml/read-yaml.ts'
import { sayProblem } from '../../src/text/file-problem.ts'
import { SHIPPED } from '../questions/shipped.ts'

/** A guide that is right, by lines; tests change one of them. */
const GOOD = `id: mine
title: My guide
about: A guide of my own.
promises: true
steps:
  - id: look
    title: Look
    prompts:
      - id: saw
        kind: note
        pass: prepare
        title: Saw
        ask: What did you see?
        why: Facts can be talked about.
  - id: next
    title: Next
    gate:
      opens_with: [look.saw]
      reason: look_skipped
      title: Skipped
      ask: Why without?
      why: It comes first.
    prompts:
      - id: actions
        kind: actions
        pass: record
        title: Actions
        ask: What was agreed?
        why: One small thing.
`

function problemsOf(text: string): readonly string[] {
  const parsed = parseYaml('mine.yaml', text, guideSchema)
  return parsed.ok ? [] : parsed.problems.map(sayProblem)
}

test('a guide of few lines is taken', () => {
  expect(problemsOf(GOOD)).toEqual([])
})

test.each(
  SHIPPED.files
    .filter((file) => file.kind === 'guide')
    .map(({ path, text }) => [path, text ?? ''] as const),
)('%s ships without a problem', (_path, text) => {
  expect(problemsOf(text)).toEqual([])
})

describe('a guide is refused, with the place of what is wrong,', () => {
  test.each([
    [
      'with an unknown key',
      'promises: true',
      'promise: true',
      ['mine.yaml:4:1 promise: is not a known key'],
    ],
    [
      'with an unknown key in a prompt',
      'title: Saw',
      'titel: Saw',
      [
        'mine.yaml:9:9 steps.0.prompts.0.title: is missing',
        'mine.yaml:12:9 steps.0.prompts.0.titel: is not a known key',
      ],
    ],
    ['without a title', 'title: My guide\n', '', ['mine.yaml:1:1 title: is missing']],
    [
      'with an empty text',
      'ask: What did you see?',
      'ask: ""',
      ['mine.yaml:13:14 steps.0.prompts.0.ask: is empty'],
    ],
    [
      'with a kind that there is not',
      'kind: note',
      'kind: poem',
      [
        'mine.yaml:10:15 steps.0.prompts.0.kind: should be one of line, note, choice, rating, yes_no, date, questions, opportunity, gates, actions',
      ],
    ],
    [
      'with a pass that there is not',
      'pass: prepare',
      'pass: during',
      ['mine.yaml:11:15 steps.0.prompts.0.pass: should be one of prepare, record, both'],
    ],
    [
      'with an id that could not be a key',
      'id: look',
      'id: Look out',
      [
        'mine.yaml:6:9 steps.0.id: has a form that is not allowed here',
        'mine.yaml:18:20 steps.1.gate.opens_with.0: names no prompt of this guide',
      ],
    ],
    [
      'with a word of the answers file as a step',
      'id: look',
      'id: promises',
      [
        'mine.yaml:6:9 steps.0.id: is a word of the answers file',
        'mine.yaml:18:20 steps.1.gate.opens_with.0: names no prompt of this guide',
      ],
    ],
    [
      'with a step that stands twice',
      'id: next',
      'id: look',
      ['mine.yaml:15:9 steps.1.id: stands twice in this guide'],
    ],
    [
      'with a choice that has nothing to choose from',
      'kind: note',
      'kind: choice',
      [
        'mine.yaml:10:15 steps.0.prompts.0.kind: a choice, and nothing else, has either “from” or “choices”',
      ],
    ],
    [
      'with choices for what is no choice',
      'kind: note',
      'kind: note\n        from: stages',
      [
        'mine.yaml:10:15 steps.0.prompts.0.kind: a choice, and nothing else, has either “from” or “choices”',
      ],
    ],
    [
      'with words for a second pass that does not come',
      'pass: prepare',
      'pass: prepare\n        ask_recording: And then?',
      ['mine.yaml:12:24 steps.0.prompts.0.ask_recording: goes only with “pass: both”'],
    ],
    [
      'with questions in one pass',
      'kind: note',
      'kind: questions',
      ['mine.yaml:11:15 steps.0.prompts.0.pass: questions have “pass: both” or “pass: record”'],
    ],
    [
      'with actions before the conversation',
      'pass: record',
      'pass: prepare',
      ['mine.yaml:26:15 steps.1.prompts.0.pass: actions have “pass: record”'],
    ],
    [
      'with a number of notes',
      'kind: note',
      'kind: note\n        at_most: 2',
      ['mine.yaml:11:18 steps.0.prompts.0.at_most: goes only with actions'],
    ],
    [
      'with a required detail',
      'pass: prepare',
      'pass: prepare\n        detail: true\n        required: true',
      ['mine.yaml:13:19 steps.0.prompts.0.required: a detail cannot be required'],
    ],
    [
      'with a gate that nothing opens',
      '[look.saw]',
      '[look.heard]',
      ['mine.yaml:18:20 steps.1.gate.opens_with.0: names no prompt of this guide'],
    ],
    [
      'with a text where a list should be',
      'opens_with: [look.saw]',
      'opens_with: look.saw',
      ['mine.yaml:18:19 steps.1.gate.opens_with: should be a list'],
    ],
    [
      'with a text where yes or no should be',
      'promises: true',
      'promises: yes',
      ['mine.yaml:4:11 promises: should be true or false'],
    ],
  ])('%s', (_what, from, to, problems) => {
    expect(GOOD).toContain(from)
    expect(problemsOf(GOOD.replace(from, to))).toEqual(problems)
  })

  test('with rounds of steps that come once', () => {
    const text = `${GOOD.replaceAll('    title: Look', '    once: true\n    title: Look').replaceAll('    title: Next', '    once: true\n    title: Next')}again: { ask: More?, why: Perhaps. }\n`
    expect(problemsOf(text)).toEqual([
      expect.stringContaining('again: goes with at least one step that is not “once”'),
    ])
  })

  test('with a reason for skipping that has the name of a step', () => {
    expect(problemsOf(GOOD.replace('reason: look_skipped', 'reason: next'))).toEqual([
      expect.stringContaining('mine.yaml:19:15 steps.1.gate.reason: '),
    ])
  })

  test('with everything that is wrong at once', () => {
    const text = GOOD.replace('kind: note', 'kind: poem').replace('pass: record', 'pass: never')
    expect(problemsOf(text)).toHaveLength(2)
  })
})
