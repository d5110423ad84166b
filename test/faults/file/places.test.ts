import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  canBeSomebody,
  coachAsSomebody,
  filesIn,
  hashOfFile,
  newOpenFolder,
  query,
  spawnCoach,
  tamper,
} from '../../notebook/file.ts'
import { canMount, expectPlain, newPlace, script, stateOf } from '../file-tools.ts'
import { filledHome } from '../damage.ts'

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

async function homeWithAna(home = join(newPlace(), 'home')) {
  await spawnCoach(home, 'person', 'add', 'Ana')
  return { home, path: join(home, 'notebook.db') }
}

describe('fault 28: a second copy of the notebook', () => {
  test.each([
    ["notebook (Ana's conflicted copy 2026-11-23).db"],
    ['notebook.sync-conflict-20261123-090000-ABCDEFG.db'],
    ['notebook 2.db'],
    ['notebook (1).db'],
    ['coach (conflicted copy 2026-11-23).db'],
  ])('%s is told once, and left alone', async (name) => {
    const { home, path } = await homeWithAna()
    copyFileSync(path, join(home, name))
    const before = hashOfFile(join(home, name))
    expect((await spawnCoach(home, '--quiet', 'people')).err).toBe('')
    const outcome = await spawnCoach(home, 'people')
    expect(outcome).toMatchObject({ code: 0, out: 'Ana  not talked yet\n' })
    expect(outcome.err).toContain(join(home, name))
    expect(outcome.err.split('\n')).toHaveLength(3)
    expect((await spawnCoach(home, 'people')).err).toBe('')
    expect(hashOfFile(join(home, name))).toBe(before)
  })

  test('is not what has another name', async () => {
    const { home, path } = await homeWithAna()
    for (const name of ['work.db', 'notebook.txt', 'notebooks.db', 'my notebook 2.db']) {
      copyFileSync(path, join(home, name))
    }
    expect((await spawnCoach(home, 'people')).err).toBe('')
  })

  test.each([
    ['Dropbox', 'Dropbox'],
    ['OneDrive - Contoso', 'OneDrive'],
    ['Library/Mobile Documents/com~apple~CloudDocs', 'iCloud'],
    ['Google Drive', 'Google Drive'],
    ['Nextcloud/coach', 'Nextcloud'],
  ])('a new notebook in %s says once whose folder that is', async (folder, program) => {
    const home = join(newPlace(), folder)
    const first = await spawnCoach(home, 'person', 'add', 'Ana')
    expect(first.err).toContain(`is in a folder of ${program}, which copies it`)
    expect((await spawnCoach(home, 'person', 'add', 'Ben')).err).not.toContain(program)
  })

  test('a new notebook in a folder of Syncthing is known by its mark', async () => {
    const place = newPlace()
    mkdirSync(join(place, '.stfolder'))
    const { err } = await spawnCoach(join(place, 'notes', 'coach'), 'person', 'add', 'Ana')
    expect(err).toContain('a folder of Syncthing')
  })
})

describe('fault 31: a disk that can only be read', () => {
  test.skipIf(!canMount())('is read from, and a change says why not (needs unshare)', async () => {
    const { home, path } = await homeWithAna()
    const outcome = await script(
      home,
      `exec unshare -rm bash -c 'mount --bind "$COACH_HOME" "$COACH_HOME" && mount -o remount,bind,ro "$COACH_HOME" &&
        "$NODE" "$BIN" people && "$NODE" "$BIN" review --json && "$NODE" "$BIN" export all && "$NODE" "$BIN" person add Ben'`,
    )
    expect(outcome.out).toContain('Ana  not talked yet')
    expectPlain(outcome, [7])
    expect(outcome.err).toContain(`${path} cannot be written. What it holds is safe and can be`)
    expect(outcome.err).toContain('It is on a disk that can only be read.')
  })
})

describe('fault 32: who else can get at the notebook', () => {
  test('modes that are too wide are made narrow, which is said once', async () => {
    const { home, path } = await homeWithAna()
    chmodSync(path, 0o644)
    chmodSync(home, 0o755)
    const { err } = await spawnCoach(home, 'people')
    expect(err).toContain('Now only you can.')
    expect([modeOf(path), modeOf(home)]).toEqual(['600', '700'])
    expect((await spawnCoach(home, 'people')).err).toBe('')
  })

  test('a folder with other things in it stays as it is', async () => {
    const { home } = await homeWithAna()
    writeFileSync(join(home, 'shopping.txt'), 'milk')
    chmodSync(home, 0o755)
    expect((await spawnCoach(home, 'people')).err).toBe('')
    expect(modeOf(home)).toBe('755')
  })

  test.skipIf(!canBeSomebody())(
    'a notebook of somebody else is read and not written, though it could be (needs setpriv)',
    async () => {
      const { home, path } = await homeWithAna(join(newOpenFolder(), 'home'))
      chmodSync(path, 0o666)
      chmodSync(home, 0o777)
      const before = hashOfFile(path)
      expect(coachAsSomebody(home, 'people')).toMatchObject({ code: 0 })
      const outcome = coachAsSomebody(home, 'person', 'add', 'Ben')
      expectPlain(outcome, [7])
      expect(outcome.err).toContain('It belongs to another user of this computer.')
      expect([hashOfFile(path), modeOf(path)]).toEqual([before, '666'])
    },
  )
})

