import { columns, type Style } from '../../output/layout.ts'

/** A setting with its value, and what it comes from: a flag, the environment, a layer, or the default. */
export interface Setting {
  readonly key: string
  readonly value: string | boolean | readonly string[]
  readonly from: string
}

export interface ConfigPage {
  readonly settings: readonly Setting[]
  readonly places: Readonly<Record<string, string>>
}

/** Every setting, and where the files are. */
export function renderConfig({ settings, places }: ConfigPage, { paint, width }: Style): string {
  const rows = settings.map(({ key, value, from }) => [`  ${key}`, `${say(value)} (${from})`])
  const files = Object.entries(places).map(([what, path]) => [`  ${what}`, path])
  return `${[
    paint.bold('Settings'),
    columns(rows, width),
    '',
    paint.bold('Places'),
    columns(files, width),
  ].join('\n')}\n`
}

function say(value: Setting['value']): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string') return value
  return value.length === 0 ? 'none' : value.join(', ')
}

/** The shape of `coach config --json`. */
export function configJson({ settings, places }: ConfigPage): object {
  return {
    settings: Object.fromEntries(settings.map(({ key, value, from }) => [key, { value, from }])),
    places,
  }
}
