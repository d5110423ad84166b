import { type Command, Option } from 'commander'
import { ASK_KINDS } from '../model.ts'
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
    .option('--style <style>', 'of one style, such as scaling')
    .option('--all', 'retired ones too')
    .addOption(json())
  does<Parameters<typeof import('../commands/questions.ts').list>[2]>(
    list,
    async (here, [id], options) =>
      (await import('../commands/questions.ts')).list(here, id, options),
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
  does<Parameters<typeof import('../commands/questions.ts').pickQuestions>[2]>(
    pick,
    async (here, args, options) =>
      (await import('../commands/questions.ts')).pickQuestions(here, nameIn(args), options),
  )
  examples(
    pick,
    'coach questions pick ana --why',
    'coach questions pick --from onboarding --many 5',
  )

  const lint = questions
    .command('lint')
    .argument('[file]', 'a bank, or plain lines; - for stdin; your own banks without it')
    .description('hints for questions and feedback: closed, leading, two in one, …')
    .addOption(json())
  does<{ json?: boolean }>(lint, async (here, [file], options) =>
    (await import('../commands/questions-lint.ts')).run(here, file, options),
  )
  examples(lint, 'coach questions lint our-questions.yaml', 'coach questions lint -')

  const banks = questions
    .command('banks')
    .description('where questions come from: layers, counts, what replaces what, problems')
    .addOption(json())
  does<{ json?: boolean }>(banks, async (here, _args, options) =>
    (await import('../commands/questions.ts')).banks(here, options),
  )
  examples(banks, 'coach questions banks', 'coach questions banks --bank ../team-banks')
}
