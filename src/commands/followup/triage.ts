import { OUTCOME_LIST, TO_WHICH_DAY, whyOf } from '../../conversation/turns/promise-turns.ts'
import { checkAnswer } from '../../conversation/check-answer.ts'
import type { Reply, Scene } from '../../conversation/hold.ts'
import { type DraftKeeper, NO_DRAFTS } from '../../conversation/typed.ts'
import type { Turn } from '../../conversation/turn.ts'
import { bareTurn } from '../../conversation/turns/bare-turn.ts'
import { CoachError, exitCodeOf } from '../../errors.ts'
import { OUTCOMES, type Outcome } from '../../model.ts'
import type { Drafts } from '../../drafts/drafts.ts'
import type { Notebook } from '../../notebook/notebook.ts'
import { isToCheck } from '../../followup/due.ts'
import { inGroups, type ReviewItem } from '../../render/followup/review.ts'
import { sayDue, sayOwner } from '../../render/wording.ts'
import { count, sayCarried } from '../../text/text.ts'
import type { World } from '../../world.ts'
import { mustBeAbleToAsk } from '../../ask/flags/require-terminal.ts'
import { tell } from '../../output/print.ts'
import { draftsToWrite, keeperFor } from '../conversation/conversation-drafts.ts'
import { takeBackLast } from './undo.ts'

/** What the manager says to one item. */
const CHECKED = { id: 'checked', title: 'On its way: the check-in is done', key: 'k' }
const LEFT = { id: 'left', title: 'Leave it as it is', key: 'l' }

/** `coach review --triage`: item by item, with one key each; going back takes back what was said last. */
export async function triage(world: World, chosen: readonly ReviewItem[]): Promise<void> {
  const today = world.today()
  const items = inGroups(chosen, today)
    .filter(([group]) => group !== 'Closed')
    .flatMap(([, found]) => found)
  if (items.length === 0) {
    world.tell('Nothing to go through.\n')
    return
  }
  mustBeAbleToAsk(
    world,
    'Use: coach done ID, coach part ID, coach missed ID, coach drop ID, coach carry ID --to fri',
  )
  const notebook = await world.open()
  const drafts = await draftsToWrite(world, notebook)
  const { openScreen } = await import('../../ask/terminal/open-screen.ts')
  const terminal = await openScreen(world, 'What is open', 'reviewing')
  /** What was done at each item that was gone through, so that going back can take it back. */
  const said: Done[] = []
  let isLeft = false
  try {
    while (said.length < items.length && !isLeft) {
      const item = items[said.length]
      if (!item) break
      const place = `${said.length + 1} of ${items.length}`
      const did = await askAbout(world, { notebook, drafts, item, place, ask: terminal.ask })
      if (did === 'left') isLeft = true
      else if (did === 'back') said.pop()?.takeBack()
      else said.push(did)
    }
  } finally {
    terminal.close()
  }
  const changed = said.filter(({ isChange }) => isChange).length
  const back = changed > 0 ? ' Take back the last one with: coach undo' : ''
  const told = `${said.length} of ${count(items.length, 'item')} gone through, ${changed} changed.${back}`
  if (isLeft)
    throw new CoachError(exitCodeOf(terminal.endedBy), told, 'Go on with: coach review --triage')
  tell(world, told)
}

interface Done {
  readonly isChange: boolean
  readonly takeBack: () => void
}
const NOTHING: Done = { isChange: false, takeBack: () => undefined }

/** What one item is asked with. */
interface Asking {
  readonly notebook: Notebook
  readonly drafts: Drafts
  readonly item: ReviewItem
  readonly place: string
  readonly ask: (turn: Turn, scene: Scene) => Promise<Reply>
}

