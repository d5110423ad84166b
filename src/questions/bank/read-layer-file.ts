import type { z } from 'zod'
import { type Guide, guideSchema } from '../../conversation/guide.ts'
import type { Problem } from '../../text/file-problem.ts'
import { parseYaml } from '../../yaml/read-yaml.ts'
import { type Bank, bankSchema, type Config, configSchema } from './schema.ts'
import type { LayerFile, ReadFile } from './layer.ts'

/** Reads and checks one file of a layer. No message repeats what stands in it. Pure. */
export function readFile(file: LayerFile): ReadFile {
  if (file.kind === 'guide') return readAs<Guide, 'guide'>(file, 'guide', guideSchema)
  if (file.kind === 'config') return readAs<Config, 'config'>(file, 'config', configSchema)
  return readAs<Bank, 'bank'>(file, 'bank', bankSchema)
}

function readAs<T, K extends LayerFile['kind']>(
  { path, text, problem }: LayerFile,
  kind: K,
  schema: z.ZodType<T>,
) {
  const broken = (problems: readonly Problem[]) => ({ kind: 'broken', path, problems }) as const
  if (text === null) return broken([{ file: path, line: 1, column: 1, message: problem }])
  const parsed = parseYaml(path, text, schema)
  if (!parsed.ok) return broken(parsed.problems)
  const { value, source } = parsed
  const problemAt = (at: readonly PropertyKey[], message: string) => source.problemAt(at, message)
  return { kind, path, value, problemAt } as const
}
