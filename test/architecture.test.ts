import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')

/** A source file: where it stands (`src/dates.ts`), its text without comments, and what it imports. */
interface Source {
  readonly path: string
  readonly code: string
  readonly imports: readonly Import[]
}

interface Import {
  /** A file of ours (`src/dates.ts`), or the name of a package. */
  readonly to: string
  readonly isOurs: boolean
  /** Gone when the program runs. */
  readonly isType: boolean
}

const IMPORT =
  /\b(?:import|export)\s+(type\s)?[^'"();]*?\bfrom\s*['"]([^'"]+)['"]|^import\s*['"]([^'"]+)['"]|(typeof\s+)?\b(?:import|require)\(\s*['"]([^'"]+)['"]\s*\)/gm

function read(path: string): Source {
  const code = readFileSync(join(root, path), 'utf8')
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/^\s*\/\/.*$/gm, '')
  const imports = [...code.matchAll(IMPORT)].map(([, type, from, bare, typeOf, dynamic]) => {
    const name = from ?? bare ?? dynamic ?? ''
    const isOurs = name.startsWith('.')
    const to = isOurs ? relative(root, resolve(root, dirname(path), name)) : packageOf(name)
    return { to, isOurs, isType: type !== undefined || typeOf !== undefined }
  })
  return { path, code, imports }
}

function packageOf(name: string): string {
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/')
}

const SOURCES = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => read(join('src', name)))
  .toSorted((a, b) => (a.path < b.path ? -1 : 1))

const isIn = (folder: string) => (path: string) => path.startsWith(folder)
/** What knows nothing of the world: words, days, errors, files. */
const GROUND = [
  'src/answer-places.ts',
  'src/dates/',
  'src/errors.ts',
  'src/files/',
  'src/lazy.ts',
  'src/model.ts',
  'src/package-root.ts',
  'src/text/',
  'src/yaml/',
]

test('the sources can be read, with what they import', () => {
  expect(SOURCES.length).toBeGreaterThan(40)
  const imported = new Set(SOURCES.flatMap((one) => one.imports.map(({ to }) => to)))
  const lonely = SOURCES.filter(({ path }) => path !== 'src/main.ts' && !imported.has(path))
  expect(lonely.map(({ path }) => path)).toEqual([])
})

