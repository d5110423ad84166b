// Prints the table of faults: number, stars, what it is, how many tests name it, and what they came to. `npm run faults`.
import { CATALOGUE, numbersIn } from '../test/faults/catalogue.ts'
import { type Result, resultsOf, tellFailed } from './fault-report.ts'

const results = resultsOf(['-t', String.raw`faults? \d`]) ?? []
process.stdout.write(table(results))
tellFailed(results)

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
