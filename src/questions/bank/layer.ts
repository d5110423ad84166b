import type { Guide } from '../../conversation/guide.ts'
import type { Problem } from '../../text/file-problem.ts'
import type { Bank, Config } from './schema.ts'

/** A file of one layer: a bank, a guide, or the layer's `config.yaml`. */
export type LayerFile = {
  readonly kind: 'bank' | 'guide' | 'config'
  /** The path as it is shown in messages. */
  readonly path: string
} & (
  | { readonly text: string; readonly problem?: undefined }
  /** Where the file could not be read, and why. */
  | { readonly text: null; readonly problem: string }
)

/** One place that holds banks and guides: what is shipped, the user's home, or a team's folder. */
export interface Layer {
  readonly name: string
  /** Whether it comes with the program. */
  readonly isShipped: boolean
  /** The folder as it is shown. */
  readonly place: string
  readonly files: readonly LayerFile[]
}

type Checked<K, T> = {
  readonly kind: K
  readonly path: string
  readonly value: T
  /** A problem at the value of a path in the file, such as `questions.3.stages.0`. */
  readonly problemAt: (path: readonly PropertyKey[], message: string) => Problem
}

/** A file that was read and checked, or what was wrong with it. */
export type ReadFile =
  | Checked<'bank', Bank>
  | Checked<'guide', Guide>
  | Checked<'config', Config>
  | { readonly kind: 'broken'; readonly path: string; readonly problems: readonly Problem[] }

/** A layer whose files were read. */
export interface ReadLayer extends Omit<Layer, 'files'> {
  readonly files: readonly ReadFile[]
}
