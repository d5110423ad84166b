import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import { usageError } from '../errors.ts'
import { LAST_NOTEBOOK, lastNotebookIn } from '../files/home-names.ts'
import { withHome } from '../files/typed-path.ts'
import { recall } from './last-notebook.ts'

/** Where the files of a user are. */
export interface Places {
  readonly notebook: string
  readonly config: string
  readonly drafts: string
  /** Folders that the environment names and that are not used, as something stands in those of before. */
  readonly passedOver?: readonly PassedOver[]
}

/** A folder in use, and the one that a variable names for it. */
interface PassedOver {
  readonly variable: string
  readonly used: string
  readonly named: string
}

type Env = Readonly<Record<string, string | undefined>>

/** `$COACH_HOME` holds everything, where it is set; else the folders that the platform provides. */
export async function placesOf(env: Env, platform: NodeJS.Platform): Promise<Places> {
  const home = env['COACH_HOME']
  if (home) {
    const folder = resolve(withHome(home, { env, platform }))
    return { notebook: join(folder, 'notebook.db'), config: folder, drafts: join(folder, 'drafts') }
  }
  if (!isAbsolute(homedir())) {
    throw usageError('Your home folder is not known.', 'Set COACH_HOME to a folder of yours.')
  }
  if (platform !== 'win32') {
    for (const variable of ['XDG_DATA_HOME', 'XDG_CONFIG_HOME']) refuseRelative(env, variable)
  }
  const { default: envPaths } = await import('env-paths')
  const provided = envPaths('coach', { suffix: '' })
  const { data, config, passedOver } =
    platform === 'darwin' ? placesOnMac(env, provided) : { ...provided, passedOver: [] }
  return {
    notebook: join(data, 'notebook.db'),
    config,
    drafts: join(data, 'drafts'),
    ...(passedOver.length > 0 && { passedOver }),
  }
}

/** Taken as it is, every folder that coach is started in would get a notebook of its own. */
function refuseRelative(env: Env, variable: string): void {
  const folder = env[variable]
  if (!folder || isAbsolute(folder)) return
  throw usageError(
    `${variable} is “${folder}”, which is no full path, so coach cannot tell where your notes are. Nothing was changed.`,
    `Give ${variable} a full path, or set COACH_HOME to a folder of yours.`,
  )
}

/** What stands in the folder for settings of somebody who has used coach. */
const OF_CONFIG = ['config.yaml', LAST_NOTEBOOK, 'question-banks', 'guides']

/**
 * On macOS, `XDG_*` count where they are set; an earlier coach used the folders of the Library all the same. What stands there stays
 * in use: nobody is to look for their notes because a variable was set.
 */
function placesOnMac(env: Env, before: { readonly data: string; readonly config: string }) {
  const notebook = join(before.data, 'notebook.db')
  // Also where the notebook is gone for the moment: it is missed there, and its backups are there.
  const isLast = () => recall(lastNotebookIn(before.config)).path === notebook
  const isInUse = {
    data: () => existsSync(notebook) || isLast(),
    config: () => OF_CONFIG.some((name) => existsSync(join(before.config, name))),
  }
  const chosen = (['data', 'config'] as const).map((kind) => {
    const variable = kind === 'data' ? 'XDG_DATA_HOME' : 'XDG_CONFIG_HOME'
    const used = before[kind]
    const named = env[variable] ? join(env[variable], 'coach') : used
    return named !== used && isInUse[kind]()
      ? { place: used, passedOver: [{ variable, used, named }] }
      : { place: named, passedOver: [] }
  })
  const [data = before.data, config = before.config] = chosen.map(({ place }) => place)
  return { data, config, passedOver: chosen.flatMap((one) => one.passedOver) }
}
