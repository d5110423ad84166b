import { describe, expect, test } from 'vitest'
import { bytesOf } from '../../ask/file/feed.ts'
import { newHome } from '../../world.ts'
import { homeAfter, inOneLine, must } from '../followup/played.ts'
import { ANA, inbox, textsIn } from './inbox.ts'

describe('whom a note is about', () => {
  const BOTH = [ANA, ['person', 'add', 'Ana Lopez']] as const

  test.each([[['note', 'ana', 'hello']], [['note', 'ana', '--list']], [['note', 'ana']]])(
    'two people of one first name: %j names both and keeps nothing',
    async (argv) => {
      const home = await homeAfter(...BOTH)
      const { code, out, err } = await home.coach(argv, 'hello')
      expect({ code, out }).toEqual({ code: 3, out: '' })
      expect(err).toContain('“ana” fits 2 people: Ana Lopez (2) and Ana Silva (1).')
      expect(await inbox(home)).toEqual([])
    },
  )

  test('with more of the name it is clear, and the next command says enough of it', async () => {
    const home = await homeAfter(...BOTH)
    const said = await must(home, ['note', 'silva', 'hello'])
    expect(inOneLine(said)).toContain('coach session "Ana Silva"')
    expect(await inbox(home, 'silva')).toHaveLength(1)
    expect(await inbox(home, 'lopez')).toEqual([])
  })

  test('somebody archived meanwhile still gets it, and it is said how to bring them back', async () => {
    const home = await homeAfter(ANA, ['note', 'ana', 'before'], ['person', 'archive', 'ana'])
    const said = inOneLine(await must(home, ['note', 'ana', 'after']))
    expect(said).toContain('Kept as note 2')
    expect(said).toMatch(
      /Ana Silva is in the archive. To bring them back: coach person archive "?ana( silva)?"? --undo/i,
    )
    expect((await inbox(home, 'ana')).map(({ text }) => text)).toEqual(['before', 'after'])
    expect(await textsIn(home)).toEqual([])
  })

  test('somebody who is there beats one of the same first name in the archive', async () => {
    const home = await homeAfter(...BOTH, ['person', 'archive', 'ana lopez'])
    expect(await must(home, ['note', 'ana', 'hello'])).toContain('This is about Ana Silva.')
  })

  test.each([
    { argv: ['note'], code: 2, says: 'About whom?' },
    { argv: ['note', 'eve', 'hello'], code: 3, says: 'nobody called “eve”' },
    { argv: ['note', '', 'hello'], code: 2, says: 'The name is empty' },
    { argv: ['note', '--list', 'eve'], code: 3, says: 'nobody called “eve”' },
  ])('coach $argv', async ({ argv, code, says }) => {
    const home = await homeAfter(ANA)
    const refused = await home.coach(argv, 'hello')
    expect(refused).toMatchObject({ code, out: '' })
    expect(refused.err).toContain(says)
    expect(await inbox(home)).toEqual([])
  })

  test('without a notebook nobody is there, and none is made', async () => {
    const home = newHome()
    expect(await home.coach(['note', 'ana', 'hello'])).toMatchObject({ code: 3 })
    expect(await home.coach(['note', '--list', '--json'])).toMatchObject({ code: 0, out: '[]\n' })
    expect(bytesOf(home)).toBeNull()
  })
})
