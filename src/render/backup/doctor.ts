import { localDay, sayDay } from '../../dates/day.ts'
import type { Examination } from '../../notebook/health/doctor.ts'
import type { Finding } from '../../notebook/health/finding.ts'
import { largest } from '../../text/lists.ts'
import { count } from '../../text/text.ts'
import { saySize } from './backups.ts'
import { hang, type Style, wrap } from '../../output/layout.ts'

const MARKS = {
  damage: 'damaged: ',
  trouble: 'to mend: ',
  remark: '',
} as const satisfies Record<Finding['level'], string>

/** What the doctor saw: where the notebook is, and one entry for each finding. */
export function renderDoctor(page: Examination, style: Style): string {
  const { paint, width } = style
  const { findings, isFull } = page
  const entries = findings.map(({ level, what, todo }) => {
    const line = hang('  - ', MARKS[level] + what, width)
    return todo === null ? line : `${line}\n${hang('    ', todo, width)}`
  })
  const isWell = findings.every(({ level }) => level === 'remark')
  const looked = isFull
    ? page.holdings
      ? 'Every text, every backup and every file of it was looked at.'
      : 'Its texts could not be looked at.'
    : 'To go through every text and every backup too: coach doctor --full'
  return `${[
    ...table(facts(page, style), width),
    ...(entries.length === 0 ? [] : ['', ...entries]),
    '',
    ...(isWell ? [paint.bold('All is well.')] : []),
    ...wrap(looked, width),
  ].join('\n')}\n`
}

/** Two columns; the second is broken at words. A path stays in one piece, to be copied. */
function table(rows: readonly (readonly string[])[], width: number): readonly string[] {
  const widest = largest(rows.map(([label = '']) => label.length))
  return rows.map(([label = '', value = '']) => {
    const head = `${label.padEnd(widest)}  `
    return label === 'notebook' ? head + value : hang(head, value, width)
  })
}

function facts(page: Examination, { today }: Style): readonly (readonly string[])[] {
  const { notebook, path, holdings, backups, drafts } = page
  const change = holdings?.lastChange ?? null
  const about = notebook && [
    saySize(notebook.size),
    ...(notebook.format === null ? [] : [`format ${notebook.format}`]),
    ...(notebook.isEncrypted ? ['encrypted'] : []),
    ...(change === null ? [] : [`last change ${sayDay(localDay(change), today)}`]),
  ]
  const newest = backups.find(({ state, kind }) => state === 'notebook' && kind !== 'damaged')
  const said = newest ? `, the newest of ${sayDay(localDay(newest.madeAt), today)}` : ''
  return [
    ['notebook', path],
    ...(about ? [['', about.join(' · ')]] : []),
    ...(holdings
      ? [
          [
            'holds',
            `${count(holdings.people, 'person', 'people')}, ${count(holdings.sessions, 'session')}, ${count(holdings.items, 'action item')}, ${count(holdings.notes, 'note')}`,
          ],
        ]
      : []),
    ['backups', backups.length === 0 ? 'none' : `${backups.length}${said}`],
    ...(drafts === 0 ? [] : [['drafts', `${count(drafts, 'text')} that was not finished`]]),
    ...(page.isFull ? [['search index', 'there is none, so none can be wrong']] : []),
  ]
}

/** The shape of `coach doctor --json`. */
export function doctorJson({
  notebook,
  path,
  holdings,
  backups,
  drafts,
  isFull,
  findings,
}: Examination): object {
  return {
    well: findings.every(({ level }) => level === 'remark'),
    full: isFull,
    notebook: {
      path,
      state: notebook?.state ?? 'missing',
      size: notebook?.size ?? 0,
      format: notebook?.format ?? null,
      encrypted: notebook?.isEncrypted ?? false,
      last_change: holdings?.lastChange ?? null,
    },
    backups: backups.length,
    drafts,
    findings,
  }
}
