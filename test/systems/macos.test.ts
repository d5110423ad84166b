import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { connect } from '../../src/notebook/file/connect.ts'
import { encryptedHome, filledHome, keyOf } from '../notebook/encrypted.ts'
import { flat } from '../faults/built.ts'
import { canPlay, mac } from './run.ts'

/** A Mac on which both folders are named by variables. */
function withXdg() {
  const machine = mac()
  const [data, config] = ['data', 'settings'].map((name) => join(machine.home, name))
  if (!data || !config) throw new Error('no folders')
  const xdg = { XDG_DATA_HOME: data, XDG_CONFIG_HOME: config }
  return { ...machine, xdg, named: { data: join(data, 'coach'), config: join(config, 'coach') } }
}

const ANA = ['person', 'add', 'Ana']
const people = 'Ana  not talked yet\n'

describe.skipIf(!canPlay)('on a Mac (played over Linux)', () => {
  test('notes and settings are in the Library', () => {
    const { coach, data, config } = mac()
    expect(coach(ANA)).toMatchObject({ code: 0 })
    expect(readdirSync(data)).toContain('notebook.db')
    expect(readdirSync(config)).toEqual(['last-notebook.json'])
    expect(coach(['doctor']).out).not.toContain('XDG')
  })

  test('they are where XDG_DATA_HOME and XDG_CONFIG_HOME say, from the first start on', () => {
    const { coach, home, xdg, named } = withXdg()
    expect(coach(ANA, xdg)).toMatchObject({ code: 0 })
    expect(coach(['config', 'set', 'language', 'es'], xdg)).toMatchObject({ code: 0 })
    expect(coach(['people'], xdg).out).toBe(people)
    expect(readdirSync(named.data)).toContain('notebook.db')
    expect(readdirSync(named.config).toSorted()).toEqual(['config.yaml', 'last-notebook.json'])
    expect(existsSync(join(home, 'Library'))).toBe(false)
    expect(coach(['doctor'], xdg).out).not.toContain('XDG')
  })

  test.each(['XDG_DATA_HOME', 'XDG_CONFIG_HOME'] as const)(
    'one of the two alone moves its folder, and every later start finds both again: %s',
    (variable) => {
      const { coach, xdg, named, data, config } = withXdg()
      const only = { [variable]: xdg[variable] }
      const isData = variable === 'XDG_DATA_HOME'
      expect(coach(ANA, only)).toMatchObject({ code: 0 })
      expect(coach(['config', 'set', 'language', 'en'], only)).toMatchObject({ code: 0 })
      expect(coach(['people'], only).out).toBe(people)
      expect(coach(['people'], only)).toEqual({ code: 0, out: people, err: '' })
      expect(readdirSync(isData ? named.data : data)).toContain('notebook.db')
      expect(readdirSync(isData ? config : named.config)).toContain('config.yaml')
      expect(existsSync(isData ? data : config)).toBe(false)
    },
  )

  test('what was in the Library before the variables were set stays in use, and the doctor says so', () => {
    const { coach, xdg, named, data, config } = withXdg()
    expect(coach(ANA)).toMatchObject({ code: 0 })
    expect(coach(['people'], xdg)).toEqual({ code: 0, out: people, err: '' })
    const { code, out } = coach(['doctor'], xdg)
    expect(code).toBe(0)
    expect(flat(out)).toContain(
      `XDG_DATA_HOME names ${named.data}, and coach still uses ${data}, because your files from before are there. To move: with no coach running, move everything from ${data} to ${named.data}`,
    )
    expect(flat(out)).toContain(`XDG_CONFIG_HOME names ${named.config}, and coach still uses`)
    expect(out).toContain('All is well.')
    expect(existsSync(named.data)).toBe(false)
    // As the doctor says.
    mkdirSync(join(named.data, '..'), { recursive: true })
    mkdirSync(join(named.config, '..'), { recursive: true })
    renameSync(data, named.data)
    renameSync(config, named.config)
    expect(coach(['people'], xdg).out).toBe(people)
    expect(coach(['doctor'], xdg).out).not.toContain('XDG')
  })

  test.each(['config.yaml', 'question-banks', 'guides'])(
    'settings of before stay in use where only %s is there',
    (name) => {
      const { coach, xdg, named, config } = withXdg()
      mkdirSync(config, { recursive: true })
      if (name === 'config.yaml') writeFileSync(join(config, name), 'language: es\n')
      else mkdirSync(join(config, name))
      expect(coach(['config', 'set', 'language', 'en'], xdg)).toMatchObject({ code: 0 })
      expect(readFileSync(join(config, 'config.yaml'), 'utf8')).toBe('language: en\n')
      expect(existsSync(named.config)).toBe(false)
    },
  )

  test('a notebook that is missed in the Library is not begun anew elsewhere', () => {
    const { coach, xdg, named, data } = withXdg()
    expect(coach(ANA)).toMatchObject({ code: 0 })
    expect(coach(['backup'])).toMatchObject({ code: 0 })
    renameSync(join(data, 'notebook.db'), join(data, 'away.db'))
    const { code, err } = coach(['person', 'add', 'Ben'], xdg)
    expect([code, flat(err)]).toEqual([
      5,
      expect.stringContaining(`Your notes were at ${join(data, 'notebook.db')}, and are not there`),
    ])
    expect(coach(['restore', 'latest', '--yes'], xdg)).toMatchObject({ code: 0 })
    expect(readdirSync(data)).toContain('notebook.db')
    expect(coach(['people'], xdg).out).toBe(people)
    expect(existsSync(named.data)).toBe(false)
  })

  test('a second notebook, where a variable says, is told by the doctor', () => {
    const { coach, xdg, named } = withXdg()
    expect(coach(ANA, xdg)).toMatchObject({ code: 0 })
    expect(coach(['person', 'add', 'Ben'])).toMatchObject({ code: 0 })
    expect(coach(['people'], xdg).out).toBe('Ben  not talked yet\n')
    const { out } = coach(['doctor'], xdg)
    expect(flat(out)).toContain(
      `to mend: There is a notebook in ${named.data} too, and coach does not use it. See what is in it: coach --notebook "${named.data}/notebook.db" people`,
    )
  })

  test('a folder that is no full path is refused', () => {
    const { code, err } = mac().coach(ANA, { XDG_DATA_HOME: 'notes' })
    expect([code, err]).toEqual([2, expect.stringContaining('XDG_DATA_HOME is “notes”')])
  })

  test('a backup is made and put back, and an encrypted notebook is read', () => {
    const { coach, home } = mac()
    expect(coach(ANA)).toMatchObject({ code: 0 })
    expect(coach(['backup'])).toMatchObject({ code: 0 })
    expect(coach(['restore', 'latest', '--yes'])).toMatchObject({ code: 0 })
    writeFileSync(join(home, 'password'), 'quokkaquartz\n', { mode: 0o600 })
    const password = ['--password-file', '~/password']
    expect(coach(['encrypt', '--wipe', '--backups', 'encrypt', ...password])).toMatchObject({
      code: 0,
    })
    expect(coach(['people', ...password]).out).toBe(people)
  })
})

describe('every connection asks the disk to write down what is saved, as only macOS has to be asked', () => {
  const settings = (db: ReturnType<typeof connect>) => [
    db.pragma('fullfsync', { simple: true }),
    db.pragma('checkpoint_fullfsync', { simple: true }),
  ]

  test.each([false, true])('to a plain notebook (for reading only: %s)', async (readonly) => {
    const { notebook } = await filledHome()
    const db = connect(notebook, { readonly })
    expect(settings(db)).toEqual([1, 1])
    db.close()
  })

  test.each([false, true])('to an encrypted one (for reading only: %s)', async (readonly) => {
    const { notebook } = await encryptedHome()
    const db = connect(notebook, { readonly, key: keyOf(notebook) })
    expect(settings(db)).toEqual([1, 1])
    db.close()
  })
})
