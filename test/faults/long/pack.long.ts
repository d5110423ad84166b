import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { newFolder } from '../../notebook/file.ts'
import { environment } from '../../ask/terminal/process.ts'
import { bash } from '../tools.ts'
import { nodesToTry, NPM } from './nodes.ts'

const root = resolve(import.meta.dirname, '../../..')
const LONG = { timeout: 1_200_000 }

/** A conversation from beginning to end, as a script of bash in which `coach` is the installed program. */
const SESSION = `set -e
coach --version
coach session --template > template.yaml
printf 'person: Ana Silva\\nobservation:\\n  situation: a call\\n  saw: She waited.\\nplan:\\n  actions:\\n    - what: call Tom\\nclose:\\n  praise: well done\\n' > answers.yaml
coach session --answers answers.yaml
coach review
coach done 1
coach note ana "She waited again."
coach questions lint "$PWD/bank.yaml" || [ $? -eq 2 ]
coach export all -o out/
coach person forget ana --yes
coach people --json
`

describe('fault 67: the packed program', () => {
  test('holds what it needs, and nothing else', LONG, () => {
    const to = newFolder()
    const { code, out } = bash(`npm pack --ignore-scripts --json --pack-destination "${to}"`, NPM, {
      cwd: root,
    })
    expect(code).toBe(0)
    const [packed] = JSON.parse(out.slice(out.indexOf('[')))
    const paths: readonly string[] = packed.files.map(({ path }: { readonly path: string }) => path)
    const allowed =
      /^(?:bin\/coach\.js|dist\/[^/]+\.(?:js|json)|question-banks\/.+\.yaml|package\.json|(?:README|GUIDE|SCRIPTING|COMMANDS|CHANGELOG)\.md|LICENSE)$/
    expect(paths.filter((path) => !allowed.test(path))).toEqual([])
    for (const needed of ['dist/main.js', 'README.md', 'GUIDE.md', 'SCRIPTING.md', 'COMMANDS.md']) {
      expect(paths).toContain(needed)
    }
  })

  test.each(nodesToTry())(
    'is installed from its file, and holds a conversation, on %s',
    LONG,
    (node) => {
      const [to, home] = [newFolder(), newFolder()]
      const env = { ...environment(home), COACH_HOME: join(home, 'coach') }
      const install = `set -e
      npm pack --ignore-scripts --silent --pack-destination "${to}" >/dev/null
      cd "${to}"
      npm init -y >/dev/null
      npm install --no-audit --no-fund --ignore-scripts ./*.tgz`
      const installed = bash(install, NPM, { cwd: root })
      expect([installed.code, installed.err.replaceAll(/^npm warn .*\n/gm, '')]).toEqual([0, ''])
      const bin = join(to, 'node_modules/coach-cli/bin/coach.js')
      const run = bash(`coach() { "${node}" "${bin}" "$@"; }\n${SESSION}`, env, { cwd: home })
      expect([run.code, run.out.trimEnd().endsWith('[]')]).toEqual([0, true])
      expect(readdirSync(home).toSorted()).toContain('coach')
      expect(readFileSync(join(env.COACH_HOME, 'notebook.db')).includes('Silva')).toBe(false)
    },
  )
})
