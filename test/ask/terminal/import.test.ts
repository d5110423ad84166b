import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { must } from '../../commands/followup/played.ts'
import { bankOf, homeWith, put } from '../../questions/home.ts'
import { homeWithAna } from './process.ts'
import { startCoach } from './pty.ts'

const bank = (text: string) => bankOf('ours', [{ id: 'ours-1', text, kinds: ['obstacle'] }])

/** A folder with Ana in its notebook, and `all.json` of a home with two banks and settings. */
async function folderWithExport(): Promise<string> {
  const from = homeWith({
    'question-banks/ours.yaml': bank('What did you notice?'),
    'question-banks/second.yaml': bankOf('second', [
      { id: 'second-1', text: 'What else?', kinds: ['stretch'] },
    ]),
    'config.yaml': 'language: es\npassword_command: pass show coach\n',
  })
  await must(from, ['person', 'add', 'Ben Ortiz'])
  const folder = await homeWithAna()
  const json = await from.coach(['export', 'all', '--format', 'json'])
  writeFileSync(join(folder, 'all.json'), json.out)
  return folder
}

test('each file of an import is asked for, and only what gets a yes is written', async () => {
  const folder = await folderWithExport()
  const mine = bank('What is mine?')
  put(folder, { 'question-banks/ours.yaml': mine })
  const coach = startCoach(['import', 'all.json'], { folder })
  await coach.see('Replace your question-banks/ours.yaml by the one in the file?')
  coach.type('y')
  coach.press('enter')
  await coach.see('Take your own question-banks/second.yaml from the file?')
  coach.press('enter')
  await coach.see('Take language from its config.yaml?')
  expect(coach.text()).toContain('password_command: pass show coach (a line of config.yaml)')
  coach.type('y')
  coach.press('enter')
  expect(await coach.exit()).toBe(0)
  const read = (path: string) => readFileSync(join(folder, path), 'utf8')
  expect(read('question-banks/ours.yaml')).toBe(bank('What did you notice?'))
  const [kept] = /question-banks\/ours\.yaml\.before-import-[\d-]+/.exec(coach.text()) ?? ['']
  expect(read(kept)).toBe(mine)
  expect(existsSync(join(folder, 'question-banks/second.yaml'))).toBe(false)
  expect(read('config.yaml')).toBe('language: es\n')
})

test('Ctrl-C at the first file leaves the files, and the notebook is taken in', async () => {
  const folder = await folderWithExport()
  const coach = startCoach(['import', 'all.json'], { folder })
  await coach.see('Take your own question-banks/ours.yaml from the file?')
  expect(coach.text()).toContain('Taken in: 1 person.')
  coach.press('ctrl-c')
  expect(await coach.exit()).toBe(130)
  expect(existsSync(join(folder, 'question-banks'))).toBe(false)
})

test('a file that is changed while coach asks about it is left as it is', async () => {
  const folder = await folderWithExport()
  put(folder, {
    'question-banks/ours.yaml': bank('What is mine?'),
    'config.yaml': 'language: en\n',
  })
  const coach = startCoach(['import', 'all.json'], { folder })
  await coach.see('Replace your question-banks/ours.yaml by the one in the file?')
  const edited = bank('What did I just write?')
  put(folder, { 'question-banks/ours.yaml': edited })
  coach.type('y')
  coach.press('enter')
  await coach.see('was changed while coach asked about it. It was left as it is.')
  await coach.see('Take your own question-banks/second.yaml from the file?')
  coach.press('enter')
  await coach.see('Take language from its config.yaml into yours?')
  put(folder, { 'config.yaml': '# mine\nlanguage: en\n' })
  coach.type('y')
  coach.press('enter')
  expect(await coach.exit()).toBe(0)
  const read = (path: string) => readFileSync(join(folder, path), 'utf8')
  expect(read('question-banks/ours.yaml')).toBe(edited)
  expect(read('config.yaml')).toBe('# mine\nlanguage: en\n')
})
