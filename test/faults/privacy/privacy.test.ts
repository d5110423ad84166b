import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { must } from '../../commands/followup/played.ts'
import { canBeSomebody, newFolder, newOpenFolder } from '../../notebook/file.ts'
import { writeOld } from '../../notebook/older.ts'
import { environment, homeAfter, run, runScript } from '../../ask/terminal/process.ts'
import { startCoach } from '../../ask/terminal/pty.ts'
import { newHome } from '../../world.ts'
import { filesUnder, filesWith } from '../everything.ts'
import { FILES, LINES, scriptOf } from '../script-of-all.ts'
import { bash, canTrace } from '../tools.ts'

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)
const TYPED = 'canarytyped'
const TOLD = 'canarytold'
/** The files that an export of the lines writes, beside those in `out`. */
const EXPORTED = ['out.ics', 'out.csv', 'all.json', 'all.jsonl']

/** Folders for a program that sees nothing else: its home, which is not there yet, the one it runs in, and that for scratch. */
function places() {
  const folder = mkdtempSync(join(tmpdir(), 'coach-privacy-'))
  const [home, work, scratch] = ['home', 'work', 'scratch'].map((name) => join(folder, name))
  for (const path of [work, scratch]) mkdirSync(path ?? '', { mode: 0o700 })
  const env = { ...environment(home ?? ''), TMPDIR: scratch ?? '', HOME: home ?? '' }
  return { folder, home: home ?? '', work: work ?? '', scratch: scratch ?? '', env }
}

describe('fault 64: after every command, under umask 000', () => {
  const played = (() => {
    const here = places()
    for (const [name, text] of Object.entries(FILES)) {
      writeFileSync(join(here.work, name), text.replaceAll('TOLD', TOLD))
    }
    const lines = LINES.map((line) =>
      line.replaceAll('CANARY', TYPED).replace('question-banks/own', '../home/question-banks/own'),
    )
    const trace = join(here.folder, 'trace')
    const through = canTrace()
      ? [
          'strace',
          '-f',
          '--seccomp-bpf',
          '-qq',
          '-s',
          '10000',
          '-e',
          'trace=execve',
          '-e',
          'signal=none',
          '-o',
          trace,
        ]
      : []
    const ran = bash(`umask 000; ${scriptOf(lines)}`, here.env, { through, cwd: here.work })
    return { ...here, ran, trace }
  })()

  afterAll(() => rmSync(played.folder, { recursive: true, force: true }))

  test('every command did what it should', () => {
    expect(played.ran).toEqual({ code: 0, out: '', err: '' })
  })

  test('every file of the home is its owner’s alone, and every export', () => {
    const folders = readdirSync(played.home, { recursive: true, withFileTypes: true })
      .filter((one) => one.isDirectory())
      .map((one) => join(one.parentPath, one.name))
    const files = [
      ...filesUnder(played.home),
      ...filesUnder(join(played.work, 'out')),
      ...EXPORTED.map((name) => join(played.work, name)),
    ]
    expect(files.length).toBeGreaterThan(5)
    expect(files.filter((path) => modeOf(path) !== '600')).toEqual([])
    const all = [played.home, join(played.work, 'out'), ...folders]
    expect(all.filter((path) => modeOf(path) !== '700')).toEqual([])
  })

  test('a text stands in the notebook, and in what was asked for', () => {
    for (const text of [TYPED, TOLD]) {
      expect(filesWith(played.home, text)).toEqual([join(played.home, 'notebook.db')])
      const asked = filesWith(played.work, text).map((path) => path.slice(played.work.length + 1))
      const given = [...Object.keys(FILES), 'out.txt', 'err.txt', ...EXPORTED, 'out/']
      expect(asked.filter((path) => !given.some((name) => path.startsWith(name)))).toEqual([])
    }
    expect(filesUnder(played.scratch)).toEqual([])
  })

  test.skipIf(!canTrace())(
    'no program is started with a text that was told in a file (needs strace)',
    () => {
      const trace = readFileSync(played.trace, 'utf8')
      expect(trace).toContain(TYPED)
      expect(trace).not.toContain(TOLD)
    },
  )
})

