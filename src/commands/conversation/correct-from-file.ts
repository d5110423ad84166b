import type { AnswersFile } from '../../ask/file/read-answers.ts'
import { actionPlace, type Answer } from '../../model.ts'
import type { Problem } from '../../text/file-problem.ts'

/**
 * A correction names action items by their place in the list. A list that is shorter, or in another order, would put
 * the words of one item on another, with its history.
 */
export function listProblems(file: AnswersFile, answers: readonly Answer[]): readonly Problem[] {
  const kept = answers.filter(
    (answer) => answer.state === 'answered' && actionPlace(answer.path)?.field === 'what',
  )
  const keys = kept.map((answer) => `${answer.round}/${answer.path}`)
  const given = keys.map((key) => file.entries.get(key))
  if (given.every((entry) => entry === undefined)) return []
  return kept.flatMap((answer, at) => {
    const entry = given[at]
    if (entry === undefined) {
      const message = `the list leaves out “${answer.value}”; to remove it: coach delete action ${answer.itemId}`
      return [file.source.problemAt([], message)]
    }
    const isAnother = kept.some((other) => other !== answer && other.value === entry.text.trim())
    return isAnother && entry.text.trim() !== answer.value
      ? [file.source.problemAt(entry.at, `stands here in the place of “${answer.value}”`)]
      : []
  })
}

/** A correction repeats what became of earlier items; what is only repeated changes nothing. */
export function withoutSettled(file: AnswersFile, answers: readonly Answer[]): AnswersFile {
  const isRepeated = (key: string, text: string) =>
    (key.startsWith('0/promises.') || key.startsWith('0/inbox.')) &&
    answers.some((answer) => `${answer.round}/${answer.path}` === key && answer.value === text)
  return {
    ...file,
    entries: new Map([...file.entries].filter(([key, entry]) => !isRepeated(key, entry.text))),
  }
}
