import { describe, expect, test } from 'vitest'
import { newHome } from '../../world.ts'
import { homeAfter, json, must } from '../../commands/followup/played.ts'
import { tamper } from '../../notebook/file.ts'
import { homeWith } from '../../ask/terminal/home.ts'
import { run } from '../../ask/terminal/process.ts'

/** Two Anas, one of them with an accent, one in the archive, and one whose name ends like hers. */
async function team(): Promise<string> {
  return await homeWith(
    ['person', 'add', 'Ana Silva'],
    ['person', 'add', 'Ána Kovač'],
    ['person', 'add', 'Dana Reed'],
    ['person', 'add', 'Ana Old'],
    ['person', 'archive', 'Ana Old'],
    ['person', 'add', 'José Ruiz'],
  )
}

describe('fault 63: a name that fits several people is never guessed', () => {
  test.each(['ana', 'Ana', 'Ána', 'A\u0301na', 'ANA'])('%s', async (name) => {
    const folder = await team()
    for (const argv of [
      ['note', name, 'secret'],
      ['action', 'add', name, 'send it'],
      ['goal', 'add', name, 'ski'],
      ['prep', name],
      ['person', 'archive', name],
      ['session', name],
    ]) {
      const { code, out, err } = await run(folder, ...argv, '--no-input')
      expect([argv, code, out]).toEqual([argv, 3, ''])
      expect(err).toContain('Ána Kovač (2) and Ana Silva (1)')
      expect(err).not.toMatch(/Dana|Ana Old/)
    }
    expect((await run(folder, 'note', '--list', '--json')).out).toBe('[]\n')
  })

  test.each([
    ['silva', 'Ana Silva'],
    ['kovac', 'Ána Kovač'],
    ['KOVAČ', 'Ána Kovač'],
    ['kovac\u030c', 'Ána Kovač'],
    ['ana s', 'Ana Silva'],
    ['dan', 'Dana Reed'],
    ['jose', 'José Ruiz'],
    ['JOSE\u0301', 'José Ruiz'],
  ])('“%s” is %s, who is named before anything is written', async (typed, name) => {
    const folder = await team()
    const { code, err } = await run(folder, 'note', typed, 'x')
    expect(code).toBe(0)
    expect(err).toContain(name)
    expect(JSON.parse((await run(folder, 'note', '--list', '--json')).out)).toMatchObject([
      { person: name },
    ])
  })
})

test('fault 63: somebody in the archive is found by the full name alone, and that is said', async () => {
  const { code, err } = await run(await team(), 'note', 'ana old', 'x')
  expect(code).toBe(0)
  expect(err).toContain('Ana Old is in the archive.')
})

test('fault 63: after a new name, the old one fits nobody, and the other Ana is not taken for her', async () => {
  const home = newHome()
  for (const name of ['Ana Silva', 'Ana Kovač']) await home.coach(['person', 'add', name])
  await home.coach(['person', 'edit', 'Ana Silva', '--name', 'Anna Costa'])
  expect(await home.coach(['note', 'silva', 'x'])).toMatchObject({ code: 3, out: '' })
  const { err } = await home.coach(['note', 'ana', 'x'])
  expect(err).toContain('This is about Ana Kovač.')
})

test.each(['Ana Silva', 'ána SILVA', 'A\u0301na  Silva'])(
  'fault 63: a second person called %s is refused',
  async (name) => {
    const home = newHome()
    await home.coach(['person', 'add', 'Ana Silva'])
    const { code, err } = await home.coach(['person', 'add', name])
    expect([code, err.split('\n')[0]]).toEqual([2, 'There is already somebody called Ana Silva.'])
  },
)

test('fault 57: a name is shown as it was typed, and found by any way to type it', async () => {
  const home = newHome()
  for (const name of ['A\u0301na Cruz', 'Zoë Ng', '李 明', 'محمد علي', 'ﬁona']) {
    expect((await home.coach(['person', 'add', name])).code).toBe(0)
  }
  const { out } = await home.coach(['people', '--json'])
  for (const name of ['A\u0301na Cruz', 'Zoë Ng', '李 明', 'محمد علي']) expect(out).toContain(name)
  for (const typed of ['ána', 'ana', 'zoe', 'ZOE\u0308', '李', 'محمد', 'fiona']) {
    expect((await home.coach(['prep', typed])).code).toBe(0)
  }
})

describe('people are found as they are written', () => {
  test.each([
    ['lukasz', 'Łukasz Nowak'],
    ['oyvind', 'Øyvind Berg'],
    ['duc', 'Đức Trần'],
    ['strauss', 'Eva Strauß'],
    ['isil', 'Işıl Demir'],
    ["o'brien", 'Sean O’Brien'],
    ['o’brien', 'Sean O’Brien'],
    ['anna-lena', 'Anna‑Lena Hof'],
  ])('%s is %s', async (typed, name) => {
    const { folder } = await homeAfter(['person', 'add', name], ['person', 'add', 'Bo Lind'])
    expect((await run(folder, 'note', typed, 'x')).code).toBe(0)
    expect(JSON.parse((await run(folder, 'note', '--list', '--json')).out)).toMatchObject([
      { person: name },
    ])
  })

  test('an exact spelling beats a folded one, so that everybody in an older notebook can be reached', async () => {
    const home = await homeAfter(['person', 'add', 'Łukasz'], ['person', 'add', 'Bo'])
    tamper(home.notebook, "UPDATE person SET name = 'Lukasz' WHERE id = 2")
    for (const [typed, id] of [
      ['Łukasz', 1],
      ['łukasz', 1],
      ['Lukasz', 2],
      ['lukasz', 2],
    ] as const) {
      expect(await json(home, ['person', 'show', typed])).toMatchObject({ id })
    }
    expect(await must(home, ['note', 'lukasz', 'x'])).toContain('This is about Lukasz.')
  })

  test('a name that others have in theirs says to whom it went', async () => {
    const home = await homeAfter(['person', 'add', 'Ana'], ['person', 'add', 'Ana Costa'])
    expect(await must(home, ['note', 'ana', 'x'])).toContain('This is about Ana.')
    expect(await must(home, ['note', 'ana costa', 'x'])).not.toContain('This is about')
    await must(home, ['person', 'archive', 'Ana Costa'])
    expect(await must(home, ['note', 'ana', 'x'])).not.toContain('This is about')
  })

  test('somebody in the archive is reached by the exact name, though others have it in theirs', async () => {
    const home = await homeAfter(['person', 'add', 'Ana'], ['person', 'add', 'Ana Costa'])
    await must(home, ['person', 'archive', 'Ana'])
    expect(await must(home, ['note', 'ana', 'x'])).toContain('This is about Ana Costa.')
    expect(await must(home, ['person', 'archive', 'Ana', '--undo'])).toContain('Ana is back')
  })

  test('somebody in the archive is not taken for somebody here whose name is folded to the same', async () => {
    const home = await homeAfter(['person', 'add', 'Łukasz'], ['person', 'add', 'Bo'])
    tamper(home.notebook, "UPDATE person SET name = 'Lukasz' WHERE id = 2")
    await must(home, ['person', 'archive', 'Łukasz'])
    expect(await must(home, ['note', 'Łukasz', 'x'])).toContain('Łukasz is in the archive.')
    expect(await json(home, ['person', 'show', 'lukasz'])).toMatchObject({ id: 2 })
    expect(await must(home, ['person', 'archive', 'Łukasz', '--undo'])).toContain('Łukasz is back')
  })
})
