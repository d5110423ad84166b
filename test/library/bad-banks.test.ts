import { truncateSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { answersFor, feed } from '../ask/file/feed.ts'
import { runScript } from '../ask/terminal/process.ts'
import { newHome } from '../world.ts'
import { bankOf, folderWith, homeWith } from '../questions/home.ts'
import { BAD, CANARY, GOOD, expectShipped } from './expect-told.ts'

const laughs = Array.from(
  { length: 9 },
  (_, n) => `  - &l${n + 1} [${Array.from({ length: 9 }, () => `*l${n}`).join(', ')}]\n`,
).join('')

type Bad = readonly [what: string, text: string | Buffer, problem: string]

/** Banks with a mistake, and the place and the rule that each message has to name. */
const BANKS: readonly Bad[] = [
  ['nothing', '', '1:1 should be a group of keys'],
  ['blank lines', ' \n\n', ':1 should be a group of keys'],
  ['a comment', `# ${CANARY}\n`, ':1 should be a group of keys'],
  ['prose', `Dear ${CANARY},\nhow are you\n`, '1:1 should be a group of keys'],
  ['a list', `- ${CANARY}\n`, '1:1 should be a group of keys'],
  ['a number', '7\n', '1:1 should be a group of keys'],
  ['no id', 'questions:\n  - { id: a, text: A? }\n', '1:1 id: is missing'],
  ['no question', 'id: bad\n', '1:1 questions: is empty; a bank holds at least one'],
  [
    'an empty list of questions',
    'id: bad\nquestions: []\n',
    '2:1 questions: is empty; a bank holds at least one',
  ],
  [
    'questions that are a text',
    `id: bad\nquestions: ${CANARY}\n`,
    '2:12 questions: should be a list',
  ],
  [
    'a question that is a text',
    `id: bad\nquestions:\n  - ${CANARY}\n`,
    '3:5 questions.0: should be a group of keys',
  ],
  ['an id with blanks', `id: ${CANARY} x\nquestions: []\n`, '1:5 id: has a form'],
  [
    'an empty text',
    'id: bad\nquestions: [{ id: a, text: "" }]\n',
    '2:28 questions.0.text: is empty',
  ],
  [
    'a text that is too long',
    `id: bad\nquestions: [{ id: a, text: ${CANARY}${'x'.repeat(400)} }]\n`,
    '2:28 questions.0.text: is longer than 400 characters',
  ],
  [
    'a kind that there is not',
    `id: bad\nquestions: [{ id: a, text: A?, kinds: [${CANARY}] }]\n`,
    '2:40 questions.0.kinds.0: should be one of commitment, obstacle',
  ],
  [
    'a language that is none',
    `id: bad\nlanguage: ${CANARY}\nquestions: [{ id: a, text: A? }]\n`,
    '2:11 language: has a form',
  ],
  ['an unknown key', `${GOOD}    mood: ${CANARY}\n`, '5:5 questions.0.mood: is not a known key'],
  ['a sentence as a key', `${GOOD}    She told me about ${CANARY}: yes\n`, '5:5 '],
  ['a key that is a group', `${GOOD}? { ${CANARY}: 1 }\n: 2\n`, ':'],
  [
    'two questions with one id',
    `${GOOD}  - id: bad-1\n    text: Another?\n`,
    '5:9 questions.1.id: stands twice in this bank',
  ],
  ['an unknown tag of YAML', `id: !!js/function ${CANARY}\n`, ':'],
  ['brackets in brackets', '['.repeat(5000), '1:1 is nested more than 60 levels deep'],
  ['dashes in dashes', '- '.repeat(5000), '1:1 is nested more than 60 levels deep'],
  [
    'keys in keys',
    Array.from({ length: 200 }, (_, n) => `${' '.repeat(n)}${CANARY}:\n`).join(''),
    '1:1 is nested more than 60 levels deep',
  ],
  ['aliases of aliases', `id: bad\nlol:\n  - &l0 ${CANARY}\n${laughs}`, 'aliases'],
  ['an alias of itself', `&a id: &b [*b, ${CANARY}]\n`, ':'],
  ['an alias of nothing', `id: *${CANARY}\n`, '1:5 a text that starts with * needs quotes'],
  ['a key that stands twice', `${GOOD}id: ${CANARY}\n`, '5:1 this key stands here twice'],
  [
    'several documents',
    `${GOOD}---\n${GOOD}`,
    '5:1 holds more than one document; only one is read',
  ],
  ['a tab as indentation', `id: ${CANARY}\nquestions:\n\t- id: a\n`, '3:1 is indented with a tab'],
  [
    'a quote that is not closed',
    `id: "${CANARY}\nquestions:\n`,
    'a closing mark or a space is missing',
  ],
  ['a bracket that is not closed', `id: [${CANARY}\n`, ':'],
  ['a colon in a text', `id: ${CANARY}: x\n`, '1:5 a text with “: ” in it needs quotes'],
  ['a text that begins with a mark', `id: @${CANARY}\n`, '1:5 a text that starts with this mark'],
  ['half of a JSON file', `{"id": "${CANARY}", "questions": [{"id": `, ':'],
  ['a text in UTF-16', Buffer.from(`\ufeff${GOOD}`, 'utf16le'), '1:1 is not text in UTF-8'],
  ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), '1:1 is not text in UTF-8'],
  ['NUL characters', `id: "${CANARY}"\n\0\0\0`, ':'],
  [
    'more than 256 KiB',
    `${GOOD}# ${CANARY}${'x'.repeat(256 * 1024)}`,
    '1:1 is larger than 256 KiB, the most that is read',
  ],
  ['more than 1000 questions', bankOf('bad', many(1001)), 'questions: has more than 1000 entries'],
]

