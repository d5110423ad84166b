import { type ActionField, PLANS_AT_ONCE } from '../../model.ts'

interface FieldWords {
  readonly title: string
  readonly ask: string
  readonly why: string
  readonly example: string | null
}

/** How the fields of an action item are asked for, in the order in which a conversation asks for them. */
export const ACTION_WORDS = {
  what: {
    title: 'Action item',
    ask: 'What was agreed, and by when?',
    why: 'One small thing with a day is easier to keep, and to look at again, than good intentions.',
    example: 'practise the impact question in three calls by fri',
  },
  due: {
    title: 'Due',
    ask: 'By when?',
    why: 'A day makes it possible to look at it again. Without one it stands under “no date” in the review.',
    example: 'fri, in 2 weeks, 2026-11-27',
  },
  owner: {
    title: 'Owner',
    ask: 'Who does it?',
    why: 'Your own promises come back in the review as well as theirs.',
    example: null,
  },
  if: {
    title: 'If',
    ask: 'If or when what happens?',
    why: 'Plans of the form “if this happens, then I do that” name the moment to act.',
    example: 'the customer names a problem',
  },
  then: {
    title: 'Then',
    ask: 'Then what will they do?',
    why: 'The other half of the plan: one thing to do in that moment.',
    example: 'I ask what it costs them before I say anything about us',
  },
  else: {
    title: 'Else',
    ask: 'And if that does not work?',
    why: 'A second way keeps one bad moment from ending the plan.',
    example: 'I note the question and ask it at the end',
  },
  obstacle: {
    title: 'Obstacle',
    ask: 'What could get in the way?',
    why: 'An obstacle said aloud can be planned for.',
    example: 'I get nervous when there are more than two people',
  },
  measure: {
    title: 'Measure',
    ask: 'How will you both see that it was done?',
    why: 'Choose something they do, not a result that depends on others.',
    example: 'she sends me the answer she got, word for word',
  },
  result: {
    title: 'Result',
    ask: 'Which one result should follow from it?',
    why: 'A result depends on others too, so the behaviour comes first. One is enough.',
    example: 'two customers name a figure of their own',
  },
  support: {
    title: 'Support',
    ask: 'What will you do to help?',
    why: 'Your part of it. If it is a task with a day, make it an action item of your own.',
    example: 'I listen in on the Thursday call',
  },
  check_in: {
    title: 'Check-in',
    ask: 'When will you look at it half way?',
    why: 'A short look at half time leaves room to change something. Without a day of yours it is worked out.',
    example: 'wed',
  },
  repeat: {
    title: 'Repeat',
    ask: 'Does it come back, and how often?',
    why: 'Closing it then makes the next one. Nothing comes back by itself because a day has passed.',
    example: 'every 2 weeks',
  },
  goal: {
    title: 'Goal',
    ask: 'Which goal does it serve?',
    why: 'A step that belongs to a goal shows, over months, what the goal is made of.',
    example: null,
  },
} as const satisfies Record<ActionField, FieldWords>

/** The fields asked for when an action item is made firmer. */
export const FIRMER = ['if', 'then', 'obstacle', 'else', 'measure', 'support', 'goal'] as const

/** The fields asked for besides where every detail is asked for. */
export const FULL = ['result', 'check_in', 'repeat'] as const

/** The fields that make an item firmer where it is the manager's own. */
export const OWN_FIRMER = ['if', 'then', 'obstacle', 'else', 'goal'] as const

/** How the fields are asked for where the item is the manager's own. */
export const OWN_WORDS: Partial<Record<ActionField, Partial<FieldWords>>> = {
  then: { ask: 'Then what will you do?' },
  else: { ask: 'And if that does not work?' },
  measure: { ask: 'How will you see that it was done?', example: 'a tick in my diary, each day' },
  support: { ask: 'Who or what helps you?', example: 'I ask Tom to remind me' },
  obstacle: { example: 'the week fills up with calls of my own' },
}

/**
 * What is said before a further action item: one focus plan, a second allowed, a warning at the third (several plans at
 * once dilute each other).
 * @param number the item's number in its list
 * @param earlier how many plans from before are still open
 */
export function furtherItem(
  number: number,
  earlier: number,
): { readonly ask: string; readonly hint: string | null } {
  const ask = ['', ACTION_WORDS.what.ask, 'A second one? Enter goes on without.'][number]
  const open = number - 1 + earlier
  return {
    ask: ask ?? 'Another one? Enter goes on without.',
    hint: open < PLANS_AT_ONCE ? null : tooMany(open),
  }
}

/** The warning at a plan beside others that are open. */
function tooMany(open: number): string {
  return `There are ${inWords(open)} open already. One plan is easier to keep than ${inWords(open + 1)}; does this one have to be now?`
}

/** A small number as a word. */
export function inWords(n: number): string {
  const words = 'none one two three four five six seven eight nine ten'.split(' ')
  return words[n] ?? String(n)
}
