import { expect, test } from 'vitest'
import { typedPath } from '../../src/files/typed-path.ts'
import { filesIn } from '../notebook/file.ts'
import { newPlace, script } from '../faults/file-tools.ts'

const HOME = '/home/ana'
const PROFILE = '/Users/ana'

test.each<readonly [NodeJS.Platform, string, string]>([
  ['linux', '~', HOME],
  ['linux', '~/work.db', `${HOME}/work.db`],
  ['linux', '~\\work.db', '/notes/~\\work.db'],
  ['linux', '~ana/work.db', '/notes/~ana/work.db'],
  ['linux', 'a/~/b', '/notes/a/~/b'],
  ['linux', '/a', '/a'],
  ['linux', 'a', '/notes/a'],
  ['darwin', '~/work.db', `${HOME}/work.db`],
  ['win32', '~', PROFILE],
  ['win32', '~/work.db', `${PROFILE}/work.db`],
  ['win32', '~\\work.db', `${PROFILE}/work.db`],
  ['win32', '~work.db', '/notes/~work.db'],
])('on %s, %s is %s', (platform, typed, path) => {
  const env = { HOME, USERPROFILE: PROFILE }
  expect(typedPath({ cwd: '/notes', env, platform }, typed)).toBe(path)
})

test('without a home folder, a path stays as it was typed', () => {
  expect(typedPath({ cwd: '/notes', env: {}, platform: 'linux' }, '~/a')).toBe('/notes/~/a')
})

test.each([
  ['export all -o "~/all.md"', 'all.md'],
  ['backup -o "~/stick.db"', 'stick.db'],
  ['--new --notebook "~/second.db" person add Ben', 'second.db'],
])('coach %s writes into the home folder', async (line, name) => {
  const [home, other] = [newPlace(), newPlace()]
  const outcome = await script(
    home,
    `cd ${other}; COACH_HOME="$HOME/coach"; export COACH_HOME; coach person add Ana && coach ${line}`,
  )
  expect(outcome).toMatchObject({ code: 0 })
  expect(filesIn(home)).toContain(name)
  expect(filesIn(other)).toEqual([])
})
