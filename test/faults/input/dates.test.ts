// @module-tag clock
import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { newHome, type Outcome } from '../../world.ts'
import { newFolder, runScript } from '../../ask/terminal/process.ts'

/** The places between which a traveller can be a whole day apart, and those that change their clocks at midnight. */
const ZONES = [
  'UTC',
  'America/Los_Angeles',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Europe/Berlin',
  'America/Santiago',
  'Africa/Cairo',
  'Asia/Kathmandu',
]
const LANGUAGES = ['C.UTF-8', 'de_DE.UTF-8', 'ar_EG.UTF-8', 'th_TH.UTF-8', 'fa_IR.UTF-8']

/** Whether the clock of a program can be set here (Debian: apt-get install faketime). */
const canSetClock = () => spawnSync('sh', ['-c', 'command -v faketime']).status === 0

interface Item {
  readonly due_on: string
  readonly overdue: boolean
}

const itemsOf = ({ out }: Outcome): readonly Item[] => JSON.parse(out)

describe('fault 62: a day stays the day that was said', () => {
  test(
    'wherever the manager travels, and whatever language the machine speaks',
    { timeout: 60_000 },
    async () => {
      const folder = newFolder()
      await runScript(
        folder,
        'coach person add Ana; coach action add ana "send it" --due 2031-03-30; coach session ana --move 2031-10-26',
      )
      const lines = [
        ...ZONES.map((zone) => `TZ=${zone}`),
        ...LANGUAGES.map((one) => `LANG=${one} LC_ALL=${one}`),
      ]
      for (const set of lines) {
        const { code, out, err } = await runScript(
          folder,
          `export ${set}; coach --quiet review --json && coach --quiet review && coach prep ana`,
        )
        // Bash itself complains of a language that is not installed; to the program it is all the same.
        expect([set, code, err.replace(/^bash: .*\n/gm, '')]).toEqual([set, 0, ''])
        expect(out).toContain('"due_on": "2031-03-30"')
        expect(out).toContain('Sun 30 Mar 2031')
        expect(out).not.toMatch(/[\u0660-\u0669\u06f0-\u06f9]|Invalid|NaN/)
      }
    },
  )

  test.each([
    {
      at: '2026-03-29T00:59:59Z',
      said: 'tomorrow',
      due: '2026-03-30',
      why: 'clocks go forward in Europe',
    },
    {
      at: '2026-10-25T00:30:00Z',
      said: 'tomorrow',
      due: '2026-10-26',
      why: 'an hour comes twice in Europe',
    },
    {
      at: '2026-12-31T23:59:59Z',
      said: 'tomorrow',
      due: '2027-01-01',
      why: 'the last second of a year',
    },
    { at: '2028-02-28T23:59:59Z', said: 'tomorrow', due: '2028-02-29', why: 'a leap day' },
    { at: '2026-01-31T12:00:00Z', said: 'in 1 month', due: '2026-02-28', why: 'a short month' },
    { at: '2038-01-19T03:14:08Z', said: 'tomorrow', due: '2038-01-20', why: 'after 2038' },
    {
      at: '1970-01-01T00:00:00Z',
      said: 'tomorrow',
      due: '1970-01-02',
      why: 'the first second of the clock',
    },
    {
      at: '9999-12-30T12:00:00Z',
      said: 'tomorrow',
      due: '9999-12-31',
      why: 'the last day but one',
    },
  ])('$said at $at is $due: $why', async ({ at, said, due }) => {
    const home = newHome()
    home.setNow(new Date(at))
    await home.coach(['person', 'add', 'Ana'])
    const added = await home.coach(['action', 'add', 'ana', 'send it', '--due', said])
    expect([added.code, added.err.includes('bug')]).toEqual([0, false])
    expect(itemsOf(await home.coach(['review', '--json']))).toMatchObject([
      { due_on: due, overdue: false },
    ])
  })

  test.each([
    '2026-02-31',
    '31 Feb',
    '2026-13-01',
    '2026-00-10',
    '02/03',
    '1m',
    '2026-02-29',
    '0000-00-00',
    '10000-01-01',
    'someday',
  ])('%s is no day, and nothing is saved', async (said) => {
    const home = newHome()
    await home.coach(['person', 'add', 'Ana'])
    const { code, out, err } = await home.coach(['action', 'add', 'ana', 'send it', '--due', said])
    expect([said, code, out]).toEqual([said, 2, ''])
    expect(err).not.toContain('bug')
    expect(itemsOf(await home.coach(['review', '--json']))).toEqual([])
  })
})

test.each([
  ['a year back', '2025-11-23T09:00:00Z'],
  ['to 1970', '1970-01-01T00:00:00Z'],
  ['to 2099', '2099-01-01T00:00:00Z'],
])(
  'fault 62: with the clock set %s, what was kept first stays first, and all of it can be read',
  async (_how, at) => {
    const home = newHome()
    await home.coach(['person', 'add', 'Ana'])
    await home.coach(['note', 'ana', 'first'])
    await home.coach(['action', 'add', 'ana', 'send it', '--due', '2026-12-01'])
    home.setNow(new Date(at))
    await home.coach(['note', 'ana', 'second'])
    for (const argv of [
      ['review'],
      ['people'],
      ['prep', 'ana'],
      ['history'],
      ['due'],
      [],
      ['export', 'all'],
    ]) {
      const { code, err } = await home.coach(argv)
      expect([argv, code === 0 || code === 10, err.includes('bug')]).toEqual([argv, true, false])
    }
    const { out } = await home.coach(['note', '--list'])
    expect(out.indexOf('first')).toBeGreaterThan(-1)
    expect(out.indexOf('first')).toBeLessThan(out.indexOf('second'))
  },
)

test.skipIf(!canSetClock())(
  'fault 62: on a machine whose clock stands elsewhere, the built program does the same (needs faketime)',
  { timeout: 60_000 },
  async () => {
    for (const [at, zone, due] of [
      ['2026-03-28 23:59:58', 'Europe/Berlin', '2026-03-29'],
      ['2026-09-05 23:59:58', 'America/Santiago', '2026-09-06'],
      ['2037-12-31 23:59:58', 'UTC', '2038-01-01'],
    ] as const) {
      // The clock here is that of faketime alone, not that of the tests.
      const script = `export TZ=${zone}; coach person add Ana; env -u NODE_OPTIONS -u LD_PRELOAD -u FAKETIME_SHARED faketime '${at}' "$NODE" "$BIN" action add ana "send it" --due tomorrow; coach review --json --all`
      const { out } = await runScript(newFolder(), script)
      expect(out).toContain(`"due_on": "${due}"`)
    }
  },
)
