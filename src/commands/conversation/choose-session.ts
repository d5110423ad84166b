import { daysBetween, localDay, sayDay } from '../../dates/day.ts'
import { notFound, usageError } from '../../errors.ts'
import { checkAnswer } from '../../conversation/check-answer.ts'
import type { Pass, Person, Session } from '../../model.ts'
import type { Notebook } from '../../notebook/notebook.ts'
import { cadenceOf } from '../../followup/talks-due.ts'
import { STATUS_WORDS } from '../../render/wording.ts'
import { count, sayList } from '../../text/text.ts'
import type { World } from '../../world.ts'
import { DAY_AHEAD, readDayAhead } from '../../ask/flags/future-day.ts'
import { commandFor, echoMatch, findPerson, findSession } from '../lookup.ts'
import { tell } from '../../output/print.ts'

/** The session to go on with, null for a new one, or `over` when it has been settled here. */
export async function whichOne(
  world: World,
  notebook: Notebook,
  person: Person,
  options: { readonly session?: string | undefined; readonly pass: Pass | null },
): Promise<Session | null | 'over'> {
  const { choose } = await import('../../ask/terminal/single-questions.ts')
  const unfinished = notebook.sessions.unfinished(person.id)
  if (options.session !== undefined) {
    const session = findSession(notebook, options.session)
    if (unfinished.some((one) => one.id === session.id)) return session
    throw usageError(
      `Session ${session.id} is not an unfinished one with ${person.name}.`,
      `To correct it: coach edit ${session.id}`,
    )
  }
  if (unfinished.length > 1) {
    const lines = unfinished.map((one) => `${one.id} (${STATUS_WORDS[one.status]})`)
    throw usageError(
      `There are ${unfinished.length} unfinished sessions with ${person.name}: ${sayList(lines)}.`,
      'Name one with --session ID.',
    )
  }
  const [session] = unfinished
  if (session?.status !== 'prepared' || options.pass !== null) return session ?? null
  const since = session.plannedOn ?? localDay(session.updatedAt)
  if (daysBetween(since, world.today()) <= cadenceOf(person)) return session
  const said = await choose(
    world,
    `You prepared this conversation for ${sayDay(since, world.today())}. What became of it?`,
    [
      { id: 'record', title: 'It took place: record it' },
      { id: 'move', title: 'It moved to another day' },
      { id: 'cancel', title: 'It did not happen, and will not' },
    ],
  )
  if (said === 'record') return session
  if (said === 'cancel') {
    notebook.write(() => cancel(notebook, session, world.today()))
    world.tell('Noted. What you wrote is kept: coach history\n')
    return 'over'
  }
  moveTo(world, notebook, person, await askDay(world))
  return 'over'
}

async function askDay(world: World): Promise<string> {
  const { line } = await import('../../ask/terminal/single-questions.ts')
  let day = ''
  await line(world, 'To which day?', {
    check: async (typed) => {
      const checked = await checkAnswer(typed, DAY_AHEAD, world.today())
      if ('problem' in checked)
        return `${checked.problem}${checked.isPast ? ' Write a day from today on.' : ''}`
      day = checked.value
      return null
    },
  })
  return day
}

/** It did not take place: what the inbox gave to it goes back, and a day agreed for it that has come is off. */
function cancel(notebook: Notebook, session: Session, today: string): void {
  notebook.sessions.update(session.id, { status: 'cancelled' })
  notebook.notes.giveBack(session.id)
  const planned = notebook.nextSessions.planned(session.personId)
  if (planned && planned.plannedOn <= today) notebook.nextSessions.cancel(session.personId)
}

/** `coach session NAME --move DAY`: the next conversation is on another day, or with `none` on none; nothing else changes. */
export async function move(
  world: World,
  name: string | undefined,
  when: string,
  isPastTaken: boolean,
): Promise<void> {
  if (name === undefined) throw usageError('With whom?', 'As in: coach session ana --move fri')
  const found = findPerson(await world.read(), name)
  if (found.person.relation === 'self') throw notFound('There is no day agreed with yourself.')
  if (when.trim().toLowerCase() === 'none') {
    echoMatch(world, found)
    const notebook = await world.open()
    notebook.write(() => notebook.nextSessions.cancel(found.person.id))
    tell(world, `No conversation with ${found.person.name} is agreed now.`)
    return
  }
  const day = await readDayAhead(world, when, isPastTaken)
  echoMatch(world, found)
  moveTo(world, await world.open(), found.person, day)
}

function moveTo(world: World, notebook: Notebook, person: Person, plannedOn: string): void {
  const next = notebook.write(() => {
    for (const session of notebook.sessions.unfinished(person.id)) {
      notebook.sessions.update(session.id, { plannedOn })
    }
    return notebook.nextSessions.move(person.id, plannedOn)
  })
  const often = next.moved > 1 ? `, moved ${count(next.moved, 'time')} now` : ''
  const sheet = commandFor(world, 'prep', person, notebook.people.list())
  const day = sayDay(plannedOn, world.today())
  tell(world, `The conversation with ${person.name} is on ${day}${often}. Your sheet: ${sheet}`)
}
