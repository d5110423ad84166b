import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { newHome } from '../../world.ts'
import { answersFor, bytesOf, feed, homeOfAna, placesIn } from './feed.ts'

/** Four lines that are right; the cases add to them. */
const GOOD = `person: Ana Silva
observation:
  situation: Discovery call
  saw: She asked about budget.
`

/** What is added to the good lines, and what is said about it (the file name left out). */
const BAD: readonly (readonly [what: string, added: string, problems: readonly string[]])[] = [
  ['an unknown key', 'mood: fine\n', ['5:1 mood: is not a known key']],
  ['an unknown key in a step', '  mood: fine\n', ['5:3 observation.mood: is not a known key']],
  [
    'an unknown key in an action item',
    'plan:\n  actions:\n    - what: call\n      by: fri\n',
    ['8:7 plan.actions.0.by: is not a known key'],
  ],
  ['a number as a key', '7: x\n', ['5:1 7: is not a known key']],
  [
    'a key that reaches for the prototype',
    '__proto__: { a: 1 }\n',
    ['5:1 __proto__: is not a known key'],
  ],
  ['a key of another step', 'plan:\n  praise: x\n', ['6:3 plan.praise: is not a known key']],
  [
    'a rating out of range',
    '  rating: 6\n',
    ['5:11 observation.rating: A rating is a whole number from 1 to 5, not “6”.'],
  ],
  [
    'half a rating',
    '  rating: 2.5\n',
    ['5:11 observation.rating: A rating is a whole number from 1 to 5, not “2.5”.'],
  ],
  [
    'an unknown stage',
    '  stage: dreaming\n',
    [
      '5:10 observation.stage: “dreaming” is not one of prospect, qualify, discover, propose, negotiate, close or adopt.',
    ],
  ],
  [
    'an unknown area',
    '  area: mood\n',
    ['5:9 observation.area: “mood” is not one of lead, skills, funnel, account or territory.'],
  ],
  [
    'neither yes nor no',
    'plan:\n  said_back: perhaps\n',
    ['6:14 plan.said_back: Answer yes or no, not “perhaps”.'],
  ],
  [
    'a day that is in no calendar',
    'plan:\n  next_session: 2026-02-31\n',
    ['6:17 plan.next_session: 2026-02-31 is not a day in the calendar.'],
  ],
  [
    'a day with two readings',
    'plan:\n  next_session: 02/03\n',
    [
      '6:17 plan.next_session: “02/03” can mean Tue 2 Mar 2027 (2027-03-02) or Wed 3 Feb 2027 (2027-02-03). Write the one you mean.',
    ],
  ],
  [
    'a due day that is no day',
    'plan:\n  actions:\n    - { what: call, due: soon }\n',
    [
      '7:26 plan.actions.0.due: “soon” could not be read as a date. Write one such as 2026-11-27, fri or in 2 weeks.',
    ],
  ],
  [
    'a line of an action item whose day has two readings',
    'plan:\n  actions:\n    - what: call by 1m\n',
    ['7:13 plan.actions.0.what: “1m” can mean 1 minute or 1 month. Write “in 1 month” or a date.'],
  ],
  [
    'an owner who is neither',
    'plan:\n  actions:\n    - { what: call, owner: Tom }\n',
    ['7:28 plan.actions.0.owner: “Tom” is not one of them or me.'],
  ],
  [
    'an action item without text',
    'plan:\n  actions:\n    - owner: me\n',
    [
      '7:14 plan.actions.0.owner: belongs to an action item without “what”, or behind a gap in the list',
    ],
  ],
  [
    'an action item behind a gap',
    'plan:\n  actions:\n    - what: ""\n    - what: call\n',
    [
      '8:13 plan.actions.1.what: belongs to an action item without “what”, or behind a gap in the list',
    ],
  ],
  [
    'ten action items',
    `plan:\n  actions: [${Array.from({ length: 10 }, (_, n) => `{ what: a${n} }`).join(', ')}]\n`,
    ['6:3 plan.actions: has more than 9 entries, the most that can stand here'],
  ],
  [
    'a kind of question that there is not',
    'reflection:\n  questions:\n    - { question: What now?, kind: trick }\n',
    [
      '7:36 reflection.questions.0.kind: should be one of commitment, obstacle, sub_goal, stretch, accountability',
    ],
  ],
  [
    'a question without its kind',
    'reflection:\n  questions:\n    - question: What now?\n',
    [
      '7:7 reflection.questions.0.kind: should be one of commitment, obstacle, sub_goal, stretch, accountability',
    ],
  ],
  [
    'two questions of one kind',
    'reflection:\n  questions:\n    - { kind: stretch, question: a }\n    - { kind: stretch, question: b }\n',
    [
      '8:15 reflection.questions: there is one question of each kind, and this kind stands here twice',
    ],
  ],
  [
    'an answer without its question',
    'reflection:\n  questions:\n    - { kind: stretch, heard: a }\n',
    ['7:31 reflection.questions.0.heard: there is no question that this answers'],
  ],
  [
    'what opened up without what was heard',
    'reflection:\n  questions:\n    - { kind: stretch, question: a, opened: yes }\n',
    ['7:45 reflection.questions.0.opened: goes only with “heard”'],
  ],
  [
    'advice before their own view',
    'teachable_moment:\n  approach: tell\n',
    [
      '6:13 teachable_moment.approach: their own view comes first: write reflection.went_well or reflection.would_change, or reflection_skipped with the reason',
    ],
  ],
  [
    'a pointer given before their own view',
    'teachable_moment:\n  pointer: { given: Wait. }\n',
    [
      '6:21 teachable_moment.pointer.given: their own view comes first: write reflection.went_well or reflection.would_change, or reflection_skipped with the reason',
    ],
  ],
  [
    'a reason for skipping a reflection that is there',
    'reflection_skipped: no time\nreflection:\n  went_well: a\n',
    ['5:21 reflection_skipped: there is a reflection, so no reason is needed for skipping it'],
  ],
  [
    'a promise that nobody made',
    'promises:\n  - { item: 99, outcome: done }\n',
    ['6:26 promises.0.outcome: this is not the number of an open action item of this person'],
  ],
  [
    'a promise without a number',
    'promises:\n  - { item: first, outcome: done }\n',
    [
      '6:13 promises.0.item: should be the number of an action item',
      '6:29 promises.0.outcome: this is not the number of an open action item of this person',
    ],
  ],
  [
    'steps at top level and in rounds',
    'rounds:\n  - observation: { situation: a, saw: b }\n',
    ['2:1 observation: the steps stand either here or under “rounds”, not in both places'],
  ],
  [
    'a list where a text should be',
    '  effect: [a, b]\n',
    ['5:3 observation.effect: should be a text, a number, or yes or no'],
  ],
  ['a text where a step should be', 'close: thanks\n', ['5:8 close: should be a group of keys']],
  [
    'one action item where a list should be',
    'plan:\n  actions: { what: call }\n',
    ['6:3 plan.actions: should be a list'],
  ],
  [
    'a day of the conversation that has not come yet',
    'held_on: 2026-11-24\nreflection: { went_well: a }\n',
    ['5:10 held_on: Tue 24 Nov has not come yet.'],
  ],
  [
    'a day of the conversation that is no day',
    'held_on: soon\n',
    [
      '5:10 held_on: “soon” could not be read as a date. Write one such as 2026-11-27, fri or in 2 weeks.',
    ],
  ],
]

