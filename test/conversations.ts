import type { Guide } from '../src/conversation/guide.ts'
import type { Conversation, Facts } from '../src/conversation/turn.ts'
import { checkLayers, shippedLayer } from '../src/library/read-layers.ts'
import type { Answer, Pass } from '../src/model.ts'
import { buildLibrary } from '../src/questions/bank/build-library.ts'
import { asChoices, pick } from '../src/questions/bank/pick.ts'

/** The shipped banks, guides and words. */
const shipped = buildLibrary(await checkLayers([shippedLayer()]))

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
    heldOn: null,
    name: 'Ana',
    stages: shipped.vocabulary.stages,
    areas: shipped.vocabulary.areas,
    skills: shipped.vocabulary.skills.map((skill) => ({ ...skill, anchors: skill.anchors ?? [] })),
    promises: [],
    inbox: [],
    goals: [],
    nextSession: null,
    asked: new Map(),
    knownSince: '2026-11-23',
    mentioned: new Set(),
    isPastTaken: false,
    last: new Map(),
    full: false,
    opportunities: [],
    ratings: new Map(),
    hint: () => null,
    idOf: () => null,
    suggest: (topic) =>
      asChoices(pick(shipped.questions, { ...topic, language: 'en' }, new Map(), 'seed')),
    ...more,
  }
  return { guide: of, pass, answers, facts }
}
