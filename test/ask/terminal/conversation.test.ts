// @module-tag clock
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { answerAt, newFolder, recordOf, run } from './process.ts'
import { type Pty, startCoach } from './pty.ts'

const SIZES = [
  { columns: 80, rows: 24 },
  { columns: 50, rows: 20 },
] as const

const PASTED = Array.from({ length: 40 }, (_, n) => `Line ${n + 1} of what they said.`).join('\n')

/** Compares the whole screen with the one kept in `screens/`. */
async function expectScreen(coach: Pty, size: string, name: string): Promise<void> {
  const path = join(import.meta.dirname, 'screens', size, `${name}.txt`)
  await expect(`${coach.screen()}\n`).toMatchFileSnapshot(path)
}

test.each(SIZES)(
  'a conversation is prepared, paused and recorded at $columns × $rows',
  { timeout: 120_000 },
  async (size) => {
    const folder = newFolder()
    const screens = `${size.columns}x${size.rows}`
    const question = await prepareUntilPaused(folder, size, screens)
    await resumeAndFinish(folder, size, screens)
    await record(folder, size, screens, question)

    expect(await recordOf(folder)).toEqual({
      person: 'Ana Silva',
      guide: 'ortp',
      held_on: '2026-11-23',
      observation: {
        situation: 'Discovery call with Northwind',
        saw: 'She asked about budget.\nHe looked at his watch.',
        stage: 'discover',
      },
      reflection: {
        went_well: PASTED,
        would_change: 'I would wait with the budget.',
        questions: [
          { question, kind: 'commitment', heard: 'What the delay costs them.', opened: true },
          {
            question: 'What makes it hard for you?',
            kind: 'obstacle',
            heard: 'His boss.',
            opened: false,
          },
          { question: 'How will you know that it worked?', kind: 'accountability' },
        ],
      },
      teachable_moment: {
        pointer: {
          prepared: 'Ask what waiting costs.',
          given: 'Ask what waiting costs. Then wait.',
        },
      },
      plan: {
        actions: [
          {
            what: 'practise the impact question',
            owner: 'them',
            due: '2026-11-27',
            if: 'the customer names a problem',
            then: 'I ask what it costs them',
            measure: 'she sends me the answer',
          },
          { what: 'send the call notes', owner: 'me', due: '2026-12-07' },
        ],
        said_back: true,
        next_session: '2026-12-07',
      },
      close: {
        praise: 'You stayed quiet after your question.',
        talk_share: 'about_half',
        private_note: 'Seemed tired.',
      },
    })
  },
)

type Size = (typeof SIZES)[number]

/** Prepares up to the last question, which is half written when Ctrl-C comes. Gives the question taken from a bank. */
async function prepareUntilPaused(folder: string, size: Size, screens: string): Promise<string> {
  const coach = startCoach(['session', 'Ana Silva'], { folder, ...size })
  await coach.see('There is no “Ana Silva” in your notebook yet.')
  coach.press('enter')
  await coach.see('Before the conversation, or now?')
  coach.press('enter')

  await coach.see('When and where was it? (needed)')
  await expectScreen(coach, screens, '01-line')
  await coach.answer('Discovery call with Northwind')

  await coach.see('What did you see or hear?')
  await coach.answer('She asked about budget.')
  await coach.answer('He looked at his watch.')
  await expectScreen(coach, screens, '02-note')
  coach.press('enter')

  await coach.see('Which stage of the sale was it?')
  await expectScreen(coach, screens, '03-choice')
  coach.type('3')

  await coach.see('Add detail?')
  await expectScreen(coach, screens, '04-details')
  coach.press('enter')

  await coach.see('Commitment: Which question will you ask')
  const offered = coach.text()
  coach.type('1')

  await coach.see('Obstacle: Which question will you ask')
  await beginOwnQuestion(coach)
  await coach.answer('What makes it hard?')

  await coach.see('Sub-goal: Which question will you ask')
  coach.type('n')

  await coach.see('Stretch: Which question will you ask')
  coach.press('ctrl-p')
  await coach.see('Sub-goal: Which question')
  coach.press('ctrl-p')
  await coach.see('Obstacle: Which question')
  await coach.see('› What makes it hard?')
  coach.press('backspace')
  await coach.answer(' for you?')
  await coach.see('Sub-goal: Which question')
  coach.type('n')
  await coach.see('Stretch: Which question')
  coach.press('ctrl-s')

  await coach.see('Accountability: Which question')
  expect(coach.text()).not.toContain('Why:')
  coach.press('ctrl-g')
  await coach.see('Why: Accountability: how you hold them to it')
  coach.press('ctrl-g')
  await coach.until(() => !coach.text().includes('Why:'), 'the help to go')
  await beginOwnQuestion(coach)
  coach.type('How will you kn')
  await coach.see('› How will you kn')
  coach.press('ctrl-c')
  expect(await coach.exit()).toBe(130)
  expect(coach.text()).toMatch(
    /Paused\. Everything you answered is kept\. Continue with: coach session ana$/,
  )
  expect(await recordOf(folder)).toMatchObject({
    reflection: {
      questions: [{ kind: 'commitment' }, { question: 'What makes it hard for you?' }],
    },
  })
  const question = String(await answerAt(folder, ['reflection', 'questions', 0, 'question']))
  expect(offered).toContain(` 1 ${question}`)
  return question
}

