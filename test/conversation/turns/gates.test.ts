import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LIBRARY } from '../../questions/shipped.ts'
import { factsWith, sit, talk, valueAt } from '../talk.ts'

const STAGES = LIBRARY.vocabulary.stages
const IDS = STAGES.map(({ id }) => id)
const FIELDS = ['did', 'evidence', 'heard'] as const
const SEED = { seed: 20_261_123, numRuns: 100 }

/** A look at an opportunity in a stage, of which some gates were confirmed before. */
const look = (confirmed: readonly string[]) =>
  talk('opportunity', 'record', {
    facts: factsWith({
      opportunities: [{ name: 'Northwind', stage: null, confirmed: new Set(confirmed) }],
    }),
  })
const at = (stage: string) => ({ '1/opportunity.name': 'Northwind', '1/opportunity.stage': stage })
const place = (stage: string, field: string) => `1/gates.checks.${stage}.${field}`
const asksOf = (keys: readonly string[]) => keys.filter((key) => key.startsWith('1/gates.'))

const someGates = fc.record({
  stage: fc.constantFrom(...IDS),
  confirmed: fc.subarray(IDS),
  given: fc.subarray(IDS),
})

describe('two-sided gates', () => {
  test('are asked in order up to the chosen stage, except those already confirmed', async () => {
    await fc.assert(
      fc.asyncProperty(someGates, async ({ stage, confirmed, given }) => {
        const evidence = Object.fromEntries(
          given.map((id) => [place(id, 'evidence'), 'She said so.']),
        )
        const { keys } = await sit(look(confirmed), { ...at(stage), ...evidence })
        const open = IDS.slice(0, IDS.indexOf(stage) + 1).filter((id) => !confirmed.includes(id))
        expect(asksOf(keys)).toEqual(
          open.flatMap((id) =>
            FIELDS.filter((field) => field !== 'heard' || !given.includes(id)).map((field) =>
              place(id, field),
            ),
          ),
        )
      }),
      SEED,
    )
  })

  test('offer up to three missing ones as action items, in the order of the stages', async () => {
    await fc.assert(
      fc.asyncProperty(someGates, async ({ stage, confirmed, given }) => {
        const said = new Map(given.map((id) => [place(id, 'evidence'), 'She said so.']))
        const taken = new Map(
          [1, 2, 3].map((n) => [
            `1/plan.actions.${n}.what`,
            STAGES.filter(
              ({ id }) =>
                IDS.indexOf(id) <= IDS.indexOf(stage) &&
                !confirmed.includes(id) &&
                !given.includes(id),
            )[n - 1]?.gate?.action,
          ]),
        )
        const replies = { ...at(stage), ...Object.fromEntries([...said, ...taken]) }
        const sitting = await sit(look(confirmed), withoutGaps(replies))
        const offers = sitting.asked
          .filter(({ key }) => /^1\/plan\.actions\.\d\.what$/.test(key))
          .map(({ scene }) => scene.offered)
        const wanted = [...taken.values()].filter((action) => action !== undefined)
        expect(offers.filter((offer) => offer !== null)).toEqual(wanted)
      }),
      SEED,
    )
  })

  test.each(STAGES.map(({ id, gate }) => [id, gate] as const))(
    'at the stage %s, Enter takes the action item word for word',
    async (id, gate) => {
      const action = gate?.action ?? ''
      const others = IDS.filter((one) => one !== id)
      const { asked, conversation } = await sit(look(others), {
        ...at('adopt'),
        '1/plan.actions.1.what': action,
      })
      const offer = asked.find(({ key }) => key === '1/plan.actions.1.what')
      expect(offer?.scene.offered).toBe(action)
      expect(offer?.turn.hint).toContain('Enter takes this')
      expect(valueAt(conversation.answers, '1/plan.actions.1.what')?.value).toBe(action)
      expect(valueAt(conversation.answers, '1/plan.actions.1.due')?.value ?? null).toBeNull()
    },
  )

  test('ask both sides in words that name the gate', async () => {
    const sitting = await sit(look([]), at('adopt'))
    for (const { id, title, gate } of STAGES) {
      expect(sitting.at(place(id, 'did')).turn.about).toBe(`The seller’s side: ${gate?.seller}`)
      expect(sitting.at(place(id, 'evidence')).turn.about).toBe(
        `The customer’s side: ${gate?.customer}`,
      )
      expect(sitting.at(place(id, 'heard')).turn.ask).toBe(`${title}, to ask next: ${gate?.ask}`)
    }
  })

  test('are not asked while preparing', async () => {
    const { keys } = await sit(talk('opportunity', 'prepare'), at('adopt'))
    expect(asksOf(keys)).toEqual([])
  })

  test('that are left for later bring no further question and no offer', async () => {
    const sitting = await sit(look([]), {
      ...at('prospect'),
      [place('prospect', 'evidence')]: { type: 'later' },
    })
    expect(asksOf(sitting.keys)).toEqual([place('prospect', 'did'), place('prospect', 'evidence')])
    expect(sitting.at('1/plan.actions.1.what').scene.offered).toBeNull()
  })
})

/** Replies without those that are not given. */
function withoutGaps(
  replies: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(replies).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )
}

const GATED = LIBRARY.guides.flatMap((guide) =>
  guide.steps.flatMap((step) =>
    step.gate
      ? [[guide.id, step.gate, step.prompts.map(({ id }) => `1/${step.id}.${id}`)] as const]
      : [],
  ),
)

describe.each(GATED)('the reflection gate of %s', (guide, gate, behind) => {
  const views = gate.opens_with.map((path) => `1/${path}`)
  const none = Object.fromEntries(views.map((key) => [key, { type: 'later' } as const]))
  const reason = `1/${gate.reason}`

  test('asks why, and keeps the step closed while no reason is given', async () => {
    const { keys } = await sit(talk(guide, 'record'), { ...none, [reason]: { type: 'later' } })
    expect(keys).toContain(reason)
    expect(keys.filter((key) => behind.includes(key))).toEqual([])
  })

  test('opens with a reason, which is private', async () => {
    const { keys, conversation } = await sit(talk(guide, 'record'), {
      ...none,
      [reason]: 'No time.',
    })
    expect(keys.indexOf(behind[0] ?? '')).toBeGreaterThan(keys.indexOf(reason))
    expect(valueAt(conversation.answers, reason)).toMatchObject({ visibility: 'private' })
  })

  test.each(views)('is not asked once %s is written', async (view) => {
    const { keys } = await sit(talk(guide, 'record'), { [view]: 'I talked too long.' })
    expect(keys).not.toContain(reason)
    expect(keys).toContain(behind[0])
  })

  test('does not stand in the way while preparing', async () => {
    const { keys } = await sit(talk(guide, 'prepare'))
    expect(keys).not.toContain(reason)
    expect(keys).toContain(behind[0])
  })
})

test('three guides have a reflection gate', () => {
  expect(GATED.map(([guide]) => guide).toSorted()).toEqual(['ask', 'coaching-a-coach', 'ortp'])
})