function many(count: number) {
  return Array.from({ length: count }, (_, n) => ({ id: `bad-${n}`, text: 'What is next?' }))
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
/** A line that begins with the file, a line and a column, where a problem does not name them, and goes on like that. */
function placed(start: string, file: string, problem: string): RegExp {
  const place = /^\d/.test(problem)
    ? ''
    : problem.startsWith(':')
      ? '[1-9]\\d*'
      : '[1-9]\\d*:[1-9]\\d* .*'
  return new RegExp(`^${start}\\S*${escaped(file)}:${place}${escaped(problem)}`, 'm')
}
const PLACE = /^(?:Left out: )?\S+\.ya?ml:[1-9]\d*:[1-9]\d* \S/m

/** What a refusal says: the place, the rule, and nothing of what stands in the file. */
function expectRefusal(err: string, problem: string, file = 'bad.yaml'): void {
  expect(err).toMatch(PLACE)
  expect(err).toMatch(placed('', file, problem))
  expect(err).not.toContain(CANARY)
}

describe('fault 59: a bank with a mistake', () => {
  test.each(BANKS)(
    '%s: the list is printed without it, and it is told',
    async (_what, text, problem) => {
      const outcome = await homeWith({ [BAD]: text }).coach(['questions', 'list'])
      expect(outcome.code).toBe(2)
      expectShipped(outcome.out)
      expectRefusal(outcome.err, problem)
    },
  )

  test.each(BANKS)('%s: coach questions banks tells it', async (_what, text, problem) => {
    const outcome = await homeWith({ [BAD]: text }).coach(['questions', 'banks'])
    expect(outcome.code).toBe(2)
    expect(outcome.out).toContain('  commitment ')
    expectRefusal(outcome.err, problem)
  })

  test.each(BANKS)('%s: coach questions lint FILE tells it', async (_what, text, problem) => {
    const outcome = await homeWith({ 'bad.yaml': text }).coach(['questions', 'lint', 'bad.yaml'])
    expect(outcome).toMatchObject({ code: 2, out: '' })
    expectRefusal(outcome.err, problem)
  })

  test.each(BANKS)('%s: a session goes on with what ships', async (_what, text, problem) => {
    const home = homeWith({ [BAD]: text })
    // With a question of one's own: those that are offered differ from person to person.
    const answers = answersFor('Ana', {
      reflection: { questions: [{ kind: 'obstacle', question: 'What could stop you?' }] },
    })
    const { code, out, err } = await feed(home, answers)
    expect([code, out]).toEqual([0, (await feed(newHome(), answers)).out])
    expect(err).toMatch(/^Left out: /)
    expect(err).toMatch(placed('Left out: ', 'bad.yaml', problem))
    expect(err).not.toContain(CANARY)
    expect((await home.coach(['show', '1'])).code).toBe(0)
  })
})

describe('a bank is read all the same', () => {
  test.each([
    ['with a mark of byte order', `\ufeff${GOOD}`],
    ['with line ends of Windows', GOOD.replaceAll('\n', '\r\n')],
    ['that begins with a line of dashes', `---\n${GOOD}`],
    ['that is JSON', JSON.stringify({ id: 'bad', questions: [{ id: 'bad-1', text: 'A?' }] })],
    ['with a few aliases', `${GOOD}    stages: &a [close]\n    skills: []\n    areas: []\n`],
    ['with 1000 questions', bankOf('bad', many(1000))],
  ])('%s', async (_what, text) => {
    const outcome = await homeWith({ [BAD]: text }).coach(['questions', 'list', '--from', 'bad'])
    expect(outcome).toMatchObject({ code: 0 })
    expect(outcome.out).toContain('bad-1')
  })
})

describe('fault 59: a bank of 256 KiB does not keep the program busy', () => {
  const fill = (begin: string, unit: (n: number) => string, end: string) => {
    const parts = [begin]
    for (let n = 0, size = begin.length; size < 262_000; n++) {
      const part = unit(n)
      parts.push(part)
      size += part.length
    }
    return [...parts, end].join('')
  }
  test.each([
    ['keys', fill('', (n) => `${n.toString(36)}:\n`, '')],
    ['keys in braces', fill('{', (n) => `${n.toString(36)},`, '}')],
    ['the same key', fill('', () => 'a:\n', '')],
    ['empty items', fill('[', () => ',', ']')],
    ['uses of an alias', fill('a: &a x\nb: [', () => '*a,', ']')],
    ['aliases', fill('[', (n) => `&a${n.toString(36)} x,*a${n.toString(36)},`, ']')],
    ['quotes', fill('', () => '""', '')],
    ['colons', fill('', () => ':\n', '')],
  ])('of nothing but %s', { timeout: 60_000 }, async (_what, text) => {
    const folder = folderWith({ [BAD]: text })
    // Many times as long as it should take; without an end, the test itself would never come to one.
    const { code, out, err } = await runScript(
      folder,
      'timeout 8 "$NODE" "$BIN" questions list --kind stretch',
    )
    expect(code).toBe(2)
    expect(err).toMatch(PLACE)
    expect(out).toContain('stretch-bold-ask')
  })

  test('of thousands of mistakes, which are not all told', async () => {
    const text = `id: bad\n${Array.from({ length: 3000 }, (_, n) => `k${n}: 1\n`).join('')}`
    const { code, err } = await homeWith({ [BAD]: text }).coach(['questions', 'list'])
    expect(code).toBe(2)
    expect(err.length).toBeLessThan(20_000)
  })
})

test.each(['questions list', 'questions banks', 'questions lint question-banks/bad.yaml'])(
  'coach %s refuses a bank of 50 MB without reading it',
  async (line) => {
    const home = homeWith({ [BAD]: GOOD })
    truncateSync(join(home.folder, BAD), 50_000_000)
    const { code, err } = await home.coach(line.split(' '))
    expect(code).toBe(2)
    expect(err).toMatch(/bad\.yaml:1:1 is larger than \d+ /)
    expect((await feed(home, answersFor('Ana'))).code).toBe(0)
  },
)

describe('a stage, area or skill that there is not', () => {
  const text = `id: mine\nquestions:\n  - id: a\n    text: What is next?\n    kinds: [stretch]\n    stages: [${CANARY}]\n    skills: [listening, ${CANARY}]\n`
  const home = () => homeWith({ 'question-banks/mine.yaml': text })

  test.each([[], ['question-banks/mine.yaml']])(
    'is refused by coach questions lint',
    async (...file) => {
      const outcome = await home().coach(['questions', 'lint', ...file])
      expect(outcome).toMatchObject({ code: 2, out: '' })
      expect(outcome.err).toMatch(/mine\.yaml:6:14 questions\.0\.stages\.0: is none of the stages/)
      expect(outcome.err).toMatch(/mine\.yaml:7:25 questions\.0\.skills\.1: is none of the skills/)
      expect(outcome.err).not.toContain(CANARY)
    },
  )

  test('is told by coach questions banks, and the question fits nothing', async () => {
    const { code, err } = await home().coach(['questions', 'banks'])
    expect(code).toBe(0)
    expect(err).toMatch(/^Fits nothing: \S*mine\.yaml:6:14 /m)
    const picked = await home().coach(['questions', 'pick', '--stage', 'close', '--many', '99'])
    expect(picked.code).toBe(0)
    expect(picked.out).not.toContain('What is next?')
  })
})

test('a value of the wrong kind is one problem: its length says nothing', async () => {
  const text = 'id: bad\nquestions: [{ id: a, text: A?, kinds: obstacle, skills: "" }]\n'
  const { out, err } = await homeWith({ [BAD]: text }).coach(['questions', 'banks'])
  const told = `${out}${err}`
  expect(told.match(/:\d+:\d+ .*/g)?.map((line) => line.replace(/^:\d+:\d+ /, ''))).toEqual([
    'questions.0.kinds: should be a list',
    'questions.0.skills: should be a list',
  ])
  expect(told).toContain('2 problems in 1 file')
})
