import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Guide } from '../src/conversation/guide.ts'
import type { Conversation, Facts } from '../src/conversation/turn.ts'
import type { Answer, Pass } from '../src/model.ts'
import { buildLibrary, type LayerFile } from '../src/questions/library.ts'
import { pick } from '../src/questions/pick.ts'

const folder = join(import.meta.dirname, '..', 'question-banks')

function filesIn(path: string, kind: (name: string) => LayerFile['kind']): readonly LayerFile[] {
  return readdirSync(path)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ({ kind: kind(name), path: name, text: readFileSync(join(path, name), 'utf8') }))
}

/** The shipped banks, guides and words. */
const shipped = buildLibrary([
  {
    name: 'shipped',
    files: [
      ...filesIn(folder, (name) => (name === 'config.yaml' ? 'vocabulary' : 'bank')),
      ...filesIn(join(folder, 'guides'), () => 'guide'),
    ],
  },
])

/** A shipped guide. */
export function guide(id: string): Guide {
  const found = shipped.guides.find((one) => one.id === id)
  if (!found) throw new Error(`there is no guide ${id}`)
  return found
}

/** A conversation with Ana on the Monday of the tests. */
export function conversation(
  of: Guide,
  pass: Pass,
  answers: readonly Answer[] = [],
  more: Partial<Facts> = {},
): Conversation {
  const facts: Facts = {
    today: '2026-11-23',
    name: 'Ana',
    stages: shipped.vocabulary.stages,
    areas: shipped.vocabulary.areas,
    skills: shipped.vocabulary.skills.map((skill) => ({ ...skill, anchors: skill.anchors ?? [] })),
    promises: [],
    last: new Map(),
    full: false,
    idOf: () => null,
    suggest: (topic) => pick(shipped.questions, topic, new Map(), 'seed'),
    ...more,
  }
  return { guide: of, pass, answers, facts }
}
