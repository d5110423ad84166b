import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { type Home, newHome, type Outcome } from '../../world.ts'

/** Gives a text to `coach session --answers`, as a file of that name. */
export async function feed(
  home: Home,
  text: string | Buffer,
  more: readonly string[] = [],
  name = 'answers.yaml',
): Promise<Outcome> {
  writeFileSync(join(home.folder, name), text)
  return await home.coach(['session', '--answers', name, ...more])
}

/** An answers file with the required prompts of the default guide, and what else is given. */
export function answersFor(person: string, more: Readonly<Record<string, unknown>> = {}): string {
  const observation = { situation: 'Discovery call', saw: 'She asked about budget.' }
  return stringify({ person, observation, ...more }, { lineWidth: 0 })
}

/** What a session looks like as an answers file. */
export async function yamlOf(home: Home, session = 1): Promise<string> {
  const { code, out, err } = await home.coach(['show', String(session), '--format', 'yaml'])
  if (code !== 0) throw new Error(`session ${session} cannot be shown: ${err}`)
  return out
}

/** A home whose notebook knows Ana Silva, with one open action item. */
export async function homeOfAna(): Promise<Home> {
  const home = newHome()
  await feed(home, answersFor('Ana Silva', { plan: { actions: [{ what: 'send the deck' }] } }))
  return home
}

/** The bytes of the notebook as a hash; null while there is none. */
export function bytesOf(home: Home): string | null {
  if (!existsSync(home.notebook)) return null
  return createHash('sha256').update(readFileSync(home.notebook)).digest('hex')
}

/** The lines of a refusal that name a place in the file. */
export function placesIn({ err }: Outcome): readonly string[] {
  return err.split('\n').filter((line) => /^[^ ]+:\d+:\d+ /.test(line))
}
