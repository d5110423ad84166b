import type { Reply, Scene } from '../../../conversation/hold.ts'
import type { Turn } from '../../../conversation/turn.ts'
import { quote } from '../../../text/text.ts'
import { hear, type PlainSession, say, steer, tellLines } from './session.ts'
import { chosenBy, type ChoiceLine, sayWhy, sentence } from './wording.ts'

const SEVERAL = 'Several lines came at once; none of them was taken.'

/** Whether one's own words are an answer too. */
function takesOwnWords({ kind }: Turn): boolean {
  return kind === 'question' || kind === 'opportunity'
}

/** What Enter alone takes. */
function standingRow(
  turn: Turn,
  scene: Scene,
  rows: readonly ChoiceLine[],
): ChoiceLine | undefined {
  const offered = scene.offered ?? turn.default
  const isList = takesOwnWords(turn)
  const chosen = rows.find(
    ({ means, title }) => typeof means !== 'string' && (isList ? title : means.id) === offered,
  )
  return chosen ?? (isList && turn.default !== null ? rows[0] : undefined)
}

/** Asks for one of several things, by the word before it or in own words. */
export async function askChoice(
  session: PlainSession,
  turn: Turn,
  scene: Scene,
  rows: readonly ChoiceLine[],
): Promise<Reply | ChoiceLine> {
  const standing = standingRow(turn, scene, rows)
  if (standing) tellLines(session, sentence(`Enter takes ${standing.key}, ${standing.title}`))
  for (;;) {
    const heard = await hear(session)
    if (heard.type === 'end') return { type: 'leave' }
    if (heard.type === 'command') {
      const steered = await steer(session, heard.name, turn, null, scene.editorFile)
      if (typeof steered !== 'string') return steered
      continue
    }
    const [typed = ''] = heard.lines
    if (heard.lines.length > 1) tellLines(session, SEVERAL)
    else if (typed.trim() === '') {
      if (standing) return standing
      if (!turn.required) return { type: 'skip' }
      tellLines(session, 'Choose one by the word before it.')
    } else if (typed.trim() === '?') say(session, sayWhy(turn, session.world.stderr))
    else {
      const row = chosenBy(typed, rows)
      if (row) return row
      const isOwn = takesOwnWords(turn) && /\S\s+\S/.test(typed)
      if (isOwn) return { key: '', title: typed.trim(), means: 'own' }
      tellLines(session, `${quote(typed)} is none of them. Choose one by the word before it.`)
    }
  }
}
