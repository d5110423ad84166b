import { join } from 'node:path'
import type { Home } from '../../world.ts'
import { filesIn, query } from '../file.ts'

export const SAID = 'Your notebook has been brought up to date. A copy from before is at '

export const READERS: readonly (readonly string[])[] = [
  ['today'],
  ['today', '--json'],
  ['people', '--all'],
  ['people', '--json'],
  ['person', 'show', 'ben'],
  ['review', '--all'],
  ['review', '--json'],
  ['history'],
  ['history', '--json'],
  ['show', '1'],
  ['show', '1', '--json'],
  ['show', '2', '--format', 'yaml'],
  ['prep', 'ana', '--private'],
  ['prep', 'cara'],
  ['action', 'show', '1'],
  ['opportunity', 'list', '--json'],
  ['opportunity', 'list', '--all'],
  ['skill', 'show', 'questioning', '--person', 'ana'],
  ['questions', 'pick', 'ana'],
  ['export', 'all'],
  ['export', 'session', '1', '--shared'],
  ['export', 'person', 'ana'],
  ['due', '--person', 'cara'],
  ['recap', 'ana'],
  ['review', '--look', '--why'],
  ['note', '--list'],
  ['goal', 'list', '--json'],
]

export const WRITERS: readonly (readonly string[])[] = [
  ['person', 'add', 'Dora'],
  ['done', '1'],
  ['opportunity', 'add', 'ana', 'Northwind'],
  ['delete', 'session', '3', '--yes'],
  ['undo'],
  ['carry', '3', '--to', 'in 3 weeks'],
  ['action', 'edit', '1', '--repeat', 'every 2 weeks'],
  ['note', 'ana', 'Ask', 'about', 'the', 'calls.'],
  ['goal', 'add', 'ana', 'lead', 'a', 'renewal'],
  ['session', 'ana', '--move', 'fri'],
]

/** What is there to be read from the format on that brought it. */
export const READERS_OF = {
  1: [],
  2: [
    ['opportunity', 'show', 'northwind'],
    ['opportunity', 'show', 'contoso', '--json'],
    ['show', '4'],
    ['action', 'show', '5', '--json'],
  ],
  3: [
    ['goal', 'show', '1'],
    ['opportunity', 'show', 'fabrikam'],
    ['export', 'all', '--format', 'ics'],
    ['review', '--all', '--json'],
  ],
  4: [
    ['goal', 'show', '1'],
    ['note', '--list', '--json'],
    ['export', 'all', '--format', 'ics'],
  ],
} as const

export const pragma = (path: string, name: string) => query(path, `PRAGMA ${name}`)
export const copiesIn = (home: Home) => filesIn(join(home.folder, 'backups'))
export const theCopyIn = (home: Home) => {
  const [copy, ...more] = copiesIn(home)
  if (copy === undefined || more.length > 0) throw new Error(`${copiesIn(home).length} copies`)
  return join(home.folder, 'backups', copy)
}
