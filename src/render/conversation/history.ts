import type { SessionSummary } from '../../notebook/store/sessions.ts'
import { firstLine } from '../../text/text.ts'
import { hang, type Style } from '../../output/layout.ts'
import { sessionLine } from './session.ts'

/** Sessions, the newest first: when, with whom, how far, and what was seen. */
export function renderHistory(sessions: readonly SessionSummary[], style: Style): string {
  return sessions
    .map((session) => {
      const line = hang('', sessionLine(session, session.person, style.today), style.width)
      const saw =
        session.saw === null
          ? []
          : [hang('  ', firstLine(session.saw, style.width - 2), style.width)]
      return [line, ...saw.map((one) => style.paint.dim(one))].join('\n')
    })
    .join('\n')
    .concat('\n')
}

/** The shape of `coach history --json`. */
export function historyJson(session: SessionSummary): object {
  return {
    id: session.id,
    uuid: session.uuid,
    person: session.person,
    guide: session.guide,
    status: session.status,
    held_on: session.heldOn,
    planned_on: session.plannedOn,
    created_at: session.createdAt,
  }
}