describe('imports run downwards', () => {
  /** What each part may import of ours, beside itself and the ground. */
  const MAY: readonly (readonly [part: string, folders: readonly string[]])[] = [
    ['src/conversation/', []],
    ['src/questions/', ['src/conversation/']],
    ['src/drafts/', []],
    ['src/followup/', []],
    ['src/notebook/', ['src/drafts/']],
    ['src/output/', []],
    ['src/render/', ['src/conversation/', 'src/followup/', 'src/output/', 'src/questions/']],
    ['src/export/', ['src/conversation/', 'src/output/', 'src/render/']],
    ['src/ask/terminal/', ['src/conversation/', 'src/drafts/', 'src/output/', 'src/render/']],
    ['src/ask/', ['src/ask/terminal/', 'src/conversation/', 'src/output/', 'src/render/']],
    ['src/library/', ['src/conversation/', 'src/output/', 'src/questions/']],
    ['src/privacy/', ['src/conversation/', 'src/library/', 'src/output/']],
    [
      'src/start/',
      ['src/ask/terminal/', 'src/library/', 'src/notebook/', 'src/output/', 'src/questions/bank/'],
    ],
    // Types alone.
    ['src/world.ts', []],
    [
      'src/commands/',
      [
        'src/ask/',
        'src/conversation/',
        'src/drafts/',
        'src/export/',
        'src/followup/',
        'src/library/',
        'src/notebook/',
        'src/output/',
        'src/privacy/',
        'src/questions/',
        'src/render/',
        'src/start/',
      ],
    ],
    ['src/cli/', ['src/commands/']],
    ['src/main.ts', ['src/cli/program.ts', 'src/output/layout.ts', 'src/start/make-world.ts']],
  ]

  test.each(MAY)('%s imports only what it may', (part, folders) => {
    const mine = SOURCES.filter(
      ({ path }) => MAY.find(([one]) => path.startsWith(one))?.[0] === part,
    )
    const allowed = [part, ...folders, ...GROUND]
    const wrong = mine.flatMap(({ path, imports }) =>
      imports
        // The shapes of data may be known from above; what a program runs may not.
        .filter(
          ({ to, isOurs, isType }) =>
            isOurs && !isType && !allowed.some((one) => to.startsWith(one)),
        )
        .map(({ to }) => `${path} imports ${to}`),
    )
    expect(mine).not.toEqual([])
    expect(wrong).toEqual([])
  })

  test('the ground imports nothing but the ground', () => {
    const isGround = (path: string) => GROUND.some((one) => path.startsWith(one))
    const wrong = SOURCES.filter(({ path }) => isGround(path)).flatMap(({ path, imports }) =>
      imports
        .filter(({ to, isOurs }) => isOurs && !isGround(to))
        .map(({ to }) => `${path} imports ${to}`),
    )
    expect(wrong).toEqual([])
  })

  test.each(['src/conversation/', 'src/questions/'])(
    '%s knows neither terminal nor SQL nor commands, not even their types',
    (part) => {
      const wrong = SOURCES.filter(({ path }) => path.startsWith(part)).flatMap(
        ({ path, imports }) =>
          imports
            .filter(({ to }) =>
              /^src\/(ask|notebook|commands|render|export|world|cli|main)|sqlite|inquirer|^node$/.test(
                to,
              ),
            )
            .map(({ to }) => `${path} imports ${to}`),
      )
      expect(wrong).toEqual([])
    },
  )

  test('files never import each other in a circle', () => {
    const next = new Map(
      SOURCES.map(({ path, imports }) => [
        path,
        imports.filter(({ isOurs, isType }) => isOurs && !isType).map(({ to }) => to),
      ]),
    )
    const circles: string[] = []
    const follow = (path: string, way: readonly string[]) => {
      if (way.includes(path)) circles.push([...way.slice(way.indexOf(path)), path].join(' → '))
      else if (!done.has(path)) for (const to of next.get(path) ?? []) follow(to, [...way, path])
      done.add(path)
    }
    const done = new Set<string>()
    for (const path of next.keys()) follow(path, [])
    expect(circles).toEqual([])
  })
})

