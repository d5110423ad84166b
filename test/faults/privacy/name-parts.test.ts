import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { namesInText, withoutNames } from '../../../src/text/person-names.ts'
import { query, spawnCoach } from '../../notebook/file.ts'
import { flat } from '../built.ts'
import { newPlace } from '../file-tools.ts'

/** Names as address books write them, and what colleagues call these people. */
const CALLED = [
  ['Doe, Jane', ['Jane', 'Doe', 'Jane Doe', 'Doe, Jane', 'DOE']],
  ['Robert "Bobby" Tables', ['Bobby', 'Robert', 'Robert “Bobby” Tables', 'Tables']],
  ["Elizabeth 'Lizzie' Bennet", ['Lizzie', 'Bennet']],
  ['Alexandra „Sascha“ Müller', ['Sascha', 'Muller']],
  ['Kim (KJ) Park', ['KJ', 'Kim', 'K.J.', 'K. J.']],
  ['Kim (K.J.) Park', ['KJ', 'K.J.']],
  ['Noor/Nora Haddad', ['Noor', 'Nora', 'Haddad']],
  ['Silva [Team Nord]', ['Silva']],
  ['Sun Li (孙丽)', ['孙丽', 'Sun']],
] as const

describe('fault 88: every part of a name is a name', () => {
  const each = CALLED.flatMap(([name, said]) => said.map((one) => [name, one] as const))

  test.each(each)('of “%s”, in a text that says %s', async (name, said) => {
    expect(namesInText(`I asked ${said} about it.`, [name])).not.toEqual([])
    expect(withoutNames(`I asked ${said} about it.`, [name])).not.toContain(said)
  })

  test('what a part of a name only begins with, or the words around it, stay', () => {
    const names = CALLED.map(([name]) => name)
    const text = 'The kimono and the parking, e.g. on the table: we asked about the rest.'
    expect(withoutNames(text, names)).toBe(text)
  })

  test('a word that is a name too is meant as one beside another part, with a comma between', () => {
    expect(withoutNames('then stone, mark called', ['Stone, Mark'])).not.toContain('mark')
    expect(withoutNames('then mark "rocky" stone called', ['Mark "Rocky" Stone'])).not.toMatch(
      /mark|stone/,
    )
    expect(withoutNames('I will mark it', ['Stone, Mark'])).toBe('I will mark it')
  })

  test('the built program leaves out what is said of others, and finds what is said elsewhere', async () => {
    const home = join(newPlace(), 'home')
    for (const [name] of CALLED) await spawnCoach(home, 'person', 'add', name)
    await spawnCoach(home, 'person', 'add', 'Ana Silveira')
    const said = 'Like Jane and Bobby, then K.J. and Lizzie; Sascha came with Noor and 孙丽.'
    await spawnCoach(home, 'note', 'Ana', said)
    const { out } = await spawnCoach(home, 'export', 'person', 'Ana', '--everything')
    expect(out).toContain('Like (somebody) and (somebody)')
    expect(out).not.toMatch(/Jane|Bobby|K\.J\.|Lizzie|Sascha|Noor|孙丽/)
    for (const name of ['Doe, Jane', 'bobby', 'KJ', 'lizzie', 'sascha', 'Noor', '孙丽']) {
      const { err } = await spawnCoach(home, 'person', 'forget', name, '--no-input')
      if (name === 'KJ') continue
      expect([name, flat(err)]).toEqual([
        name,
        expect.stringContaining('stands in what you keep about others, and stays there: note 1.'),
      ])
    }
  })

  test('somebody is found by what they are called, and is no new person', async () => {
    const home = join(newPlace(), 'home')
    await spawnCoach(home, 'person', 'add', 'Robert "Bobby" Ray')
    const answers = join(home, 'answers.yaml')
    writeFileSync(answers, 'person: Bobby\nguide: quick\nobservation: { saw: He asked. }\n')
    const { code, err } = await spawnCoach(home, 'session', '--answers', answers)
    expect([code, err]).toEqual([0, expect.stringContaining('Robert "Bobby" Ray')])
    expect(await spawnCoach(home, 'prep', 'bobby')).toMatchObject({ code: 0 })
    expect(query(join(home, 'notebook.db'), 'SELECT name FROM person')).toHaveLength(1)
  })
})
