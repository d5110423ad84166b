/** What an argument is, in the words of a manager. */
const THINGS: Readonly<Record<string, string>> = {
  person: 'the name of a person',
  name: 'the name of a person',
  id: 'a number, as the lists show it',
  what: 'what it is',
  ids: 'one number or several, as the lists show them',
}

type Say = (...parts: readonly string[]) => string

/** What commander says of a command line, and how it is said here. */
const SAYINGS: readonly (readonly [pattern: RegExp, say: Say])[] = [
  [
    /^missing required argument '([^']+)'/,
    (arg = '') => `Something is missing: ${THINGS[arg] ?? arg}.`,
  ],
  [/^required option '(?:-\w, )?(--[\w-]+)[^']*' not specified/, (flag) => `${flag} is needed.`],
  [/^option '(?:-\w, )?(--[\w-]+)[^']*' argument missing/, (flag) => `${flag} needs a value.`],
  [
    /^option '(?:-\w, )?(--[\w-]+)[^']*' argument '([^]*)' is invalid\. Allowed choices are (.+)\./,
    (flag, value, choices = '') =>
      `${flag} takes ${choices.replace(/, ([^,]+)$/, ' or $1')}, not “${value}”.`,
  ],
  [
    /^option '(?:-\w, )?(--[\w-]+)[^']*' cannot be used with option '(?:-\w, )?(--[\w-]+)[^']*'/,
    (one, other) => `${one} and ${other} cannot be used together.`,
  ],
  [
    /^too many arguments(?: for '([^']+)')?\. .*?: ([^]*)\.$/,
    (_command, more) => `Too many words: ${more}.`,
  ],
  [/^unknown option '(-[^]*\s[^]*)'/, () => TEXT_WITH_DASH],
  [/^unknown option '([^']*)'/, (flag) => `There is no option ${flag}.`],
  [/^unknown command '([^]*?)'(?:\n|$)/, (name) => `There is no command “${name}”.`],
]

const TEXT_WITH_DASH =
  'This looks like an option. A text that begins with a dash stands behind --, as in: coach note ana -- "- 5% is what she asked for"'

/** A complaint about a command line as a sentence; a guess at what was meant stays. */
export function sayUsage(text: string): string {
  const complaint = text.trim().replace(/^error: /, '')
  const guess = /\n\((Did you mean .*\?)\)$/.exec(complaint)?.[1]
  for (const [pattern, say] of SAYINGS) {
    const [match, ...parts] = pattern.exec(complaint) ?? []
    if (match !== undefined) return `${say(...parts)}${guess ? `\n${guess}` : ''}\n`
  }
  return `${complaint.replace(/^./, (first) => first.toUpperCase())}\n`
}