async function beginOwnQuestion(coach: Pty): Promise<void> {
  coach.type('w')
  await coach.until(() => !coach.text().includes('None of this kind'), 'an empty line to write in')
}

async function resumeAndFinish(folder: string, size: Size, screens: string): Promise<void> {
  const coach = startCoach(['session', 'ana'], { folder, ...size })
  await coach.see('Accountability: Which question')
  await coach.see('› How will you kn')
  await coach.answer('ow that it worked?')

  await coach.see(
    'What might you offer, if they do not find it themselves? (private until you give it)',
  )
  await expectScreen(coach, screens, '05-both-passes')
  await coach.answer('Ask what waiting costs.', 'ctrl-d')
  expect(await coach.exit()).toBe(0)
  const said = coach.firstPage()
  expect(said).toContain('Ana Silva · first conversation · prepared')
  expect(said).toContain('Obstacle What makes it hard for you?')
  // The pointer is the first private thing in this notebook.
  expect(said).toMatch(
    /Saved\. Afterwards, record it with: coach session ana Private lines are left out of [^$]*\(This is said once\.\)$/,
  )
  expect(said).not.toContain('waiting costs')
}

async function record(
  folder: string,
  size: Size,
  screens: string,
  question: string,
): Promise<void> {
  const coach = startCoach(['session', 'ana'], { folder, ...size })
  await coach.see('What did they say went well?')
  expect(coach.text()).not.toContain('waiting costs')
  coach.paste(PASTED)
  await coach.see('Line 40 of what they said.')
  await expectScreen(coach, screens, '06-pasted')
  coach.press('ctrl-d')

  await coach.see('What would they do differently?')
  await coach.see('› e.g. I would wait')
  await coach.answer('I would wait with the budget.', 'ctrl-d')

  await coach.see(`${question} What did you hear?`)
  await coach.answer('What the delay costs them.', 'ctrl-d')
  await coach.see('Did the question open something up? (private)')
  coach.type('y')
  await coach.see('What makes it hard for you? What did you hear?')
  await coach.answer('His boss.', 'ctrl-d')
  await coach.see('Did the question open something up?')
  coach.type('n')
  await coach.see('How will you know that it worked? What did you hear?')
  coach.press('enter')

  await coach.see('What pointer did you give, in the words you used?')
  await coach.see('› Ask what waiting costs.')
  await coach.answer(' Then wait.', 'ctrl-d')
  await coach.see('Add detail? (approach, rehearsed)')
  coach.press('enter')

  await planActions(coach, screens)

  await coach.see('Did they say the plan back in their own words?')
  coach.type('y')
  await coach.see('When will you talk again?')
  await coach.answer('in 2 weeks')
  await coach.see('Is there another observation to go through?')
  coach.press('enter')

  await coach.see('What did you thank or praise them for?')
  await coach.answer('You stayed quiet after your question.', 'ctrl-d')
  await coach.see('Add detail? (their share, private note)')
  coach.type('y')
  await coach.see('How much of the talking did they do? (private)')
  coach.type('2')
  await coach.see('Anything to remember for yourself? (private)')
  await coach.answer('Seemed tired.', 'ctrl-d')

  expect(await coach.exit()).toBe(0)
  expect(coach.text()).toMatch(
    /Saved as session 1\. To share it: coach recap ana\. What is open: coach review$/,
  )
  const recap = coach.firstPage()
  expect(recap).toContain('Session 1 · Ana Silva')
  expect(recap).toContain('Praise You stayed quiet after your question.')
  expect(recap).toMatch(/1 practise the impact question Ana Silva · Fri \d+ \w{3}/)
  expect(recap).not.toContain('Seemed tired.')
  const { out } = await run(folder, 'review', '--json')
  expect(JSON.parse(out)).toHaveLength(2)
}

async function planActions(coach: Pty, screens: string): Promise<void> {
  await coach.see('What was agreed, and by when?')
  await coach.answer('practise the impact question by fri')
  await coach.see('Who does it?')
  await coach.see(/Due Fri \d{1,2} \w{3}/)
  await expectScreen(coach, screens, '07-owner')
  coach.press('enter')
  await coach.see('Make it firmer?')
  coach.press('enter')
  await coach.see('If or when what happens?')
  await coach.answer('the customer names a problem')
  await coach.see('Then what will they do?')
  await coach.answer('I ask what it costs them')
  await coach.see('What could get in the way?')
  coach.press('ctrl-s')
  await coach.see('How will you both see that it was done?')
  await coach.answer('she sends me the answer')
  await coach.see('What will you do to help?')
  await expectScreen(coach, screens, '08-firmer')
  coach.press('enter')

  await coach.see('A second one? Enter goes on without.')
  await coach.answer('send the call notes')
  await coach.see('By when?')
  await coach.answer('in 2 weeks')
  await coach.see('Who does it?')
  coach.type('2')
  await coach.see('Make it firmer?')
  coach.press('enter')

  await coach.see('Another one? Enter goes on without.')
  await coach.see('There are two open already.')
  await expectScreen(coach, screens, '09-third-action')
  coach.press('enter')
}
