import { execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { parse as parseCsv } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { answersFor, feed } from '../../ask/file/feed.ts'
import { toCsvText } from '../../../src/export/csv.ts'
import { must, personNamed } from '../../commands/followup/played.ts'
import { hashOfFile, newFolder, query, spawnCoach, tamper } from '../../notebook/file.ts'
import { BIN, environment, runScript } from '../../ask/terminal/process.ts'
import { type Home, newHome } from '../../world.ts'
import { readPage } from '../page.ts'

/** Each way of exporting, as it is typed. */
const WAYS: readonly (readonly string[])[] = [
  ['session', '1'],
  ['all'],
  ['all', '--format', 'json'],
  ['all', '--format', 'csv'],
  ['all', '--format', 'html'],
  ['all', '--format', 'ics'],
  ['person', 'ana', '--everything'],
  ['all', '--raw'],
]

/** A home with a finished conversation about Ana, in which Ben and the texts are named. */
async function homeWith(text = 'All of it.'): Promise<Home> {
  const home = newHome()
  await must(home, ['person', 'add', 'Ben Ortiz'])
  const actions = [{ what: text, if: text, obstacle: text }]
  const answers = answersFor('Ana Silva', { reflection: { went_well: text }, plan: { actions } })
  const { code, err } = await feed(home, answers)
  if (code !== 0) throw new Error(err)
  await must(home, ['note', 'ana'], text)
  return home
}

/** A home that is only read from, made once. */
let read: Promise<Home> | undefined
let readLarge: Promise<Home> | undefined

/** The same with notes of 200 KB each. */
async function largeHome(notes: number): Promise<Home> {
  const home = await homeWith()
  for (let n = 0; n < notes; n++) {
    tamper(
      home.notebook,
      `INSERT INTO note (uuid, person_id, status, text, created_at, updated_at, hash)
        VALUES ('n${n}', 2, 'waiting', replace(hex(zeroblob(40000)), '00', 'word '), '', '', '')`,
    )
  }
  return home
}

const ODD: readonly (readonly [what: string, make: (path: string) => void])[] = [
  ['a file', (path) => writeFileSync(path, 'mine')],
  ['a link to a file', (path) => symlinkSync(`${path}.target`, path)],
  ['a link to nowhere', (path) => symlinkSync(`${path}.gone`, path)],
  ['a link to a device', (path) => symlinkSync('/dev/null', path)],
  ['a pipe', (path) => execFileSync('mkfifo', [path])],
  [
    'a socket',
    (path) =>
      execFileSync('python3', [
        '-c',
        `import socket,sys;socket.socket(socket.AF_UNIX).bind(sys.argv[1])`,
        path,
      ]),
  ],
]

describe('fault 49: what stands there is left as it is, and nothing is waited for', () => {
  test.each(ODD)('%s', async (_what, make) => {
    const home = await (read ??= homeWith())
    const out = newFolder()
    const path = join(out, 'x')
    writeFileSync(`${path}.target`, 'mine')
    make(path)
    const stands = () => [
      readdirSync(out),
      lstatSync(path).mode,
      lstatSync(path).isSymbolicLink() ? readlinkSync(path) : '',
      lstatSync(path).isFile() ? readFileSync(path, 'utf8') : '',
      readFileSync(`${path}.target`, 'utf8'),
    ]
    const before = stands()
    for (const way of WAYS.slice(1, 3)) {
      const outcome = await spawnCoach(home.folder, 'export', ...way, '-o', path)
      expect(outcome).toMatchObject({ code: 2, out: '' })
      expect(outcome.err).toContain(`${path} exists already, and was left as it is.`)
    }
    const forced = await spawnCoach(home.folder, 'export', 'all', '-o', path, '--force')
    const isFile = before[3] === 'mine'
    expect(forced.code).toBe(isFile ? 0 : 2)
    expect(stands().toSpliced(3, 1)).toEqual(
      before.toSpliced(3, 1).map((one, at) => (at === 1 && isFile ? 0o100600 : one)),
    )
  })

  test('a device, for which no file is made beside it', async () => {
    const home = await (read ??= homeWith())
    const before = readdirSync('/dev')
    for (const force of [[], ['--force']]) {
      const outcome = await spawnCoach(home.folder, 'export', 'all', '-o', '/dev/null', ...force)
      expect(outcome).toMatchObject({ code: 2, out: '' })
    }
    expect(readdirSync('/dev')).toEqual(before)
  })

  test('a folder takes files in, each under a name of its own, and a folder in their place is left', async () => {
    const home = await (read ??= homeWith())
    const out = newFolder()
    mkdirSync(join(out, 'coach.json'))
    const made = await spawnCoach(home.folder, 'export', 'all', '--format', 'json', '-o', out)
    expect(made.code).toBe(2)
    const raw = await spawnCoach(home.folder, 'export', 'all', '--raw', '-o', out)
    expect(raw.code).toBe(0)
    const all = await spawnCoach(home.folder, 'export', 'person', 'ana', '--everything', '-o', out)
    expect(all.code).toBe(0)
    expect(readdirSync(out)).toEqual(['coach.json', 'coach.jsonl', 'everything-2-ana-silva.md'])
    expect(statSync(join(out, 'coach.jsonl')).mode & 0o777).toBe(0o600)
  })

  test('- is stdout', async () => {
    const home = await (read ??= homeWith())
    for (const way of WAYS) {
      const [plain, dash] = [
        await spawnCoach(home.folder, 'export', ...way),
        await spawnCoach(home.folder, 'export', ...way, '-o', '-'),
      ]
      const undated = (text: string) => text.replaceAll(/"exported_at": .*|^DTSTAMP.*$/gm, '')
      expect([way, undated(dash.out)]).toEqual([way, undated(plain.out)])
    }
    expect(existsSync(join(home.folder, '-'))).toBe(false)
  })
})

describe('fault 40: --raw reads what the program does not', () => {
  test('a notebook of a newer coach, of which not a byte changes', async () => {
    const home = await homeWith()
    tamper(
      home.notebook,
      "PRAGMA user_version = 999; CREATE TABLE later (a TEXT, b BLOB); INSERT INTO later VALUES (char(27), x'00ff')",
    )
    chmodSync(home.notebook, 0o644)
    const before = [
      hashOfFile(home.notebook),
      statSync(home.notebook).mode,
      readdirSync(home.folder),
    ]
    expect((await spawnCoach(home.folder, 'export', 'all')).code).toBe(6)
    const { code, out, err } = await spawnCoach(home.folder, 'export', 'all', '--raw')
    expect(code).toBe(0)
    expect(err).toContain('written by a newer coach (its format is 999, this')
    expect([
      hashOfFile(home.notebook),
      statSync(home.notebook).mode,
      readdirSync(home.folder),
    ]).toEqual(before)
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => Object(JSON.parse(line)))
    expect(lines[0]).toMatchObject({ coach: 'raw', format: 999 })
    expect(lines.at(-1)).toEqual({ table: 'later', row: { a: '\u001b', b: { bytes: 'AP8=' } } })
    for (const table of ['person', 'answer', 'sqlite_sequence']) {
      const rows = lines.filter((line) => line.table === table)
      expect(rows.length).toBe(query(home.notebook, `SELECT * FROM ${table}`).length)
    }
  })

  test('fault 24: a damaged notebook, as far as it can be read', async () => {
    const home = await homeWith()
    for (let n = 0; n < 60; n++)
      tamper(
        home.notebook,
        `INSERT INTO note (uuid, person_id, status, text, created_at, updated_at, hash) VALUES ('u${n}', 1, 'waiting', '${'x'.repeat(900)}', '', '', '')`,
      )
    const bytes = readFileSync(home.notebook)
    const size = bytes.readUInt16BE(16)
    const page = Number(
      Object(
        query(
          home.notebook,
          "SELECT pageno FROM dbstat WHERE name = 'note' AND pagetype = 'leaf' LIMIT 1 OFFSET 4",
        )[0],
      ).pageno,
    )
    bytes.fill(0xff, (page - 1) * size, page * size)
    writeFileSync(home.notebook, bytes)
    const { code, out, err } = await spawnCoach(home.folder, 'export', 'all', '--raw')
    expect([code, err]).toEqual([5, expect.stringContaining('the file is damaged in note.')])
    const notes = out.split('\n').filter((line) => line.startsWith('{"table":"note","row"'))
    expect(notes.length).toBeGreaterThan(45)
    expect(out).toContain('{"table":"note","damaged":true}')
    expect(new Set(notes).size).toBe(notes.length)
    expect(readFileSync(home.notebook).equals(bytes)).toBe(true)
  })

  test.each([
    ['nothing', () => {}],
    ['an empty file', (path: string) => writeFileSync(path, '')],
    [
      'a text',
      (path: string) => writeFileSync(path, 'no notebook at all, but long enough to be one'),
    ],
    ['a folder', (path: string) => mkdirSync(path)],
    ['a pipe', (path: string) => void execFileSync('mkfifo', [path])],
  ])('fault 22: %s is no notebook', async (_what, make) => {
    const folder = newFolder()
    make(join(folder, 'notebook.db'))
    const { code, err } = await spawnCoach(
      folder,
      'export',
      'all',
      '--raw',
      '-o',
      join(folder, 'out'),
    )
    expect([code, err]).toEqual([5, expect.not.stringContaining('bug')])
    expect(existsSync(join(folder, 'out'))).toBe(false)
  })
})