async function askAbout(
  world: World,
  { notebook, drafts, item, place, ask }: Asking,
): Promise<Done | 'back' | 'left'> {
  const today = world.today()
  const kept = keeperFor(drafts, notebook.people.get(item.personId), () => item.uuid)
  const change = (work: () => void): Done => {
    notebook.write(work)
    kept.drop(base)
    const act = notebook.actions.lastAct()?.act
    // What another window did meanwhile is not taken back here.
    const isLast = () => notebook.actions.lastAct()?.act === act
    return { isChange: true, takeBack: () => void (isLast() && takeBackLast(notebook)) }
  }
  const carried = item.carried > 0 ? `, ${sayCarried(item.carried)}` : ''
  const about = `${item.id}  ${item.what}\n${sayOwner(item)} · ${sayDue(item, today)}${carried}`
  const base = {
    ...TURN,
    path: `triage.${item.uuid}`,
    step: { title: place, number: null, of: 0 },
    about,
  }
  const settle = (outcome: Outcome, detail: { to?: string | null; note?: string | null }) =>
    change(() => void notebook.actions.settle(item.id, outcome, detail))
  const choices = [...OUTCOME_LIST, ...(isToCheck(item, today) ? [CHECKED] : []), LEFT]
  for (;;) {
    const what = await askUntil(
      world,
      ask,
      { ...base, kind: 'choice', ask: 'What became of it?', choices },
      NO_DRAFTS,
    )
    if (what.type === 'back' || what.type === 'leave') return what.type === 'back' ? 'back' : 'left'
    const value = what.type === 'answer' ? what.text : LEFT.id
    if (value === LEFT.id) return NOTHING
    if (value === CHECKED.id) {
      return change(() => notebook.actions.checkOff(item.id))
    }
    const outcome = OUTCOMES.find((one) => one === value)
    if (!outcome) continue
    if (outcome === 'done') return settle(outcome, {})
    const isCarried = outcome === 'carried'
    const turn: Turn = {
      ...base,
      kind: isCarried ? 'date' : 'line',
      ...(isCarried ? TO_WHICH_DAY : whyOf(outcome)),
      visibility: isCarried ? 'shared' : 'private',
      required: isCarried,
      isAhead: isCarried,
    }
    const more = await askUntil(world, ask, turn, isCarried ? NO_DRAFTS : kept)
    if (more.type === 'back') continue
    if (more.type === 'leave') return 'left'
    const text = more.type === 'answer' && more.text !== '' ? more.text : null
    // On disk before it is saved: where that fails, the reason is offered again.
    if (text !== null && !isCarried) kept.keep(turn, text, null)
    return settle(outcome, isCarried ? { to: text } : { note: text })
  }
}

/** Asks until the answer can be taken; a day that has passed is taken when it is said again. */
async function askUntil(
  world: World,
  ask: (turn: Turn, scene: Scene) => Promise<Reply>,
  turn: Turn,
  drafts: DraftKeeper,
): Promise<Reply> {
  let problem: string | null = null
  let past: string | null = null
  const found = drafts.takeUp(turn)
  let offered = found?.text ?? null
  let since = found?.at ?? null
  for (;;) {
    const scene: Scene = {
      problem,
      isPast: past !== null,
      offered,
      since,
      earlier: [],
      hintFor: () => null,
      keepDraft: (draft) => keepOrDrop(drafts, turn, draft),
      editorFile: () => drafts.editorFile(turn),
    }
    const reply: Reply = await ask(turn, scene)
    since = null
    if (reply.type === 'leave' || reply.type === 'back') keepOrDrop(drafts, turn, reply.draft)
    if (reply.type === 'skip' || reply.type === 'later') drafts.drop(turn)
    if (reply.type === 'skip' || reply.type === 'later') {
      if (!turn.required) return reply
      problem = 'Write the day, or go back with ^P.'
      continue
    }
    if (reply.type !== 'answer') return reply
    if (reply.text.trim() === '' && !turn.required) return { type: 'skip' }
    const checked = await checkAnswer(reply.text, turn, world.today(), past === reply.text.trim())
    if (!('problem' in checked)) return { type: 'answer', text: checked.value }
    problem = checked.problem
    past = checked.isPast ? reply.text.trim() : null
    offered = reply.text
  }
}

/** What was typed and not said is offered again, in this sitting or the next. */
function keepOrDrop(drafts: DraftKeeper, turn: Turn, draft = ''): string | null {
  if (draft.trim() !== '') return drafts.keep(turn, draft, null)
  drafts.drop(turn)
  return null
}

const TURN: Turn = bareTurn({
  pass: 'record',
  round: 0,
  path: 'triage',
  kind: 'choice',
  step: { title: '', number: null, of: 0 },
  title: 'Action item',
  ask: '',
  why: 'One key each. What you say is kept at once; ^P goes back and takes it back.',
})
