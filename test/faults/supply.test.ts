import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { schemaToBuild } from '../../src/notebook/schema/odd-schema.ts'
import { newFolder } from '../notebook/file.ts'
import { environment } from '../ask/terminal/process.ts'
import { bash } from './tools.ts'

const root = resolve(import.meta.dirname, '../..')
const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))

/** A package as the lockfile names it. */
interface Locked {
  readonly version?: string
  readonly integrity?: string
  readonly resolved?: string
  readonly hasInstallScript?: boolean
  readonly link?: boolean
}

const lock: { readonly packages: Readonly<Record<string, Locked>> } = Object(
  readJson(join(root, 'package-lock.json')),
)
const LOCKED = Object.entries(lock.packages).filter(([place]) => place !== '')
const own: {
  readonly allowScripts: Readonly<Record<string, boolean>>
  readonly dependencies: Readonly<Record<string, string>>
} = Object(readJson(join(root, 'package.json')))

const nameOf = (place: string) => place.slice(place.lastIndexOf('node_modules/') + 13)

describe('fault 67: the lockfile', () => {
  test('says for every package what it must be, byte for byte', () => {
    expect(LOCKED.length).toBeGreaterThan(50)
    const loose = LOCKED.filter(
      ([, one]) => !one.integrity?.startsWith('sha512-') || one.link === true,
    )
    expect(loose.map(([place]) => place)).toEqual([])
  })

  test('names no server, so that each machine takes packages from the registry that it is set to', () => {
    expect(
      LOCKED.filter(([, { resolved }]) => resolved !== undefined).map(([place]) => place),
    ).toEqual([])
    expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).not.toMatch(
      /(?:git|ssh|file|link|http):\/\//,
    )
  })

  test('knows no package that runs a script when it is installed, but those that are named', () => {
    const scripted = LOCKED.filter(([, one]) => one.hasInstallScript === true).map(([place]) =>
      nameOf(place),
    )
    expect(scripted.filter((name) => own.allowScripts[name] !== true)).toEqual([])
    const allowed = Object.entries(own.allowScripts).filter(([, isAllowed]) => isAllowed)
    expect(allowed.map(([name]) => name).toSorted()).toEqual(scripted.toSorted())
  })

  test('is what is installed, and what is installed compiles nothing unasked', () => {
    // A package with a binding.gyp is compiled even without a script, unless that is denied by name.
    const compiling = LOCKED.filter(([place]) => existsSync(join(root, place, 'binding.gyp'))).map(
      ([place]) => nameOf(place),
    )
    expect(compiling).toContain('better-sqlite3')
    expect(compiling.filter((name) => own.allowScripts[name] !== false)).toEqual([])
    const installed = LOCKED.filter(([place]) => existsSync(join(root, place, 'package.json')))
    const other = installed.filter(
      ([place, { version }]) =>
        Object(readJson(join(root, place, 'package.json'))).version !== version,
    )
    expect(other.map(([place]) => place)).toEqual([])
    const SCRIPTS = ['preinstall', 'install', 'postinstall']
    const running = installed.filter(([place]) => {
      const scripts = Object(Object(readJson(join(root, place, 'package.json'))).scripts)
      return SCRIPTS.some((name) => name in scripts)
    })
    const named = new Set(Object.keys(own.allowScripts))
    expect(running.map(([place]) => nameOf(place)).filter((name) => !named.has(name))).toEqual([])
  })
})

test('fault 67: the list of what coach is made of is written without a network', () => {
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: newFolder(),
    npm_config_offline: 'true',
    npm_config_loglevel: 'error',
  }
  const { code, out } = bash('npm run --silent sbom', env, { cwd: root })
  expect(code).toBe(0)
  const bom: Bom = Object(JSON.parse(out))
  expect(bom.bomFormat).toBe('CycloneDX')
  // With --omit dev, npm 11 leaves out what a tool needs as well as coach: so all are there, and tools are marked.
  const shipped = bom.components.filter(
    ({ properties = [] }) => !properties.some(({ name }) => name === 'cdx:npm:package:development'),
  )
  const names = new Set(shipped.map(({ name }) => name))
  expect(Object.keys(own.dependencies).filter((name) => !names.has(name))).toEqual([])
  expect(names.has('vitest')).toBe(false)
  expect(bom.components.map(({ name }) => name)).toContain('vitest')
})

interface Bom {
  readonly bomFormat: string
  readonly components: readonly {
    readonly name: string
    readonly properties?: readonly { readonly name: string }[]
  }[]
}

test('the build writes down the schema that the steps make', () => {
  expect(readJson(join(root, 'dist', 'schema.json'))).toEqual(schemaToBuild())
})

