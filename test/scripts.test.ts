import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { PAPERS } from './papers.ts'
import { newHome, words } from './world.ts'

const folder = join(import.meta.dirname, 'scripts')

/**
 * Each file in `scripts/` is a conversation with the command line: `$ coach …` and what it prints, replayed in one
 * fresh home. `2>` marks lines of stderr (not in the papers at the root), `[n]` an exit code other than 0; a `file` block makes a
 * file first. `vitest -u` writes what is printed now: read the difference before you accept it.
 */
const scripts = readdirSync(folder).filter((name) => name.endsWith('.md'))

test.each([...scripts, ...PAPERS.map((name) => `../../${name}`)])('%s', async (name) => {
  const path = join(folder, name)
  const mark = scripts.includes(name) ? '2> ' : ''
  await expect(await replay(readFileSync(path, 'utf8'), mark)).toMatchFileSnapshot(path)
})

async function replay(script: string, mark: string): Promise<string> {
  const home = newHome()
  const blocks = script.split(/^(```(?:console|\w+ file=\S+)\n[\s\S]*?^```$)/m)
  const played: string[] = []
  for (const block of blocks) {
    const file = /^```\w+ file=(\S+)\n([\s\S]*?)^```$/m.exec(block)
    if (file) {
      const path = join(home.folder, file[1] ?? '')
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, file[2] ?? '')
    }
    if (!block.startsWith('```console')) {
      played.push(block)
      continue
    }
    const lines: string[] = []
    for (const [, command = ''] of block.matchAll(/^\$ (.*)$/gm)) {
      const day = /^# today is (\S+)$/.exec(command)
      lines.push(`$ ${command}`)
      if (day) {
        home.setNow(new Date(`${day[1]}T09:00:00Z`))
        continue
      }
      const { code, out, err } = await home.coach(words(command).slice(1))
      const plain = (text: string) =>
        text
          .replaceAll(home.folder, '~')
          .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID')
          .replace(/\n$/, '')
      if (out !== '') lines.push(plain(out))
      if (err !== '')
        lines.push(
          ...plain(err)
            .split('\n')
            .map((line) => `${mark}${line}`.trimEnd()),
        )
      if (code !== 0) lines.push(`[${code}]`)
    }
    played.push(`\`\`\`console\n${lines.join('\n')}\n\`\`\``)
  }
  return played.join('')
}
