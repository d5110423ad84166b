import { describe, expect, test } from 'vitest'
import { homeWithAna, run, runScript } from '../../ask/terminal/process.ts'
import { homeAfter, inOneLine, json, must } from './played.ts'

const ANA = ['person', 'add', 'Ana Silva'] as const

describe('what is added a second time', () => {
  test.each([
    ['goal', ['goal', 'add', 'ana', 'lead a renewal'], 'Goal 1 says the same.'],
    ['action', ['action', 'add', 'ana', 'send the deck'], 'Action item 1 says the same.'],
    ['note', ['note', 'ana', 'ask how it went'], 'Note 1 says the same.'],
  ])('%s: it is kept, and coach says so', async (kind, argv, said) => {
    const home = await homeAfter(ANA)
    expect(await must(home, argv)).not.toContain('says the same')
    const second = await must(home, [...argv.slice(0, -1), ` ${argv.at(-1)?.toUpperCase()}`])
    expect(inOneLine(second)).toContain(`${said} To take the new one away: coach delete ${kind} 2`)
    await must(home, ['delete', kind, '2', '--yes'])
    expect(await must(home, [...argv.slice(0, -1), 'something else'])).not.toContain('the same')
  })

  test('is another one with another person, and after the first one is closed', async () => {
    const home = await homeAfter(ANA, ['person', 'add', 'Bo'])
    await must(home, ['goal', 'add', 'ana', 'lead a renewal'])
    expect(await must(home, ['goal', 'add', 'bo', 'lead a renewal'])).not.toContain('the same')
    await must(home, ['goal', 'done', '1'])
    expect(await must(home, ['goal', 'add', 'ana', 'lead a renewal'])).not.toContain('the same')
    expect(await json(home, ['goal', 'list', '--all'])).toHaveLength(3)
  })
})

describe('coach note with a text in the command and another one piped in', () => {
  const NOT_READ = 'What was piped in was not read.'

  test.each([
    ['echo long text | coach note ana short', true],
    ['coach note ana short < "$0"', true],
    ['coach note ana short < /dev/null', false],
    ['coach note ana short <&-', false],
    ['echo long text | coach note ana', false],
    ['echo long text | coach note ana short --quiet', false],
  ])('%s', async (script, isSaid) => {
    const folder = await homeWithAna()
    const { code, err } = await runScript(folder, script.replace('"$0"', 'notebook.db'))
    expect(code).toBe(0)
    expect(inOneLine(err).includes(NOT_READ)).toBe(isSaid)
    expect(JSON.parse((await run(folder, 'note', '--list', '--json')).out)).toMatchObject([
      { text: script.includes('short') ? 'short' : 'long text' },
    ])
  })

  test('leaves the rest of a list to the loop that reads it', async () => {
    const folder = await homeWithAna()
    const loop =
      'printf "one\\ntwo\\nthree\\n" | while read -r line; do coach note ana "$line"; done'
    expect((await runScript(folder, loop)).code).toBe(0)
    expect(JSON.parse((await run(folder, 'note', '--list', '--json')).out)).toHaveLength(3)
  })
})