describe('a package is known in one place', () => {
  test.each<readonly [name: string, isPlace: (path: string) => boolean]>([
    ['better-sqlite3', isIn('src/notebook/')],
    ['better-sqlite3-multiple-ciphers', isIn('src/notebook/')],
    ['inquirer', isIn('src/ask/terminal/')],
    ['@inquirer/core', isIn('src/ask/terminal/')],
    ['commander', isIn('src/cli/')],
    ['chrono-node', isIn('src/dates/read-day.ts')],
    ['env-paths', isIn('src/start/places.ts')],
    [
      'chalk',
      (path) => ['src/lazy.ts', 'src/start/make-world.ts', 'src/output/paint.ts'].includes(path),
    ],
  ])('%s', (name, isPlace) => {
    const users = SOURCES.filter(({ imports }) => imports.some(({ to }) => to === name))
    expect(users.map(({ path }) => path).filter((path) => !isPlace(path))).toEqual([])
  })

  test('every package that is used is declared in package.json', () => {
    const known = Object(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
    const declared = Object.keys({ ...known.dependencies, ...known.peerDependencies })
    const used = SOURCES.flatMap(({ imports }) =>
      imports
        .filter(({ to, isOurs, isType }) => !isOurs && !isType && !to.startsWith('node:'))
        .map(({ to }) => to),
    )
    expect([...new Set(used)].filter((name) => !declared.includes(name))).toEqual([])
  })

  test('no source file can reach the network', () => {
    const wrong = SOURCES.flatMap(({ path, code, imports }) => [
      ...imports
        .filter(({ to }) => /^(node:)?(https?|http2|net|tls|dgram|dns)$/.test(to))
        .map(({ to }) => `${path} imports ${to}`),
      ...[...code.matchAll(/\b(fetch|WebSocket|EventSource|XMLHttpRequest)\b\s*\(/g)].map(
        ([word]) => `${path} calls ${word}`,
      ),
    ])
    expect(wrong).toEqual([])
  })
})

describe('only the world touches the process and the clock', () => {
  /** Places that are known, each with its reason. */
  const KNOWN: Readonly<Record<string, readonly string[] | 'all'>> = {
    // What a world is made from.
    'src/start/make-world.ts': 'all',
    'src/start/this-process.ts': 'all',
    // The entry of the program: it makes the world, and tells on stderr where that fails.
    'src/main.ts': ['process.stderr'],
    // Where the output goes: Node's own streams where they are needed, and how a broken one ends.
    'src/start/streams.ts': [
      'process.stdout',
      'process.stderr',
      'process.exitCode',
      'process.getBuiltinModule',
    ],
  }
  const usesOf = (path: string) =>
    [...(SOURCES.find((one) => one.path === path)?.code ?? '').matchAll(/\bprocess\.\w+/g)].map(
      ([use]) => use,
    )

  test('process', () => {
    const wrong = SOURCES.flatMap(({ path }) => {
      const known = KNOWN[path] ?? []
      return usesOf(path)
        .filter((use) => known !== 'all' && !known.includes(use))
        .map((use) => `${path} uses ${use}`)
    })
    expect(wrong).toEqual([])
  })

  test('process, by whatever way a file gets it', () => {
    const wrong = SOURCES.filter(
      ({ path, code, imports }) =>
        imports.some(({ to, isType }) => !isType && /^(node:)?process$/.test(to)) ||
        (!(path in KNOWN) && /\{[^{}]*\}\s*=\s*(?:globalThis\.)?process\b|\bprocess\[/.test(code)),
    )
    expect(wrong.map(({ path }) => path)).toEqual([])
  })

  test('and no place is known that is not used', () => {
    const idle = Object.entries(KNOWN).flatMap(([path, known]) =>
      known === 'all'
        ? []
        : known.filter((use) => !usesOf(path).includes(use)).map((use) => `${path}: ${use}`),
    )
    expect(idle).toEqual([])
  })

  test.each([
    ['console', /\bconsole\.\w+/g],
    ['the clock', /\bnew Date\(\s*\)|\bDate\.now\(|\bperformance\.now\(/g],
    ['chance', /\bMath\.random\(/g],
    ['the end of the process', /\bprocess\.(exit|abort|kill)\(/g],
  ])('%s', (_what, pattern) => {
    const wrong = SOURCES.filter(({ path }) => KNOWN[path] !== 'all').flatMap(({ path, code }) =>
      [...code.matchAll(pattern)].map(([use]) => `${path} uses ${use}`),
    )
    expect(wrong).toEqual([])
  })

  test('no source file ends the process by force', () => {
    const bin = read('bin/coach.js')
    for (const { code } of [bin, ...SOURCES]) expect(code).not.toMatch(/\bprocess\.exit\(/)
  })
})

test('folders never import each other in a circle', () => {
  // Files of the root stand for themselves.
  const roomOf = (path: string) => (dirname(path) === 'src' ? path : dirname(path))
  const needs = new Map<string, Set<string>>()
  for (const { path, imports } of SOURCES) {
    const room = needs.get(roomOf(path)) ?? new Set()
    needs.set(roomOf(path), room)
    for (const { to, isOurs, isType } of imports) {
      if (isOurs && !isType && roomOf(to) !== roomOf(path)) room.add(roomOf(to))
    }
  }
  const reached = (from: string, seen = new Set<string>()): ReadonlySet<string> => {
    for (const to of needs.get(from) ?? []) {
      if (seen.has(to)) continue
      seen.add(to)
      reached(to, seen)
    }
    return seen
  }
  expect([...needs.keys()].filter((room) => reached(room).has(room))).toEqual([])
})

test('no folder of the source holds more than 16 files', () => {
  const folders = Map.groupBy(SOURCES, ({ path }) => dirname(path))
  const full = [...folders].filter(([, files]) => files.length > 16)
  expect(full.map(([folder, { length }]) => `${folder}: ${length}`)).toEqual([])
})

test('bytes are written to files in one place, which checks how many were written', () => {
  const known = new Set(['src/files/durable.ts', 'src/start/streams.ts'])
  const wrong = SOURCES.filter(({ path }) => !known.has(path)).flatMap(({ path, code }) =>
    [...code.matchAll(/\b(?:write|append)\w*Sync\b/g)].map(([use]) => `${path} uses ${use}`),
  )
  expect(wrong).toEqual([])
})

test('SQL stands only in src/notebook/', () => {
  const sql =
    /\b(SELECT\s+[\w*(]|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|CREATE\s+TABLE|PRAGMA\s+\w)/
  const places = SOURCES.filter(({ code }) => sql.test(code)).map(({ path }) => path)
  expect(places).not.toEqual([])
  expect(places.filter((path) => !path.startsWith('src/notebook/'))).toEqual([])
})

describe('the tests', () => {
  const FILES = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join('test', name))
    .toSorted()
  /** Folders that mirror no folder of the source, each with its reason. */
  const OWN: Readonly<Record<string, string>> = {
    'test/clock': 'the clock of the tests',
    'test/commands/three-months': 'many commands, through three months of a team',
    'test/faults': 'what must never happen, by subject',
    'test/systems': 'Windows and macOS, played',
  }

  test('stand in files of at most 400 lines', () => {
    expect(FILES.length).toBeGreaterThan(200)
    const long = FILES.map(
      (path) => [path, readFileSync(join(root, path), 'utf8').split('\n').length - 1] as const,
    ).filter(([, lines]) => lines > 400)
    expect(long).toEqual([])
  })

  test('stand in folders of at most 16 files', () => {
    const folders = Map.groupBy(FILES, (path) => dirname(path))
    const full = [...folders].filter(([, { length }]) => length > 16)
    expect(full.map(([folder, { length }]) => `${folder}: ${length}`)).toEqual([])
  })

  test('stand in folders with the names of those that they check', () => {
    const sources = new Set(SOURCES.map(({ path }) => dirname(path)))
    const isOwn = (folder: string) =>
      Object.keys(OWN).some((own) => folder === own || folder.startsWith(`${own}/`))
    const folders = new Set(FILES.map((path) => dirname(path)))
    const lost = [...folders].filter(
      (folder) =>
        !isOwn(folder) &&
        ![...sources].some((one) => `${one}/`.startsWith(`${folder.replace('test', 'src')}/`)),
    )
    expect(lost).toEqual([])
  })
})

/** What commands of the same kind do has the same name in each of them, as do their options. */
const OF_COMMANDS = /^(?:run|add|edit|list|show|\w+Options)$/

test('an exported name means one thing in the whole source', () => {
  const EXPORT = /^export (?:async )?(?:function|const|interface|type|class) (\w+)/gm
  const places = Map.groupBy(
    SOURCES.flatMap(({ path, code }) =>
      [...new Set([...code.matchAll(EXPORT)].map(([, name = '']) => name))]
        .filter((name) => !(path.startsWith('src/commands/') && OF_COMMANDS.test(name)))
        .map((name) => ({ name, path })),
    ),
    ({ name }) => name,
  )
  const shared = [...places].filter(([, all]) => all.length > 1)
  expect(shared.map(([name, all]) => `${name}: ${all.map(({ path }) => path).join(', ')}`)).toEqual(
    [],
  )
})
