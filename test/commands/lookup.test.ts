import { describe, expect, test } from 'vitest'
import { newHome } from '../world.ts'
import { filledHome } from '../cli/filled-home.ts'

describe('a person', () => {
  test.each([
    ['a part of the name', 'silv'],
    ['a part in capitals', 'SILVA'],
    ['two parts', 'ana s'],
  ])('is found by %s, and named before anything is written', async (_what, name) => {
    const home = await filledHome()
    const { code, err } = await home.coach(['action', 'add', name, 'write'])
    expect(code).toBe(0)
    expect(err).toMatch(/^This is about Ana Silva\.\n/)
  })

  test('is not named again when the full name was typed', async () => {
    const home = await filledHome()
    const { err } = await home.coach(['action', 'add', 'ana silva', 'write'])
    expect(err).not.toContain('This is about')
  })

  test('is found by the full name, even where another name contains it', async () => {
    const home = newHome()
    for (const name of ['Ana', 'Ana Silva']) await home.coach(['person', 'add', name])
    const { out } = await home.coach(['person', 'show', 'ana', '--json'])
    expect(JSON.parse(out)).toMatchObject({ name: 'Ana' })
  })

  test('is found by the name without its accents', async () => {
    const home = newHome()
    await home.coach(['person', 'add', 'Zoë Müller'])
    expect(await home.coach(['person', 'show', 'zoe mull'])).toMatchObject({ code: 0 })
  })

  test('in the archive is found only where nobody else fits', async () => {
    const home = await filledHome()
    await home.coach(['person', 'archive', 'anton'])
    expect((await home.coach(['prep', 'an'])).out).toContain('Ana Silva')
    expect((await home.coach(['people'])).out).not.toContain('Anton')
    expect((await home.coach(['people', '--all'])).out).toContain('Anton')
  })
})