// A word that stands where a day, a number or a key should be is quoted, up to 40 characters; a text is not.
describe('fault 64: no message of a failure holds a text', () => {
  const bad: Readonly<Record<string, string>> = {
    'unknown.yaml': `person: Ana Silva\nobservation:\n  situation: ${TOLD}\n  saw: ${TOLD}\nShe said ${TOLD}: 1\n`,
    'broken.yaml': `person: Ana Silva\nobservation:\n  situation: "${TOLD}\n`,
    'types.yaml': `person: Ana Silva\nobservation:\n  situation: [${TOLD}]\n  saw: {${TOLD}: 1}\n  rating: She was late again, and then she told me of ${TOLD}\n`,
    'twice.yaml': `person: Ana Silva\nobservation:\n  situation: ${TOLD}\n  situation: ${TOLD}\n  saw: x\n`,
    'json.json': `{"person": "Ana Silva", "observation": {"situation": "${TOLD}", "saw": }}`,
    'long.yaml': `person: Ana Silva\nobservation:\n  situation: a\n  saw: "${TOLD} ${'x'.repeat(120_000)}"\n`,
    'bank.yaml': `id: bad\nlanguage: en\nquestions:\n  - id: one\n    text: ["${TOLD}"]\n    kinds: [${TOLD}]\n`,
    'text.md': `no list\n${TOLD}\n`,
  }
  test.each([
    ['session', '--answers', 'unknown.yaml'],
    ['session', '--answers', 'broken.yaml'],
    ['session', '--answers', 'types.yaml'],
    ['session', '--answers', 'twice.yaml'],
    ['session', '--answers', 'json.json'],
    ['session', '--answers', 'long.yaml'],
    ['edit', '1', '--answers', 'types.yaml'],
    ['questions', 'lint', 'bank.yaml'],
    ['questions', 'lint', 'broken.yaml'],
    ['questions', 'import', 'bank.yaml'],
    ['questions', 'import', 'text.md'],
    ['done', '1', '99'],
    ['carry', '1', '--to', '02/03'],
    ['goal', 'edit', '1', '--under', '9'],
    ['export', 'session', '1', '-o', 'types.yaml'],
    ['export', 'person', 'ana', '-o', '/nowhere/at/all.md'],
    ['recap', 'ana', '--debug', '--nonsense'],
  ])('coach %s %s %s', async (...argv) => {
    const home = await homeAfter(
      ['session', '--answers', '-'],
      FILES['first.yaml']?.replaceAll('TOLD', TOLD),
    )
    for (const [name, text] of Object.entries(bad)) writeFileSync(join(home, name), text)
    const { code, out, err } = await run(home, ...argv, '--debug')
    expect([argv, code, out]).toEqual([argv, expect.toSatisfy((n) => [2, 3, 7].includes(n)), ''])
    expect(err).not.toContain(TOLD)
  })

  test('where the notebook cannot be brought up to date, and nothing is left behind', async () => {
    const home = newFolder()
    const notebook = join(home, 'notebook.db')
    writeOld(
      3,
      notebook,
      `UPDATE note SET text = '${TOLD}'; ALTER TABLE store ADD COLUMN draft_key TEXT`,
    )
    const { code, err } = await run(home, 'review', '--debug')
    expect(code).toBe(5)
    expect(err).not.toContain(TOLD)
    expect(filesWith(home, TOLD)).toEqual([notebook])
  })
})

test('fault 64: a conversation that is killed leaves its text in the notebook or among the drafts alone', async () => {
  const home = await homeAfter(['person', 'add', 'Ana Silva'])
  const scratch = newFolder()
  const coach = startCoach(['session', 'ana', '--prepare'], {
    folder: home,
    env: { TMPDIR: scratch },
  })
  await coach.see('When and where')
  coach.type(TOLD)
  await coach.until(() => filesWith(home, TOLD).length > 0, 'what was typed is kept')
  coach.kill('SIGKILL')
  await coach.exit()
  const isKept = (path: string) =>
    path === join(home, 'notebook.db') || path.startsWith(join(home, 'drafts'))
  expect(
    filesWith(home, TOLD).filter((path) => !isKept(path) && !path.endsWith('-journal')),
  ).toEqual([])
  expect(filesUnder(scratch)).toEqual([])
})

