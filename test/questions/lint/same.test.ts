import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { lint, lintFeedback } from '../../../src/questions/lint/lint.ts'

const lines = readFileSync(join(import.meta.dirname, 'same.txt'), 'utf8')
  .split('\n')
  .filter((line) => line.includes('\t') && !line.startsWith('#'))
  .map((line) => line.split('\t'))

const said = (findings: ReturnType<typeof lint>) =>
  findings.map(({ rule }) => rule).join(',') || '-'

describe('the word lists say what the regular expressions before them said', () => {
  test('of every kept line', () => {
    expect(lines.length).toBeGreaterThan(300)
    const now = lines.map(([, , text = '']) => [said(lint(text)), said(lintFeedback(text)), text])
    expect(now).toEqual(lines)
  })
})
