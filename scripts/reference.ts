/** Prints the command reference of the README, made from the command line itself; with `--write`, puts it there. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import type { CommandUnknownOpts } from 'commander'
import { buildProgram } from '../src/cli/program.ts'
import { makeWorld } from '../src/start/make-world.ts'

const START = '<!-- commands: made by `npm run docs` -->'
const END = '<!-- end of commands -->'

/** The README with its reference made anew. */
export function withReference(readme: string): string {
  const [before = '', rest = ''] = readme.split(START)
  const [, after = ''] = rest.split(END)
  return `${before}${START}\n\n${reference()}\n${END}${after}`
}

function reference(): string {
  const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() }
  const places = { notebook: '', config: '', drafts: '' }
  const world = makeWorld({ env: {}, ...streams, cwd: '/', places, now: () => new Date() })
  const { program } = buildProgram(world)
  const rows = leaves(program).map((command) => {
    const flags = command.options
      .filter((option) => !option.hidden)
      .map((option) => `\`${option.long}\``)
    return `| \`${usage(command)}\` | ${command.description()} | ${flags.join(' ')} |`
  })
  const global = program.options.map((option) => `\`${option.flags}\` ${option.description}`)
  return [
    '| command | what it does | flags |',
    '| --- | --- | --- |',
    '| `coach` | what waits today | `--json` |',
    ...rows,
    '',
    `On every command: ${global.join('; ')}. Each has \`--help\` with examples.`,
    '',
  ].join('\n')
}

/** The commands that do something, without those that only hold others. */
function leaves(command: CommandUnknownOpts): readonly CommandUnknownOpts[] {
  const visible = command.createHelp().visibleCommands(command)
  return visible
    .filter((one) => one.name() !== 'help')
    .flatMap((one) => (one.commands.length > 0 ? leaves(one) : [one]))
}

function usage(command: CommandUnknownOpts): string {
  const names: string[] = []
  for (let one: CommandUnknownOpts | null = command; one; one = one.parent)
    names.unshift(one.name())
  const args = command.registeredArguments.map((argument) => {
    const name = `${argument.name()}${argument.variadic ? '…' : ''}`
    return argument.required ? `<${name}>` : `[${name}]`
  })
  return [...names, ...args].join(' ')
}

if (process.argv.includes('--write')) {
  const path = join(import.meta.dirname, '..', 'README.md')
  writeFileSync(path, withReference(readFileSync(path, 'utf8')))
}
