import { Document, isScalar, stringify, visit } from 'yaml'
import { gatePlace } from '../../conversation/turns/gate-turns.ts'
import type { Guide, Prompt } from '../../conversation/guide.ts'
import { largest } from '../../text/lists.ts'
import { type Answer, ACTION_FIELDS, ASK_KINDS, type Person, type Session } from '../../model.ts'
import { inboxPlace, promisePlace } from '../../answer-places.ts'
import { escapeHarmful, isHarmful } from '../../text/text.ts'

type Tree = Record<string, unknown>

/** A session as an answers file: fed back, it gives the same record. */
export function toAnswersFile(
  guide: Guide,
  session: Session,
  person: Person,
  answers: readonly Answer[],
): string {
  const given = answers.filter((answer) => answer.state === 'answered' && answer.value !== null)
  const isRecorded = session.status === 'done' || session.status === 'recording'
  const rounds = largest(
    given.map((answer) => answer.round),
    1,
  )
  const steps = guide.steps.filter((step) => !step.once)
  const bodies = Array.from({ length: rounds }, (_, n) => {
    const body: Tree = {}
    for (const step of steps) {
      // Once their own view is written down, a reason for having none counts no more.
      const isOpen = step.gate?.opens_with.some((path) => find(given, n + 1, path))
      if (step.gate && !isOpen) {
        put(body, step.gate.reason, find(given, n + 1, step.gate.reason)?.value)
      }
      put(body, step.id, stepTree(given, n + 1, step, isRecorded))
    }
    return body
  })
  const tree: Tree = { person: person.name, guide: guide.id }
  put(tree, 'held_on', session.heldOn ?? undefined)
  put(tree, 'promises', promisesTree(given))
  put(tree, 'inbox', inboxTree(given))
  if (rounds === 1) Object.assign(tree, bodies[0])
  else tree['rounds'] = bodies
  for (const step of guide.steps.filter((one) => one.once)) {
    put(tree, step.id, stepTree(given, 0, step, isRecorded))
  }
  const days = guide.steps.flatMap(({ prompts }) =>
    prompts.flatMap(({ id, kind }) => (kind === 'date' ? [id] : [])),
  )
  return escapeHarmful(stringifyTree(tree, new Set([...DAY_FIELDS, ...days])))
}

/** What stands in the file as a day, beside the answers to prompts for one. */
const DAY_FIELDS = ['held_on', 'due', 'check_in', 'to']

/** What a reader of YAML 1.1 may take for a number, a merge or a symbol, beside what the library knows of. */
const ODD_BEGINNING = /^[=<:\d.+-]/

/**
 * Texts that could act on a terminal are written in quotation marks, where YAML knows escapes; so are those that are no text
 * to readers of YAML 1.1, such as `No`, `1:30` and, where no day is meant, `2026-01-01`.
 */
function stringifyTree(tree: Tree, dayFields: ReadonlySet<string>): string {
  const doc = new Document(tree)
  visit(doc, {
    Pair(_key, { key, value }) {
      if (!isScalar(value) || typeof value.value !== 'string') return
      const isMeant = isScalar(key) && dayFields.has(String(key.value)) && isDay(value.value)
      if (!isMeant && isOdd(value.value)) value.type = 'QUOTE_DOUBLE'
    },
  })
  return doc.toString({ lineWidth: 0 })
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text)
}

function isOdd(text: string): boolean {
  if (isHarmful(text)) return true
  if (text.includes('\n')) return false
  return ODD_BEGINNING.test(text) || stringify(text, { compat: 'yaml-1.1' }).startsWith('"')
}

function put(tree: Tree, key: string, value: unknown): void {
  if (value !== undefined && value !== null) tree[key] = value
}

function find(given: readonly Answer[], round: number, path: string): Answer | undefined {
  const here = given.filter((answer) => answer.round === round && answer.path === path)
  return here.find((answer) => answer.pass === 'record') ?? here[0]
}

