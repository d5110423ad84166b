/** Makes COMMANDS.md from the command line itself; with `--write`, puts it there. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import type { CommandUnknownOpts, Option } from 'commander'
import { buildProgram } from '../src/cli/program.ts'
import { makeWorld } from '../src/start/make-world.ts'

const HEAD = `# Commands

<!-- All of this page is made by \`npm run docs\` from src/cli. A change here is lost. -->

\`<…>\` is needed, and \`[…]\` may be left out. A part with \`…\` may be several words, without quotation marks. A name may be
any part that fits one person alone. A number is the one that the lists show. \`coach COMMAND --help\` prints what stands here.

[SCRIPTING.md](SCRIPTING.md) tells about \`--json\`, exit codes, and flags in the place of questions.
`

/** The page, made anew. */
export function commandsPage(): string {
  const stdout = new PassThrough()
  const streams = { stdin: new PassThrough(), stdout, stderr: new PassThrough() }
  const places = { notebook: '', config: '', drafts: '' }
  const world = makeWorld({ env: {}, ...streams, cwd: '/', places, now: () => new Date() })
  const { program } = buildProgram(world)
  const groups = Map.groupBy(visible(program), (command) => command.helpGroup())
  const helpOf = (command: CommandUnknownOpts): string => {
    command.outputHelp()
    return String(stdout.read() ?? '')
  }
  const sections = [...groups].map(([title, commands]) =>
    [
      `## ${title.replace(/:$/, '')}`,
      ...commands.flatMap(leaves).map((command) => section(command, helpOf(command))),
    ].join('\n\n'),
  )
  return `${[
    HEAD,
    overview(program),
    '## On every command',
    table('flag', program.options.map(flagRow)),
    ...sections,
  ].join('\n\n')}\n`.replaceAll(/\n{3,}/g, '\n\n')
}

function overview(program: CommandUnknownOpts): string {
  const rows = leaves(program).map((command) => {
    const name = pathOf(command)
    return [`[\`${name}\`](#${name.replaceAll(' ', '-')})`, command.description()] as const
  })
  return table('command', [['`coach`', 'what waits today; takes `--json`'], ...rows])
}

type TableRow = readonly [name: string, what: string]

function table(title: string, rows: readonly TableRow[]): string {
  return [
    `| ${title} | what it does |`,
    '| --- | --- |',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n')
}

function section(command: CommandUnknownOpts, help: string): string {
  const rows: readonly TableRow[] = [
    ...command.registeredArguments.map(
      (argument) => [`\`${argumentOf(argument)}\``, argument.description] as const,
    ),
    ...command.options.filter((option) => !option.hidden).map(flagRow),
  ]
  const described = rows.filter(([, what]) => what !== '')
  const [, ...more] = help.split(/\n\n(?:Options|Arguments):\n/)
  const after = (more.at(-1) ?? '').trimEnd().split('\n\n').slice(1)
  const examples = after.filter((text) => text.startsWith('Examples:'))
  const notes = after.filter((text) => !text.startsWith('Examples:'))
  return [
    `### ${pathOf(command)}`,
    `\`${usage(command)}\`: ${command.description()}.`,
    ...(described.length > 0 ? [table('argument or flag', described)] : []),
    ...notes.map((text) => text.trim()),
    ...examples.map((text) =>
      text.replace('Examples:', '```text').replaceAll('\n  $ ', '\n').concat('\n```'),
    ),
  ].join('\n\n')
}

function flagRow({ flags, description, argChoices, defaultValue }: Option): TableRow {
  const choices = argChoices ? `: ${argChoices.map((one) => `\`${one}\``).join(', ')}` : ''
  const standard = typeof defaultValue === 'string' ? `; \`${defaultValue}\` without it` : ''
  return [`\`${flags}\``, `${description}${choices}${standard}`]
}

function visible(command: CommandUnknownOpts): readonly CommandUnknownOpts[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .filter((one) => one.name() !== 'help')
}

/** The commands that do something, without those that only hold others. */
function leaves(command: CommandUnknownOpts): readonly CommandUnknownOpts[] {
  return command.commands.length > 0 ? visible(command).flatMap(leaves) : [command]
}

/** The words of a command, such as `coach action add`. */
function pathOf(command: CommandUnknownOpts): string {
  const { parent } = command
  return parent ? `${pathOf(parent)} ${command.name()}` : command.name()
}

type Argument = CommandUnknownOpts['registeredArguments'][number]

function argumentOf(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? '…' : ''}`
  return argument.required ? `<${name}>` : `[${name}]`
}

function usage(command: CommandUnknownOpts): string {
  return [pathOf(command), ...command.registeredArguments.map(argumentOf)].join(' ')
}

if (process.argv.includes('--write')) {
  writeFileSync(join(import.meta.dirname, '..', 'COMMANDS.md'), commandsPage())
}
