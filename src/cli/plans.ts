import { type Command, Option } from 'commander'
import { OWNERS } from '../model.ts'
import type { CommandLine } from './command-line.ts'

/** Action items outside a conversation, and goals. */
export function planCommands(line: CommandLine): void {
  actionCommands(line)
  goalCommands(line)
}

function actionCommands({ program, does, examples, json }: CommandLine): void {
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
      .option('--result <text>', 'the one result that should follow')
      .option('--check-in <when>', 'the day to look at it half way, if not at half time')
      .option('--repeat <how-often>', 'closing it makes the next one: every 2 weeks')
      .option('--goal <id>', 'the goal that it serves')
      .option('--past', 'take days that have passed')
  const actionAdd = fields(
    action
      .command('add')
      .argument('<person>', 'any unambiguous part of the name')
      .argument('<what...>', 'one line, such as: send the deck by fri')
      .description('add an action item'),
  )
  does<Parameters<typeof import('../commands/followup/action.ts').add>[3]>(
    actionAdd,
    async (here, [name = '', ...words], options) =>
      (await import('../commands/followup/action.ts')).add(here, name, words, options),
  )
  examples(actionAdd, 'coach action add ana practise the opening by fri')
  const actionEdit = fields(
    action
      .command('edit')
      .argument('<id>', 'the number from coach review')
      .description('correct an action item; an empty text takes a field away')
      .option('--what <text>', 'what is to be done'),
  )
  does<Parameters<typeof import('../commands/followup/action.ts').edit>[2]>(
    actionEdit,
    async (here, [id = ''], options) =>
      (await import('../commands/followup/action.ts')).edit(here, id, options),
  )
  examples(actionEdit, 'coach action edit 7 --due fri', 'coach action edit 7 --obstacle ""')
  const actionShow = action
    .command('show')
    .argument('<id>', 'the number from coach review')
    .description('an action item with its whole history')
    .addOption(json())
  does<{ json?: boolean }>(actionShow, async (here, [id = ''], options) =>
    (await import('../commands/followup/action.ts')).show(here, id, options),
  )
  examples(actionShow, 'coach action show 7')
}

/** Goals and their sub-goals. */
function goalCommands({ program, does, examples, json, nameIn }: CommandLine): void {
  const goal = program.command('goal').description('goals and sub-goals: add, list, show, edit')
  const fields = (command: Command) =>
    command
      .option('--due <when>', 'the day: in 3 months, 2026-12-31')
      .option('--stretch', 'it lies just beyond what they do today')
      .option('--past', 'take a day that has passed')
  const add = fields(
    goal
      .command('add')
      .argument('<person>', 'any unambiguous part of the name')
      .argument('<what...>', 'what they work towards')
      .description('add a goal')
      .option('--under <id>', 'as a sub-goal of this goal'),
  )
  does<Parameters<typeof import('../commands/followup/goal.ts').add>[3]>(
    add,
    async (here, [name = '', ...words], options) =>
      (await import('../commands/followup/goal.ts')).add(here, name, words, options),
  )
  examples(add, 'coach goal add ana lead a renewal alone --stretch --due "in 3 months"')
  const list = goal
    .command('list', { isDefault: true })
    .argument('[person...]', 'any unambiguous part of the name')
    .description('open goals, each with its sub-goals')
    .option('--all', 'closed ones too')
    .addOption(json())
  does<{ all?: boolean; json?: boolean }>(list, async (here, args, options) =>
    (await import('../commands/followup/goal.ts')).list(here, nameIn(args), options),
  )
  examples(list, 'coach goal list', 'coach goal list ana --all')
  const show = goal
    .command('show')
    .argument('<id>', 'the number from coach goal list')
    .description('one goal, with its sub-goals, action items and history')
    .addOption(json())
  does<{ json?: boolean }>(show, async (here, [id = ''], options) =>
    (await import('../commands/followup/goal.ts')).show(here, id, options),
  )
  examples(show, 'coach goal show 2')
  const edit = fields(
    goal
      .command('edit')
      .argument('<id>', 'the number from coach goal list')
      .description('correct a goal, or open it again')
      .option('--what <text>', 'what they work towards')
      .option('--no-stretch', 'it is no stretch goal')
      .option('--open', 'open it again'),
  )
  does<Parameters<typeof import('../commands/followup/goal.ts').edit>[2]>(
    edit,
    async (here, [id = ''], options) =>
      (await import('../commands/followup/goal.ts')).edit(here, id, options),
  )
  examples(edit, 'coach goal edit 2 --due 2027-01-31', 'coach goal edit 2 --open')
  for (const [name, status, about] of [
    ['done', 'done', 'a goal was reached'],
    ['drop', 'dropped', 'a goal is not wanted any more'],
  ] as const) {
    const command = goal
      .command(name)
      .argument('<id>', 'the number from coach goal list')
      .description(about)
    does<object>(command, async (here, [id = '']) =>
      (await import('../commands/followup/goal.ts')).close(here, id, status),
    )
    examples(command, `coach goal ${name} 2`)
  }
}
