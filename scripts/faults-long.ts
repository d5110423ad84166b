// The long sweeps, all or one: `npm run faults:long [NAME] [-- --times 5] [-- --fresh]`. After an interruption it goes on where it stopped.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { numbersIn } from '../test/faults/catalogue.ts'
import { FIGURES } from '../test/faults/long/figures.ts'
import { finishedUnits, progressFile } from '../test/faults/long/units.ts'
import { type Result, resultsOf, tellFailed } from './fault-report.ts'

const SWEEPS = readdirSync(join(import.meta.dirname, '../test/faults/long'))
  .filter((name) => name.endsWith('.long.ts'))
  .map((name) => name.replace('.long.ts', ''))

const { values, positionals } = parseArgs({
  options: { times: { type: 'string', default: '1' }, fresh: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const unknown = positionals.filter((name) => !SWEEPS.includes(name))
if (unknown.length > 0 || !/^[1-9]\d*$/.test(values.times)) {
  const what = unknown.length > 0 ? `No sweep is called ${unknown.join(', ')}` : 'How many times?'
  process.stderr.write(`${what}. There are: ${SWEEPS.join(', ')}\n`)
  process.exitCode = 2
} else {
  runSweeps(positionals.length > 0 ? positionals : SWEEPS)
}

function runSweeps(sweeps: readonly string[]): void {
  // Whether a sweep can go on depends on what is built now.
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] })
  for (const sweep of sweeps) {
    if (values.fresh) rmSync(progressFile(sweep), { force: true })
    const { length } = finishedUnits(sweep)
    if (length > 0) process.stderr.write(`${sweep}: goes on after ${length} finished units\n`)
  }
  rmSync(FIGURES, { force: true })
  const files = sweeps.map((sweep) => `test/faults/long/${sweep}.long.ts`)
  const config = ['--config', 'test/faults/long/vitest.config.ts']
  const results = resultsOf([...config, ...files], { COACH_FAULTS_TIMES: values.times })
  if (!results) {
    process.stderr.write('Interrupted. The same command goes on where it stopped.\n')
    process.exitCode = 1
    return
  }
  process.stdout.write(table(sweeps, results))
  tellFailed(results)
}

/** What each sweep came to, how long its units took, and the figures that it noted. A finished one begins anew next time. */
function table(sweeps: readonly string[], all: readonly Result[]): string {
  const lines = sweeps.map((sweep) => {
    const mine = all.filter(({ file }) => file.endsWith(`/${sweep}.long.ts`))
    const passed = mine.filter(({ status }) => status === 'passed').length
    const units = finishedUnits(sweep)
    const seconds = Math.round(units.reduce((sum, one) => sum + one.seconds, 0))
    if (mine.every(({ status }) => status !== 'failed'))
      rmSync(progressFile(sweep), { force: true })
    const numbers = [...new Set(mine.flatMap(({ title }) => numbersIn(title)))].join(', ')
    const tests = `${passed} of ${mine.length} tests passed`
    return `${sweep.padEnd(12)} ${tests}, ${units.length} units in ${seconds} s (${numbers})`
  })
  const figures = existsSync(FIGURES) ? readFileSync(FIGURES, 'utf8').trim().split('\n') : []
  return `${[...lines, ...figures.map((line) => line.replaceAll('\t', ': '))].join('\n')}\n`
}