function stepTree(
  given: readonly Answer[],
  round: number,
  step: Guide['steps'][number],
  isRecorded: boolean,
): Tree | undefined {
  const tree: Tree = {}
  for (const prompt of step.prompts) {
    put(tree, prompt.id, promptTree(given, round, `${step.id}.${prompt.id}`, prompt, isRecorded))
  }
  return Object.keys(tree).length > 0 ? tree : undefined
}

function promptTree(
  given: readonly Answer[],
  round: number,
  path: string,
  prompt: Prompt,
  isRecorded: boolean,
): unknown {
  const text = (sub: string) => find(given, round, `${path}.${sub}`)?.value ?? undefined
  if (prompt.kind === 'questions') {
    const asked = ASK_KINDS.flatMap((kind, at) => {
      const question = text(`${at + 1}.question`)
      if (question === undefined) return []
      const tree: Tree = { question, kind }
      put(tree, 'heard', text(`${at + 1}.heard`))
      put(tree, 'opened', yesNo(text(`${at + 1}.opened`)))
      return [tree]
    })
    return asked.length > 0 ? asked : undefined
  }
  if (prompt.kind === 'actions') return actionsTree(text)
  if (prompt.kind === 'gates') return gatesTree(given, path)
  const answer = find(given, round, path)
  if (!answer) return undefined
  if (prompt.kind === 'yes_no') return yesNo(answer.value ?? undefined)
  if (prompt.kind === 'rating') return Number(answer.value)
  const prepared = given.find(
    (one) => one.round === round && one.path === path && one.pass === 'prepare',
  )
  if (prompt.pass !== 'both' || !isRecorded || !prepared) return answer.value
  const recorded = answer.pass === 'record' ? { given: answer.value } : {}
  return { prepared: prepared.value, ...recorded }
}

function gatesTree(given: readonly Answer[], path: string): readonly Tree[] | undefined {
  const byStage = new Map<string, Tree>()
  for (const answer of given) {
    const place = gatePlace(answer.path)
    if (place?.list !== path) continue
    const tree = byStage.get(place.stage) ?? { stage: place.stage }
    tree[place.field] = answer.value
    byStage.set(place.stage, tree)
  }
  return byStage.size > 0 ? [...byStage.values()] : undefined
}

function actionsTree(text: (sub: string) => string | undefined): readonly Tree[] | undefined {
  const items: Tree[] = []
  for (let n = 1; text(`${n}.what`) !== undefined; n++) {
    const tree: Tree = {}
    for (const field of ACTION_FIELDS) put(tree, field, text(`${n}.${field}`))
    items.push(tree)
  }
  return items.length > 0 ? items : undefined
}

function promisesTree(given: readonly Answer[]): readonly Tree[] | undefined {
  const byItem = new Map<number, Tree>()
  for (const answer of given) {
    const place = promisePlace(answer.path)
    if (!place) continue
    const tree = byItem.get(place.itemId) ?? { item: place.itemId }
    tree[place.field] = answer.value
    byItem.set(place.itemId, tree)
  }
  // What was said to another outcome before does not count.
  for (const tree of byItem.values()) {
    const isCarried = tree['outcome'] === 'carried'
    if (!isCarried) delete tree['to']
    if (isCarried || tree['outcome'] === 'done') delete tree['note']
  }
  const told = [...byItem.values()].filter((tree) => tree['outcome'] !== undefined)
  return told.length > 0 ? told : undefined
}

function inboxTree(given: readonly Answer[]): readonly Tree[] | undefined {
  const notes = given.flatMap(({ path, value }) => {
    const place = inboxPlace(path)
    return place ? [{ note: place.noteId, becomes: value }] : []
  })
  return notes.length > 0 ? notes : undefined
}

function yesNo(value: string | undefined): boolean | undefined {
  return value === undefined ? undefined : value === 'yes'
}
