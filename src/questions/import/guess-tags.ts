import { ASK_KINDS, type AskKind } from '../../model.ts'
import type { Vocabulary } from '../bank/schema.ts'
import type { Listed } from './entry.ts'
import { foldWords } from '../bank/similar.ts'
import { KIND_WORDS, STYLE_WORDS, TAG_WORDS } from './tag-words.ts'

/**
 * The tags that the words of a question and of its heading speak for; those that it has already stay. Nothing is tagged
 * on weak signs but the kind, without which a question is never offered.
 */
export function tagQuestion(question: Listed, vocabulary: Vocabulary): Listed {
  const words = foldWords(question.text).join(' ')
  const heading = foldWords(question.section).join(' ')
  const kinds = question.kinds?.length ? question.kinds : kindsOf(words, heading)
  const style = question.style ?? STYLE_WORDS.find(([, hint]) => hint.test(words))?.[0]
  const { stages = [], areas = [], skills = [] } = question
  const tagged = { stages, areas, skills }
  for (const what of ['stages', 'areas', 'skills'] as const) {
    if (tagged[what].length > 0) continue
    tagged[what] = vocabulary[what]
      .filter(({ id, title }) => {
        const titleWords = foldWords(title).join(' ')
        const hint = TAG_WORDS[what][id] ?? wholeWords(titleWords)
        return hint.test(words) || heading === titleWords || heading === foldWords(id).join(' ')
      })
      .map(({ id }) => id)
  }
  return { ...question, ...tagged, kinds: [...kinds], ...(style ? { style } : {}) }
}

function kindsOf(words: string, heading: string): readonly AskKind[] {
  const scores = ASK_KINDS.map((kind) => {
    const { strong, weak, heading: above } = KIND_WORDS[kind]
    const said = (strong.test(words) ? 3 : 0) + (weak.test(words) ? 2 : 0)
    return { kind, score: said + (above.test(heading) ? 1 : 0), isStrong: strong.test(words) }
  }).toSorted((a, b) => b.score - a.score)
  const [first, second] = scores
  if (!first || !second || first.score === 0) return []
  return first.isStrong && second.isStrong ? [first.kind, second.kind] : [first.kind]
}

function wholeWords(words: string): RegExp {
  return words.length < 4 ? /$^/ : new RegExp(`\\b${words}\\b`)
}
