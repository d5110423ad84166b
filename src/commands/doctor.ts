import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { EXIT, type ExitCode } from '../errors.ts'
import { recall } from '../memory.ts'
import { type Examination, examine } from '../notebook/doctor.ts'
import { doctorJson, renderDoctor } from '../render/doctor.ts'
import type { World } from '../world.ts'
import { keyIfGiven } from './notebook-key.ts'
import { present, printJson } from './present.ts'

/** `coach doctor` */
export async function run(
  world: World,
  options: { readonly full?: boolean; readonly json?: boolean },
): Promise<ExitCode> {
  const path = world.notebookPath
  const { config, drafts, passedOver = [] } = world.places
  const page = examine({
    path,
    config,
    drafts,
    remembered: world.settings.notebook === undefined ? remembered(config) : null,
    profile: world.platform === 'win32' ? (world.env['USERPROFILE'] ?? null) : null,
    passedOver,
    isExposed: recall(join(config, 'last-notebook.json')).exposed?.includes(path) ?? false,
    key: await keyIfGiven(world),
    now: world.now(),
    isFull: options.full ?? false,
  })
  if (options.json) printJson(world, doctorJson(page))
  else present(world, page, renderDoctor)
  return exitCode(page)
}

function exitCode({ findings }: Examination): ExitCode {
  if (findings.some(({ level }) => level === 'damage')) return EXIT.damaged
  if (findings.some(({ id }) => id === 'newer')) return EXIT.newer
  return findings.some(({ id }) => id === 'busy') ? EXIT.busy : EXIT.ok
}

/** Where the notebook was the last time, as the home remembers it. */
function remembered(config: string): string | null {
  try {
    const known: unknown = JSON.parse(readFileSync(join(config, 'last-notebook.json'), 'utf8'))
    return typeof known === 'object' && known !== null && 'path' in known
      ? String(known.path)
      : null
  } catch {
    return null
  }
}
