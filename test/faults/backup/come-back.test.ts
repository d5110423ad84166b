import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { filesIn, query, spawnCoach } from '../../notebook/file.ts'
import { newPlace } from '../file-tools.ts'

/** A home in which somebody was forgotten after a backup was made. */
async function homeAfterForget() {
  const home = join(newPlace(), 'home')
  for (const name of ['Ana Silva', 'Ben']) await spawnCoach(home, 'person', 'add', name)
  expect(await spawnCoach(home, 'backup')).toMatchObject({ code: 0 })
  expect(await spawnCoach(home, 'person', 'forget', 'Ana Silva', '--yes')).toMatchObject({
    code: 0,
  })
  return { home, path: join(home, 'notebook.db') }
}
const SAID =
  'These people are not in your notebook now, and come back with the backup:\n  Ana Silva\n'
const NAMES = 'SELECT name FROM person ORDER BY id'

describe('fault 78: a restore brings back somebody who was forgotten', () => {
  test('coach lists them and asks, and changes nothing where nobody agrees', async () => {
    const { home, path } = await homeAfterForget()
    const { code, err } = await spawnCoach(home, 'restore', 'latest', '--no-input')
    expect([code, err]).toEqual([2, expect.stringContaining(SAID)])
    expect(err).toContain('coach person forget NAME --backups')
    expect(query(path, NAMES)).toEqual([{ name: 'Ben' }])
  })

  test.each([[['--yes']], [['--yes', '--quiet']]])(
    'with %s coach still lists them',
    async (flags) => {
      const { home, path } = await homeAfterForget()
      const { code, err } = await spawnCoach(home, 'restore', 'latest', ...flags)
      expect([code, err]).toEqual([0, expect.stringContaining(SAID)])
      expect(query(path, NAMES)).toEqual([{ name: 'Ana Silva' }, { name: 'Ben' }])
    },
  )

  test('coach lists nobody where nobody comes back', async () => {
    const { home } = await homeAfterForget()
    await spawnCoach(home, 'person', 'forget', 'Ana Silva', '--yes', '--backups')
    const [name = ''] = filesIn(join(home, 'backups'))
    const { code, err } = await spawnCoach(home, 'restore', name, '--yes')
    expect([code, err]).toEqual([0, expect.not.stringContaining('come back')])
  })
})
