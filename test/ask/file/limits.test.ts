import { describe, expect, test } from 'vitest'
import { newHome } from '../../world.ts'
import { answersFor, bytesOf, feed, placesIn } from './feed.ts'

/** A word that no message may repeat: what stands in such a file may be private. */
const CANARY = 'canary-of-a-private-note'

const GOOD = answersFor(`Ana ${CANARY}`)
const laughs = Array.from(
  { length: 9 },
  (_, n) => `  - &l${n + 1} [${Array.from({ length: 9 }, () => `*l${n}`).join(', ')}]\n`,
).join('')

describe('fault 59: a file that is no answers file is refused at once, and none of it is repeated', () => {
  test.each<readonly [what: string, text: string | Buffer, problem: string]>([
    ['nothing', '', '1:1 should be a group of keys, beginning with “person: NAME”'],
    ['blanks', ' \n\n', 'should be a group of keys, beginning with “person: NAME”'],
    ['a comment', `# ${CANARY}\n`, 'should be a group of keys, beginning with “person: NAME”'],
    ['prose', `Dear ${CANARY},\nhow are you\n`, '1:1 should be a group of keys'],
    ['a list', `- ${CANARY}\n`, '1:1 should be a group of keys'],
    ['a number', '7\n', '1:1 should be a group of keys'],
    [
      'more than 256 KiB',
      `${GOOD}# ${CANARY}${'x'.repeat(256 * 1024)}`,
      '1:1 is larger than 256 KiB, the most that is read',
    ],
    [
      'more than 256 KiB in letters of several bytes',
      `${GOOD}# ${'ä'.repeat(130 * 1024)}`,
      '1:1 is larger than 256 KiB, the most that is read',
    ],
    ['brackets in brackets', '['.repeat(5000), '1:1 is nested more than 60 levels deep'],
    ['braces in braces', '{a: '.repeat(5000), '1:1 is nested more than 60 levels deep'],
    ['dashes in dashes', '- '.repeat(5000), '1:1 is nested more than 60 levels deep'],
    [
      'keys in keys',
      Array.from({ length: 200 }, (_, n) => `${' '.repeat(n)}${CANARY}:\n`).join(''),
      '1:1 is nested more than 60 levels deep',
    ],
    ['question marks in question marks', '? '.repeat(5000), ':'],
    [
      'aliases of aliases',
      `person: ${CANARY}\nlol:\n  - &l0 ${CANARY}\n${laughs}`,
      'its aliases or keys go beyond what is allowed',
    ],
    ['an alias of nothing', `person: *${CANARY}\n`, '1:9 '],
    ['a text that begins with a star', `${GOOD}close:\n  praise: *${CANARY}*\n`, '6:11 '],
    ['an alias of itself', `&a person: &b [*b, ${CANARY}]\n`, ':'],
    ['a key that stands twice', `${GOOD}person: ${CANARY}\n`, '5:1 this key stands here twice'],
    [
      'a tab as indentation',
      `person: ${CANARY}\nclose:\n\tpraise: x\n`,
      '3:1 is indented with a tab',
    ],
    ['two documents', `${GOOD}---\n${GOOD}`, '5:1 holds more than one document; only one is read'],
    [
      'a quote that is not closed',
      `person: "${CANARY}\nclose:\n`,
      'a closing mark or a space is missing',
    ],
    ['a bracket that is not closed', `person: [${CANARY}\n`, ':'],
    ['a colon in a text', `person: ${CANARY}: x\n`, '1:9 a text with “: ” in it needs quotes'],
    [
      'a text that begins with a mark',
      `person: @${CANARY}\n`,
      '1:9 a text that starts with this mark',
    ],
    ['lines that fit nothing', `person: ${CANARY}\n   close: x\n`, ':'],
    ['an unknown tag', `person: !!js/function ${CANARY}\n`, ':'],
    ['half of a JSON file', `{"person": "${CANARY}", "observation": {"saw": `, ':'],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0x63, 0x80]), 'is not text in UTF-8'],
    ['a text in UTF-16', Buffer.from(GOOD, 'utf16le'), ':'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'is not text in UTF-8'],
    ['NUL characters', `person: "${CANARY}"\n\0\0\0`, ':'],
    [
      '100,000 keys',
      Array.from({ length: 30_000 }, (_, n) => `k${n}: 1\n`).join(''),
      'is larger than',
    ],
  ])('%s', async (_what, text, problem) => {
    const home = newHome()
    const begin = performance.now()
    const outcome = await feed(home, text)
    const took = performance.now() - begin
    expect(outcome).toMatchObject({ code: 2, out: '' })
    expect(outcome.err).toContain(problem)
    expect(outcome.err).toContain('Nothing was saved.')
    expect(outcome.err).not.toContain(CANARY)
    expect(bytesOf(home)).toBeNull()
    expect(took).toBeLessThan(3000)
  })
})

describe('fault 59: a file is not taken to be deeper than it is', () => {
  test.each([
    ['brackets in a text', '['.repeat(61)],
    ['sad faces', ':-( [ '.repeat(61)],
    ['a far indentation in a text', `one\n${' '.repeat(125)}two`],
  ])('because of %s', async (_what, saw) => {
    const text = JSON.stringify({ person: 'Ana', observation: { situation: 'Call', saw } })
    expect((await feed(newHome(), text)).code).toBe(0)
  })
})

test('fault 59: aliases that are used a few times are taken', async () => {
  const text = 'person: Ana\nobservation: { situation: &s Call, saw: *s, effect: *s }\n'
  expect((await feed(newHome(), text)).code).toBe(0)
})

test.each([
  ['a text of 100,000 characters', 'x'.repeat(100_000), 0],
  ['a text of more', 'x'.repeat(100_001), 2],
])('%s', async (_what, saw, code) => {
  const home = newHome()
  const text = JSON.stringify({ person: 'Ana', observation: { situation: 'Call', saw } })
  const outcome = await feed(home, text)
  expect(outcome.code).toBe(code)
  expect(outcome.err.length).toBeLessThan(1000)
})

describe('fault 59: a small file does not keep the program busy for long', () => {
  test.each([
    [
      'many rounds',
      {
        rounds: Array.from({ length: 60 }, () => ({
          observation: { situation: 'a', saw: 'b' },
          reflection: { went_well: 'c' },
        })),
      },
    ],
    [
      'an action item full of small words',
      {
        observation: { situation: 'a', saw: 'b' },
        plan: { actions: [{ what: `${'in a '.repeat(6000)}week or so` }] },
      },
    ],
  ])('%s', async (_what, tree) => {
    const begin = performance.now()
    await feed(newHome(), JSON.stringify({ person: 'Ana', ...tree }))
    expect(performance.now() - begin).toBeLessThan(20_000)
  })
})

test('fault 59: a wrong value that is long is not repeated in full', async () => {
  const stage = `${CANARY} `.repeat(300)
  const outcome = await feed(newHome(), `${answersFor('Ana')}  stage: "${stage}"\n`)
  expect(outcome.code).toBe(2)
  expect(placesIn(outcome)).toHaveLength(1)
  expect(outcome.err.length).toBeLessThan(1000)
})