describe('fault 66: where a part is missing', () => {
  /** A copy of the program with just what it needs, in which the binding of SQLite can be broken. */
  const copyOfProgram = () => {
    const folder = newFolder()
    for (const name of ['bin', 'dist', 'question-banks', 'package.json']) {
      cpSync(join(root, name), join(folder, name), { recursive: true })
    }
    const [from, to] = [join(root, 'node_modules'), join(folder, 'node_modules')]
    const sqlite = ['package.json', 'lib', 'prebuilds'].map((part) => join('better-sqlite3', part))
    mkdirSync(join(to, 'better-sqlite3'), { recursive: true })
    for (const name of [
      'chalk',
      'string-width',
      'get-east-asian-width',
      'strip-ansi',
      'ansi-regex',
      ...sqlite,
    ]) {
      cpSync(join(from, name), join(to, name), { recursive: true })
    }
    return { folder, sqlite: join(to, 'better-sqlite3') }
  }
  test.each<readonly [where: string, work: (folder: string, sqlite: string) => string]>([
    ['in its own folder', (folder) => folder],
    [
      'beside coach, as where coach is a part of something else',
      (folder) => {
        const own = join(folder, 'node_modules', 'coach-cli')
        mkdirSync(own)
        for (const name of ['bin', 'dist', 'question-banks', 'package.json']) {
          renameSync(join(folder, name), join(own, name))
        }
        return own
      },
    ],
    [
      'further up',
      (folder) => {
        const own = join(folder, 'tools', 'of', 'mine')
        mkdirSync(own, { recursive: true })
        for (const name of ['bin', 'dist', 'question-banks', 'package.json']) {
          renameSync(join(folder, name), join(own, name))
        }
        return own
      },
    ],
    [
      'compiled on purpose, beside one that does not fit',
      (folder, sqlite) => {
        const compiled = join(sqlite, 'build', 'Release')
        mkdirSync(compiled, { recursive: true })
        const fitting = `${process.platform}-${process.arch}.node`
        cpSync(join(sqlite, 'prebuilds', fitting), join(compiled, 'better_sqlite3.node'))
        writeFileSync(join(sqlite, 'prebuilds', fitting), 'for another machine')
        return folder
      },
    ],
  ])('the binding of SQLite is found: %s', (_where, work) => {
    const { folder, sqlite } = copyOfProgram()
    const own = work(folder, sqlite)
    const home = join(folder, 'home')
    const env = { ...environment(home), BIN: join(own, 'bin', 'coach.js') }
    const coach = (args: string) => bash(`"$NODE" "$BIN" ${args}`, env, { cwd: folder })
    expect(coach('person add Ana')).toMatchObject({ code: 0 })
    expect(coach('people')).toMatchObject({ code: 0, out: expect.stringContaining('Ana') })
  })

  const breakIt: readonly (readonly [how: string, work: (sqlite: string) => void])[] = [
    [
      'the binding is gone',
      (sqlite) => renameSync(join(sqlite, 'prebuilds'), join(sqlite, 'gone')),
    ],
    [
      'the binding is for something else',
      (sqlite) => {
        for (const name of readdirSync(join(sqlite, 'prebuilds'))) {
          writeFileSync(join(sqlite, 'prebuilds', name), 'for another machine')
        }
      },
    ],
    ['the library is gone', (sqlite) => rmSync(sqlite, { recursive: true })],
  ]

  test.each(breakIt)('%s: plain advice, and help and version work', (_how, work) => {
    const { folder, sqlite } = copyOfProgram()
    const home = join(folder, 'home')
    const env = { ...environment(home), BIN: join(folder, 'bin', 'coach.js') }
    const coach = (args: string) => bash(`"$NODE" "$BIN" ${args}`, env, { cwd: folder })
    expect(coach('person add Ana')).toMatchObject({ code: 0 })
    const before = readFileSync(join(home, 'notebook.db'))
    work(sqlite)
    for (const args of ['people', 'person add Ben', 'review --json']) {
      const { code, out, err } = coach(args)
      expect([args, code, out]).toEqual([args, 1, ''])
      expect(err).toContain('Your notes are safe')
      expect(err).toContain('Install coach again')
      expect(err).not.toMatch(/bug in coach|\bat .*:\d+:\d+/)
    }
    expect(coach('--version')).toMatchObject({ code: 0, err: '' })
    expect(coach('--help')).toMatchObject({ code: 0, err: '' })
    expect(coach('session --help').out).toContain('Usage: coach session')
    expect(readFileSync(join(home, 'notebook.db')).equals(before)).toBe(true)
  })
})
