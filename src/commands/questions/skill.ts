import { notFound } from '../../errors.ts'
import type { World } from '../../world.ts'
import type { Library } from '../../questions/bank/build-library.ts'
import {
  renderSkill,
  renderSkills,
  skillJson,
  type SkillPage,
} from '../../render/questions/skills.ts'
import { quote } from '../../text/text.ts'
import { findPerson } from '../lookup.ts'
import { loadLibrary } from '../../library/load-library.ts'
import { type JsonOptions, print, printJson } from '../../output/print.ts'

/** `coach skill list` */
export async function list(world: World, options: JsonOptions): Promise<void> {
  const library = await loadLibrary(world)
  const { vocabulary } = library
  const pages = vocabulary.skills.map((skill) => ({
    skill,
    questions: questionsAbout(library, skill.id),
    ratings: null,
    person: null,
  }))
  if (options.json) printJson(world, pages.map(skillJson))
  else if (pages.length > 0) print(world, pages, renderSkills)
  else world.tell('There are no skills. They stand in a config.yaml: coach config\n')
}

/** How many questions are about a skill, of those in the language that is offered. */
function questionsAbout({ questions, language }: Library, skill: string): number {
  return questions.filter((one) => one.language === language && one.skills.includes(skill)).length
}

/** Flags of `coach skill show`. */
export interface SkillOptions extends JsonOptions {
  readonly person?: string
}

/** `coach skill show ID [--person NAME]` */
export async function show(world: World, id: string, options: SkillOptions): Promise<void> {
  const library = await loadLibrary(world)
  const { vocabulary } = library
  const skill =
    vocabulary.skills.find((one) => one.id === id) ??
    vocabulary.skills.find((one) => one.title.toLowerCase() === id.toLowerCase())
  if (!skill) {
    throw notFound(`There is no skill ${quote(id)}.`, 'See all of them with: coach skill list')
  }
  const notebook = await world.read()
  const person = options.person === undefined ? null : findPerson(notebook, options.person).person
  const page: SkillPage = {
    skill,
    questions: questionsAbout(library, skill.id),
    ratings: person && notebook ? notebook.answers.skillRatings(person.id, skill.id) : null,
    person: person?.name ?? null,
  }
  if (options.json) printJson(world, skillJson(page))
  else print(world, page, renderSkill)
}
