/** Paints parts of a text. The ones without colour return what they are given. */
export interface Paint {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly red: (text: string) => string
  readonly yellow: (text: string) => string
  readonly green: (text: string) => string
}

/** Paints nothing. */
export const PLAIN: Paint = {
  bold: String,
  dim: String,
  red: String,
  yellow: String,
  green: String,
}
