import { spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { answersFor, bytesOf, feed } from '../../ask/file/feed.ts'
import { must } from '../../commands/followup/played.ts'
import { newFolder, query, spawnCoach, tamper } from '../../notebook/file.ts'
import { BIN, environment } from '../../ask/terminal/process.ts'
import { type Home, newHome } from '../../world.ts'
import { tablesOf } from '../rows.ts'

const CANARY = 'kingfisher-4711'

/** A home with a finished conversation, a note and a goal, all of which hold the canary. */
async function homeOf(name: string): Promise<Home> {
  const home = newHome()
  await feed(
    home,
    answersFor(name, {
      reflection: { went_well: CANARY },
      plan: { actions: [{ what: `${CANARY} by fri` }, { what: 'call' }] },
    }),
  )
  await must(home, ['note', name, `${CANARY} in a note`])
  await must(home, ['goal', 'add', name, CANARY])
  return home
}

let source: Home
let json = ''
beforeAll(async () => {
  source = await homeOf('Ana Silva')
  json = await must(source, ['export', 'all', '--format', 'json'])
})

/** The document with something changed in it. */
function changed(change: (document: ReturnType<typeof Object>) => void): string {
  const document = Object(JSON.parse(json))
  change(document)
  return JSON.stringify(document)
}

/** What is wrong, the text, what is said about it, and the exit code where it is not 2. */
type Wrong = readonly [what: string, text: () => string, said: RegExp, code?: number]

describe('fault 24, 46: a file that is not as it was exported is refused whole, with the place', () => {
  const WRONG: readonly Wrong[] = [
    ['nothing', () => '', /stdin: it is empty/],
    ['half of it', () => json.slice(0, json.length / 2), /stdin:.* this is not whole JSON/],
    [
      'as far as the middle of a text',
      () => json.slice(0, json.indexOf(`${CANARY} in a note`) + 3),
      /line \d+, column \d+: this is not whole JSON/,
    ],
    ['something else', () => '{"a": 1}', /is not a notebook that coach exported/],
    ['a list', () => '[1]', /is not a notebook that coach exported/],
    ['a word', () => `"${CANARY}"`, /is not a notebook that coach exported/],
    ['deep nesting', () => '['.repeat(200_000), /this is not whole JSON/],
    [
      'a newer format',
      () => changed((d) => (d['format'] = 99)),
      /exported by a newer coach \(its format is 99/,
      6,
    ],
    ['a newer shape', () => changed((d) => (d['schema'] = 3)), /exported by a newer coach\. No/, 6],
    ['an older one than there is', () => changed((d) => (d['format'] = 1)), /format: is none/],
    [
      'an unknown key',
      () => changed((d) => (d[CANARY] = 1)),
      /holds \(a name\), which no coach has written/,
    ],
    [
      'a table that is none',
      () => changed((d) => (d['tables'].person2 = [])),
      /tables\.person2: is a table that no coach/,
    ],
    ['no tables', () => changed((d) => delete d['tables']), /tables: is missing/],
    [
      'a row that is none',
      () => changed((d) => (d['tables'].note[0] = [CANARY])),
      /tables\.note\[0\]: is not a row/,
    ],
    [
      'an unknown column',
      () => changed((d) => (d['tables'].note[0].more = 1)),
      /tables\.note\[0\]\.more: is a column that no/,
    ],
    [
      'a column called __proto__',
      () => json.replace('"note": [\n   {', '"note": [\n   {"__proto__": {"x": 1},'),
      /tables\.note\[0\]: is not a row/,
    ],
    [
      'a missing column',
      () => changed((d) => delete d['tables'].note[0].text),
      /tables\.note\[0\]\.text: is missing/,
    ],
    [
      'another text',
      () => changed((d) => (d['tables'].note[0].text += '!')),
      /tables\.note\[0\]: holds another text than when it was saved/,
    ],
    [
      'another answer',
      () => changed((d) => (d['tables'].answer[2].wording = CANARY)),
      /tables\.answer\[2\]: holds another text/,
    ],
    [
      'another what',
      () => changed((d) => (d['tables'].action_item[0].what = `${CANARY}!`)),
      /tables\.action_item\[0\]: holds another text/,
    ],
    [
      'half a character',
      () =>
        changed((d) => (d['tables'].session[0].guide = 'x')).replace(
          '"guide":"x"',
          '"guide":"\\ud800"',
        ),
      /tables\.session\[0\]: is not a row/,
    ],
    [
      'a day that is none',
      () => changed((d) => (d['tables'].session[0].held_on = '2026-02-31')),
      /tables\.session\[0\]\.held_on: is not a day/,
    ],
    [
      'an instant that is none',
      () => changed((d) => (d['tables'].note[0].created_at = CANARY)),
      /tables\.note\[0\]\.created_at: is not an instant/,
    ],
    [
      'a fraction',
      () => changed((d) => (d['tables'].note[0].revision = 1.5)),
      /tables\.note\[0\]: is not a row/,
    ],
    [
      'a number for a text',
      () => changed((d) => (d['tables'].session[0].guide = 7)),
      /tables\.session\[0\]\.guide: is not text/,
    ],
    [
      'an unknown word',
      () => changed((d) => (d['tables'].note[0].status = CANARY)),
      /tables\.note\[0\]: holds a value that it cannot have/,
    ],
    [
      'an unknown kind',
      () => changed((d) => (d['tables'].answer[0].kind = CANARY)),
      /tables\.answer\[0\]\.kind: is not one of/,
    ],
    [
      'an id that is none',
      () => changed((d) => (d['tables'].note[0].uuid = CANARY)),
      /tables\.note\[0\]\.uuid: is not an id/,
    ],
    [
      'a reference to nothing',
      () => changed((d) => (d['tables'].answer[0].session_id = 77)),
      /tables\.answer\[0\]\.session_id: refers to something/,
    ],
    [
      'a row twice',
      () => changed((d) => d['tables'].note.push(d['tables'].note[0])),
      /tables\.note\[1\]: stands in the file twice/,
    ],
    [
      'a low sequence',
      () => changed((d) => (d['sequences'].answer = 1)),
      /sequences\.answer: is lower than a number in use/,
    ],
    [
      'a foreign sequence',
      () => changed((d) => (d['sequences'].x = 1)),
      /sequences\.x: does not belong there/,
    ],
    [
      'other steps',
      () => changed((d) => (d['tables'].migration[1].checksum = 'x')),
      /tables\.migration\[1\]: is not a step/,
    ],
    ['no store', () => changed((d) => (d['store'] = null)), /store: belongs to a whole notebook/],
  ]

  test.each(WRONG.map(([what, text, said, code = 2]) => ({ what, text, said, code })))(
    '$what',
    async ({ text, said, code }) => {
      const [empty, full] = [newHome(), await homeOf('Bo')]
      const before = bytesOf(full)
      for (const home of [empty, full]) {
        const outcome = await home.coach(['import', '-'], text())
        expect(outcome).toMatchObject({ code, out: '', err: expect.stringMatching(said) })
        expect(outcome.err).toContain('Nothing was taken in.')
        expect(outcome.err).not.toContain(CANARY)
      }
      expect(bytesOf(empty)).toBeNull()
      expect(bytesOf(full)).toBe(before)
    },
  )

  test('not text, a folder, and no file', async () => {
    const home = newHome()
    writeFileSync(join(home.folder, 'a.json'), Buffer.from([0xff, 0xfe, 0x00]))
    mkdirSync(join(home.folder, 'b'))
    expect(await home.coach(['import', 'a.json'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('is not text in UTF-8. Nothing was taken in.'),
    })
    expect((await home.coach(['import', 'b'])).err).toContain('is a folder')
    expect((await home.coach(['import', 'c'])).err).toContain('does not exist')
    expect(bytesOf(home)).toBeNull()
  })
})

describe('fault 35, 46: what is here stays as it is', () => {
  test('a row with other content is named, and kept', async () => {
    const home = newHome()
    await must(home, ['import', '-'], json)
    await must(home, ['action', 'edit', '1', '--what', 'mine now'])
    await must(home, ['goal', 'done', '1'])
    const before = bytesOf(home)
    const { code, err } = await home.coach(['import', '-'], json)
    expect([code, err]).toEqual([0, expect.stringContaining('What differs stays as it is here:')])
    expect(err).toContain('Goal 1, ')
    expect(err).toContain('Action item 1, “mine now” (Ana Silva)')
    expect(err).toContain('There is nothing new in it. Nothing was changed.')
    expect(bytesOf(home)).toBe(before)
  })

  test('what belongs to a row that differs stays out with it, and comes once that is deleted', async () => {
    const home = newHome()
    await must(home, ['import', '-'], json)
    await must(home, ['done', '2'])
    await must(source, ['drop', '2'])
    const later = await must(source, ['export', 'all', '--format', 'json'])
    const said = await must(home, ['import', '-'], later)
    expect(said).toContain('Action item 2, “call” (Ana Silva)')
    expect(said).toContain('Not imported, because your version was kept: 1 line of history.')
    await must(home, ['delete', 'session', '1', '--yes'])
    const taken = await must(home, ['import', '-'], later)
    expect(taken).toMatch(/^Taken in: 1 session, \d+ answers, 2 action items/)
    expect(query(home.notebook, "SELECT status FROM action_item WHERE what = 'call'")).toEqual([
      { status: 'dropped' },
    ])
  })

  test('fault 63: somebody else of that name is no reason to mix the two up', async () => {
    const home = await homeOf('ána silva')
    const before = bytesOf(home)
    const { code, out, err } = await home.coach(['import', '-'], json)
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(
      'The file has “Ana Silva”, and somebody else of that name is here already.',
    )
    expect(err).toContain('--merge-people')
    expect(bytesOf(home)).toBe(before)
    const said = await must(home, ['import', '-', '--merge-people'], json)
    expect(said).toMatch(/^Taken in: 1 session, /)
    expect(query(home.notebook, 'SELECT count(*) AS n FROM person')).toEqual([{ n: 1 }])
    expect(await must(home, ['history', 'ana'])).toMatch(/Session 2|^ *2 /m)
    const once = bytesOf(home)
    await must(home, ['import', '-', '--merge-people'], json)
    expect(bytesOf(home)).toBe(once)
  })

  test('the manager is one and the same in both', async () => {
    const talk = answersFor('Myself').replace('person: Myself', 'person: Sam')
    const self = async () => {
      const home = newHome()
      await must(home, ['person', 'add', 'Sam', '--relation', 'self'])
      await must(home, ['action', 'add', 'sam', talk.slice(0, 5)])
      return home
    }
    const [a, b] = [await self(), await self()]
    await must(b, ['import', '-'], await must(a, ['export', 'all', '--format', 'json']))
    expect(query(b.notebook, 'SELECT count(*) AS n FROM person')).toEqual([{ n: 1 }])
    expect(query(b.notebook, 'SELECT count(*) AS n FROM action_item')).toEqual([{ n: 2 }])
  })
})

test('fault 23: an import makes no new notebook where an earlier one is missing', async () => {
  const home = await homeOf('Bo')
  const file = join(home.folder, 'all.json')
  writeFileSync(file, json)
  renameSync(home.notebook, `${home.notebook}.moved`)
  const outcome = await spawnCoach(home.folder, 'import', file)
  expect(outcome).toMatchObject({ code: 5, out: '' })
  expect(existsSync(home.notebook)).toBe(false)
  const made = await spawnCoach(home.folder, '--new', 'import', file)
  expect([made.code, made.err]).toEqual([0, expect.stringContaining('Made a new notebook')])
})

test('fault 25: a note that was damaged on the disk is named when it is exported, and refused when it comes back', async () => {
  const home = await homeOf('Bo')
  tamper(home.notebook, "UPDATE note SET text = replace(text, 'note', 'nota')")
  const { code, out, err } = await home.coach(['export', 'all', '--format', 'json'])
  expect([code, err]).toEqual([
    0,
    expect.stringContaining('1 text of it changed since it was saved'),
  ])
  expect((await newHome().coach(['import', '-'], out)).code).toBe(2)
})

test('fault 52: an import that is killed leaves nothing, or all of it', async () => {
  const folder = newFolder()
  const file = join(folder, 'all.json')
  writeFileSync(file, json)
  await spawnCoach(folder, 'import', file)
  const expected = tablesOf(join(folder, 'notebook.db'))['answer']
  const whole = [[{ integrity_check: 'ok' }], expected]
  for (const after of [60, 90, 120, 150, 180, 220]) {
    const home = join(folder, String(after))
    mkdirSync(home)
    const path = join(home, 'notebook.db')
    const env = environment(home)
    await new Promise((done) => {
      const child = spawn(process.execPath, [BIN, 'import', file], { env, stdio: 'ignore' })
      const timer = setTimeout(() => child.kill('SIGKILL'), after)
      child.on('close', () => {
        clearTimeout(timer)
        done(null)
      })
    })
    const found = existsSync(path)
      ? [query(path, 'PRAGMA integrity_check'), tablesOf(path)['answer']]
      : whole
    expect(found).toEqual(whole)
    const again = await spawnCoach(home, 'import', file)
    expect([again.code, existsSync(path)]).toEqual([0, true])
    expect(readdirSync(home).filter((name) => name === 'notebook.db')).toEqual(['notebook.db'])
  }
})

test('fault 40, 49: only its owner can read what an import makes', async () => {
  const folder = newFolder()
  const file = join(folder, 'all.json')
  writeFileSync(file, json)
  await spawnCoach(folder, 'import', file)
  expect(statSync(join(folder, 'notebook.db')).mode & 0o777).toBe(0o600)
  expect(readFileSync(file, 'utf8')).toBe(json)
})
