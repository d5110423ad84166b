import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { homeWithAna, run } from '../../ask/terminal/process.ts'

/** A word that no message may repeat: what stands in such a file may be private. */
const CANARY = 'canaryofaprivatenote'

const laughs = Array.from(
  { length: 9 },
  (_, n) => `l${n + 1}: &l${n + 1} [${Array.from({ length: 9 }, () => `*l${n}`).join(', ')}]\n`,
).join('')

const CORPUS: readonly (readonly [what: string, text: string | Buffer])[] = [
  ['an alias bomb', `l0: &l0 ${CANARY}\n${laughs}`],
  ['100,000 levels', `a: ${'['.repeat(100_000)}${CANARY}`],
  ['100,000 keys', Array.from({ length: 100_000 }, (_, at) => `${CANARY}${at}: 1\n`).join('')],
  ['50 MB', Buffer.alloc(50 * 1024 * 1024, `# ${CANARY}\n`)],
  ['a key that stands twice', `id: ${CANARY}\nid: ${CANARY}\n`],
  ['__proto__', `__proto__: { polluted: ${CANARY} }\nconstructor: { prototype: ${CANARY} }\n`],
  ['a tag that makes code', `id: !!js/function 'function () { return "${CANARY}" }'\n`],
  ['several documents', `id: ${CANARY}\n---\nid: ${CANARY}\n`],
  ['tabs', `id:\n\t${CANARY}: 1\n`],
  ['UTF-16', Buffer.from(`id: ${CANARY}\n`, 'utf16le')],
  ['NUL', `id: "${CANARY}\0"\n\0\0`],
  ['an alias of itself', `id: &a [*a, ${CANARY}]\n`],
  ['unknown keys', `Ana said ${CANARY}: 1\n`],
  [
    'wrong types',
    `id: [1, 2]\ntitle: { a: ${CANARY} }\nquestions: ${CANARY}\nsteps: ${CANARY}\nperson: 7\n`,
  ],
  ['half a character', `id: "\\ud800${CANARY}"\n`],
  [
    'a wrong mark at its beginning',
    Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(CANARY)]),
  ],
]

const PLACES = {
  'an answers file': { path: 'x.yaml', command: ['session', '--answers', 'x.yaml'] },
  'a bank': { path: 'question-banks/x.yaml', command: ['questions', 'list'] },
  'a guide': { path: 'guides/x.yaml', command: ['questions', 'list'] },
  'the settings': { path: 'config.yaml', command: ['config', 'show'] },
} as const

describe.each(Object.entries(PLACES))('fault 59: as %s', (_place, { path, command }) => {
  test.each(CORPUS)('%s is refused at once, by file, line and rule', async (_what, text) => {
    const folder = await homeWithAna()
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
    const begin = performance.now()
    const { code, err } = await run(folder, ...command)
    // Far below a second where nothing else runs.
    expect(performance.now() - begin).toBeLessThan(10_000)
    expect(code).toBe(2)
    expect(err).toMatch(/x\.yaml:\d+:\d+ \S|config\.yaml:\d+:\d+ \S/)
    expect(err).not.toContain(CANARY)
    expect(err).not.toMatch(/\bat .*:\d+:\d+\)|bug in coach/)
    // A file that is broken stops nobody from reading what was kept.
    expect((await run(folder, 'people')).code).toBe(0)
  })
})

test('fault 59: a mark of the order of bytes at the beginning is no mistake', async () => {
  const folder = await homeWithAna()
  writeFileSync(
    join(folder, 'x.yaml'),
    '\ufeffperson: Ana Silva\nobservation: { situation: Call, saw: She asked. }\n',
  )
  expect((await run(folder, 'session', '--answers', 'x.yaml')).code).toBe(0)
})
