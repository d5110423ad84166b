import { ASK_TITLES } from '../../conversation/turns/prompt-turns.ts'
import type { Question } from '../../questions/bank/schema.ts'
import type { BankEntry, Library } from '../../questions/bank/build-library.ts'
import type { Picked } from '../../questions/bank/pick.ts'
import { count, sayList } from '../../text/text.ts'
import { columns, hang, type Style, wrap } from '../../output/layout.ts'

/** Questions bank by bank, each with its id and what it fits. */
export function renderQuestions(questions: readonly Question[], style: Style): string {
  const { paint, width } = style
  const banks = [...new Set(questions.map((one) => one.bank))]
  const blocks = banks.map((bank) => {
    const mine = questions.filter((one) => one.bank === bank)
    return [
      paint.bold(`${bank} (${mine.length})`),
      ...mine.flatMap((one) => [hang('  ', one.text, width), paint.dim(aboutLine(one, width))]),
    ].join('\n')
  })
  return `${blocks.join('\n\n')}\n`
}

function aboutLine(question: Question, width: number): string {
  const parts = [
    question.id,
    ...question.kinds,
    ...question.stages,
    ...question.areas,
    ...question.skills,
    question.style,
    ...(question.retired ? ['retired'] : []),
  ]
  return hang('    ', parts.join(' · '), width)
}

/** One question with all that its bank says of it. */
export function renderQuestion(question: Question, style: Style): string {
  const rows = [
    ['  Id', question.id],
    ['  Bank', `${question.bank} (${question.layer}), ${question.language}`],
    ['  Kinds', question.kinds.map((kind) => ASK_TITLES[kind]).join(', ') || 'none'],
    ['  Steps', question.steps.join(', ') || 'all'],
    ['  Stages', question.stages.join(', ') || 'all'],
    ['  Areas', question.areas.join(', ') || 'all'],
    ['  Skills', question.skills.join(', ') || 'all'],
    ['  Style', question.style],
    ...question.follow_ups.map((one) => ['  Then', one]),
    ...(question.why === undefined ? [] : [['  Why', question.why]]),
    ...(question.retired ? [['  Retired', 'hidden; what was said about it is kept']] : []),
  ]
  const text = wrap(question.text, style.width).map((line) => style.paint.bold(line))
  return `${[...text, columns(rows, style.width)].join('\n')}\n`
}

/** Picked questions, best first; with `isWhy`, what spoke for each. */
export function renderPicked(
  { picked, isWhy }: { readonly picked: readonly Picked[]; readonly isWhy: boolean },
  { paint, width }: Style,
): string {
  const lines = picked.flatMap(({ question, reasons }, at) => [
    hang(`${at + 1}  `, question.text, width),
    ...question.follow_ups.map((one) => paint.dim(hang('   then: ', one, width))),
    ...(isWhy
      ? [
          paint.dim(hang('   ', `${question.id} · ${reasons.join(' · ')}`, width)),
          ...(question.why === undefined ? [] : [paint.dim(hang('   ', question.why, width))]),
        ]
      : []),
  ])
  return `${lines.join('\n')}\n`
}

/** Where questions come from: each layer with its banks, what they replace and hide. */
export function renderBanks(
  { banks, language }: Pick<Library, 'banks' | 'language'>,
  { paint, width }: Style,
): string {
  const layers = [...new Set(banks.map((bank) => bank.layer))]
  const blocks = layers.map((layer) => {
    const mine = banks.filter((bank) => bank.layer === layer)
    const rows = mine.map((bank) => [`  ${bank.id}`, sayBank(bank, language)])
    return [...wrap(layer, width).map((one) => paint.bold(one)), columns(rows, width)].join('\n')
  })
  return `${blocks.join('\n\n')}\n`
}

function sayBank(bank: BankEntry, language: string): string {
  const parts = [
    count(bank.questions, 'question'),
    ...(bank.language === language ? [] : [`language ${bank.language}, not offered now`]),
    ...(bank.use === 'named' ? ['offered where it is named'] : []),
    ...(bank.replaces.length > 0 ? [`replaces ${some(bank.replaces)}`] : []),
    ...(bank.retires.length > 0 ? [`hides ${some(bank.retires)}`] : []),
  ]
  return parts.join(' · ')
}

function some(ids: readonly string[]): string {
  const shown = ids.slice(0, 3)
  const more = ids.length - shown.length
  return more > 0 ? `${shown.join(', ')} and ${more} more` : sayList(shown)
}

/** The shape of `coach questions list --json`; lists where a question can have several. */
export function questionJson(question: Question): object {
  const { id, text, language, bank, layer, kinds, steps, stages, areas, skills, style } = question
  const { follow_ups: followUps, why = null, retired } = question
  return {
    id,
    text,
    language,
    bank,
    layer,
    kinds,
    steps,
    stages,
    areas,
    skills,
    style,
    follow_ups: followUps,
    why,
    retired,
  }
}

/** The shape of `coach questions pick --json`. */
export function pickedJson({ question, reasons }: Picked): object {
  return { ...questionJson(question), reasons }
}

/** The shape of `coach questions banks --json`. */
export function bankJson(bank: BankEntry): object {
  const { id, title, language, use, layer, path, questions, replaces, retires } = bank
  return { id, title, language, use, layer, path, questions, replaces, retires }
}