describe('fault 33: where a notebook can be', () => {
  test('behind a link, with what belongs to it beside the file itself', async () => {
    const { home, path } = await homeWithAna()
    const far = join(newPlace(), 'far.db')
    renameSync(path, far)
    symlinkSync(far, path)
    expect(await spawnCoach(home, 'person', 'add', 'Ben')).toMatchObject({ code: 0 })
    expect(query(far, 'SELECT name FROM person')).toHaveLength(2)
    expect(statSync(path, { throwIfNoEntry: true }).isFile()).toBe(true)
    expect(filesIn(home)).toEqual(['last-notebook.json', 'notebook.db'])
  })

  test('with a second name on the disk it is read, and not written', async () => {
    const { home, path } = await homeWithAna()
    linkSync(path, join(home, 'other'))
    const before = hashOfFile(path)
    expect(await spawnCoach(home, 'people')).toMatchObject({ code: 0 })
    const outcome = await spawnCoach(home, 'person', 'add', 'Ben')
    expectPlain(outcome, [7])
    expect(outcome.err).toContain('(a hard link)')
    expect(hashOfFile(path)).toBe(before)
  })

  test('with the name it had while it was made, left by a start that was killed, it is written', async () => {
    const { home, path } = await homeWithAna()
    linkSync(path, `${path}.new-4711`)
    expect(await spawnCoach(home, 'person', 'add', 'Ben')).toMatchObject({ code: 0 })
    expect(filesIn(home)).toEqual(['last-notebook.json', 'notebook.db'])
  })

  test.each([
    ['blanks', 'my own notes.db'],
    ['letters from elsewhere', 'Überblick 日本.db'],
    ['a question mark, a percent sign and a hash', 'a?mode=memory%20#b.db'],
    ['a long name', `${'n'.repeat(200)}.db`],
  ])('under a name with %s', async (_what, name) => {
    const home = newPlace()
    const file = join(home, 'deep', name)
    const made = await spawnCoach(home, '--notebook', file, '--new', 'person', 'add', 'Ana')
    expect(made).toMatchObject({ code: 0 })
    expect(filesIn(join(home, 'deep'))).toEqual([name])
    expect((await spawnCoach(home, '--notebook', file, 'people')).out).toContain('Ana')
  })

  test('in a folder 250 bytes deep', async () => {
    const home = join(newPlace(), 'd'.repeat(100), 'e'.repeat(100))
    expect(await spawnCoach(home, 'person', 'add', 'Ana')).toMatchObject({ code: 0 })
    expect((await spawnCoach(home, 'people')).out).toContain('Ana')
  })

  test('~ is the home folder, also where the shell does not say so', async () => {
    const home = newPlace()
    const outcome = await script(home, `coach '--notebook=~/work.db' --new person add Ana`)
    expect(outcome).toMatchObject({ code: 0 })
    expect(existsSync(join(home, 'work.db'))).toBe(true)
  })

  test.each([['file:x?mode=memory'], [':memory:'], [''], ['  ']])(
    'never under a name that SQLite reads as something else: --notebook “%s” is refused',
    async (name) => {
      const home = newPlace()
      const outcome = await spawnCoach(home, '--notebook', name, '--new', 'person', 'add', 'Ana')
      expectPlain(outcome, [2])
      expect(outcome.err).toContain('As in: --notebook work.db'.slice(7))
      expect(filesIn(home)).toEqual([])
    },
  )
})

describe('fault 34: a machine that is short of means', () => {
  test('too little memory ends a large listing, and changes nothing', async () => {
    const { home, path } = await homeWithAna()
    const row = "lower(hex(randomblob(16))), 1, 'waiting', hex(zeroblob(20000)), '', '', ''"
    tamper(
      path,
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)
       INSERT INTO note (uuid, person_id, status, text, created_at, updated_at, hash) SELECT ${row} FROM n`,
    )
    const before = hashOfFile(path)
    // Node ends the process itself; no program can say anything then.
    const { code } = await script(home, '"$NODE" --max-old-space-size=40 "$BIN" note --list --json')
    expect(code).not.toBe(0)
    expect(hashOfFile(path)).toBe(before)
    expect((await spawnCoach(home, 'people')).code).toBe(0)
    expect((await spawnCoach(home, 'note', 'ana', 'hello')).code).toBe(0)
  })

  test('too few open files end plainly, and change nothing', async () => {
    const home = await filledHome()
    const path = join(home, 'notebook.db')
    const before = stateOf(path)
    for (let files = 18; files <= 26; files++) {
      const outcome = await script(home, `ulimit -n ${files}; coach review --json`)
      // With fewer still, Node itself does not start.
      const isOfCoach = outcome.code < 128 && !/node:internal|Assertion|EMFILE/.test(outcome.err)
      expectPlain(isOfCoach ? outcome : { code: 0, out: '', err: '' }, [0, 1, 5, 7])
      expect(stateOf(path)).toBe(before)
    }
  })
})
