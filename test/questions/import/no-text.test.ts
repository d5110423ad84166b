import { describe, expect, test } from 'vitest'
import { homeWith } from '../home.ts'
import { CANARY, expectShipped } from '../../library/expect-told.ts'

describe('a list to import that is not text', () => {
  test.each<readonly [what: string, name: string, content: string | Buffer, problem: string]>([
    ['a picture', 'list.txt', Buffer.from('89504e470d0a1a0a00', 'hex'), '1:1 is not text in UTF-8'],
    [
      'a text in UTF-16',
      'list.md',
      Buffer.from(`\ufeff${CANARY}?`, 'utf16le'),
      '1:1 is not text in UTF-8',
    ],
    ['NUL characters', 'list.txt', `What is ${CANARY}?\0`, '1:1 is not text'],
    ['nothing', 'list.csv', '', '1:1 is empty'],
    ['a web page', 'list.md', `<!doctype html><p>What is ${CANARY}?</p>`, '1:1 is a web page'],
    ['half of a JSON file', 'list.json', `["What is ${CANARY}?", `, ':1:'],
    ['no question', 'list.txt', `${CANARY}\n`, '1:1 holds no question'],
    ['more than 5 MB', 'list.txt', Buffer.alloc(5_242_881, 'x'), '1:1 is larger than 5 MB'],
  ])('%s is refused, and nothing is written', async (_what, name, content, problem) => {
    const home = homeWith({ [name]: content })
    const outcome = await home.coach(['questions', 'import', name])
    expect(outcome).toMatchObject({ code: 2, out: '' })
    expect(outcome.err).toMatch(/^list\.\w+:\d+:\d+ /)
    expect(outcome.err).toContain(problem)
    expect(outcome.err).toContain('Nothing was written.')
    expect(outcome.err).not.toContain(CANARY)
    const { code, out } = await home.coach(['questions', 'list'])
    expect(code).toBe(0)
    expectShipped(out)
  })
})
