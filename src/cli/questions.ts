import { type Command, Option } from 'commander'
import { ASK_KINDS, QUESTION_STYLES } from '../model.ts'
import type { CommandLine } from './command-line.ts'

/** What is asked: the banks of questions, and the words that a team works with. */
export function contentCommands({ program, does, examples, json, nameIn }: CommandLine): void {
  const questions = program
    .command('questions')
    .description('the questions you may ask: list, pick, add, check, import')
  const filters = (command: Command) =>
    command
      .addOption(new Option('--kind <kind>', 'the kind of Ask').choices(ASK_KINDS))
      .option('--stage <id>', 'for a stage of the sale')
      .option('--area <id>', 'for a coaching area')
      .option('--skill <id>', 'for a skill')
      .option('--from <bank>', 'of one bank')
      .option('--language <code>', 'in a language, such as en or es')

  const list = filters(
    questions
      .command('list')
      .argument('[id]', 'one question, with all about it')
      .description('every question, bank by bank'),
  )
    .addOption(new Option('--style <style>', 'of one style').choices(QUESTION_STYLES))
    .option('--all', 'retired ones and those in other languages too')
    .addOption(json())
  does<Parameters<typeof import('../commands/questions/questions.ts').list>[2]>(
    list,
    async (here, [id], options) =>
      (await import('../commands/questions/questions.ts')).list(here, id, options),
  )
  examples(
    list,
    'coach questions list --kind stretch --stage discover',
    'coach questions list --json',
  )

  const pick = filters(
    questions
      .command('pick')
      .argument('[person...]', 'any unambiguous part of the name')
      .description('questions that fit: for a person, a stage, a kind'),
  )
    .option('--many <n>', 'how many, 3 by default')
    .option('--why', 'with the reasons for each')
    .addOption(json())
  does<Parameters<typeof import('../commands/questions/questions.ts').pickQuestions>[2]>(
    pick,
    async (here, args, options) =>
      (await import('../commands/questions/questions.ts')).pickQuestions(
        here,
        nameIn(args),
        options,
      ),
  )
  examples(
    pick,
    'coach questions pick ana --why',
    'coach questions pick --from onboarding --many 5',
  )

  const several = (value: string, before: readonly string[] | undefined) => [
    ...(before ?? []),
    value,
  ]
  const add = questions
    .command('add')
    .argument('[text...]', 'the question; without it, you are asked')
    .description('add a question of your own, in a short conversation or by flags')
    .option('--kind <kind>', 'the kind of Ask; may stand several times', several)
    .option('--stage <id>', 'for a stage; may stand several times', several)
    .option('--area <id>', 'for an area; may stand several times', several)
    .option('--skill <id>', 'for a skill; may stand several times', several)
    .option('--step <id>', 'for a step of a guide; may stand several times', several)
    .option('--style <style>', 'open, scaling, hypothetical, perspective, exploring or next_step')
    .option('--why <text>', 'what the question is good for, in one line')
    .option('--id <id>', 'its id; made from the text without it')
    .option('--to <bank>', 'the bank of yours to put it in, my-questions by default')
    .option('--language <code>', 'its language, such as en or es')
  does<Parameters<typeof import('../commands/questions/add.ts').run>[2]>(
    add,
    async (here, args, options) =>
      (await import('../commands/questions/add.ts')).run(here, nameIn(args), options),
  )
  examples(
    add,
    'coach questions add',
    'coach questions add "What did the silence tell you?" --kind obstacle',
  )

  const importList = questions
    .command('import')
    .argument('<file>', 'a list of questions: text, Markdown, CSV or JSON; - for stdin')
    .description('take a list of questions into a bank of your own')
    .option('--to <bank>', 'the bank of yours to put them in; named after the file without it')
    .option('--language <code>', 'the language of the list')
    .option('-n, --dry-run', 'only say what would be taken')
    .addOption(json())
  does<Parameters<typeof import('../commands/questions/import.ts').run>[2]>(
    importList,
    async (here, [file = ''], options) =>
      (await import('../commands/questions/import.ts')).run(here, file, options),
  )
  examples(
    importList,
    'coach questions import one-on-ones.md --dry-run',
    'coach questions import list.csv --to our-questions',
  )

  const lint = questions
    .command('lint')
    .argument('[file]', 'a bank, or plain lines; - for stdin; your own banks without it')
    .description('hints for questions and feedback: closed, leading, two in one, …')
    .addOption(json())
  does<{ json?: boolean }>(lint, async (here, [file], options) =>
    (await import('../commands/questions/lint.ts')).run(here, file, options),
  )
  examples(lint, 'coach questions lint our-questions.yaml', 'coach questions lint -')

  const banks = questions
    .command('banks', { isDefault: true })
    .description('where questions come from: layers, counts, what replaces what, problems')
    .addOption(json())
  does<{ json?: boolean }>(banks, async (here, _args, options) =>
    (await import('../commands/questions/questions.ts')).banks(here, options),
  )
  examples(banks, 'coach questions banks', 'coach questions banks --bank ../team-banks')

  const skill = program.command('skill').description('the skills and what their ratings mean')
  const skillList = skill
    .command('list', { isDefault: true })
    .description('the skills')
    .addOption(json())
  does<{ json?: boolean }>(skillList, async (here, _args, options) =>
    (await import('../commands/questions/skill.ts')).list(here, options),
  )
  examples(skillList, 'coach skill list')
  const skillShow = skill
    .command('show')
    .argument('<id>', 'the skill, such as listening')
    .description('what the ratings 1 to 5 of a skill mean')
    .option('--person <name>', 'with how somebody was rated over time')
    .addOption(json())
  does<Parameters<typeof import('../commands/questions/skill.ts').show>[2]>(
    skillShow,
    async (here, [id = ''], options) =>
      (await import('../commands/questions/skill.ts')).show(here, id, options),
  )
  examples(skillShow, 'coach skill show listening', 'coach skill show listening --person ana')

  const config = program
    .command('config')
    .description('settings and words of your own: show, set, unset, copy')
  const configShow = config
    .command('show', { isDefault: true })
    .description('every setting, where it comes from, and where your files are')
    .addOption(json())
  does<{ json?: boolean }>(configShow, async (here, _args, options) =>
    (await import('../commands/questions/config.ts')).show(here, options),
  )
  examples(configShow, 'coach config show', 'coach config show --json')
  const configSet = config
    .command('set')
    .argument('<key>', 'language, banks or shipped_banks')
    .argument('<value...>', 'its value')
    .description('write a setting into your config.yaml')
  does<object>(configSet, async (here, [key = '', ...values]) =>
    (await import('../commands/questions/config.ts')).set(here, key, values),
  )
  examples(configSet, 'coach config set language es', 'coach config set banks ~/team-banks')
  const configUnset = config
    .command('unset')
    .argument('<key>', 'a setting, or a list of words')
    .description('take a setting out of your config.yaml')
  does<object>(configUnset, async (here, [key = '']) =>
    (await import('../commands/questions/config.ts')).unset(here, key),
  )
  examples(configUnset, 'coach config unset language')
  const configCopy = config
    .command('copy')
    .argument('[list...]', 'stages, areas or skills; all three without it')
    .description('put the words that ship into your config.yaml, to change them there')
  does<object>(configCopy, async (here, keys) =>
    (await import('../commands/questions/config.ts')).copy(here, keys),
  )
  examples(configCopy, 'coach config copy stages', 'coach config copy')
}
