import { PASSWORD } from '../../notebook/encrypted.ts'

/** A command that writes, as it is typed in a home with a filled notebook; `HOME` is that home. */
export interface Writing {
  readonly argv: readonly string[]
  /** What is done before, for the command to have something to do. */
  readonly first?: readonly (readonly string[])[]
}

const GOAL = ['goal', 'add', 'ana', 'lead a renewal']
const OPPORTUNITY = ['opportunity', 'add', 'ana', 'Northwind', '--stage', 'discover']
const SECRET = ['--password-file', 'HOME/password']
const ENCRYPT = ['encrypt', '--wipe', ...SECRET]
const EXPORT = ['export', 'all', '--format', 'json', '-o', 'HOME/all.json']
const DELETE = ['delete', 'session', '1', '--yes']

/**
 * Every command that writes, but for `reflect` and `upward`, which save as `session` does; `demo`, which makes a notebook of its own;
 * and what is asked for at the terminal.
 */
export const WRITERS = {
  note: { argv: ['note', 'ana', 'Ask about the calls.'] },
  save: { argv: ['session', '--answers', 'HOME/answers.yaml'] },
  edit: { argv: ['edit', '1', '--answers', 'HOME/correction.yaml'] },
  done: { argv: ['done', '2'] },
  part: { argv: ['part', '2'] },
  missed: { argv: ['missed', '2'] },
  drop: { argv: ['drop', '2'] },
  carry: { argv: ['carry', '2', '--to', '2026-12-20'] },
  undo: { argv: ['undo'], first: [['done', '2']] },
  'action add': { argv: ['action', 'add', 'ana', 'call Tom'] },
  'action edit': { argv: ['action', 'edit', '2', '--obstacle', 'a full week'] },
  'goal add': { argv: GOAL },
  'goal edit': { argv: ['goal', 'edit', '1', '--what', 'lead two'], first: [GOAL] },
  'goal done': { argv: ['goal', 'done', '1'], first: [GOAL] },
  'goal drop': { argv: ['goal', 'drop', '1'], first: [GOAL] },
  'opportunity add': { argv: OPPORTUNITY },
  'opportunity edit': { argv: ['opportunity', 'edit', '1', '--close'], first: [OPPORTUNITY] },
  'person add': { argv: ['person', 'add', 'Ben'] },
  'person edit': { argv: ['person', 'edit', 'ana', '--cadence', '7'] },
  'person archive': { argv: ['person', 'archive', 'ana'] },
  'person forget': { argv: ['person', 'forget', 'ana', '--yes'] },
  'delete session': { argv: DELETE },
  'delete action': { argv: ['delete', 'action', '2', '--yes'] },
  'delete note': { argv: ['delete', 'note', '1', '--yes'] },
  'delete goal': { argv: ['delete', 'goal', '1', '--yes'], first: [GOAL] },
  'delete opportunity': {
    argv: ['delete', 'opportunity', '1', '--yes'],
    first: [OPPORTUNITY],
  },
  purge: {
    argv: ['purge', '--older-than', '1 year', '--yes'],
    first: [['session', '--answers', 'HOME/old.yaml', '--past']],
  },
  backup: { argv: ['backup'] },
  'backup to a file': { argv: ['backup', '-o', 'HOME/out.db'] },
  restore: {
    argv: ['restore', 'HOME/kept.db', '--yes'],
    first: [['backup', '-o', 'HOME/kept.db'], DELETE],
  },
  'export session': { argv: ['export', 'session', '1', '-o', 'HOME/out.md'] },
  'export all': { argv: ['export', 'all', '-o', 'HOME/out/'] },
  'export json': { argv: ['export', 'all', '--format', 'json', '-o', 'HOME/out.json'] },
  'export csv': { argv: ['export', 'all', '--format', 'csv', '-o', 'HOME/out.csv'] },
  'export ics': { argv: ['export', 'all', '--format', 'ics', '-o', 'HOME/out.ics'] },
  'export html': { argv: ['export', 'person', 'ana', '--format', 'html', '-o', 'HOME/out.html'] },
  'export raw': { argv: ['export', 'all', '--raw', '-o', 'HOME/out.jsonl'] },
  import: { argv: ['import', 'HOME/all.json'], first: [EXPORT, DELETE] },
  encrypt: { argv: ENCRYPT },
  decrypt: { argv: ['decrypt', '--yes', ...SECRET], first: [ENCRYPT] },
  'config set': { argv: ['config', 'set', 'language', 'es'] },
  'config unset': {
    argv: ['config', 'unset', 'language'],
    first: [['config', 'set', 'language', 'es']],
  },
  'config copy': { argv: ['config', 'copy'] },
  'questions add': { argv: ['questions', 'add', 'What would you try next?'] },
  'questions import': { argv: ['questions', 'import', 'HOME/list.md', '--to', 'own'] },
} as const satisfies Readonly<Record<string, Writing>>

/** Files that the commands name. */
export const FILES: Readonly<Record<string, string>> = {
  'answers.yaml':
    'person: Ana Silva\nguide: quick\nobservation: { saw: She asked about the budget. }\n',
  'correction.yaml': 'person: Ana Silva\nobservation: { saw: She asked about the price. }\n',
  'old.yaml':
    'person: Ana Silva\nguide: quick\nheld_on: 2024-11-20\nobservation: { saw: She waited. }\n',
  'list.md': '- What did you notice?\n- What will you try?\n',
  password: `${PASSWORD}\n`,
}
