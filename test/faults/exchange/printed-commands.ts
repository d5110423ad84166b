import { execFileSync } from 'node:child_process'
import { copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { answersFor } from '../../ask/file/feed.ts'
import { homeAfter, must } from '../../commands/followup/played.ts'
import { tamper } from '../../notebook/file.ts'
import { type Home, newHome, NOW, words } from '../../world.ts'
import type { Lines } from './difference-cases.ts'

/** Ana, with one of each kind of thing that can differ. */
export async function homeOfAll(): Promise<Home> {
  const home = await homeAfter(['person', 'add', 'Ana Silva'])
  const talk = answersFor('Ana Silva', {
    held_on: '2026-11-20',
    reflection: { went_well: 'I kept quiet.' },
    plan: { actions: [{ what: 'ask first', due: '2026-11-27' }], next_session: '2026-12-01' },
  })
  await must(home, ['session', '--answers', '-', '--record'], talk)
  for (const line of [
    'action add ana send the deck --due 2026-11-27',
    'goal add ana run a renewal',
    'goal add ana another',
    'opportunity add ana Northwind --stage discover',
    'note ana "a thought"',
  ]) {
    await must(home, words(line))
  }
  return home
}

/** Does to a copy what the lines say. */
export async function doIn(home: Home, lines: Lines): Promise<void> {
  const corrected = answersFor('Ana Silva', {
    observation: { situation: 'Discovery call', saw: 'Something else' },
  })
  writeFileSync(join(home.folder, 'corrected.yaml'), corrected)
  const actions = [{ what: 'ask first', due: '2026-11-27' }, { what: 'ask last' }]
  writeFileSync(join(home.folder, 'longer.yaml'), answersFor('Ana Silva', { plan: { actions } }))
  for (const line of lines) {
    if (line.startsWith('SQL ')) tamper(home.notebook, line.slice(4))
    else await must(home, argvOf(`coach ${line}`))
  }
}

/** The words of a command line as a shell takes it apart. */
export function argvOf(command: string): readonly string[] {
  const script = `printf '%s\\0' ${command}`
  const [, ...argv] = execFileSync('bash', ['-c', script], { encoding: 'utf8', env: { HOME: '/' } })
    .split('\0')
    .slice(0, -1)
  return argv
}

/** What an import says of two copies, each with something done in it. */
export async function saidAfter(
  here: Lines,
  there: Lines,
  flags: readonly string[] = [],
): Promise<{ readonly to: Home; readonly said: string }> {
  const from = await homeOfAll()
  const to = newHome()
  copyFileSync(from.notebook, to.notebook)
  to.setNow(new Date(NOW.getTime() + 60_000))
  await doIn(from, there)
  await doIn(to, here)
  writeFileSync(
    join(to.folder, 'all.json'),
    await must(from, ['export', 'all', '--format', 'json']),
  )
  return { to, said: await must(to, ['import', 'all.json', ...flags]) }
}
