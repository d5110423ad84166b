import { describe, expect, test } from 'vitest'
import { type Cue, follow, key, line, note, pass } from './cues.ts'
import { homeAfter, newFolder, recordOf, run } from './process.ts'
import { startCoach } from './pty.ts'

const RATINGS = [
  'How have you seen coaching',
  'How have you seen what your people and you',
  'How much have you acted by what matters',
  'How well have you kept to the coaching',
  'How much have you expected of each',
]

/** A talk with oneself, with five ratings. */
const reflecting = (ratings: readonly number[], intention: string): readonly Cue[] => [
  ...RATINGS.map((asks, at) => key(asks, String(ratings[at]))),
  note('What has pulled you down', 'The forecast call.'),
  key('Obstacle: Which question', 'n'),
  key('Stretch: Which question', 'n'),
  line('What is your one intention', intention),
  key('Make it firmer?', 'n'),
]

describe('coach reflect', () => {
  test('asks for no name, keeps five ratings, and shows their trend the next times', async () => {
    const folder = newFolder()
    const first = startCoach(['reflect'], { folder })
    await first.see('Myself · Mindset 1/3')
    expect(first.text()).not.toContain('Before:')
    await follow(first, reflecting([2, 3, 4, 1, 5], 'listen first by 2031-01-03'), 'Saved as')
    expect(await first.exit()).toBe(0)
    expect(first.firstPage()).not.toContain('(before:')
    expect(first.firstPage()).toContain('1 listen first you · Fri 3 Jan 2031')

    const second = startCoach(['reflect'], { folder })
    await second.see('You: listen first (due Fri 3 Jan 2031) What became of it?')
    second.type('p')
    await second.see('What is left of it? (private)')
    await second.answer('half of it')
    await second.see(/Before: 2 \(\w{3} \d+ \w{3}\) How have you seen coaching/)
    await follow(second, reflecting([3, 3, 1, 4, 5], 'ask twice by 2031-01-10'), 'Saved as')
    expect(await second.exit()).toBe(0)
    expect(second.firstPage()).toMatch(/How have you seen coaching .*? 3 of 5 \(before: 2\)/)
    expect(second.firstPage()).toMatch(/How much have you acted .*? 1 of 5 \(before: 4\)/)

    const third = startCoach(['reflect'], { folder })
    await third.see('listen first')
    third.type('d')
    await third.see('ask twice')
    third.type('d')
    await third.see(/Before: 3 \(.+?\), 2 \(.+?\) How have you seen coaching/)
    third.type('4')
    await third.see(/Before: 3 \(.+?\), 3 \(.+?\) How have you seen what your people/)
    third.press('ctrl-c')
    expect(await third.exit()).toBe(130)
    expect(third.text()).toContain('Continue with: coach reflect')

    const { out } = await run(folder, 'show', '2')
    expect(out).toContain('3 of 5 (before: 2)')
    const people: unknown = JSON.parse((await run(folder, 'people', '--json')).out)
    expect(people).toMatchObject([{ name: 'Myself', relation: 'self' }])
    const items: unknown = JSON.parse((await run(folder, 'review', '--all', '--json')).out)
    expect(items).toMatchObject([
      { what: 'listen first', owner: 'me', status: 'done' },
      { what: 'ask twice', owner: 'me', status: 'done' },
    ])
  })

  test('an older conversation is shown with what was before it, not after it', async () => {
    const folder = await homeAfter(
      ['reflect', '--answers', '-'],
      'person: Myself\nheld_on: 2026-01-05\nmindset: { view_of_coaching: 2, view_of_abilities: 2, values: 2, commitment_to_activities: 2, belief_in_people: 2 }\n',
    )
    const coach = startCoach(['reflect'], { folder })
    await follow(coach, reflecting([4, 4, 4, 4, 4], 'listen by 2031-01-03'), 'Saved as')
    expect(await coach.exit()).toBe(0)
    expect((await run(folder, 'show', '2')).out).toContain('4 of 5 (before: 2)')
    expect((await run(folder, 'show', '1')).out).not.toContain('before:')
  })

  test('a rating is needed, and the keys do not promise otherwise', async () => {
    const coach = startCoach(['reflect'], { folder: newFolder() })
    await coach.see('How have you seen coaching lately? (private) (needed)')
    const keys = coach.screen().split('\n').at(-1)
    coach.press('enter')
    await coach.see('Choose one with the arrow keys or its key.')
    coach.press('ctrl-s')
    await coach.see('This one is needed for the record.')
    expect(keys).not.toContain('Enter passes')
  })
})

