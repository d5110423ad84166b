import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { z } from 'zod'
import { numbersIn } from '../test/faults/catalogue.ts'

const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).default([]),
        }),
      ),
    }),
  ),
})

/** What a test that names a fault came to. */
export interface Result {
  readonly file: string
  readonly title: string
  readonly status: string
  readonly why: string
}

/** Runs tests, and gives those that name a fault and were not left out by the filter; null where the run was interrupted. */
export function resultsOf(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): readonly Result[] | null {
  const folder = mkdtempSync(join(tmpdir(), 'coach-faults-'))
  const file = join(folder, 'report.json')
  const reporters = ['--reporter=json', `--outputFile=${file}`, '--reporter=dot']
  spawnSync('npx', ['vitest', 'run', ...args, ...reporters], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...env },
  })
  const report = existsSync(file) ? Report.parse(JSON.parse(readFileSync(file, 'utf8'))) : null
  rmSync(folder, { recursive: true })
  return (
    report?.testResults.flatMap(({ name, assertionResults }) =>
      assertionResults
        .filter(({ fullName }) => numbersIn(fullName).length > 0)
        .map(({ fullName, status, failureMessages }) => ({
          file: relative(process.cwd(), name),
          title: fullName,
          status,
          why: failureMessages.join('\n'),
        })),
    ) ?? null
  )
}

/** Prints the tests that failed, and ends with 1 where there are any. */
export function tellFailed(results: readonly Result[]): void {
  const failed = results.filter(({ status }) => status === 'failed')
  for (const { file, title, why } of failed) {
    process.stdout.write(`failed: ${file}: ${title}\n${why}\n`)
  }
  process.exitCode = failed.length > 0 ? 1 : 0
}
