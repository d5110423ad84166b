import { describe, expect, test } from 'vitest'
import { LIBRARY } from '../../questions/shipped.ts'
import { newHome } from '../../world.ts'
import { bytesOf, feed } from './feed.ts'
import { record } from './kept-sessions.ts'

describe('the template', () => {
  test.each(LIBRARY.guides.map((guide) => guide.id))(
    'of %s, filled in, is taken',
    async (guide) => {
      const home = newHome()
      const { out, code } = await home.coach([
        'session',
        'Ana Silva',
        '--template',
        '--guide',
        guide,
      ])
      expect(code).toBe(0)
      const filled = out
        .replace(/^( {2}stage): ""$/m, '$1: discover')
        .replaceAll(/^( {2}# .* 1 \(.*\) to 5 .*\n {2}\w+): ""$/gm, '$1: 3')
        .replaceAll(/^( {2}\w+): ""$/gm, '$1: Something.')
      expect(await feed(home, filled)).toMatchObject({ code: 0 })
      expect(await record(home)).toMatchObject({ guide, person: 'Ana Silva' })
    },
  )

  test.each(LIBRARY.guides.map((guide) => guide.id))(
    'of %s, left empty, is refused',
    async (guide) => {
      const home = newHome()
      const { out } = await home.coach(['session', '--template', '--guide', guide])
      expect(await feed(home, out)).toMatchObject({ code: 2 })
      expect(bytesOf(home)).toBeNull()
    },
  )

  test.each(LIBRARY.guides)('of $id names every prompt', async (guide) => {
    const { out } = await newHome().coach(['session', '--template', '--guide', guide.id])
    for (const step of guide.steps) {
      for (const prompt of step.prompts) expect(out).toContain(`${prompt.id}:`)
    }
  })

  test('makes no notebook', async () => {
    const home = newHome()
    await home.coach(['session', '--template'])
    expect(bytesOf(home)).toBeNull()
  })
})
