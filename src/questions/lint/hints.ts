/** The rules, in the order in which their findings are shown. */
export const RULES = [
  'closed',
  'leading',
  'stacked',
  'blame-why',
  'telling',
  'results-only',
  'trait',
  'long',
] as const
export type Rule = (typeof RULES)[number]

/** What to try instead, for each rule, in a manager's words. */
export const HINTS = {
  closed: 'one word answers this; ask what they saw, did or will do',
  leading: 'your answer is in it already; ask what they see, then wait',
  stacked: 'two questions in one; ask the first, and wait with the other',
  'blame-why': '“why” may sound like blame; try “what led to that?”',
  telling: 'this tells them what to do; try “what could you do?”',
  'results-only': 'this asks for a result; ask what they will do about it',
  trait: 'this judges the person; say what you saw or heard',
  long: 'more than 30 words; try to say it in one breath',
} as const satisfies Record<Rule, string>