describe('fault 60: an answers file is refused whole, with the place of', () => {
  test.each(BAD)('%s', async (_what, added, problems) => {
    const home = newHome()
    const outcome = await feed(home, GOOD + added)
    expect(placesIn(outcome)).toEqual(problems.map((problem) => `answers.yaml:${problem}`))
    expect(outcome).toMatchObject({ code: 2, out: '' })
    expect(bytesOf(home)).toBeNull()
  })

  test.each([
    ['a person', GOOD.replace('person: Ana Silva\n', ''), '1:1 person: is missing'],
    ['the name of the person', GOOD.replace('Ana Silva', '""'), '1:9 person: '],
    ['the name of the person', GOOD.replace('Ana Silva', '" \\n"'), '1:9 person: '],
    ['a required prompt', GOOD.replace(/ {2}saw.*\n/, ''), '3:3 observation.saw: is missing'],
    ['a required step', 'person: Ana Silva\n', '1:1 observation.situation: is missing'],
    ['the text of a required prompt', GOOD.replace(/saw: .*/, 'saw: ""'), '4:8 observation.saw: '],
    ['rounds', `${GOOD}rounds: []\n`, 'rounds: is empty'],
  ])('missing: %s', async (_what, text, problem) => {
    const home = newHome()
    const outcome = await feed(home, text)
    expect(outcome.code).toBe(2)
    expect(outcome.err).toContain(problem)
    expect(bytesOf(home)).toBeNull()
  })
})

test('all problems are told at once, in the order of the file', async () => {
  const outcome = await feed(
    newHome(),
    `person: Ana
held_on: soon
observation:
  situation: Call
  stage: nowhere
  mood: fine
  rating: 9
plan:
  actions:
    - { what: call by 02/03, owner: Tom }
  next_session: 31 feb
close:
  talk_share: all
`,
  )
  expect(placesIn(outcome).map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
    'answers.yaml:2:10 held_on:',
    'answers.yaml:4:3 observation.saw:',
    'answers.yaml:5:10 observation.stage:',
    'answers.yaml:6:3 observation.mood:',
    'answers.yaml:7:11 observation.rating:',
    'answers.yaml:10:15 plan.actions.0.what:',
    'answers.yaml:10:37 plan.actions.0.owner:',
    'answers.yaml:11:17 plan.next_session:',
    'answers.yaml:13:15 close.talk_share:',
  ])
  expect(outcome.err).toContain('Nothing was saved.')
})

