import type { CommandLine, Group } from './command-line.ts'
import type { SkillOptions } from '../commands/questions/skill.ts'
import type { JsonOptions } from '../output/print.ts'

/** The words that a team works with, and its settings. */
export function vocabularyCommands(line: CommandLine): void {
  skillCommands(line)
  configCommands(line)
}

function skillCommands(line: CommandLine): void {
  const skill = line.program.command('skill').description('the skills and what their ratings mean')
  skillList(line, skill)
  skillShow(line, skill)
}

function skillList({ does, examples, json }: CommandLine, skill: Group): void {
  const list = skill
    .command('list', { isDefault: true })
    .description('the skills')
    .addOption(json())
  does(list, async (here, _args, options: JsonOptions) =>
    (await import('../commands/questions/skill.ts')).list(here, options),
  )
  examples(list, 'coach skill list')
}

function skillShow({ does, examples, json }: CommandLine, skill: Group): void {
  const show = skill
    .command('show')
    .argument('<id>', 'the skill, such as listening')
    .description('what the ratings 1 to 5 of a skill mean')
    .option('--person <name>', 'with how somebody was rated over time')
    .addOption(json())
  does(show, async (here, [id], options: SkillOptions) =>
    (await import('../commands/questions/skill.ts')).show(here, id, options),
  )
  examples(show, 'coach skill show listening', 'coach skill show listening --person ana')
}

function configCommands(line: CommandLine): void {
  const config = line.program
    .command('config')
    .description('settings and words of your own: show, set, unset, copy')
  configShow(line, config)
  configSet(line, config)
  configUnset(line, config)
  configCopy(line, config)
}

function configShow({ does, examples, json }: CommandLine, config: Group): void {
  const show = config
    .command('show', { isDefault: true })
    .description('every setting, where it comes from, and where your files are')
    .addOption(json())
  does(show, async (here, _args, options: JsonOptions) =>
    (await import('../commands/questions/config.ts')).show(here, options),
  )
  examples(show, 'coach config show', 'coach config show --json')
}

function configSet({ does, examples }: CommandLine, config: Group): void {
  const set = config
    .command('set')
    .argument('<key>', 'language, banks or shipped_banks')
    .argument('<value...>', 'its value')
    .description('write a setting into your config.yaml')
  does(set, async (here, [key, values]) =>
    (await import('../commands/questions/config.ts')).set(here, key, values),
  )
  examples(set, 'coach config set language es', 'coach config set banks ~/team-banks')
}

function configUnset({ does, examples }: CommandLine, config: Group): void {
  const unset = config
    .command('unset')
    .argument('<key>', 'a setting, or a list of words')
    .description('take a setting out of your config.yaml')
  does(unset, async (here, [key]) =>
    (await import('../commands/questions/config.ts')).unset(here, key),
  )
  examples(unset, 'coach config unset language')
}

function configCopy({ does, examples }: CommandLine, config: Group): void {
  const copy = config
    .command('copy')
    .argument('[list...]', 'stages, areas or skills; all three without it')
    .description('put the words that ship into your config.yaml, to change them there')
  does(copy, async (here, [keys]) =>
    (await import('../commands/questions/config.ts')).copy(here, keys),
  )
  examples(copy, 'coach config copy stages', 'coach config copy')
}
