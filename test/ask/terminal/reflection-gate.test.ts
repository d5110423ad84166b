import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { type Cue, follow, pass } from './cues.ts'
import { homeAfter, run } from './process.ts'
import { startCoach } from './pty.ts'

const POINTER = 'Count to three.'
const OBSERVED = { situation: 'Debrief', saw: 'Four questions.' }
const later = (asks: string): Cue => ({ asks, reply: (coach) => coach.press('ctrl-l') })

/** Each guide with a reflection gate: what was prepared, what is passed by, and what stands behind. */
const GATED = [
  {
    guide: 'ask',
    prepared: { ask: { topic: 'Her first minutes' }, coach: { pointer: POINTER } },
    before: [
      later('What seems to matter most to them, in their own words?'),
      pass('Add detail? (not said)'),
    ],
    asks: 'What they said is not written down yet. Why go on without it? (private)',
    behind: 'What did you offer, in the words you used?',
  },
  {
    guide: 'coaching-a-coach',
    prepared: { observation: OBSERVED, teachable_moment: { pointer: POINTER } },
    before: [pass('What do they think went well'), pass('What would they do differently?')],
    asks: 'Their own view is not written down yet. Why go on without it? (private)',
    behind: 'What pointer did you give, in the words you used?',
  },
  {
    guide: 'ortp',
    prepared: { observation: OBSERVED, teachable_moment: { pointer: POINTER } },
    before: [pass('What did they say went well?'), pass('What would they do differently?')],
    asks: 'Their own view is not written down yet. Why go on without it? (private)',
    behind: 'What pointer did you give, in the words you used?',
  },
]

const homeWith = async (guide: string, prepared: object) =>
  await homeAfter(
    ['session', '--answers', '-'],
    stringify({ person: 'Ana Silva', guide, ...prepared }),
  )

describe.each(GATED)('$guide, when it is recorded', ({ guide, prepared, before, asks, behind }) => {
  test('asks why their own view is missing before it shows the prepared pointer', async () => {
    const folder = await homeWith(guide, prepared)
    const coach = startCoach(['session', 'ana'], { folder })
    await follow(coach, before, asks)
    expect(coach.raw()).not.toContain(POINTER)
    await coach.answer('No time for it.')
    await coach.see(behind)
    await coach.see(`› ${POINTER}`)
  })

  test('keeps the pointer closed where no reason is given', async () => {
    const folder = await homeWith(guide, prepared)
    const coach = startCoach(['session', 'ana'], { folder })
    await follow(coach, before, asks)
    coach.press('ctrl-s')
    await coach.until(() => !coach.text().includes(asks), 'the next prompt')
    expect(coach.text()).not.toContain(behind)
    coach.press('ctrl-c')
    expect(await coach.exit()).toBe(130)
    expect(coach.raw()).not.toContain(POINTER)
  })

  test('goes straight to the pointer once their view is written', async () => {
    const folder = await homeWith(guide, prepared)
    const coach = startCoach(['session', 'ana'], { folder })
    const view = before[0]?.asks ?? ''
    await coach.see(view)
    await coach.answer('I talked too long.', 'ctrl-d')
    await follow(coach, before.slice(1), behind)
    expect(coach.text()).toContain(`› ${POINTER}`)
    expect(coach.raw()).not.toContain(asks)
    coach.press('ctrl-d')
    await coach.until(() => !coach.text().includes(behind), 'the next prompt')
    coach.press('ctrl-c')
    await coach.exit()
    expect((await run(folder, 'show', '1')).out).toContain(POINTER)
  })
})
