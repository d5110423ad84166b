import { ASK_KINDS, QUESTION_STYLES } from '../../model.ts'
import { safe } from '../../text/text.ts'
import type { Vocabulary } from '../bank/schema.ts'
import type { NewQuestion } from '../bank/append.ts'
import { MAX_TEXT } from './entry.ts'
import { foldWords } from '../bank/similar.ts'

/** Names that columns and keys have in lists that people publish. */
const COLUMNS = new Map(
  Object.entries({
    text: 'question questions text prompt prompts ask content q questiontext pregunta preguntas frage',
    title: 'title name',
    kinds: 'kind kinds',
    stages: 'stage stages',
    areas: 'area areas',
    skills: 'skill skills',
    style: 'style',
    why: 'why',
    section: 'category categories tag tags topic topics section theme group categoria',
    follow_ups: 'followup followups followupquestions',
  }).flatMap(([column, names]) => names.split(' ').map((name) => [name, column] as const)),
)

/** What a column or key of that name holds, where that is known. */
export function columnOf(name: string): string | undefined {
  return COLUMNS.get(foldWords(name).join(''))
}

/** What columns or keys say about a question; tags must be known ones. */
export function readTags(
  pairs: readonly (readonly [name: string, value: string])[],
  vocabulary: Vocabulary,
  complain: (message: string, value: string) => void,
): { readonly section: string; readonly tags: Partial<NewQuestion> } {
  const known = {
    kinds: ASK_KINDS.map((id) => ({ id, title: id })),
    stages: vocabulary.stages,
    areas: vocabulary.areas,
    skills: vocabulary.skills,
    style: QUESTION_STYLES.map((id) => ({ id, title: id })),
  }
  const idsIn = (name: keyof typeof known, value: string): readonly string[] =>
    value
      .split(/[,;|/]/)
      .map((one) => one.trim())
      .filter(Boolean)
      .flatMap((one) => {
        const fold = (text: string) => foldWords(text).join('')
        const found = known[name].find(
          ({ id, title }) => fold(id) === fold(one) || fold(title) === fold(one),
        )
        if (found) return [found.id]
        // Lists that others made have kinds and areas of their own; stages and skills are the team's.
        if (name !== 'stages' && name !== 'skills') return []
        const ids = known[name].map(({ id }) => id).join(', ')
        complain(
          ids === ''
            ? `names one of the ${name}, and there are none`
            : `is none of the ${name} there are: ${ids}`,
          one,
        )
        return []
      })
  const all = (name: keyof typeof known) => [
    ...new Set(pairs.filter(([one]) => one === name).flatMap(([, value]) => idsIn(name, value))),
  ]
  const style = QUESTION_STYLES.find((one) => one === all('style')[0])
  const why =
    pairs
      .find(([name]) => name === 'why')?.[1]
      .replace(/\s+/g, ' ')
      .trim() ?? ''
  const isWhy = why !== '' && why.length <= MAX_TEXT && safe(why) === why
  const kinds = all('kinds')
  return {
    section: pairs
      .filter(([name]) => name === 'section')
      .map(([, value]) => value)
      .join(' '),
    tags: {
      kinds: ASK_KINDS.filter((kind) => kinds.includes(kind)),
      stages: all('stages'),
      areas: all('areas'),
      skills: all('skills'),
      ...(style ? { style } : {}),
      ...(isWhy ? { why } : {}),
    },
  }
}

/** JSON: texts in lists, in groups, or under a key that names them. */
