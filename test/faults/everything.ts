import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { answersFor } from '../ask/file/feed.ts'
import { must, numbers } from '../commands/followup/played.ts'
import { tamper } from '../notebook/file.ts'
import type { Home } from '../world.ts'

/** Every file under a folder that holds a text, in UTF-8 or as JSON escapes it. */
export function filesWith(folder: string, text: string): readonly string[] {
  return filesUnder(folder).filter((path) => readFileSync(path).includes(text))
}

/** Every file under a folder, at any depth. */
export function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name))
    .toSorted()
}

/** The fields into which {@link tellEverything} writes a canary each. */
export const FIELDS = [
  'role',
  'situation',
  'saw',
  'effect',
  'wentwell',
  'question',
  'heard',
  'prepared',
  'given',
  'item',
  'if',
  'obstacle',
  'measure',
  'support',
  'praise',
  'private',
  'note',
  'settled',
  'goal',
  'subgoal',
  'opportunity',
  'missed',
  'loose',
  'skipped',
] as const

/** The canary of a field, for one person. */
export function canary(who: string, field: string): string {
  return `canary${who.toLowerCase().replaceAll(' ', '')}${field}`
}

/** Fills every field that is kept about a person, each with a canary of its own: some short, some over several pages. */
export async function tellEverything(home: Home, name: string): Promise<void> {
  const c = (field: (typeof FIELDS)[number], more = 0) =>
    `${canary(name, field)} ${'x'.repeat(more)}`.trim()
  await must(home, ['person', 'add', name, '--role', c('role')])
  await must(home, ['action', 'add', name, c('loose'), '--due', '2026-12-01'])
  await fromStdin(
    home,
    answersFor(name, {
      observation: {
        situation: c('situation'),
        saw: c('saw', 9000),
        effect: c('effect', 500),
        rating: 3,
      },
      reflection: {
        went_well: c('wentwell', 5000),
        questions: [{ kind: 'stretch', question: c('question'), heard: c('heard'), opened: true }],
      },
      teachable_moment: { pointer: { prepared: c('prepared', 200), given: c('given', 4000) } },
      plan: {
        actions: [
          {
            what: c('item'),
            due: '2026-12-04',
            if: c('if'),
            then: 'I listen',
            obstacle: c('obstacle'),
            measure: c('measure'),
            support: c('support'),
          },
        ],
        next_session: '2026-12-07',
      },
      close: { praise: c('praise'), private_note: c('private', 3000) },
    }),
  )
  await fromStdin(
    home,
    answersFor(name, {
      reflection_skipped: c('skipped'),
      teachable_moment: { pointer: 'Wait.' },
    }),
  )
  const session = numbers(home, 'SELECT max(id) AS n FROM session')[0] ?? 0
  const loose =
    numbers(home, 'SELECT max(id) AS n FROM action_item WHERE session_id IS NULL')[0] ?? 0
  await must(home, ['missed', String(loose), '--note', c('missed')])
  for (const field of ['settled', 'note'] as const) await must(home, ['note', name, c(field)])
  tamper(
    home.notebook,
    `UPDATE note SET status = 'praise', session_id = ${session} WHERE text = '${c('settled')}'`,
  )
  await must(home, ['goal', 'add', name, c('goal')])
  const goal = numbers(home, 'SELECT max(id) AS n FROM goal')[0] ?? 0
  await must(home, ['goal', 'add', name, c('subgoal'), '--under', String(goal)])
  await must(home, ['opportunity', 'add', name, c('opportunity')])
}

async function fromStdin(home: Home, answers: string): Promise<void> {
  await must(home, ['session', '--answers', '-'], answers)
}

/** Puts a text that was typed and not saved into the folder of the drafts, as a conversation does. */
export function leaveDraft(home: Home, person: string, text: string): string {
  mkdirSync(join(home.folder, 'drafts'), { recursive: true, mode: 0o700 })
  const path = join(home.folder, 'drafts', `${person}.0123456789ab.01234567.draft`)
  writeFileSync(path, JSON.stringify({ text }), { mode: 0o600 })
  return path
}