test('a refusal names the next step', async () => {
  const { err } = await feed(newHome(), `${GOOD}mood: fine\n`)
  expect(err).toBe(
    'answers.yaml:5:1 mood: is not a known key\n1 problem. Nothing was saved.\n' +
      'Correct the file and run the command again. `coach session --template` prints one to fill in.\n',
  )
})

test('a refusal speaks of the file, not of keys on a keyboard', async () => {
  const { err } = await feed(newHome(), GOOD.replace(/saw: .*/, 'saw: ""'))
  expect(err).not.toContain('^')
})

test('an unknown guide is refused with its place and the guides that there are', async () => {
  const outcome = await feed(newHome(), `${GOOD}guide: dreaming\n`)
  expect(outcome.code).toBe(2)
  expect(outcome.err).toContain('answers.yaml:5:8 ')
  expect(outcome.err).toMatch(/ortp.* quick/)
})

test('in a stage list that is empty, a stage is told to be unknown here', async () => {
  const home = newHome()
  await home.coach(['person', 'add', 'Ana Silva'])
  const config = join(home.folder, 'config.yaml')
  writeFileSync(config, 'stages: []\n')
  const outcome = await feed(home, `${GOOD}  stage: discover\n`)
  expect(outcome.code).toBe(2)
  expect(outcome.err).not.toContain('belongs to the recording')
})

describe('fault 60: what is in the notebook stays byte for byte as it was', () => {
  const ana = homeOfAna()

  test.each(BAD)('after a file with %s', async (_what, added) => {
    const home = await ana
    const before = bytesOf(home)
    const { code } = await feed(home, GOOD + added)
    expect(code).toBe(2)
    expect(bytesOf(home)).toBe(before)
  })

  test.each([
    ['an item of somebody else', 'Ben Okafor', 1],
    ['an item that is closed', 'Ana Silva', 1],
  ])('after a promise about %s', async (what, person, item) => {
    const home = await homeOfAna()
    if (what.includes('closed')) await home.coach(['done', '1'])
    const before = bytesOf(home)
    const outcome = await feed(home, answersFor(person, { promises: [{ item, outcome: 'done' }] }))
    expect(outcome.err).toContain('not the number of an open action item of this person')
    expect(outcome.code).toBe(2)
    expect(bytesOf(home)).toBe(before)
  })

  test('after a file about somebody whose name fits two people', async () => {
    const home = await homeOfAna()
    await home.coach(['person', 'add', 'Ana Souza'])
    const before = bytesOf(home)
    const outcome = await feed(home, answersFor('ana s'))
    expect(outcome.code).toBe(3)
    expect(outcome.err).toContain('“ana s” fits 2 people: Ana Silva (1) and Ana Souza (2).')
    expect(bytesOf(home)).toBe(before)
  })

  test('after a file for another guide than the one of the unfinished session', async () => {
    const home = await homeOfAna()
    await feed(home, answersFor('Ana Silva'))
    const before = bytesOf(home)
    const outcome = await feed(home, 'person: Ana Silva\nguide: quick\nobservation: { saw: x }\n')
    expect(outcome).toMatchObject({ code: 2, out: '' })
    expect(outcome.err).toContain('has the guide “ortp”, not “quick”')
    expect(bytesOf(home)).toBe(before)
  })

  test('after a file that goes on to the recording where only the preparation is wanted', async () => {
    const home = await homeOfAna()
    const before = bytesOf(home)
    const text = answersFor('Ana Silva', { reflection: { went_well: 'a' } })
    const outcome = await feed(home, text, ['--prepare'])
    expect(outcome.code).toBe(2)
    expect(outcome.err).toContain('belongs to the recording, not to the preparation')
    expect(bytesOf(home)).toBe(before)
  })

  test('after a file about another person than the command names', async () => {
    const home = await homeOfAna()
    await home.coach(['person', 'add', 'Ben Okafor'])
    const before = bytesOf(home)
    const outcome = await feed(home, answersFor('Ana Silva'), ['ben'])
    expect(outcome.code).toBe(2)
    expect(outcome.err).toContain('The command names “ben”, and the file “Ana Silva”.')
    expect(bytesOf(home)).toBe(before)
  })
})

test.each([
  ['that is not there', 'gone.yaml', 'The file gone.yaml does not exist.'],
  ['that is a folder', '.', 'The file . is a folder.'],
])('a file %s is told by name', async (_what, name, problem) => {
  const home = newHome()
  const outcome = await home.coach(['session', '--answers', name])
  expect(outcome).toMatchObject({ code: 2, out: '' })
  expect(outcome.err).toContain(problem)
  expect(bytesOf(home)).toBeNull()
})