describe('coach upward', () => {
  test('asks who the coach is, once', async () => {
    const folder = await homeAfter(['person', 'add', 'Ana Silva'])
    const first = startCoach(['upward'], { folder })
    await first.see('Who is your coach?')
    await first.answer('Maria Cruz')
    await first.see('There is no “Maria Cruz” in your notebook yet. Add them?')
    first.press('enter')
    await first.see('Before the conversation, or now?')
    first.press('enter')
    await first.see('What did you try as a coach since last time?')
    first.press('ctrl-c')
    expect(await first.exit()).toBe(130)

    const again = startCoach(['upward'], { folder })
    await again.see(/Maria Cruz|Before the conversation, or now/)
    expect(again.text()).not.toContain('Who is')
    const people: unknown = JSON.parse((await run(folder, 'people', '--json')).out)
    expect(people).toMatchObject([
      { name: 'Ana Silva', relation: 'report' },
      { name: 'Maria Cruz', relation: 'coach' },
    ])
  })

  test('asks which of two coaches, and offers nobody else', async () => {
    const folder = await homeAfter(['person', 'add', 'Maria Cruz', '--relation', 'coach'])
    await run(folder, 'person', 'add', 'Tom Berg', '--relation', 'coach')
    await run(folder, 'person', 'add', 'Ana Silva')
    const coach = startCoach(['upward'], { folder })
    await coach.see('Who is it with?')
    expect(coach.text()).toContain('Maria Cruz Tom Berg Somebody else')
  })

  test('says in one dim line when a name is typed, and stops nobody', async () => {
    const folder = await homeAfter(['person', 'add', 'Maria Cruz', '--relation', 'coach'])
    await run(folder, 'person', 'add', 'Ana Silva')
    const said = '“Ana” is somebody you coach; leave the name out'
    const coach = startCoach(['upward', '--prepare'], { folder })
    const dim = `\x1b[2m${said}\x1b[`
    await coach.see('What did you try as a coach')
    coach.type('I let Ana speak first.')
    await coach.see(said)
    expect(coach.raw()).toContain(dim)
    coach.press('ctrl-d')
    await coach.see('Which situation do you want to look at')
    expect(coach.text()).not.toContain(said)
    coach.type('Nobody is named here.')
    await coach.see('› Nobody is named here.')
    expect(coach.text()).not.toContain('somebody you coach')
    coach.press('ctrl-d')
    await coach.see('What do you want to have')
    await coach.answer('A question for ana.')
    for (const kind of ['Commitment', 'Obstacle']) {
      await coach.see(`${kind}: What will you ask your coach?`)
      coach.type('n')
    }
    await coach.see('Stretch: What will you ask your coach?')
    coach.type('w')
    await coach.until(() => !coach.text().includes('None of this kind'), 'a line to write in')
    coach.type('What about Silva?')
    await coach.see('“Silva” is somebody you coach; leave the name out')
    coach.press('enter')
    expect(await coach.exit()).toBe(0)
    const sheet = coach.firstPage()
    expect(sheet).toContain('Tried I let (somebody) speak first.')
    expect(sheet).toContain('Wanted A question for (somebody).')
    expect(sheet).toContain('Stretch What about (somebody)?')
    expect(sheet).not.toMatch(/ana\b|silva/i)

    const record: readonly Cue[] = [
      note('What about Silva? What did you hear?', 'That Ana is shy.'),
      key('open something up?', 'y'),
      note('What do you see differently now?', 'Ana was right.'),
      line('What was agreed', 'thank Ana by 2031-01-03'),
      key('Who does it?', '2'),
      key('Make it firmer?', 'n'),
      pass('A second one?'),
      pass('When will you talk again?'),
    ]
    const later = startCoach(['upward'], { folder })
    await follow(later, record, 'Saved as session 1')
    expect(await later.exit()).toBe(0)
    const recap = later.firstPage()
    expect(recap).toContain('1 thank (somebody) you · Fri 3 Jan 2031')
    expect(recap).toContain('That (somebody) is shy.')
    expect(recap).not.toMatch(/\bana\b|silva|opened/i)
    expect(await recordOf(folder)).toMatchObject({
      topics: { tried: 'I let Ana speak first.' },
      agreements: { actions: [{ what: 'thank Ana', owner: 'me' }] },
    })
  })
})

describe('a guide that does not go with the person', () => {
  const home = async () => {
    const folder = await homeAfter(['person', 'add', 'Ana Silva'])
    await run(folder, 'person', 'add', 'Maria Cruz', '--relation', 'coach')
    await run(folder, 'person', 'add', 'Myself', '--relation', 'self')
    return folder
  }

  test.each([
    ['ana', 'self', 'with yourself', 'coach reflect'],
    ['ana', 'upward', 'with your own coach', 'coach upward NAME'],
    ['maria', 'self', 'with yourself', 'coach reflect'],
    ['myself', 'upward', 'with your own coach', 'coach upward NAME'],
  ])('%s and %s: exit 2, with what to run instead', async (name, guide, kind, instead) => {
    const folder = await home()
    const coach = startCoach(['session', name, '--guide', guide], { folder })
    expect(await coach.exit()).toBe(2)
    expect(coach.text()).toContain(`The guide “${guide}” is for a conversation ${kind}.`)
    expect(coach.text()).toContain(`Hold it with: ${instead}`)
    expect((await run(folder, 'history', '--json')).out).toBe('[]\n')
  })

  test.each(['self', 'upward'])('a new person and %s: nobody is added', async (guide) => {
    const folder = await home()
    const coach = startCoach(['session', 'Ben Okafor', '--guide', guide], { folder })
    const asked = /Add them\?|is for a conversation/
    await coach.see(asked)
    if (coach.text().includes('Add them?')) coach.press('enter')
    expect(await coach.exit()).toBe(2)
    expect((await run(folder, 'people', '--json')).out).not.toContain('Ben')
  })

  test('somebody one coaches is not made a second person by coach upward', async () => {
    const folder = await home()
    const coach = startCoach(['upward', 'ana'], { folder })
    await coach.see(/Ana Silva|There is no “ana”/)
    expect(coach.text()).not.toContain('There is no “ana” in your notebook yet.')
    expect(await coach.exit()).toBe(2)
  })

  test.each([
    ['maria', /What did you try as a coach/],
    ['myself', /How have you seen coaching/],
  ])('without a guide, %s gets the one that goes with them', async (name, asks) => {
    const coach = startCoach(['session', name, '--prepare'], { folder: await home() })
    await coach.see(asks)
    expect(coach.text()).toMatch(/^(?:Maria Cruz · Topics|Myself · Mindset) 1/)
  })
})
