import { describe, expect, test } from 'vitest'
import { buildProgram, PARTS } from '../../src/cli/program.ts'
import { makeWorld } from '../../src/start/make-world.ts'
import { newHome, NOW, words } from '../world.ts'
import { ALL, LEAVES, places, program, stderr, stdin, stdout } from './declared-commands.ts'

test.each(PARTS)('$title declares the commands that it lists', ({ commands }) => {
  const [called] = commands
  const world = makeWorld({ env: {}, stdin, stdout, stderr, cwd: '/', places, now: () => NOW })
  const declared = buildProgram(world, called).program.commands.map((one) => one.name())
  expect(declared).toEqual(commands)
})

describe('every command', () => {
  test('is found by these tests', () => {
    expect(LEAVES.length).toBeGreaterThan(15)
  })

  test.each(ALL)('%s says what it does', (_way, command) => {
    expect(command.description()).toMatch(/^\S.{5,}/)
  })

  test.each(ALL)('%s --help exits 0, on stdout', async (way) => {
    for (const help of ['--help', '-h']) {
      const { code, out, err } = await newHome().coach([...way.split(' '), help])
      expect([code, err]).toEqual([0, ''])
      expect(out).toMatch(new RegExp(`^Usage: coach ${way}`))
      expect(out.split('\n').every((line) => line.length <= 80)).toBe(true)
    }
  })

  test.each(LEAVES)('%s has examples that begin with it', async (way) => {
    const { out } = await newHome().coach([...way.split(' '), '--help'])
    const examples = examplesIn(out)
    expect(examples).not.toEqual([])
    for (const example of examples) {
      expect(example).toMatch(way === 'today' ? /^coach( |$)/ : new RegExp(`^coach ${way}( |$)`))
    }
  })

  test.each(LEAVES.filter(([way]) => way !== 'demo'))(
    '%s has examples that are understood',
    async (way) => {
      const home = newHome()
      const { out } = await home.coach([...way.split(' '), '--help'])
      for (const example of examplesIn(out)) {
        const { code, err } = await home.coach(words(example.replace(/ >.*/, '')).slice(1))
        expect(code).not.toBe(1)
        expect([example, err]).not.toEqual([
          example,
          expect.stringMatching(/unknown|missing|too many|cannot be used|invalid/i),
        ])
      }
    },
  )

  test('coach --help lists every command that is not hidden', async () => {
    const { code, out, err } = await newHome().coach(['--help'])
    expect([code, err]).toEqual([0, ''])
    for (const command of program.createHelp().visibleCommands(program)) {
      expect(out).toMatch(new RegExp(`^  ${command.name()}\\b`, 'm'))
    }
  })

  test.each([[['help']], [['help', 'review']], [['help', 'action']], [['action', 'help', 'add']]])(
    'coach %j prints the help',
    async (argv) => {
      expect(await newHome().coach(argv)).toMatchObject({
        code: 0,
        out: expect.stringMatching(/^Usage: coach/),
        err: '',
      })
    },
  )
})

function examplesIn(help: string): readonly string[] {
  const block = /\nExamples:\n((?: {2}\$ .*\n)+)/.exec(help)?.[1] ?? ''
  return [...block.matchAll(/^ {2}\$ (.*)$/gm)].map(([, example = '']) => example)
}
