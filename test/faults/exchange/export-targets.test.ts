import { execFileSync } from 'node:child_process'
import {
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
import { describe, expect, test } from 'vitest'
import { newFolder, spawnCoach } from '../../notebook/file.ts'
import type { Home } from '../../world.ts'
import { WAYS, homeWith } from './export-homes.ts'

/** A home that is only read from, made once. */
let read: Promise<Home> | undefined

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

  test('-o - prints to stdout', async () => {
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
