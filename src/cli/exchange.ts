import { Option } from 'commander'
import type { CommandLine } from './command-line.ts'
import type { ExportOptions } from '../commands/exchange/export.ts'
import type { ImportOptions } from '../commands/exchange/import.ts'

/** What leaves the notebook, and what comes into it from another. */
export function exchangeCommands(line: CommandLine): void {
  exportCommand(line)
  importCommand(line)
}

function exportCommand({ program, does, examples }: CommandLine): void {
  const command = program
    .command('export')
    .argument('<what>', 'session, person or all')
    .argument('[which]', 'the number of the session, or the name of the person')
    .description('write a session, a person or everything as a page, a table or a calendar')
    .addOption(
      new Option('--format <format>', 'a page, JSON to import, action items, or days')
        .choices(['md', 'html', 'json', 'csv', 'ics'])
        .default('md'),
    )
    .option('--shared', 'only what the person may read')
    .addOption(
      new Option('--everything', 'all that is kept about a person').conflicts(['shared', 'raw']),
    )
    .addOption(
      new Option('--raw', 'the file as it lies there, even damaged').conflicts([
        'shared',
        'format',
      ]),
    )
    .option('-o, --output <file>', 'a file, or a folder')
    .option('-f, --force', 'replace a file that is there')
  does(
    command,
    async (here, [what, which], options: ExportOptions) =>
      await (await import('../commands/exchange/export.ts')).run(here, what, which, options),
  )
  examples(
    command,
    'coach export session 3 --shared',
    'coach export person ana -o ana.md',
    'coach export person ana --everything --format html -o ana.html',
    'coach export all -o notes/',
    'coach export all --format json -o coach.json',
    'coach export all --format ics -o coach.ics',
    'coach export all --raw -o coach.jsonl',
  )
}

function importCommand({ program, does, examples }: CommandLine): void {
  const command = program
    .command('import')
    .argument('<file>', 'a file of coach export --format json, - for stdin')
    .description('take in an exported notebook; what is here already stays as it is')
    .option('--merge-people', 'people of the same name are the same person')
    .option('--with-files', 'take its question banks, guides and harmless settings, unasked')
  does(
    command,
    async (here, [file], options: ImportOptions) =>
      await (await import('../commands/exchange/import.ts')).run(here, file, options),
  )
  examples(command, 'coach import coach.json', 'coach import coach.json --merge-people')
}
