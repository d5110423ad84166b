import { isHarmful } from './text.ts'

/** A word of a command line, in quotation marks where it needs them. */
export function wordOf(text: string, isWindows: boolean): string {
  return /^[\w./-]+$/.test(text) ? text : (argumentOf(text, isWindows) ?? 'FILE')
}

/** What a shell of Windows reads for more than a letter, some of it between quotation marks too. */
const NOT_FOR_WINDOWS = /["%&|<>^!$`]/

/** A text as one word of a command line; null where no command line can hold it. */
export function argumentOf(text: string, isWindows: boolean): string | null {
  if (/[\n\r\t]/.test(text) || isHarmful(text)) return null
  if (isWindows) return NOT_FOR_WINDOWS.test(text) ? null : `"${text}"`
  if (!/["$`\\!]/.test(text)) return `"${text}"`
  return `'${text.replaceAll("'", `'\\''`)}'`
}

/** A name as it is typed in a command: its first word where that is enough to type, else all of it in quotes. */
export function nameInCommand(name: string): string {
  const first = name.split(/\s+/)[0] ?? name
  const isPlain = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*$/u.test(first)
  return isPlain ? first.toLowerCase() : `"${name}"`
}
