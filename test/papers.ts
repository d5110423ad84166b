import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')

/** The papers beside the code, by their names; what changed when is no claim about today, so not the CHANGELOG. */
export const PAPERS: readonly string[] = readdirSync(root).filter(
  (name) => name.endsWith('.md') && name !== 'CHANGELOG.md',
)

/** The text of a file, by its path from the root of the project. */
export function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** The files of a folder and of those in it, by their paths; of the root (`.`), only its own. */
export function filesIn(folder: string): readonly string[] {
  const names = readdirSync(join(root, folder), { recursive: folder !== '.', encoding: 'utf8' })
  return names.map((name) => join(folder, name))
}

/** Whether there is a file or folder at a path from the root of the project. */
export function isThere(path: string): boolean {
  return existsSync(join(root, path))
}

/** A text without what stands in code blocks. */
function prose(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```$/gm, '')
}

/** Where the links of a text lead: a file and, behind `#`, a heading in it. Addresses elsewhere are left out. */
export function linksIn(text: string): readonly string[] {
  return [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, to = '']) => to)
    .filter((to) => !/^[a-z]+:/.test(to))
}

/** The headings of a text as links name them. */
export function anchorsIn(text: string): readonly string[] {
  return [...prose(text).matchAll(/^#+ (.*)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

/** The lines below a heading, as far as the next heading. */
export function sectionOf(text: string, heading: string): string {
  return text.split(/^#+ /m).find((part) => part.startsWith(`${heading}\n`)) ?? ''
}

/** The paths of files and folders of the code that a text names. */
export function pathsIn(text: string): readonly string[] {
  const found = text.matchAll(
    /(?<![\w/~.-])(?:src|test|scripts|question-banks|bin|\.ci)\/[\w./-]*/g,
  )
  return [...new Set([...found].map(([path]) => path.replace(/\.$/, '')))]
}
