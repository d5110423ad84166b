import { type Command, Option, type OptionValues } from 'commander'
import { type CommandLine, type GlobalFlags, type Group, nameIn } from './command-line.ts'
import type * as Action from '../commands/followup/action.ts'
import type * as Goal from '../commands/followup/goal.ts'
import { OWNERS } from '../model.ts'
import type { JsonOptions } from '../output/print.ts'

/** Action items outside a conversation, and goals. */
export function planCommands(line: CommandLine): void {
  actionCommands(line)
  goalCommands(line)
}

function actionCommands(line: CommandLine): void {
  const action = line.program.command('action').description('an action item outside a conversation')
  actionAdd(line, action)
  actionEdit(line, action)
  actionShow(line, action)
}

/** The flags that set the fields of an action item. */
function withFields<Args extends unknown[], Flags extends OptionValues>(
  command: Command<Args, Flags, GlobalFlags>,
) {
  return command
    .option('--due <when>', 'the day: fri, in 2 weeks, 2026-12-01')
    .addOption(new Option('--owner <who>', 'who does it').choices(OWNERS))
    .option('--if <text>', 'the moment to act')
    .option('--then <text>', 'what is done in that moment')
    .option('--else <text>', 'what is done if that does not work')
    .option('--obstacle <text>', 'what could get in the way')
    .option('--measure <text>', 'how you both see that it was done')
    .option('--support <text>', 'what you do to help')
    .option('--result <text>', 'the one result that should follow')
    .option('--check-in <when>', 'the day to look at it half way, if not at half time')
    .option('--repeat <how-often>', 'closing it makes the next one: every 2 weeks')
    .option('--goal <id>', 'the goal that it serves')
    .option('--past', 'take days that have passed')
}

function actionAdd({ does, examples }: CommandLine, action: Group): void {
  const add = withFields(
    action
      .command('add')
      .argument('<person>', 'any unambiguous part of the name')
      .argument('<what...>', 'one line, such as: send the deck by fri')
      .description('add an action item'),
  )
  does(add, async (here, [name, words], options: Action.AddOptions) =>
    (await import('../commands/followup/action.ts')).add(here, name, words, options),
  )
  examples(add, 'coach action add ana practise the opening by fri')
}

function actionEdit({ does, examples }: CommandLine, action: Group): void {
  const edit = withFields(
    action
      .command('edit')
      .argument('<id>', 'the number from coach review')
      .description('correct an action item; an empty text takes a field away')
      .option('--what <text>', 'what is to be done'),
  )
  does(edit, async (here, [id], options: Action.EditOptions) =>
    (await import('../commands/followup/action.ts')).edit(here, id, options),
  )
  examples(edit, 'coach action edit 7 --due fri', 'coach action edit 7 --obstacle ""')
}

function actionShow({ does, examples, json }: CommandLine, action: Group): void {
  const show = action
    .command('show')
    .argument('<id>', 'the number from coach review')
    .description('an action item with its whole history')
    .addOption(json())
  does(show, async (here, [id], options: JsonOptions) =>
    (await import('../commands/followup/action.ts')).show(here, id, options),
  )
  examples(show, 'coach action show 7')
}

/** Goals and their sub-goals. */
function goalCommands(line: CommandLine): void {
  const goal = line.program
    .command('goal')
    .description('goals and sub-goals: add, list, show, edit')
  goalAdd(line, goal)
  goalList(line, goal)
  goalShow(line, goal)
  goalEdit(line, goal)
  goalClose(line, goal)
}

/** The flags that set what is known about a goal. */
function withGoalFields<Args extends unknown[], Flags extends OptionValues>(
  command: Command<Args, Flags, GlobalFlags>,
) {
  return command
    .option('--due <when>', 'the day: in 3 months, 2026-12-31')
    .option('--stretch', 'it lies just beyond what they do today')
    .option('--past', 'take a day that has passed')
}

function goalAdd({ does, examples }: CommandLine, goal: Group): void {
  const add = withGoalFields(
    goal
      .command('add')
      .argument('<person>', 'any unambiguous part of the name')
      .argument('<what...>', 'what they work towards')
      .description('add a goal')
      .option('--under <id>', 'as a sub-goal of this goal'),
  )
  does(add, async (here, [name, words], options: Goal.AddOptions) =>
    (await import('../commands/followup/goal.ts')).add(here, name, words, options),
  )
  examples(add, 'coach goal add ana lead a renewal alone --stretch --due "in 3 months"')
}

function goalList({ does, examples, json }: CommandLine, goal: Group): void {
  const list = goal
    .command('list', { isDefault: true })
    .argument('[person...]', 'any unambiguous part of the name')
    .description('open goals, each with its sub-goals')
    .option('--all', 'closed ones too')
    .addOption(json())
  does(list, async (here, [words], options: Goal.ListOptions) =>
    (await import('../commands/followup/goal.ts')).list(here, nameIn(words), options),
  )
  examples(list, 'coach goal list', 'coach goal list ana --all')
}

function goalShow({ does, examples, json }: CommandLine, goal: Group): void {
  const show = goal
    .command('show')
    .argument('<id>', 'the number from coach goal list')
    .description('one goal, with its sub-goals, action items and history')
    .addOption(json())
  does(show, async (here, [id], options: JsonOptions) =>
    (await import('../commands/followup/goal.ts')).show(here, id, options),
  )
  examples(show, 'coach goal show 2')
}

function goalEdit({ does, examples }: CommandLine, goal: Group): void {
  const edit = withGoalFields(
    goal
      .command('edit')
      .argument('<id>', 'the number from coach goal list')
      .description('correct a goal, or open it again')
      .option('--what <text>', 'what they work towards')
      .option('--no-stretch', 'it is no stretch goal')
      .option('--open', 'open it again'),
  )
  does(edit, async (here, [id], options: Goal.EditOptions) =>
    (await import('../commands/followup/goal.ts')).edit(here, id, options),
  )
  examples(edit, 'coach goal edit 2 --due 2027-01-31', 'coach goal edit 2 --open')
}

function goalClose({ does, examples }: CommandLine, goal: Group): void {
  for (const [name, status, about] of [
    ['done', 'done', 'a goal was reached'],
    ['drop', 'dropped', 'a goal is not wanted any more'],
  ] as const) {
    const command = goal
      .command(name)
      .argument('<id>', 'the number from coach goal list')
      .description(about)
    does(command, async (here, [id]) =>
      (await import('../commands/followup/goal.ts')).close(here, id, status),
    )
    examples(command, `coach goal ${name} 2`)
  }
}
