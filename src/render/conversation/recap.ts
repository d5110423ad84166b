import { ASK_TITLES } from '../../conversation/turns/prompt-turns.ts'
import type { RecordEntry } from '../../conversation/session-record.ts'
import { columns, hang, type Style } from '../../output/layout.ts'
import { renderPromise, type SessionPage, sayValue, sessionLine, type Titles } from './session.ts'
import { sayDue } from '../wording.ts'

/** A short look back at a session: what the person may read, and nothing else. Give it a shared record. */
export function renderRecap(
  { session, person, record, titles }: SessionPage,
  style: Style,
): string {
  const { paint, width, today } = style
  const promises = record.promises.flatMap((one) => renderPromise(one, style))
  const kept = promises.length > 0 ? [[paint.bold('Promises'), ...promises].join('\n')] : []
  const blocks = record.steps.map((step) => {
    const round = record.rounds > 1 && step.round > 0 ? ` (round ${step.round})` : ''
    return [
      paint.bold(`${step.title}${round}`),
      ...step.actions.flatMap((item) => {
        const who = item.owner === 'me' ? 'you' : person.name
        const about = `${' '.repeat(String(item.id).length + 4)}${who} · ${sayDue(item, today)}`
        return [hang(`  ${item.id}  `, item.what, width), paint.dim(about)]
      }),
      ...entryLines(step.entries, titles, style),
      ...step.questions.flatMap((asked) =>
        asked.heard === null
          ? []
          : [
              paint.dim(hang('  ', `${ASK_TITLES[asked.kind]}: ${asked.question}`, width)),
              hang('    ', asked.heard, width),
            ],
      ),
    ].join('\n')
  })
  return `${[paint.bold(sessionLine(session, person.name, today)), ...kept, ...blocks].join('\n\n')}\n`
}

function entryLines(
  entries: readonly RecordEntry[],
  titles: Titles,
  style: Style,
): readonly string[] {
  if (entries.length === 0) return []
  const rows = entries.map((one) => [`  ${one.title}`, sayValue(one, titles, style.today)])
  return [columns(rows, style.width)]
}
