import { describe, expect, test } from 'vitest'
import { bytesOf } from '../ask/file/feed.ts'
import { newHome } from '../world.ts'
import { filled, filledHome } from './filled-home.ts'

describe('streams', () => {
  test.each([
    ['person', 'add', 'Ben'],
    ['person', 'edit', 'anton', '--role', 'AE'],
    ['person', 'archive', 'anton'],
    ['action', 'add', 'anton', 'call'],
    ['action', 'edit', '1', '--due', 'fri'],
    ['done', '1'],
    ['part', '1'],
    ['missed', '1'],
    ['drop', '1'],
    ['carry', '1', '--to', 'fri'],
    ['delete', 'action', '1', '--yes'],
    ['delete', 'session', '1', '--yes'],
    ['delete', 'note', '1', '--yes'],
    ['delete', 'goal', '1', '--yes'],
    ['note', 'anton', 'call'],
    ['goal', 'add', 'anton', 'sell'],
    ['goal', 'edit', '1', '--stretch'],
    ['goal', 'done', '1'],
    ['goal', 'drop', '1'],
    ['session', 'anton', '--move', 'fri'],
    ['undo'],
  ])('coach %s %s %s confirms on stderr, and is silent with --quiet', async (...argv) => {
    const [loud, quiet] = [await filledHome(), await filledHome()]
    const said = await loud.coach(argv)
    expect([said.code, said.out]).toEqual([0, ''])
    expect(said.err).not.toBe('')
    expect(await quiet.coach(['--quiet', ...argv])).toEqual({ code: 0, out: '', err: '' })
    expect(await quiet.coach(['review', '--all', '--json', '--quiet'])).toMatchObject({
      out: expect.stringContaining('['),
    })
  })

  test('--quiet does not silence an error', async () => {
    const { code, err } = await newHome().coach(['--quiet', 'prep', 'ana'])
    expect([code, err]).toEqual([3, expect.stringContaining('nobody called')])
  })

  test.each([
    [['session', 'ana'], '--answers'],
    [['session'], '--answers'],
    [['edit', '1'], '--answers'],
    [['delete', 'action', '1'], '--yes'],
    [['delete', 'session', '1'], '--yes'],
    [['delete', 'note', '1'], '--yes'],
    [['delete', 'goal', '1'], '--yes'],
    [['review', '--triage'], 'coach done ID'],
  ])('coach %j names the flag to use instead of asking', async (argv, flag) => {
    const home = await filled
    const before = bytesOf(home)
    for (const line of [argv, ['--no-input', ...argv]]) {
      const { code, out, err } = await home.coach(line)
      expect([code, out]).toEqual([2, ''])
      expect(err).toContain(flag)
    }
    expect(bytesOf(home)).toBe(before)
  })

  test.each(['-d', '--debug'])('%s shows where in the program an error happened', async (flag) => {
    const { err } = await newHome().coach([flag, 'prep', 'ana'])
    expect(err).toMatch(/^There is nobody called[^\n]*\n[^\n]*\nCoachError\n {4}at /)
  })

  test.each([[['--version']], [['-V']], [['-V', '--quiet']], [['--version', 'review']]])(
    'coach %j prints the version',
    async (argv) => {
      const { code, out, err } = await newHome().coach(argv)
      expect([code, err]).toEqual([0, ''])
      expect(out).toMatch(/^\d+\.\d+\.\d+\n$/)
    },
  )
})
