import type { Hint } from '../../questions/lint/lint.ts'
import { columns, hang, type Style } from '../../output/layout.ts'

/** A line that was looked at, with what could be better about it. */
export interface LintedLine {
  readonly text: string
  readonly findings: readonly Hint[]
}

/** Each line with its hints. */
export function renderLint(lines: readonly LintedLine[], { paint, width }: Style): string {
  const blocks = lines.map(({ text, findings }) =>
    [
      hang('', text.trim(), width),
      paint.dim(
        columns(
          findings.map(({ rule, hint }) => [`  ${rule}`, hint]),
          width,
        ),
      ),
    ].join('\n'),
  )
  return `${blocks.join('\n')}\n`
}

/** One line of hints for a prompt, in words alone. Null where there is nothing to say. */
export function sayFindings(findings: readonly Hint[]): string | null {
  const [first, ...more] = findings
  if (!first) return null
  return `Hint: ${[first, ...more.slice(0, 1)].map(({ hint }) => hint).join(' · ')}`
}

/** The shape of one line in `coach questions lint --json`. */
export function lintJson({ text, findings }: LintedLine): object {
  return { text, findings: findings.map(({ rule, hint }) => ({ rule, hint })) }
}
