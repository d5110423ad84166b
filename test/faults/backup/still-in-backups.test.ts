import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { filesIn, spawnCoach } from '../../notebook/file.ts'
import { newPlace } from '../file-tools.ts'

test('fault 79: what is deleted, and is still in a backup, is said to be there', async () => {
  const home = join(newPlace(), 'home')
  const coach = async (...argv: string[]) => await spawnCoach(home, ...argv)
  await coach('person', 'add', 'Ana')
  const answers = join(home, 'answers.yaml')
  writeFileSync(answers, 'person: Ana\nguide: quick\nobservation: { saw: She asked. }\n')
  await coach('session', '--answers', answers)
  await coach('note', 'Ana', 'quokkaquartz')
  await coach('goal', 'add', 'Ana', 'Ask more')
  await coach('action', 'add', 'Ana', 'Call Acme')
  expect(await coach('backup')).toMatchObject({ code: 0 })
  const [backup = ''] = filesIn(join(home, 'backups'))
  await coach('note', 'Ana', 'written after the backup')

  for (const what of ['note', 'session', 'goal', 'action']) {
    const { code, err } = await coach('delete', what, '1', '--yes')
    expect([what, code, err]).toEqual([what, 0, expect.stringContaining('will still hold it')])
    expect(err.replaceAll(/\s/g, '')).toContain(join(home, 'backups', backup))
  }
  const { code, err } = await coach('delete', 'note', '2', '--yes')
  expect([code, err]).toEqual([0, expect.not.stringContaining('will still hold it')])
})
