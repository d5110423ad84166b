import { lastNotebookIn } from '../../files/home-names.ts'
import { EXIT, type ExitCode } from '../../errors.ts'
import { recall, seenAt } from '../../start/last-notebook.ts'
import { type Examination, examine } from '../../notebook/health/doctor.ts'
import { doctorJson, renderDoctor } from '../../render/backup/doctor.ts'
import type { World } from '../../world.ts'
import { keyIfGiven } from './backup-key.ts'
import { type JsonOptions, print, printJson } from '../../output/print.ts'

/** Flags of `coach doctor`. */
export interface DoctorOptions extends JsonOptions {
  readonly full?: boolean
}

/** `coach doctor` */
export async function run(world: World, options: DoctorOptions): Promise<ExitCode> {
  const path = world.notebookPath
  const { config, drafts, passedOver = [] } = world.places
  const memory = recall(lastNotebookIn(config))
  const page = examine({
    path,
    config,
    drafts,
    remembered: world.settings.notebook === undefined ? (memory.path ?? null) : null,
    profile: world.platform === 'win32' ? (world.env['USERPROFILE'] ?? null) : null,
    passedOver,
    seen: seenAt(memory, world.machine, path),
    isWindows: world.platform === 'win32',
    user: world.user,
    isExposed: memory.exposed?.includes(path) ?? false,
    key: await keyIfGiven(world),
    now: world.now(),
    isFull: options.full ?? false,
  })
  if (options.json) printJson(world, doctorJson(page))
  else print(world, page, renderDoctor)
  return exitCode(page)
}

function exitCode({ findings }: Examination): ExitCode {
  if (findings.some(({ level }) => level === 'damage')) return EXIT.damaged
  if (findings.some(({ id }) => id === 'newer')) return EXIT.newer
  return findings.some(({ id }) => id === 'busy') ? EXIT.busy : EXIT.ok
}
