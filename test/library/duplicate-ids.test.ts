import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { answersFor, feed } from '../ask/file/feed.ts'
import { newHome } from '../world.ts'
import { bankOf, homeWith } from '../questions/home.ts'
import { LIBRARY } from '../questions/shipped.ts'
import { CANARY, expectShipped } from './expect-told.ts'

describe('two questions with one id', () => {
  const twice = () =>
    homeWith({
      'question-banks/a.yaml': bankOf('a', [
        { id: 'one', text: `First ${CANARY}?`, kinds: ['stretch'] },
      ]),
      'question-banks/b.yaml': bankOf('b', [
        { id: 'two', text: 'Two?' },
        { id: 'one', text: `Second ${CANARY}?` },
      ]),
    })

  test('in two files of a folder are told at the second, which is left out', async () => {
    const home = twice()
    const { code, out, err } = await home.coach(['questions', 'list'])
    expect(code).toBe(2)
    expectShipped(out)
    expect(out).toContain(`First ${CANARY}?`)
    expect(out).not.toContain('Two?')
    expect(err).toContain('b.yaml:5:9 questions.1.id: this id stands in ')
    expect(err).toContain('question-banks/a.yaml too')
    expect(err).not.toContain(CANARY)
  })

  test('in two files of a folder do not stop a session', async () => {
    const { code, err } = await feed(twice(), answersFor('Ana'))
    expect(code).toBe(0)
    expect(err).toMatch(/^Left out: \S*b\.yaml:5:9 questions\.1\.id: /)
  })

  test('are told even where one of them only hides the question', async () => {
    const [shipped] = LIBRARY.questions
    const id = shipped?.id ?? ''
    const home = homeWith({
      'question-banks/a.yaml': bankOf('a', [{ id, retired: true }]),
      'question-banks/b.yaml': bankOf('b', [{ id, text: 'Mine?' }]),
    })
    const { code, err } = await home.coach(['questions', 'banks'])
    expect(code).toBe(2)
    expect(err).toContain(`b.yaml:3:9 questions.0.id: this id stands in `)
  })

  test('in two layers are fine', async () => {
    const home = twice()
    const flags = ['--bank', 'question-banks']
    writeFileSync(
      join(home.folder, 'question-banks/b.yaml'),
      bankOf('b', [{ id: 'b', text: 'B?' }]),
    )
    expect((await home.coach(['questions', 'list', ...flags])).code).toBe(0)
  })
})

test('a guide with an id that another guide of the same folder has is told', async () => {
  const home = newHome()
  const { out } = await home.coach(['session', '--template', '--guide', 'quick'])
  expect(out).toContain('guide: quick')
  const guide = `id: mine\ntitle: Mine\nabout: Mine.\nsteps:\n  - id: observation\n    title: Seen\n    prompts:\n      - { id: saw, kind: note, pass: prepare, title: Saw, ask: What?, why: Facts. }\n`
  const two = homeWith({ 'guides/a.yaml': guide, 'guides/b.yaml': guide })
  const { code, err } = await two.coach(['questions', 'banks'])
  expect(code).toBe(2)
  expect(err).toMatch(/b\.yaml:1:5 id: /)
})
