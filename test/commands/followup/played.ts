import { stringify } from 'yaml'
import type { Day } from '../../../src/dates/day.ts'
import { query, tamper } from '../../notebook/file.ts'
import { type Home, newHome } from '../../world.ts'

/** Runs a command line that has to end well. @returns what it says, on stdout and then on stderr */
export async function must(home: Home, argv: readonly string[], stdin?: string): Promise<string> {
  const { code, out, err } = await home.coach(argv, stdin)
  if (code !== 0) throw new Error(`coach ${argv.join(' ')} ended with ${code}: ${err}`)
  return `${out}${err}`
}

/** Adds a person, with a name that is longer than it may be today where an earlier coach took such names. */
export async function personNamed(home: Home, name: string): Promise<void> {
  const isLong = Array.from(name).length > 120
  await must(home, ['person', 'add', '--', isLong ? 'Somebody' : name])
  if (isLong) tamper(home.notebook, `UPDATE person SET name = '${name.replaceAll("'", "''")}'`)
}

/** What a command line prints as JSON. */
export async function json(home: Home, argv: readonly string[]): Promise<unknown> {
  const { out } = await home.coach([...argv, '--json'])
  const data: unknown = JSON.parse(out)
  return data
}

/** A home after some commands, each given as words. */
export async function homeAfter(...commands: readonly (readonly string[])[]): Promise<Home> {
  const home = newHome()
  for (const argv of commands) await must(home, argv)
  return home
}

/** Moves the clock to the morning of a day. */
export function moveTo(home: Home, day: Day): void {
  home.setNow(new Date(`${day}T09:00:00Z`))
}

/** A finished conversation of ten minutes, from a file, with what else is in it. */
export async function talkWith(
  home: Home,
  person: string,
  more: Readonly<Record<string, unknown>> = {},
  flags: readonly string[] = [],
): Promise<string> {
  const file = { person, guide: 'quick', observation: { saw: 'She asked early.' }, ...more }
  const text = stringify(file, { lineWidth: 0 })
  return await must(home, ['session', '--record', '--answers', '-', ...flags], text)
}

/** The numbers that a statement gives, from a second connection. */
export function numbers(home: Home, sql: string): readonly number[] {
  return query(home.notebook, sql).map((row) => Number(Object.values(Object(row))[0]))
}

/** A text with single blanks: how it is wrapped does not matter. */
export function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
