import { type Command, Option, type OptionValues } from 'commander'
import { type CommandLine, type GlobalFlags, type Group, nameIn } from './command-line.ts'
import type { AddOptions } from '../commands/questions/add.ts'
import type { ImportOptions } from '../commands/questions/import.ts'
import type { ListOptions, PickOptions } from '../commands/questions/questions.ts'
import { ASK_KINDS, QUESTION_STYLES } from '../model.ts'
import type { JsonOptions } from '../output/print.ts'

/** The banks of questions. */
export function questionCommands(line: CommandLine): void {
  const questions = line.program
    .command('questions')
    .description('the questions you may ask: list, pick, add, check, import')
  listCommand(line, questions)
  pickCommand(line, questions)
  addCommand(line, questions)
  importCommand(line, questions)
  lintCommand(line, questions)
  banksCommand(line, questions)
}

/** The flags that say which questions are wanted. */
function withFilters<Args extends unknown[], Flags extends OptionValues>(
  command: Command<Args, Flags, GlobalFlags>,
) {
  return command
    .addOption(new Option('--kind <kind>', 'the kind of Ask').choices(ASK_KINDS))
    .option('--stage <id>', 'for a stage of the sale')
    .option('--area <id>', 'for a coaching area')
    .option('--skill <id>', 'for a skill')
    .option('--from <bank>', 'of one bank')
    .option('--language <code>', 'in a language, such as en or es')
}

function listCommand({ does, examples, json }: CommandLine, questions: Group): void {
  const list = withFilters(
    questions
      .command('list')
      .argument('[id]', 'one question, with all about it')
      .description('every question, bank by bank'),
  )
    .addOption(new Option('--style <style>', 'of one style').choices(QUESTION_STYLES))
    .option('--all', 'retired ones and those in other languages too')
    .addOption(json())
  does(list, async (here, [id], options: ListOptions) =>
    (await import('../commands/questions/questions.ts')).list(here, id, options),
  )
  examples(
    list,
    'coach questions list --kind stretch --stage discover',
    'coach questions list --json',
  )
}

function pickCommand({ does, examples, json }: CommandLine, questions: Group): void {
  const pick = withFilters(
    questions
      .command('pick')
      .argument('[person...]', 'any unambiguous part of the name')
      .description('questions that fit: for a person, a stage, a kind'),
  )
    .option('--many <n>', 'how many, 3 by default')
    .option('--why', 'with the reasons for each')
    .addOption(json())
  does(pick, async (here, [words], options: PickOptions) =>
    (await import('../commands/questions/questions.ts')).pickQuestions(
      here,
      nameIn(words),
      options,
    ),
  )
  examples(
    pick,
    'coach questions pick ana --why',
    'coach questions pick --from onboarding --many 5',
  )
}

/** A flag that may stand several times: what it held before, and one more. */
const several = (value: string, before: readonly string[] | undefined) => [...(before ?? []), value]

function addCommand({ does, examples }: CommandLine, questions: Group): void {
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
  does(add, async (here, [words], options: AddOptions) =>
    (await import('../commands/questions/add.ts')).run(here, nameIn(words), options),
  )
  examples(
    add,
    'coach questions add',
    'coach questions add "What did the silence tell you?" --kind obstacle',
  )
}

function importCommand({ does, examples, json }: CommandLine, questions: Group): void {
  const importList = questions
    .command('import')
    .argument('<file>', 'a list of questions: text, Markdown, CSV or JSON; - for stdin')
    .description('take a list of questions into a bank of your own')
    .option('--to <bank>', 'the bank of yours to put them in; named after the file without it')
    .option('--language <code>', 'the language of the list')
    .option('-n, --dry-run', 'only say what would be taken')
    .addOption(json())
  does(importList, async (here, [file], options: ImportOptions) =>
    (await import('../commands/questions/import.ts')).run(here, file, options),
  )
  examples(
    importList,
    'coach questions import one-on-ones.md --dry-run',
    'coach questions import list.csv --to our-questions',
  )
}

function lintCommand({ does, examples, json }: CommandLine, questions: Group): void {
  const lint = questions
    .command('lint')
    .argument('[file]', 'a bank, or plain lines; - for stdin; your own banks without it')
    .description('hints for questions and feedback: closed, leading, two in one, …')
    .addOption(json())
  does(lint, async (here, [file], options: JsonOptions) =>
    (await import('../commands/questions/lint.ts')).run(here, file, options),
  )
  examples(lint, 'coach questions lint our-questions.yaml', 'coach questions lint -')
}

function banksCommand({ does, examples, json }: CommandLine, questions: Group): void {
  const banks = questions
    .command('banks', { isDefault: true })
    .description('where questions come from: layers, counts, what replaces what, problems')
    .addOption(json())
  does(banks, async (here, _args, options: JsonOptions) =>
    (await import('../commands/questions/questions.ts')).banks(here, options),
  )
  examples(banks, 'coach questions banks', 'coach questions banks --bank ../team-banks')
}
