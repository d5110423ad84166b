import type { Ask, Reply, Scene } from '../../../conversation/hold.ts'
import type { Turn } from '../../../conversation/turn.ts'
import type { World } from '../../../world.ts'
import type { Terminal } from '../screen/full-screen.ts'
import { askChoice } from './ask-choice.ts'
import { askText } from './ask-text.ts'
import { endLine, openSession, type PlainSession, say, tellLines, tellNotTaken } from './session.ts'
import { announce, placeOfTurn, type ChoiceLine, choiceLinesOf, sentence } from './wording.ts'

const OWN = 'In your own words:'

/**
 * A conversation in plain lines, for screen readers and terminals that can show nothing else: each prompt is printed
 * once, the answer is read as a line or several, what was chosen is said in words, and nothing is ever redrawn.
 */
export function openPlain(world: World, person: string, doing?: string): Terminal {
  const session = openSession(world)
  const ask: Ask = async (turn, scene) => {
    const early = (await session.lines.early()).filter((line) => line.trim() !== '')
    const now = doing ?? (turn.pass === 'prepare' ? 'preparing' : 'recording')
    const around = { person, doing: now, before: session.before }
    say(session, announce(turn, scene, around, world.stderr))
    session.before = placeOfTurn(turn)
    const rows = choiceLinesOf(turn)
    if (rows.length === 0) {
      return await askText(session, turn, scene, { text: scene.offered ?? '', early })
    }
    if (early.length > 0) tellNotTaken(session, early)
    const isKnown = rows.some(({ title }) => title === scene.offered)
    const own = scene.offered !== null && !isKnown && rows.some(({ means }) => means === 'own')
    if (own) return await askText(session, turn, scene, { text: scene.offered, early: [] })
    const chosen = await askChoice(session, turn, scene, rows)
    return 'type' in chosen ? chosen : await takeRow(chosen, turn, scene)
  }

  /** What a chosen row comes to; what is needed is asked for again where none was chosen. */
  const takeRow = async (row: ChoiceLine, turn: Turn, scene: Scene): Promise<Reply> => {
    const { means, title } = row
    if (means === 'own') return await askOwn(session, row, turn, scene)
    tellLines(session, sentence(`Chosen: ${title}`))
    if (means === 'none') return turn.required ? await ask(turn, scene) : { type: 'skip' }
    if (turn.kind !== 'question' && turn.kind !== 'opportunity') {
      return { type: 'answer', text: means.id }
    }
    return { type: 'answer', text: title, questionId: means.id }
  }

  return {
    ask,
    get endedBy() {
      return session.lines.endedBy
    },
    close() {
      const left = session.lines.close(false)
      endLine(session)
      if (left > 0) tellLines(session, 'What was typed ahead of the next question was not taken.')
    },
  }
}

/** Asks for own words. Where they were typed already, in place of the word before a row, they are offered. */
async function askOwn(
  session: PlainSession,
  { key, title }: ChoiceLine,
  turn: Turn,
  scene: Scene,
): Promise<Reply> {
  const isTyped = key === ''
  if (!isTyped) tellLines(session, OWN)
  return await askText(session, turn, scene, { text: '', early: isTyped ? [title] : [], what: OWN })
}
