import { sayDay } from '../../dates/day.ts'
import type { Vocabulary } from '../../questions/bank/schema.ts'
import { count } from '../../text/text.ts'
import { columns, hang, type Style } from '../../output/layout.ts'

/** A skill, how many questions are about it, and how somebody was rated on it. */
export interface SkillPage {
  readonly skill: Vocabulary['skills'][number]
  readonly questions: number
  /** The oldest first; null where it is about nobody. */
  readonly ratings: readonly { readonly value: string; readonly on: string }[] | null
  readonly person: string | null
}

/** The skills, one line each. */
export function renderSkills(pages: readonly SkillPage[], style: Style): string {
  const rows = pages.map(({ skill, questions }) => [
    skill.id,
    [skill.about ?? skill.title, count(questions, 'question')].join(' · '),
  ])
  return `${columns(rows, style.width)}\n`
}

/** A skill with what its ratings mean, and how a person has moved on it. */
export function renderSkill(page: SkillPage, { paint, width, today }: Style): string {
  const { skill, ratings, person } = page
  const head = [
    paint.bold(skill.title),
    ...(skill.about === undefined ? [] : [hang('', skill.about, width)]),
  ]
  const anchors = (skill.anchors ?? []).map((text, at) => hang(`  ${at + 1}  `, text, width))
  const trend =
    ratings === null
      ? []
      : ratings.length === 0
        ? [paint.dim(hang('', `${person ?? ''} has not been rated on it.`, width))]
        : [
            hang(
              '',
              `${person ?? ''}: ${ratings.map(({ value, on }) => `${value} (${sayDay(on, today)})`).join(', ')}. For you alone.`,
              width,
            ),
          ]
  const blocks = [
    head,
    anchors.length > 0 ? anchors : [paint.dim('Its ratings have no words of their own.')],
    trend,
    [paint.dim(`${count(page.questions, 'question')}: coach questions list --skill ${skill.id}`)],
  ]
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`
}

/** The shape of `coach skill list --json` and `coach skill show --json`. */
export function skillJson({ skill, questions, ratings, person }: SkillPage): object {
  const { id, title, about = null, anchors = [] } = skill
  const whole = { id, title, about, anchors, questions }
  return person === null ? whole : { ...whole, person, ratings }
}
