import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { clockVariablesAt } from '../../clock/clock.ts'
import { tamper } from '../../notebook/file.ts'
import { commandLine, environment, homeWithAna } from '../../ask/terminal/process.ts'
import { NOW } from '../../world.ts'
import { backupsIn, notebookIn } from '../kept.ts'

const DAY = 24 * 60 * 60 * 1000

/** Writes a note on a machine whose clock stands so many days from today, as the last of some writes. */
function write(home: string, day: number, writes = 20): void {
  tamper(notebookIn(home), `UPDATE store SET generation = generation + ${writes - 1}`)
  const [program, args] = commandLine(['note', 'ana', `on day ${day}`])
  const env = { ...environment(home), ...clockVariablesAt(new Date(NOW.getTime() + day * DAY)) }
  const { status, stderr } = spawnSync(program, args, { cwd: home, env, encoding: 'utf8' })
  expect([status, stderr]).toEqual([0, expect.not.stringContaining('could not be made')])
}

async function homeWithFive(): Promise<{
  readonly home: string
  readonly five: readonly string[]
}> {
  const home = await homeWithAna()
  for (const day of [7, 14, 21, 28, 35]) write(home, day)
  const five = backupsIn(home)
  expect(five).toHaveLength(5)
  return { home, five }
}

test.each([40, -40, 400, -400])(
  'fault 77: two machines in turn, one with a clock that is %i days off, leave the five older backups',
  async (off) => {
    const { home, five } = await homeWithFive()
    for (const _ of [1, 2, 3]) {
      write(home, 37 + off)
      write(home, 37)
    }
    expect(backupsIn(home)).toEqual(expect.arrayContaining([...five]))
    expect(backupsIn(home)).toHaveLength(6)
  },
)

test('fault 77: fewer than 20 writes since the last backup make none, whatever the clocks say', async () => {
  const { home, five } = await homeWithFive()
  for (const day of [77, 37, 300]) write(home, day, 3)
  expect(backupsIn(home)).toEqual(five)
})

test('fault 77: the backups of a clock that is right go on to be the last five', async () => {
  const { home } = await homeWithFive()
  write(home, 80)
  for (const day of [42, 49, 56, 63, 70]) write(home, day)
  expect(backupsIn(home).map((name) => name.slice(9, 19))).toEqual(
    [42, 49, 56, 63, 70].map((day) =>
      new Date(NOW.getTime() + day * DAY).toISOString().slice(0, 10),
    ),
  )
})
