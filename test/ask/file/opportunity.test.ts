import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { LIBRARY } from '../../questions/shipped.ts'
import { type Home, newHome } from '../../world.ts'
import { bytesOf, feed, placesIn, yamlOf } from './feed.ts'

const IDS = LIBRARY.vocabulary.stages.map(({ id }) => id)

type Check = Readonly<Record<string, string>>

/** What makes a conversation a finished one. */
const CLOSE = { praise: 'You asked.' }

function fileWith(stage: string, checks: readonly Check[], more: object = {}): string {
  const opportunity = { name: 'Northwind', stage }
  const tree = {
    person: 'Ana Silva',
    guide: 'opportunity',
    opportunity,
    gates: { checks },
    close: CLOSE,
  }
  return stringify({ ...tree, ...more }, { lineWidth: 0 })
}

async function homeWith(stage: string, checks: readonly Check[], more?: object): Promise<Home> {
  const home = newHome()
  const { code, err } = await feed(home, fileWith(stage, checks, more))
  if (code !== 0) throw new Error(err)
  return home
}

const stageOf = async (home: Home): Promise<unknown> => {
  const [first]: readonly { stage: unknown }[] = JSON.parse(
    (await home.coach(['opportunity', 'list', '--json'])).out,
  )
  return first?.stage
}

describe('gates in an answers file', () => {
  const said = fc.constantFrom('She asked.', '- a\n- b', 'yes', '2026-01-01', ': {', '1.10')
  const check = fc.oneof(
    fc.record({ did: said, evidence: said }, { requiredKeys: ['evidence'] }),
    fc.record({ did: said, heard: said }, { requiredKeys: ['did'] }),
  )
  const gates = fc
    .subarray(IDS, { minLength: 1 })
    .chain((ids) => fc.tuple(...ids.map((stage) => check.map((one) => ({ stage, ...one })))))

  test('come back word for word, and fed back they change nothing', async () => {
    await fc.assert(
      fc.asyncProperty(gates, async (checks) => {
        const home = await homeWith('adopt', checks)
        const shown = await yamlOf(home)
        expect(parse(shown)).toMatchObject({ gates: { checks } })

        expect((await home.coach(['edit', '1', '--answers', '-'], shown)).code).toBe(0)
        expect(await yamlOf(home)).toBe(shown)
        const other = newHome()
        await feed(other, shown)
        expect(await yamlOf(other)).toBe(shown)
      }),
      { seed: 20_261_123, numRuns: 8 },
    )
  })

  test.each([
    [
      'a stage there is none of',
      [{ stage: 'nowhere', did: 'x' }],
      /checks\.0\.did: this is no stage/,
    ],
    [
      'a stage beyond the chosen one',
      [{ stage: 'close', did: 'x' }],
      /checks\.0\.did: this is no stage up to/,
    ],
    [
      'heard beside evidence',
      [{ stage: 'prospect', evidence: 'x', heard: 'y' }],
      /checks\.0\.heard: goes only where “evidence” is empty/,
    ],
    [
      'a stage twice',
      [
        { stage: 'prospect', did: 'x' },
        { stage: 'prospect', evidence: 'y' },
      ],
      /this stage stands here twice/,
    ],
    ['no stage', [{ did: 'x' }], /checks\.0\.stage: is missing/],
    [
      'a key there is none of',
      [{ stage: 'prospect', mood: 'x' }],
      /checks\.0\.mood: is not a known key/,
    ],
    ['a stage that is a path', [{ stage: 'prospect.did', did: 'x' }], /checks\.0\.did: /],
  ] as const)('with %s are refused whole, with the place', async (_what, checks, problem) => {
    const home = await homeWith('prospect', [])
    const before = bytesOf(home)
    const outcome = await feed(home, fileWith('discover', checks))
    expect(outcome).toMatchObject({ code: 2, out: '' })
    expect(placesIn(outcome).join('\n')).toMatch(problem)
    expect(bytesOf(home)).toBe(before)
  })

  test.each([
    ['a list that is a text', 'open'],
    ['a group', { prospect: 'x' }],
    ['a list of texts', ['prospect']],
  ])('as %s are refused', async (_what, checks) => {
    const home = newHome()
    const outcome = await feed(home, fileWith('discover', [], { gates: { checks } }))
    expect(outcome).toMatchObject({ code: 2, out: '' })
    expect(placesIn(outcome)[0]).toMatch(/^answers\.yaml:\d+:\d+ gates\.checks/)
  })

  test.each([
    ['without a name', { opportunity: { stage: 'discover' } }, 'opportunity.name: is missing'],
    ['without a stage', { opportunity: { name: 'Northwind' } }, 'opportunity.stage: is missing'],
    [
      'with a name that cannot be kept',
      { opportunity: { name: 'x'.repeat(121), stage: 'discover' } },
      'opportunity.name: This is longer than 120 characters, the most that a name can have.',
    ],
  ])('%s are refused', async (_what, more, problem) => {
    const outcome = await feed(newHome(), fileWith('discover', [], more))
    expect(outcome.code).toBe(2)
    expect(outcome.err).toContain(problem)
  })
})