describe('fault 50: stored text cannot break out', () => {
  const HOSTILE = [
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    "'=1",
    '"=cmd|\' /C calc\'!A0"',
    '  =1',
    '＝1+1',
    'a,b',
    'a"b',
    'line\nline',
    '<script>alert(1)</script>',
    '<img src=http://x/y.png onerror=alert(1)>',
    '"><b>',
    "' onmouseover='x",
    '&lt;',
    '</style><script>',
    '</title>',
    '<!--',
    ']]>',
    '# heading',
    '[x](javascript:alert(1))',
    'http://example.org/',
  ]

  test('of CSV: every field is read back, and none is a formula', async () => {
    const home = await homeWith()
    for (const text of HOSTILE) await must(home, ['action', 'add', 'ana', '--', text])
    const { out } = await spawnCoach(home.folder, 'export', 'all', '--format', 'csv')
    const [names = [], ...rows] = parseCsv(out, { relaxColumnCount: false, bom: true })
    expect(names.slice(0, 6)).toEqual(['id', 'person', 'owner', 'what', 'due_on', 'status'])
    expect(rows).toHaveLength(HOSTILE.length + 1)
    for (const field of rows.flat()) expect(field).not.toMatch(/^(?!')[\s"]*[=+\-@＝＋－＠]/)
    const kept = query(home.notebook, 'SELECT what FROM action_item').map((row) =>
      String(Object(row).what),
    )
    const read = new Set(rows.map((row) => String(row[3])))
    expect(kept.filter((one) => !read.has(one) && !read.has(`'${one}`))).toEqual([])
  })

  test('of CSV, whatever it is', () => {
    const field = fc.string({ unit: 'binary' }).filter((one) => one.isWellFormed())
    const item = {
      id: 1,
      uuid: 'u',
      personId: 1,
      person: 'P',
      sessionId: null,
      status: 'open',
      owner: 'me',
      due: null,
      if: null,
      then: null,
      else: null,
      obstacle: null,
      measure: null,
      result: null,
      support: null,
      check_in: null,
      repeat: null,
      goal: null,
      carried: 0,
      followsId: null,
      createdAt: '2026-11-23T09:00:00.000Z',
      updatedAt: '',
      closedAt: null,
      revision: 1,
    } as const
    fc.assert(
      fc.property(field, field, (what, support) => {
        const text = toCsvText([{ ...item, what, support }])
        const [, row = []] = parseCsv(text, { recordDelimiter: '\r\n' })
        for (const [said, at] of [
          [what, 3],
          [support, 16],
        ] as const) {
          expect([said, `'${said}`]).toContain(row[at])
          expect(row[at]).not.toMatch(/^[=+\-@\t\r\0]/)
        }
      }),
    )
  })

  test('of HTML: the page has the elements of ours alone, and every text as it is', async () => {
    const home = await homeWith(HOSTILE.join('\n\n'))
    await must(home, ['person', 'edit', 'ben', '--name', `<b>"Ben" & 'co'</b>`])
    for (const way of [
      ['session', '1'],
      ['all'],
      ['person', 'ana', '--everything'],
      ['person', 'ben'],
    ]) {
      const { out } = await spawnCoach(home.folder, 'export', ...way, '--format', 'html')
      const page = readPage(out)
      expect(page.policy).toBe(
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
      )
      expect(page.elements.filter((one) => !ALLOWED.includes(one))).toEqual([])
      expect(
        page.attributes.filter((one) => !/^(?:lang|charset|http-equiv|content|name)$/.test(one)),
      ).toEqual([])
      expect(page.text).toContain(
        way[1] === 'ben' ? `<b>"Ben" & 'co'</b>` : '<img src=http://x/y.png onerror=alert(1)>',
      )
    }
  })
  const ALLOWED = 'html head meta title style body dl dt dd h1 h2 h3 h4 p ul li strong br'.split(
    ' ',
  )

  test.each([
    '../../x',
    'a/b',
    'CON',
    '-rf',
    '.hidden',
    'x'.repeat(300),
    '日本',
    '# heading',
    '---',
    'a\\b',
    'nul.md',
  ])('of the folder: a file about %s', async (name) => {
    const home = newHome()
    await personNamed(home, name)
    const out = newFolder()
    for (const format of ['md', 'html', 'csv', 'ics']) {
      await must(home, ['export', 'all', '--format', format, '-o', out])
    }
    await must(home, ['export', 'person', '--everything', '-o', out, '--', name])
    await must(home, ['export', 'person', '--format', 'json', '-o', out, '--', name])
    const names = readdirSync(out)
    expect(names).toHaveLength(6)
    for (const one of names)
      expect(one).toMatch(/^(?:everything-)?1(?:-[a-z0-9]+)*\.(?:md|html|csv|ics|json)$/)
    expect(names.every((one) => Buffer.byteLength(one) <= 100)).toBe(true)
  })
})

describe('fault 51: stdout', () => {
  test.each(WAYS)('closed early or full: export %s %s %s', async (...way) => {
    const home = await (readLarge ??= largeHome(1))
    const line = `coach export ${way.filter(Boolean).join(' ')}`
    const early = await runScript(
      home.folder,
      `${line} 2>err | head -c 100 >/dev/null; echo "\${PIPESTATUS[0]}"; grep -c bug err`,
    )
    expect(early.out).toBe('0\n0\n')
    const full = await runScript(home.folder, `${line} >/dev/full 2>err; echo $?; cat err`)
    expect(full.out).toMatch(
      /^7\n(?:.*\n)*The output could not be written: the disk may be full\.\n/,
    )
  })

  test('through a slow pipe, nothing is missing', async () => {
    const home = await largeHome(14)
    const whole = await spawnLarge(home, 'cat')
    expect(whole).toBeGreaterThan(2_500_000)
    expect(await spawnLarge(home, 'sleep 0.3; cat')).toBe(whole)
  })
})

/** How many bytes of a whole notebook as JSON come through a command. */
async function spawnLarge(home: Home, through: string): Promise<number> {
  const line = `coach export all --format json | (${through}) | wc -c`
  return Number((await runScript(home.folder, line)).out)
}

test('fault 52: an export that is killed leaves the old file, or the whole new one', async () => {
  const home = await largeHome(4)
  const out = newFolder()
  const path = join(out, 'all.json')
  writeFileSync(path, 'old')
  const env = environment(home.folder)
  const args = [BIN, 'export', 'all', '--format', 'json', '-o', path, '--force']
  for (const after of [60, 80, 100, 120, 140, 170]) {
    await new Promise((done) => {
      const child = spawn(process.execPath, args, { env, stdio: 'ignore' })
      onTestFinished(() => void child.kill('SIGKILL'))
      const timer = setTimeout(() => child.kill('SIGKILL'), after)
      child.on('close', () => {
        clearTimeout(timer)
        done(null)
      })
    })
    const text = readFileSync(path, 'utf8')
    expect(text === 'old' || text.endsWith('\n }\n}\n')).toBe(true)
    const left = readdirSync(out).filter((name) => name !== 'all.json')
    for (const name of left) expect(statSync(join(out, name)).mode & 0o777).toBe(0o600)
  }
})

test('fault 52: an export to a full disk leaves nothing, and says so', async () => {
  const home = await largeHome(4)
  const out = newFolder()
  const run = await runScript(
    home.folder,
    `ulimit -f 100; trap '' XFSZ; coach export all --format json -o ${out}/all.json; echo $?`,
  )
  expect(run.out).toBe('7\n')
  expect(run.err).toContain('Your notebook is safe.')
  expect(readdirSync(out)).toEqual([])
})
