import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fold, looksLike } from '../../../src/text/folding.ts'
import { escapeHarmful, safe, whyNoName } from '../../../src/text/text.ts'
import { query, spawnCoach, tamper } from '../../notebook/file.ts'
import { newPlace } from '../file-tools.ts'

/** Names that look like “Ana”, and how they are shown. */
const ALIKE = [
  ['a soft hyphen', 'An\u00ada', String.raw`An\xada`],
  ['a Mongolian separator', 'An\u180ea', String.raw`An\u180ea`],
  ['a grapheme joiner', 'An\u034fa', String.raw`An\u034fa`],
  ['a filler of Hangul', 'Ana\u3164', String.raw`Ana\u3164`],
  ['another filler', 'Ana\uffa0', String.raw`Ana\uffa0`],
  ['an empty Braille pattern', 'Ana\u2800', String.raw`Ana\u2800`],
  ['tags', 'Ana\u{e0041}\u{e007f}', String.raw`Ana\u{e0041}\u{e007f}`],
  ['an operator that shows as nothing', 'An\u206aa', String.raw`An\u206aa`],
] as const

/** Names of living people have these, in scripts that are written so. */
const REAL = [
  ['Persian, which keeps letters apart', 'علی‌رضا'],
  ['Sinhala, which joins them', 'ශ්‍රී'],
  ['Hindi', 'राजेश्वर'],
  ['Malayalam, as it was long written', 'അവന്‍'],
  ['Korean', '김민준'],
  ['Mongolian', 'ᠬᠠᠭᠠᠨ'],
  ['Japanese, with a variant', '葛󠄀城'],
  ['Greek', 'Γιώργος Παπαδόπουλος'],
  ['Russian, with a Latin nickname', 'Анна (Anna) Петрова'],
  ['Vietnamese', 'Nguyễn Thị Ánh'],
  ['Hawaiian', 'Kaʻiulani'],
] as const

describe('fault 89: people who look alike', () => {
  test.each(ALIKE)('%s is shown, is in no new name, and is folded', (_, name, shown) => {
    expect(safe(name)).toBe(shown)
    expect(whyNoName(name)).not.toBeNull()
    expect(fold(name)).toBe('ana')
    expect(JSON.parse(escapeHarmful(JSON.stringify(name)))).toBe(name)
    expect(escapeHarmful(JSON.stringify(name))).toMatch(/^[\x20-\x7e]*$/)
  })

  test.each(REAL)('%s is a name', (_, name) => {
    expect([whyNoName(name), safe(name)]).toEqual([null, name])
  })

  test('letters of two alphabets in one word are no name', () => {
    expect(whyNoName('\u0410na')).toContain('letters of two alphabets')
    expect(whyNoName('Ana Silv\u03b1')).toContain('letters of two alphabets')
  })

  test('a flag of a part of a country, and Braille, stay as they are', () => {
    const text = '🏴󠁧󠁢󠁥󠁮󠁧󠁿 ⠁⠀⠃'
    expect(safe(text)).toBe(text)
  })

  test.each([
    ['Capa', 'Сара'],
    ['AAPOH', 'ААРОН'],
    ['Anna Kopp', 'Anna Корр'],
    ['Zoe', 'Ζοе'],
    ['Сосо', 'Coco'],
  ])('%s and a name that looks the same, in other letters', (name, other) => {
    expect([looksLike(name, other), looksLike(other, name)]).toEqual([true, true])
  })

  test.each([
    ['Иван', 'Ivan'],
    ['Ольга', 'Olga'],
    ['Анна', 'Anna'],
    ['Нина', 'Nina'],
    ['Сара', 'Сара Ли'],
    ['Ana', 'Aná'],
  ])('%s and %s look different, or are the same', (name, other) => {
    expect(looksLike(name, other)).toBe(false)
  })

  test('the built program adds nobody who looks like somebody else, in no way there is', async () => {
    const home = join(newPlace(), 'home')
    await spawnCoach(home, 'person', 'add', 'Capa')
    await spawnCoach(home, 'person', 'add', 'Ольга')
    const path = join(home, 'notebook.db')
    const people = query(path, 'SELECT name FROM person ORDER BY id')
    expect(people).toEqual([{ name: 'Capa' }, { name: 'Ольга' }])

    const answers = join(home, 'answers.yaml')
    writeFileSync(answers, 'person: Сара\nguide: quick\nobservation: { saw: She asked. }\n')
    const other = join(newPlace(), 'other')
    await spawnCoach(other, 'person', 'add', 'Сара')
    const file = join(other, 'all.json')
    await spawnCoach(other, 'export', 'all', '--format', 'json', '-o', file)
    for (const argv of [
      ['person', 'add', 'Сара'],
      ['person', 'edit', 'Ольга', '--name', 'Сара'],
      ['session', '--answers', answers],
      ['import', file],
    ]) {
      const { code, err } = await spawnCoach(home, ...argv)
      expect([argv, code, err.replaceAll(/\s+/g, ' ')]).toEqual([
        argv,
        2,
        expect.stringMatching(/looks like Capa|whose name looks the same/),
      ])
    }
    expect(query(path, 'SELECT name FROM person ORDER BY id')).toEqual(people)
  })

  test('the built program adds no second Ana, and what is kept is shown and can be reached', async () => {
    const home = join(newPlace(), 'home')
    await spawnCoach(home, 'person', 'add', 'Ana')
    for (const [, name] of ALIKE) {
      expect(await spawnCoach(home, 'person', 'add', name)).toMatchObject({ code: 2 })
    }
    const path = join(home, 'notebook.db')
    expect(query(path, 'SELECT name FROM person')).toHaveLength(1)

    const [, name, shown] = ALIKE[0]
    await spawnCoach(home, 'person', 'add', 'Ben')
    tamper(path, `UPDATE person SET name = '${name}' WHERE name = 'Ben'`)
    expect((await spawnCoach(home, 'people')).out).toContain(`${shown}  not talked yet`)
    for (const typed of [name, shown]) {
      expect((await spawnCoach(home, 'person', 'show', typed)).out).toContain(shown)
    }
    expect((await spawnCoach(home, 'person', 'show', 'Ana')).out).not.toContain(shown)
    const { code } = await spawnCoach(home, 'person', 'edit', shown, '--name', 'Anabel')
    expect(code).toBe(0)
    expect(query(path, 'SELECT name FROM person')).toEqual([{ name: 'Ana' }, { name: 'Anabel' }])
  })
})
