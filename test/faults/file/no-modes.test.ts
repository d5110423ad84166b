import { chmodSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { filesIn, query, spawnCoach } from '../../notebook/file.ts'
import type { Outcome } from '../../world.ts'
import { canTrace, injected, newPlace } from '../file-tools.ts'

/** What the calls that change a mode come to on the disk that is played. */
const NOTHING = 'chmod,fchmod,fchmodat:retval=0'
const REFUSED = 'chmod,fchmod,fchmodat:error=EPERM'

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

/** A home on a disk where every file can be read by everybody. */
async function openHome() {
  const home = join(newPlace(), 'home')
  const path = join(home, 'notebook.db')
  await spawnCoach(home, 'person', 'add', 'Ana')
  await spawnCoach(home, 'backup')
  for (const file of [path, join(home, 'backups', filesIn(join(home, 'backups'))[0] ?? '')]) {
    chmodSync(file, 0o666)
  }
  chmodSync(home, 0o777)
  return { home, path }
}

const MAY_BE = 'Other users of this computer may be able to open your notebook'

describe.skipIf(!canTrace())('a disk that keeps no permissions (needs strace)', () => {
  test.each([
    ['fault 91: chmod changes nothing there', NOTHING],
    ['fault 92: chmod is refused there', REFUSED],
  ])('%s: everything works, and what is true is said once', async (_, chmod) => {
    const { home, path } = await openHome()
    const coach = async (...argv: string[]): Promise<Outcome> => await injected(home, chmod, argv)
    const first = await coach('people')
    expect(first).toMatchObject({ code: 0, out: 'Ana  not talked yet\n' })
    expect(first.err).toContain(`${MAY_BE} ${path}\n`)
    expect(first.err).not.toContain('Now only you can')
    expect([modeOf(path), modeOf(home)]).toEqual(['666', '777'])
    expect(await coach('people')).toEqual({ code: 0, out: 'Ana  not talked yet\n', err: '' })

    expect(await coach('person', 'add', 'Ben')).toMatchObject({ code: 0, err: 'Added Ben (2).\n' })
    expect(query(path, 'SELECT name FROM person')).toHaveLength(2)
    expect(await coach('backup')).toMatchObject({ code: 0 })
    expect(filesIn(join(home, 'backups'))).toHaveLength(2)

    const { code, err } = await coach('person', 'forget', 'Ana', '--yes', '--backups')
    expect([code, err]).toEqual([0, expect.stringContaining('Taken out of 2 backups too.')])
    const forgotten = filesIn(join(home, 'backups')).map((name) =>
      query(join(home, 'backups', name), "SELECT name FROM person WHERE name = 'Ana'"),
    )
    expect(forgotten).toEqual([[], []])
  })

  test('fault 91: the doctor names no chmod that would change nothing', async () => {
    const { home } = await openHome()
    expect((await injected(home, NOTHING, ['doctor'])).out).toContain('chmod 600')
    await injected(home, NOTHING, ['people'])
    const { out } = await injected(home, NOTHING, ['doctor', '--full'])
    expect(out).toContain('the disk it is on keeps no permissions')
    expect(out).not.toContain('chmod')
  })

  test('fault 91: with --quiet nothing is said, and it is said the next time', async () => {
    const { home } = await openHome()
    expect((await injected(home, NOTHING, ['people', '--quiet'])).err).toBe('')
    expect((await injected(home, NOTHING, ['people'])).err).toContain(MAY_BE)
  })

  test('fault 91: on a disk that keeps them, it is made private and said so again', async () => {
    const { home, path } = await openHome()
    await injected(home, NOTHING, ['people'])
    expect((await spawnCoach(home, 'people')).err).toContain('Now only you can.')
    expect([modeOf(path), modeOf(home)]).toEqual(['600', '700'])
    chmodSync(path, 0o666)
    expect((await injected(home, NOTHING, ['people'])).err).toContain(MAY_BE)
  })
})
