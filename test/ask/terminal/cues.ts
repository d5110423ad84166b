import type { Pty } from './pty.ts'

/** What a prompt asks, and what a person does when it is asked. */
export interface Cue {
  readonly asks: string
  reply(coach: Pty): Promise<void> | void
}

/** Types one line. */
export const line = (asks: string, text: string): Cue => ({
  asks,
  async reply(coach) {
    if (!coach.isTyped(text)) coach.type(text)
    await coach.until(() => coach.isTyped(text), `“${text}” before the cursor`)
    coach.press('enter')
  },
})

/** Presses one key. */
export const key = (asks: string, typed: string): Cue => ({
  asks,
  reply: (coach) => coach.type(typed),
})

/** Goes on with Enter. */
export const pass = (asks: string): Cue => ({ asks, reply: (coach) => coach.press('enter') })

/** Pastes a note, and ends it. */
export const note = (asks: string, text: string): Cue => ({
  asks,
  async reply(coach) {
    if (!coach.isTyped(text)) coach.paste(text)
    await coach.until(() => coach.isTyped(text), `“${text}” before the cursor`)
    coach.press('ctrl-d')
  },
})

/** Writes a question of one's own. */
const ownQuestion = (asks: string, text: string): Cue => ({
  asks,
  async reply(coach) {
    if (coach.text().includes('None of this kind')) coach.type('w')
    await coach.until(() => !coach.text().includes('None of this kind'), 'a line to write in')
    await line(asks, text).reply(coach)
  },
})

/** A whole conversation of each guide: the cues of both passes, in the order in which they come. */
export const CUES = {
  ortp: {
    prepare: [
      line('When and where was it?', 'Discovery call with Northwind'),
      note('What did you see or hear?', 'She asked about budget.\nHe looked at his watch.'),
      key('Which stage of the sale was it?', '3'),
      key('Add detail? (effect', 'y'),
      note('What effect did it have?', 'The customer went quiet.'),
      key('Which area is it about?', '1'),
      key('Which skill is it about?', '2'),
      key('How far along is that skill', '4'),
      ownQuestion('Commitment: Which question', 'What will you try?'),
      ownQuestion('Obstacle: Which question', 'What makes it hard?'),
      key('Sub-goal: Which question', 'n'),
      key('Stretch: Which question', 'n'),
      ownQuestion('Accountability: Which question', 'How will I know?'),
      note('What might you offer', 'Ask what waiting costs.'),
    ],
    record: [
      note('What did they say went well?', 'I was prepared.\nHe noticed.'),
      note('What would they do differently?', 'I would wait.'),
      note('What will you try? What did you hear?', 'One question, then wait.'),
      key('What will you try? Did the question open', 'y'),
      pass('What makes it hard? What did you hear?'),
      note('How will I know? What did you hear?', 'She tells me.'),
      key('How will I know? Did the question open', 'n'),
      note('What pointer did you give', ' Then wait.'),
      key('Add detail? (approach', 'y'),
      key('How did you go about it?', '4'),
      note('What did the two of you rehearse?', 'The question, twice.'),
      line('What was agreed, and by when?', 'practise the impact question by 2031-01-03'),
      key('practise the impact question Who does it?', '1'),
      key('practise the impact question Make it firmer?', 'y'),
      line('If or when what happens?', 'the customer names a problem'),
      line('Then what will they do?', 'I ask what it costs'),
      pass('What could get in the way?'),
      line('How will you both see that it was done?', 'she tells me the answer'),
      line('What will you do to help?', 'I listen in'),
      line('A second one? Enter goes on without.', 'send the call notes'),
      line('send the call notes By when?', '2031-01-10'),
      key('send the call notes Who does it?', '2'),
      key('send the call notes Make it firmer?', 'n'),
      pass('Another one? Enter goes on without.'),
      key('Did they say the plan back', 'y'),
      line('When will you talk again?', '2031-01-17'),
      key('Is there another observation to go through?', 'n'),
      note('What did you thank or praise them for?', 'You stayed quiet.'),
      key('Add detail? (their share', 'y'),
      key('How much of the talking did they do?', '1'),
      note('Anything to remember for yourself?', 'Seemed tired.'),
    ],
  },
  quick: {
    prepare: [note('What did you see or hear?', 'Three questions in a row.\nOne answer.')],
    record: [
      note('What would they do differently?', 'One question, then wait.'),
      line('What was agreed, and by when?', 'ask one question at a time by 2031-01-03'),
      key('ask one question at a time Who does it?', '1'),
      key('ask one question at a time Make it firmer?', 'y'),
      line('If or when what happens?', 'I have asked'),
      line('Then what will they do?', 'I count to three'),
      line('What could get in the way?', 'silence'),
      line('And if that does not work?', 'I look at my notes'),
      pass('How will you both see that it was done?'),
      line('What will you do to help?', 'I keep quiet too'),
    ],
  },
} as const satisfies Record<string, Record<'prepare' | 'record', readonly Cue[]>>

/**
 * Answers each prompt as its cue says, until so many are answered and taken, or until the screen shows `end`.
 * @returns how many were answered, and the cue of the prompt that is asked now; null at the end
 */
export async function follow(
  coach: Pty,
  cues: readonly Cue[],
  end: string,
  most = Number.POSITIVE_INFINITY,
): Promise<{ readonly answered: number; readonly next: Cue | null }> {
  let last: Cue | null = null
  for (let answered = 0; ; answered++) {
    const open: readonly Cue[] = cues.filter((cue) => cue !== last)
    const at = await coach.seeOneOf([end, ...open.map(({ asks }) => asks)])
    const cue = open[at - 1] ?? null
    if (cue === null || answered === most) return { answered, next: cue }
    // What is printed after a conversation repeats what was asked in it.
    if (!coach.isInConversation()) {
      await coach.see(end)
      return { answered, next: null }
    }
    await cue.reply(coach)
    last = cue
  }
}