describe('an opportunity over several conversations', () => {
  test('is one, whatever the case of its name, and a confirmed gate is not taken again', async () => {
    const home = await homeWith('qualify', [{ stage: 'prospect', evidence: 'She asked.' }])
    const again = [{ stage: 'prospect', evidence: 'Once more.' }]
    const opportunity = { name: 'NORTHWIND', stage: 'qualify' }
    expect((await feed(home, fileWith('qualify', again))).code).toBe(2)
    expect((await feed(home, fileWith('qualify', again, { opportunity }))).code).toBe(2)
    expect((await feed(home, fileWith('propose', [], { opportunity }))).code).toBe(0)
    expect((await home.coach(['opportunity', 'list'])).out.match(/Northwind/gi)).toHaveLength(1)
  })

  test('an older conversation can be fed back when a later one has confirmed its gate', async () => {
    const home = await homeWith('qualify', [{ stage: 'prospect', did: 'Wrote.', heard: 'Hm.' }])
    await feed(home, fileWith('qualify', [{ stage: 'prospect', evidence: 'She asked.' }]))
    const shown = await yamlOf(home)
    const outcome = await home.coach(['edit', '1', '--answers', '-'], shown)
    expect([outcome.code, outcome.err]).toEqual([0, expect.stringContaining('Corrected session 1')])
    expect(await yamlOf(home)).toBe(shown)
  })

  test('a correction of an older conversation does not move it back', async () => {
    const home = await homeWith('qualify', [])
    await feed(home, fileWith('propose', []))
    expect(await stageOf(home)).toBe('propose')
    await home.coach(['edit', '1', '--answers', '-'], await yamlOf(home))
    expect(await stageOf(home)).toBe('propose')
  })

  test('the same gate at a later day is shown as it was last written down', async () => {
    const home = await homeWith('prospect', [{ stage: 'prospect', did: 'First.' }])
    home.setNow(new Date('2026-12-01T09:00:00Z'))
    await feed(home, fileWith('prospect', [{ stage: 'prospect', did: 'Second.' }]))
    const { out } = await home.coach(['opportunity', 'show', '1'])
    expect(out).toContain('seller    Second. (today, session 2)')
    expect(out).not.toContain('First.')
  })

  test('of one name with two people are two', async () => {
    const home = await homeWith('prospect', [{ stage: 'prospect', evidence: 'She asked.' }])
    const own = [{ stage: 'prospect', evidence: 'He asked.' }]
    expect((await feed(home, fileWith('prospect', own, { person: 'Ben Okafor' }))).code).toBe(0)
    const { out } = await home.coach(['opportunity', 'list', 'ben', '--json'])
    expect(JSON.parse(out)).toMatchObject([{ person: 'Ben Okafor', name: 'Northwind' }])
    const both = await home.coach(['opportunity', 'show', 'northwind'])
    expect(both).toMatchObject({ code: 3, out: '' })
    expect(both.err).toContain('2 (Northwind, Ben Okafor) and 1 (Northwind, Ana Silva)')
  })

  test('is not given a name that another one of the person has', async () => {
    const home = await homeWith('prospect', [])
    await home.coach(['opportunity', 'add', 'ana', 'Contoso'])
    const outcome = await home.coach(['opportunity', 'edit', 'contoso', '--name', 'northwind'])
    expect(outcome.code).toBe(2)
  })

  test('goes without its conversations, and they without it', async () => {
    const home = await homeWith('prospect', [{ stage: 'prospect', evidence: 'She asked.' }])
    const shown = await yamlOf(home)
    await home.coach(['delete', 'opportunity', '1', '--yes'])
    expect(await yamlOf(home)).toBe(shown)
    const other = await homeWith('prospect', [{ stage: 'prospect', evidence: 'She asked.' }])
    await other.coach(['delete', 'session', '1', '--yes'])
    const { out } = await other.coach(['opportunity', 'show', '1'])
    expect(out).toContain('Prospect · open')
    expect(out).not.toContain('She asked.')
  })
})
