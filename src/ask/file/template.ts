import { ACTION_WORDS } from '../../conversation/turns/action-wording.ts'
import type { Guide, Prompt, Step } from '../../conversation/guide.ts'
import type { Facts } from '../../conversation/turn.ts'
import { append } from '../../text/lists.ts'
import { ACTION_FIELDS, ASK_KINDS } from '../../model.ts'
import { escapeHarmful } from '../../text/text.ts'

/** An answers file for a guide, with every prompt as a comment: filled in, `--answers` takes it. */
export function answersTemplate(guide: Guide, facts: Facts, person: string): string {
  const lines = [
    `# ${guide.title}`,
    '# Fill in what you want to keep. Lines that begin with # do not count: to use one, take away',
    '# the mark and the blank behind it.',
    `person: ${escapeHarmful(JSON.stringify(person))}`,
    `guide: ${guide.id}`,
    '# held_on: the day of the conversation, from which “fri” and the like count; today when it is left out',
    `# held_on: ${facts.today}`,
  ]
  if (guide.promises) {
    lines.push(
      '',
      '# What became of what was promised: done, part, missed, dropped or carried (with “to: DATE”).',
      '# promises:',
      '#   - { item: 1, outcome: done }',
      '# What becomes of the notes in the inbox: observation, praise, topic, dropped or kept.',
      '# inbox:',
      '#   - { note: 1, becomes: topic }',
    )
  }
  for (const step of guide.steps) append(lines, ['', ...stepLines(step, facts)])
  if (guide.again) {
    lines.push(
      '',
      '# Several rounds stand in a list, each with the steps above:',
      '# rounds:',
      '#   - observation: …',
    )
  }
  return `${lines.join('\n')}\n`
}

function stepLines(step: Step, facts: Facts): string[] {
  const hasRequired = step.prompts.some((prompt) => prompt.required)
  return [
    `# ${step.title}`,
    ...(step.gate
      ? [`# ${step.gate.reason}: the reason, if there is no view of theirs above`]
      : []),
    `${hasRequired ? '' : '# '}${step.id}:`,
    ...step.prompts.flatMap((prompt) => promptLines(prompt, facts)),
  ]
}

function promptLines(prompt: Prompt, facts: Facts): string[] {
  const marks = [
    ...(prompt.required ? ['required'] : []),
    ...(prompt.visibility === 'private' ? ['private'] : []),
  ]
  const mark = marks.length > 0 ? ` (${marks.join(', ')})` : ''
  const head = `  # ${prompt.ask}${mark}${choiceWords(prompt, facts)}`
  if (prompt.kind === 'questions') {
    const kinds = prompt.kinds ?? ASK_KINDS
    return [
      head,
      `#   ${prompt.id}: # kinds: ${kinds.join(', ')}`,
      `#     - { kind: ${kinds[0]}, question: "…", heard: "…", opened: yes }`,
    ]
  }
  if (prompt.kind === 'gates') {
    return [
      head,
      `#   ${prompt.id}: # stages: ${facts.stages.map(({ id }) => id).join(', ')}`,
      ...facts.stages
        .slice(0, 1)
        .flatMap(({ id }) => [
          `#     - stage: ${id}`,
          '#       did: # what the seller did',
          '#       evidence: # what the customer said or did',
          '#       heard: # where there is no evidence: what you heard to the next question',
        ]),
    ]
  }
  if (prompt.kind === 'actions') {
    const [what, ...rest] = ACTION_FIELDS
    return [
      head,
      `#   ${prompt.id}:`,
      `#     - ${what}: ${prompt.example ?? ACTION_WORDS.what.example}`,
      ...rest.map((field) => `#       ${field}: # ${ACTION_WORDS[field].ask}`),
    ]
  }
  const value = prompt.example === undefined ? '' : ` ${JSON.stringify(prompt.example)}`
  return [head, prompt.required ? `  ${prompt.id}: ""` : `#   ${prompt.id}:${value}`]
}

function choiceWords(prompt: Prompt, facts: Facts): string {
  const choices = prompt.from ? facts[prompt.from] : prompt.choices
  if (choices && choices.length > 0) return ` ${choices.map((choice) => choice.id).join(', ')}`
  if (prompt.kind === 'rating') {
    const [low, high] = [prompt.anchors?.[0], prompt.anchors?.[4]]
    return low === undefined ? ' 1 to 5' : ` 1 (${low}) to 5 (${high})`
  }
  return prompt.kind === 'yes_no' ? ' yes or no' : ''
}
