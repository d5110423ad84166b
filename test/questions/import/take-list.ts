import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { type ImportOptions, run } from '../../../src/commands/questions/import.ts'
import { CoachError } from '../../../src/errors.ts'
import { checkLayers } from '../../../src/library/read-layers.ts'
import { buildLibrary } from '../../../src/questions/bank/build-library.ts'
import { makeWorld } from '../../../src/start/make-world.ts'
import { NOW } from '../../world.ts'

/** A home, and a folder with lists in it. */
export function newHome() {
  const folder = mkdtempSync(join(tmpdir(), 'coach-import-'))
  const banks = join(folder, 'question-banks')
  const worldWith = (list: string) => {
    const [stdin, out, err] = [new PassThrough(), new PassThrough(), new PassThrough()]
    stdin.end(list)
    const places = { notebook: join(folder, 'notebook.db'), config: folder, drafts: folder }
    const parts = { env: {}, stdin, stdout: out, stderr: err, cwd: folder, places }
    const world = makeWorld({ ...parts, now: () => NOW })
    return { world, out, err }
  }
  return {
    folder,
    banks,
    bank: (id: string) => readFileSync(join(banks, `${id}.yaml`), 'utf8'),
    library: async () => buildLibrary(await checkLayers(worldWith('').world.layers())),
    /** Imports a list: a file of that name is made, or `-` is fed. */
    async take(name: string, list: string | Uint8Array, options: ImportOptions = {}) {
      if (name !== '-') writeFileSync(join(folder, name), list)
      const { world, out, err } = worldWith(name === '-' ? String(list) : '')
      let code = 0
      let message = ''
      try {
        await run(world, name, options)
      } catch (error) {
        if (!(error instanceof CoachError)) throw error
        code = error.exitCode
        message = `${error.message}\n${error.next ?? ''}`
      }
      const text = (stream: PassThrough) => String(stream.read() ?? '')
      return { code, out: text(out), err: text(err) + message }
    },
  }
}

/** The texts that an import of a list takes. */
export async function taken(name: string, list: string, options: ImportOptions = {}) {
  const { out } = await newHome().take(name, list, { ...options, json: true })
  const found: { id: string; text: string; kinds: string[]; [more: string]: unknown }[] =
    JSON.parse(out)
  return found
}
export const texts = async (name: string, list: string) =>
  (await taken(name, list)).map(({ text }) => text)
