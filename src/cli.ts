import { readFileSync } from 'node:fs'
import { Command, CommanderError, Option } from 'commander'
import { EXIT, type ExitCode } from './errors.ts'
import { OWNERS, RELATIONS } from './model.ts'
import { safe } from './text.ts'
import type { Settings, World } from './world.ts'

/**
 * Runs a command line. Each command is imported when it is called, so that a listing does not load what only a
 * conversation needs.
 */
export async function runCli(argv: readonly string[], world: World): Promise<ExitCode> {
  const program = buildProgram(world)
  try {
    const { operands } = program.parseOptions([...argv])
    const isHelp = argv.some((word) => word === '--help' || word === '-h')
    const words = operands.length === 0 && !isHelp ? ['today', ...argv] : argv
    await program.parseAsync([...words], { from: 'user' })
    return EXIT.ok
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage
  }
}

/** The whole interface. */
export function buildProgram(world: World): Command {
  const program = new Command('coach')
  program
    .description('Prepare a one-on-one, record what was agreed, and see what is open.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => world.print(text),
      writeErr: (text) => void world.stderr.write(text),
      outputError: (text, write) =>
        write(safe(text).replace(/^error: (.)/, (_, first: string) => first.toUpperCase())),
    })
    .configureHelp({
      helpWidth: Math.min(world.stdout.columns ?? 80, 80),
      showGlobalOptions: false,
    })
    .showHelpAfterError('See: coach --help')
    .allowExcessArguments(false)
    .helpCommand(true)
    .option('--notebook <file>', 'use another notebook')
    .option('--new', 'make the notebook if it is not there')
    .option('--no-input', 'never ask; fail and name the flag instead')
    .option('-q, --quiet', 'say nothing beside what was asked for')
    .option('--no-color', 'no colours')
    .option('-d, --debug', 'with an error, show where in the program it happened')
    .option('-V, --version', 'print the version')

  program.on('option:version', () => {
    const place = new URL('../package.json', import.meta.url)
    const known: unknown = JSON.parse(readFileSync(place, 'utf8'))
    const version = typeof known === 'object' && known && 'version' in known ? known.version : ''
    world.print(`${String(version)}\n`)
    throw new CommanderError(EXIT.ok, 'coach.version', '')
  })

  const settings = (command: Command): Settings => command.optsWithGlobals<Settings>()
  /** Registers what a command does: with the world of its flags, its arguments and its options. */
  const does = <Options>(
    command: Command,
    run: (world: World, args: readonly string[], options: Options) => Promise<void>,
  ) =>
    command.action(async () => {
      const here = world.with(settings(command))
      const args = command.processedArgs
        .flat()
        .filter((arg): arg is string => typeof arg === 'string')
      await run(here, args, command.opts<Options & object>())
    })
  const examples = (command: Command, ...lines: readonly string[]) =>
    command.addHelpText('after', `\nExamples:\n${lines.map((line) => `  $ ${line}\n`).join('')}`)
  /** A name may stand without quotation marks: `coach session Ana Silva`. */
  const nameIn = (args: readonly string[]) => (args.length > 0 ? args.join(' ') : undefined)
  const json = () => new Option('--json', 'print JSON')

  program.commandsGroup('Before and after a conversation:')

  const today = program
    .command('today', { hidden: true })
    .description('what waits today')
    .addOption(json())
  does<{ json?: boolean }>(today, async (here, _args, options) =>
    (await import('./commands/today.ts')).run(here, options),
  )
  examples(today, 'coach', 'coach --json')

  const session = program
    .command('session')
    .argument('[person...]', 'any unambiguous part of the name')
    .description('prepare a conversation, or record it afterwards; goes on where it stood')
    .addOption(new Option('--prepare', 'before the conversation').conflicts('record'))
    .addOption(new Option('--record', 'during or after the conversation'))
    .option('--guide <id>', 'the guide to follow')
    .addOption(new Option('--quick', 'the ten-minute guide').conflicts('guide'))
    .option('--full', 'ask every detail')
    .option('--stage <id>', 'the stage of the sale to begin with')
    .option('--area <id>', 'the coaching area to begin with')
    .option('--skill <id>', 'the skill to begin with')
    .option('--session <id>', 'which one, when several are unfinished')
    .addOption(
      new Option(
        '--answers <file>',
        'take the answers from a YAML or JSON file, - for stdin',
      ).conflicts(['template', 'full', 'stage', 'area', 'skill']),
    )
    .option('--template', 'print an answers file to fill in')
  does<Parameters<typeof import('./commands/session.ts').run>[2]>(
    session,
    async (here, args, options) =>
      (await import('./commands/session.ts')).run(here, nameIn(args), options),
  )
  examples(
    session,
    'coach session ana',
    'coach session ana --record --quick',
    'coach session --template > ana.yaml',
    'coach session --answers ana.yaml',
  )

  const prep = program
    .command('prep')
    .argument('<person...>', 'any unambiguous part of the name')
    .description('the one-screen sheet to take into the room')
    .option('--private', 'with the lines that are for you alone')
    .addOption(json())
  does<{ private?: boolean; json?: boolean }>(prep, async (here, args, options) =>
    (await import('./commands/prep.ts')).run(here, args.join(' '), options),
  )
  examples(prep, 'coach prep ana', 'coach prep ana --private')

  program.commandsGroup('What was agreed:')

  const review = program
    .command('review')
    .description('open action items: overdue, this week, later, no date')
    .option('--person <name>', 'of one person')
    .addOption(new Option('--owner <who>', 'theirs, or your own').choices(OWNERS))
    .option('--overdue', 'only what is overdue')
    .option('--due <when>', 'only what is due by then: week, fri, 2026-12-01')
    .option('--all', 'closed ones too')
    .addOption(json())
  does<Parameters<typeof import('./commands/review.ts').run>[1]>(
    review,
    async (here, _args, options) => (await import('./commands/review.ts')).run(here, options),
  )
  examples(review, 'coach review', 'coach review --person ana --overdue', 'coach review --due week')

  const settles = [
    ['done', 'done', 'close action items that were done'],
    ['part', 'part', 'note that they were partly done; they stay open'],
    ['missed', 'missed', 'close action items that were missed'],
    ['drop', 'dropped', 'close action items that nobody wants any more'],
    ['carry', 'carried', 'carry action items to a later day; they stay open'],
  ] as const
  for (const [name, outcome, about] of settles) {
    const command = program
      .command(name)
      .argument('<id...>', 'the numbers from coach review')
      .description(about)
      .option('--note <text>', 'why, for you alone (it stays in the history of your shell)')
    if (name === 'carry') {
      command.requiredOption('--to <when>', 'the new day: fri, in 2 weeks, 2026-12-01')
    }
    does<{ note?: string; to?: string }>(command, async (here, ids, options) =>
      (await import('./commands/settle.ts')).run(here, outcome, ids, options),
    )
    examples(command, name === 'carry' ? 'coach carry 7 --to fri' : `coach ${name} 7 9`)
  }

  const action = program.command('action').description('an action item outside a conversation')
  const fields = (command: Command) =>
    command
      .option('--due <when>', 'the day: fri, in 2 weeks, 2026-12-01')
      .addOption(new Option('--owner <who>', 'who does it').choices(OWNERS))
      .option('--if <text>', 'the moment to act')
      .option('--then <text>', 'what is done in that moment')
      .option('--else <text>', 'what is done if that does not work')
      .option('--obstacle <text>', 'what could get in the way')
      .option('--measure <text>', 'how you both see that it was done')
      .option('--support <text>', 'what you do to help')
      .option('--check-in <when>', 'the day to look at it half way')
  const actionAdd = fields(
    action
      .command('add')
      .argument('<person>', 'any unambiguous part of the name')
      .argument('<what...>', 'one line, such as: send the deck by fri')
      .description('add an action item'),
  )
  does<Parameters<typeof import('./commands/action.ts').add>[3]>(
    actionAdd,
    async (here, [name = '', ...words], options) =>
      (await import('./commands/action.ts')).add(here, name, words, options),
  )
  examples(actionAdd, 'coach action add ana practise the opening by fri')
  const actionEdit = fields(
    action
      .command('edit')
      .argument('<id>', 'the number from coach review')
      .description('correct an action item; an empty text takes a field away')
      .option('--what <text>', 'what is to be done'),
  )
  does<Parameters<typeof import('./commands/action.ts').edit>[2]>(
    actionEdit,
    async (here, [id = ''], options) =>
      (await import('./commands/action.ts')).edit(here, id, options),
  )
  examples(actionEdit, 'coach action edit 7 --due fri', 'coach action edit 7 --obstacle ""')
  const actionShow = action
    .command('show')
    .argument('<id>', 'the number from coach review')
    .description('an action item with its whole history')
    .addOption(json())
  does<{ json?: boolean }>(actionShow, async (here, [id = ''], options) =>
    (await import('./commands/action.ts')).show(here, id, options),
  )
  examples(actionShow, 'coach action show 7')

  program.commandsGroup('People and records:')

  const people = program
    .command('people')
    .description('everybody, with the last conversation and what is open')
    .option('--all', 'archived people too')
    .addOption(json())
  does<{ all?: boolean; json?: boolean }>(people, async (here, _args, options) =>
    (await import('./commands/people.ts')).run(here, options),
  )
  examples(people, 'coach people')

  const person = program.command('person').description('one person: add, show, edit, archive')
  const about = (command: Command) =>
    command
      .addOption(new Option('--relation <what>', 'what the person is to you').choices(RELATIONS))
      .option('--role <text>', 'what the person does')
      .option('--cadence <days>', 'days between conversations, 14 by default')
      .option('--leads-others', 'the person leads people too')
  const personAdd = about(
    person.command('add').argument('<name...>', 'the full name').description('add a person'),
  )
  does<Parameters<typeof import('./commands/person.ts').add>[2]>(
    personAdd,
    async (here, args, options) =>
      (await import('./commands/person.ts')).add(here, args.join(' '), options),
  )
  examples(personAdd, 'coach person add "Ana Silva" --role "Account executive"')
  const personShow = person
    .command('show')
    .argument('<name...>', 'any unambiguous part of the name')
    .description('one person and what is open')
    .addOption(json())
  does<{ json?: boolean }>(personShow, async (here, args, options) =>
    (await import('./commands/person.ts')).show(here, args.join(' '), options),
  )
  examples(personShow, 'coach person show ana')
  const personEdit = about(
    person
      .command('edit')
      .argument('<name...>', 'any unambiguous part of the name')
      .description('correct what is known about a person')
      .option('--name <name>', 'the new name')
      .option('--no-leads-others', 'the person leads nobody'),
  )
  does<Parameters<typeof import('./commands/person.ts').edit>[2]>(
    personEdit,
    async (here, args, options) =>
      (await import('./commands/person.ts')).edit(here, args.join(' '), options),
  )
  examples(personEdit, 'coach person edit ana --cadence 7')
  const personArchive = person
    .command('archive')
    .argument('<name...>', 'any unambiguous part of the name')
    .description('take a person out of the lists; everything is kept')
    .option('--undo', 'bring the person back')
  does<{ undo?: boolean }>(personArchive, async (here, args, options) =>
    (await import('./commands/person.ts')).archive(here, args.join(' '), options),
  )
  examples(personArchive, 'coach person archive ana', 'coach person archive ana --undo')

  const history = program
    .command('history')
    .argument('[person...]', 'any unambiguous part of the name')
    .description('sessions, the newest first')
    .addOption(json())
  does<{ json?: boolean }>(history, async (here, args, options) =>
    (await import('./commands/history.ts')).run(here, nameIn(args), options),
  )
  examples(history, 'coach history ana')

  const show = program
    .command('show')
    .argument('<id>', 'the number of the session')
    .description('one session, private lines marked')
    .addOption(
      new Option('--format <format>', 'yaml prints an answers file').choices(['text', 'yaml']),
    )
    .addOption(json())
  does<Parameters<typeof import('./commands/show.ts').run>[2]>(
    show,
    async (here, [id = ''], options) => (await import('./commands/show.ts')).run(here, id, options),
  )
  examples(show, 'coach show 3', 'coach show 3 --format yaml')

  const edit = program
    .command('edit')
    .argument('<id>', 'the number of the session')
    .description('correct a session, prompt by prompt or from a file')
    .option('--answers <file>', 'take the corrections from a file, - for stdin')
  does<{ answers?: string }>(edit, async (here, [id = ''], options) =>
    (await import('./commands/edit.ts')).run(here, id, options),
  )
  examples(edit, 'coach edit 3', 'coach edit 3 --answers corrected.yaml')

  const remove = program
    .command('delete')
    .description('delete a session or an action item for good')
  for (const what of ['session', 'action'] as const) {
    const command = remove
      .command(what)
      .argument('<id>', `the number of the ${what === 'action' ? 'action item' : what}`)
      .description(
        what === 'session' ? 'a session with its answers and action items' : 'an action item',
      )
      .option('-y, --yes', 'do not ask')
    does<{ yes?: boolean }>(command, async (here, [id = ''], options) =>
      (await import('./commands/delete.ts'))[what](here, id, options),
    )
    examples(command, `coach delete ${what} 3`, `coach delete ${what} 3 --yes`)
  }

  const exportCommand = program
    .command('export')
    .argument('<what>', 'session, person or all')
    .argument('[which]', 'the number of the session, or the name of the person')
    .description('write a session, a person or everything as Markdown')
    .addOption(new Option('--format <format>', 'the format').choices(['md']).default('md'))
    .option('--shared', 'only what the person may read')
    .option('-o, --output <file>', 'a file, or a folder')
    .option('-f, --force', 'replace a file that is there')
  does<Parameters<typeof import('./commands/export.ts').run>[3]>(
    exportCommand,
    async (here, [what = '', which], options) =>
      (await import('./commands/export.ts')).run(here, what, which, options),
  )
  examples(
    exportCommand,
    'coach export session 3 --shared',
    'coach export person ana -o ana.md',
    'coach export all -o notes/',
  )

  program.commandsGroup('Getting to know it:')

  const demo = program.command('demo').description('a whole session on a throw-away notebook')
  does<object>(demo, async (here) => (await import('./commands/demo.ts')).run(here))
  examples(demo, 'coach demo')

  program.addHelpText(
    'after',
    '\nBegin with: coach session NAME\nYour notes stay on this machine. Report problems to the maintainers of your copy.',
  )
  return program
}
