import { THINGS, VERDICT_LEAD, VERDICTS } from './words/judgement.ts'

const NO_PERSON = `(?<!\\b(?:${THINGS.trim().split(/\s+/).join('|')}) )`
/** Traits that no deed can show to be a strength. */
const NEVER_SHOWN = /\b(?:lazy|selfish|arrogant|stupid|careless|useless|rude)\b/

/** A strength that is shown by a named deed. */
const SHOWN = /\bshow(?:ed|n|s) when (?:you|he|she|they)\b|:\s*(?:you|he|she|they) \w+/

/** Whether a folded sentence judges a person; `line` is all of it, as it was written. */
export function judges(text: string, line: string): boolean {
  const isShown = SHOWN.test(line.toLowerCase())
  const plain = VERDICT_LEAD.replace(
    text.replace(/^((?:you|he|she|they) (?:are|is|were|was)), [^,]{2,40}, /, '$1 '),
    '',
  )
  return VERDICTS.each.some((pattern) => {
    const said = pattern.exec(plain)?.[0]
    if (said === undefined || (isShown && !NEVER_SHOWN.test(said))) return false
    const verdict = said.split(' ').slice(1).join(' ')
    return new RegExp(`${NO_PERSON}${escape(verdict)}`).test(` ${plain}`)
  })
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
