import {
  copyFileSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openDrafts } from '../../src/drafts/drafts.ts'
import { holdersOf, PASSWORD } from '../notebook/encrypted.ts'
import { query } from '../notebook/file.ts'
import { flat } from '../faults/built.ts'
import { NOW } from '../world.ts'
import { canPlay, windows } from './run.ts'

/** A machine with a person and a note in the notebook. */
function begun() {
  const machine = windows()
  expect(machine.coach(['person', 'add', 'Ana', 'Silva'])).toMatchObject({
    code: 0,
    err: 'Added Ana Silva (1).\n',
  })
  expect(machine.coach(['note', 'ana', 'quokkaquartz'])).toMatchObject({ code: 0 })
  return machine
}

/** The files beside a notebook, but for the folders. */
const besides = (notebook: string) =>
  readdirSync(join(notebook, '..'), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)

const people = 'Ana Silva  not talked yet\n'

describe.skipIf(!canPlay)('on Windows (played over Linux)', () => {
  test('a first person is added, and the notebook is in the folder for data of programs', () => {
    const { coach, notebook } = begun()
    expect(query(notebook, 'SELECT name FROM person')).toEqual([{ name: 'Ana Silva' }])
    expect(coach(['people'])).toEqual({ code: 0, out: people, err: '' })
  })

  test('a conversation is taken from a file that is named with ~\\', () => {
    const { coach, home } = begun()
    const answers = 'person: Ana Silva\nguide: quick\nobservation: { saw: She asked. }\n'
    writeFileSync(join(home, 'answers.yaml'), answers)
    expect(coach(['session', '--answers', '~\\answers.yaml'])).toMatchObject({ code: 0 })
    expect(coach(['show', '1']).out).toContain('She asked.')
  })

  test('a backup is made and put back while coach has the notebook open', () => {
    const { coach, notebook } = begun()
    expect(coach(['backup'])).toMatchObject({ code: 0 })
    expect(coach(['person', 'add', 'Ben'])).toMatchObject({ code: 0 })
    const { code, err } = coach(['restore', 'latest', '--yes'])
    expect([code, flat(err)]).toEqual([0, expect.stringContaining(`Restored ${notebook}`)])
    expect(coach(['people']).out).toBe(people)
    expect(besides(notebook)).toEqual(['notebook.db'])
  })

  test('a backup is put where the notebook is gone', () => {
    const { coach, notebook, home } = begun()
    expect(coach(['backup', '-o', '~/stick.db'])).toMatchObject({ code: 0 })
    const other = join(home, 'other.db')
    const taken = coach(['--notebook', '~/other.db', '--new', 'restore', '~\\stick.db', '--yes'])
    expect(taken).toMatchObject({ code: 0 })
    expect(query(other, 'SELECT name FROM person')).toEqual([{ name: 'Ana Silva' }])
    expect(besides(notebook)).toEqual(['notebook.db'])
  })

  test('what is written and read stands where ~ says, with either slash', () => {
    const { coach, home } = begun()
    expect(coach(['export', 'all', '-o', '~\\all.md'])).toMatchObject({ code: 0 })
    expect(readFileSync(join(home, 'all.md'), 'utf8')).toContain('Ana Silva')
    expect(coach(['export', 'all', '--format', 'json', '-o', '~/all.json'])).toMatchObject({
      code: 0,
    })
    const second = windows()
    copyFileSync(join(home, 'all.json'), join(second.home, 'all.json'))
    expect(second.coach(['import', '~\\all.json'])).toMatchObject({ code: 0 })
    expect(second.coach(['people']).out).toBe(people)
    mkdirSync(join(home, 'banks'))
    expect(coach(['--bank', '~\\banks', 'questions', 'banks'])).toMatchObject({ code: 0 })
    expect(coach(['config', 'set', 'banks', '~\\banks'])).toMatchObject({ code: 0 })
    expect(readFileSync(join(home, 'AppData/Roaming/coach/Config/config.yaml'), 'utf8')).toContain(
      join(home, 'banks'),
    )
    expect(coach(['people'], { COACH_HOME: '~\\work' }).out).toBe('')
    expect(coach(['person', 'add', 'Cara'], { COACH_HOME: '~\\work' })).toMatchObject({ code: 0 })
    expect(readdirSync(join(home, 'work'))).toContain('notebook.db')
  })

  test('a notebook is encrypted and decrypted, and nothing of it lies open in between', () => {
    const { coach, home, notebook } = begun()
    expect(coach(['backup'])).toMatchObject({ code: 0 })
    writeFileSync(join(home, 'password'), `${PASSWORD}\n`)
    const password = ['--password-file', '~\\password']
    const made = coach(['encrypt', '--wipe', '--backups', 'encrypt', ...password])
    expect([made.code, flat(made.err)]).toEqual([
      0,
      expect.stringContaining('The old file was overwritten and removed.'),
    ])
    // A password file of Windows has no mode that would say who can read it.
    expect(made.err).not.toContain('chmod')
    expect(holdersOf(home, 'quokkaquartz')).toEqual([])
    expect(besides(notebook)).toEqual(['notebook.db'])
    expect(coach(['people', ...password]).out).toBe(people)
    expect(coach(['decrypt', '--yes', ...password])).toMatchObject({ code: 0 })
    expect(coach(['people']).out).toBe(people)
    expect(besides(notebook)).toEqual(['notebook.db'])
  })

  test('a text that was typed and not saved is sealed with the notebook, and offered afterwards', () => {
    const { coach, home, notebook } = begun()
    const [row] = query(notebook, 'SELECT uuid FROM person')
    const { uuid } = Object(row)
    const parts = { now: () => NOW, pid: 2 ** 22, started: null, isRunning: () => false }
    const drafts = openDrafts({ folder: join(notebook, '../drafts'), ...parts })
    drafts.keep({ person: uuid, session: null, prompt: '0/note' }, 'zebrazircon', null)
    expect(holdersOf(home, 'zebrazircon')).toHaveLength(1)
    writeFileSync(join(home, 'password'), `${PASSWORD}\n`)
    const password = ['--password-file', 'password']
    expect(coach(['encrypt', '--wipe', ...password])).toMatchObject({ code: 0 })
    expect(holdersOf(home, 'zebrazircon')).toEqual([])
    expect(readdirSync(join(notebook, '../drafts'))).toHaveLength(1)
    expect(coach(['note', '--unsaved', ...password]).out).toContain('zebrazircon')
  })

  test('the old file is kept where that is wished', () => {
    const { coach, home, notebook } = begun()
    writeFileSync(join(home, 'password'), `${PASSWORD}\n`)
    const password = ['--password-file', 'password']
    expect(coach(['encrypt', '--keep', ...password])).toMatchObject({ code: 0 })
    const [kept = ''] = readdirSync(join(notebook, '../backups'))
    expect(query(join(notebook, '../backups', kept), 'SELECT name FROM person')).toEqual([
      { name: 'Ana Silva' },
    ])
    expect(besides(notebook)).toEqual(['notebook.db'])
  })

  test('the doctor says who can read the notebook, and tells nobody to type chmod', () => {
    const { coach, home } = begun()
    const inside = coach(['doctor', '--full'])
    expect([inside.code, inside.err]).toEqual([0, ''])
    expect(flat(inside.out)).toContain(
      'It is in the folder of your user profile. Windows keeps other users out of that folder, but not administrators; coach itself sets no permissions on Windows.',
    )
    expect(inside.out).toContain('All is well.')
    const elsewhere = coach(['doctor'], { USERPROFILE: join(home, 'ben') })
    expect(flat(elsewhere.out)).toContain(
      `It is not in the folder of your user profile (${join(home, 'ben')}), so other users of this computer may be able to read it`,
    )
    expect(inside.out + elsewhere.out).not.toMatch(/chmod|can be read by others/)
  })

  test('a notebook with a second name is not written to, and what to do is no command of another system', () => {
    const { coach, home, notebook } = begun()
    linkSync(notebook, join(home, 'second.db'))
    const { code, err } = coach(['person', 'add', 'Ben'])
    expect([code, flat(err)]).toEqual([
      7,
      expect.stringContaining('Make a copy of the file in its folder, remove the file, and give'),
    ])
    expect(err).not.toMatch(/\bcp\b|\bmv\b/)
  })

  test('nothing claims that permissions were tightened', () => {
    const { coach } = begun()
    expect(coach(['people']).err).toBe('')
  })
})
