// Prints the table of faults: number, stars, what it is, how many tests name it, and what they came to. `npm run faults`.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { z } from 'zod'
import { CATALOGUE, numbersIn } from '../test/faults/catalogue.ts'
import { FIGURES } from '../test/faults/long/figures.ts'

const Report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          duration: z.number().nullish(),
        }),
      ),
    }),
  ),
})
interface Result {
  readonly file: string
  readonly title: string
  readonly status: string
  readonly seconds: number
}

const isLong = process.argv.includes('--long')
rmSync(FIGURES, { force: true })
const results = run(
  isLong ? ['--config', 'test/faults/long/vitest.config.ts'] : ['-t', String.raw`faults? \d`],
)
process.stdout.write(isLong ? longTable(results) : table(results))
const failed = results.filter(({ status }) => status === 'failed')
for (const { file, title } of failed) process.stdout.write(`failed: ${file}: ${title}\n`)
process.exitCode = failed.length > 0 ? 1 : 0

/** Runs the tests with a report, and gives those that name a fault and were not left out by the filter. */
function run(args: readonly string[]): readonly Result[] {
  const folder = mkdtempSync(join(tmpdir(), 'coach-faults-'))
  const file = join(folder, 'report.json')
  const reporters = ['--reporter=json', `--outputFile=${file}`, '--reporter=dot']
  spawnSync('npx', ['vitest', 'run', ...args, ...reporters], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const report = Report.parse(JSON.parse(readFileSync(file, 'utf8')))
  rmSync(folder, { recursive: true })
  return report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ fullName }) => numbersIn(fullName).length > 0)
      .map(({ fullName, status, duration }) => ({
        file: relative(process.cwd(), name),
        title: fullName,
        status,
        seconds: Math.round((duration ?? 0) / 1000),
      })),
  )
}

function table(all: readonly Result[]): string {
  const rows = CATALOGUE.map(({ number, stars, what, reason }) => {
    const mine = all.filter(({ title }) => numbersIn(title).includes(number))
    const count = (status: string) => mine.filter((one) => one.status === status).length
    const left = mine.length - count('passed') - count('failed')
    const said = [
      count('failed') > 0 && `${count('failed')} FAILED`,
      count('passed') > 0 && `${count('passed')} passed`,
      left > 0 && `${left} skipped`,
      mine.length === 0 && 'no test',
    ].filter((one) => one !== false)
    const files = [...new Set(mine.map(({ file }) => file.replace(/^test\//, '')))].join(' ')
    const line = `${String(number).padStart(2)}  ${'★'.repeat(stars).padEnd(3)}  ${said.join(', ').padEnd(20)}  ${what}`
    return [line, files && `      ${files}`, reason && `      ${reason}`].filter(Boolean).join('\n')
  })
  const named = CATALOGUE.filter(({ number }) =>
    all.some(({ title, status }) => status === 'passed' && numbersIn(title).includes(number)),
  )
  const total = `${CATALOGUE.length} cases, ${named.length} with a test that passes, ${all.filter(({ status }) => status === 'passed').length} tests`
  return `${rows.join('\n')}\n\n${total}\n`
}

/** What each sweep came to, how long it took, and the figures that it noted. */
function longTable(all: readonly Result[]): string {
  const files = [...new Set(all.map(({ file }) => file))]
  const lines = files.map((file) => {
    const mine = all.filter((one) => one.file === file)
    const passed = mine.filter(({ status }) => status === 'passed').length
    const seconds = mine.reduce((sum, one) => sum + one.seconds, 0)
    const name = file.replace(/^.*\//, '').replace('.long.ts', '')
    const numbers = [...new Set(mine.flatMap(({ title }) => numbersIn(title)))].join(', ')
    return `${name.padEnd(12)} ${passed} of ${mine.length} passed, ${seconds} s (${numbers})`
  })
  const figures = existsSync(FIGURES) ? readFileSync(FIGURES, 'utf8').trim().split('\n') : []
  return `${[...lines, ...figures.map((line) => line.replaceAll('\t', ': '))].join('\n')}\n`
}