describe('fault 68: homes', () => {
  const coach = (env: Readonly<Record<string, string>>, ...args: readonly string[]) => {
    const { HOME: _, COACH_HOME: __, ...bare } = environment('')
    const cwd = newFolder()
    const said = bash(`"$NODE" "$BIN" ${args.join(' ')}`, { ...bare, ...env }, { cwd })
    return { ...said, left: readdirSync(cwd) }
  }

  test('the usual folders, private, where nothing is said', () => {
    const home = newFolder()
    expect(
      coach(
        { HOME: home, XDG_DATA_HOME: '', XDG_CONFIG_HOME: '', COACH_HOME: '' },
        'person',
        'add',
        'Ana',
      ).code,
    ).toBe(0)
    expect(filesUnder(home).map((path) => [path.slice(home.length + 1), modeOf(path)])).toEqual([
      ['.config/coach/last-notebook.json', '600'],
      ['.local/share/coach/notebook.db', '600'],
    ])
    expect(['.config/coach', '.local/share/coach'].map((path) => modeOf(join(home, path)))).toEqual(
      ['700', '700'],
    )
  })

  test('HOME unset is taken from the system, HOME empty or no full path is refused', () => {
    expect(coach({}, '--help').code).toBe(0)
    for (const home of ['', 'here']) {
      const { code, err, left } = coach({ HOME: home }, 'people')
      expect([code, left]).toEqual([2, []])
      expect(err).toContain('Set COACH_HOME')
    }
  })

  test.each(['XDG_DATA_HOME', 'XDG_CONFIG_HOME'])('%s that is no full path is refused', (name) => {
    const home = newFolder()
    const { code, err, left } = coach({ HOME: home, [name]: 'data' }, 'person', 'add', 'Ana')
    expect([code, left, filesUnder(home)]).toEqual([2, [], []])
    expect(err).toContain(`${name} is “data”`)
  })

  test.skipIf(process.getuid?.() !== 0)('root makes no files in somebody else’s home', () => {
    const home = newOpenFolder()
    chownSync(home, 65_534, 65_534)
    for (const argv of [
      ['person', 'add', 'Ana'],
      ['people'],
      ['config', 'set', 'language', 'es'],
    ]) {
      for (const who of [{ SUDO_UID: '65534' }, { DOAS_USER: 'nobody' }]) {
        const { code, err } = coach({ HOME: home, ...who }, ...argv)
        expect([argv, code]).toEqual([argv, 7])
        expect(err).toContain('without sudo')
      }
    }
    expect(readdirSync(home)).toEqual([])
    expect(coach({ HOME: newFolder(), SUDO_UID: '65534' }, 'person', 'add', 'Ana').code).toBe(0)
  })

  test.skipIf(!canBeSomebody())('a home that cannot be written is told (needs setpriv)', () => {
    const home = newOpenFolder()
    const { COACH_HOME: _, ...env } = environment(home)
    const { NODE = '', BIN = '' } = env
    const said = spawnSync(
      'setpriv',
      ['--reuid=65534', '--regid=65534', '--clear-groups', NODE, BIN, 'person', 'add', 'Ana'],
      { env, encoding: 'utf8' },
    )
    expect([said.status, said.stdout]).toEqual([7, ''])
    expect(said.stderr).toContain('Give yourself permission')
    chmodSync(home, 0o700)
  })
})

describe('what private means', () => {
  const NOTICE = 'That is no lock'

  test('is said once, with the first private thing, and not with --quiet', async () => {
    const home = newHome()
    await must(home, ['person', 'add', 'Ana Silva'])
    const answers =
      'person: Ana Silva\nobservation:\n  situation: a\n  saw: b\nclose:\n  praise: well done\n'
    expect(await must(home, ['session', '--answers', '-'], answers)).not.toContain(NOTICE)
    await must(home, ['note', 'ana', 'first', '--quiet'])
    expect(await must(home, ['note', 'ana', 'second'])).toContain(NOTICE)
    expect(await must(home, ['note', 'ana', 'third'])).not.toContain(NOTICE)
    rmSync(home.folder, { recursive: true })
  })

  test.each([
    ['a private note', 'close:\n  private_note: tired\n'],
    ['a rating', '  rating: 2\n'],
  ])('is said with %s in a file', async (_what, more) => {
    const home = newHome()
    const answers = `person: Ana Silva\nobservation:\n  situation: a\n  saw: b\n${more}`
    expect(await must(home, ['session', '--answers', '-'], answers)).toContain(NOTICE)
    expect(await must(home, ['session', '--answers', '-'], answers)).not.toContain(NOTICE)
  })

  test('is said on stderr, after a conversation, not on its screen', async () => {
    const home = await homeAfter(['person', 'add', 'Ana Silva'])
    const note = await runScript(home, 'echo "She waited." | coach note ana 2>err.txt; cat err.txt')
    expect(note.out).toContain(NOTICE)
    const coach = startCoach(['note', 'ana'], { folder: home })
    await coach.see('inbox')
    coach.press('ctrl-c')
    await coach.exit()
    expect(coach.text()).not.toContain(NOTICE)
  })
})
