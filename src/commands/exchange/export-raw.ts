import { EXIT, type ExitCode } from '../../errors.ts'
import { sayList } from '../../text/text.ts'
import type { World } from '../../world.ts'
import { deliver } from './write-output.ts'
import { insist, tell } from '../../output/print.ts'

/**
 * `coach export all --raw`: every table as it lies in the file, also of one that this program cannot read otherwise. The
 * notebook is not opened as such: nothing is brought up to date, and nothing is written to it.
 * @returns 5 where something could not be read
 */
export async function exportRaw(
  world: World,
  options: { readonly output?: string; readonly force?: boolean },
): Promise<ExitCode> {
  const { notebookPath: path } = world
  const key = await world.unlock(path)
  const { readRaw } = await import('../../notebook/exchange/salvage.ts')
  const { lines, format, known, damaged } = readRaw(path, key)
  deliver(world, inPieces(lines), 'coach.jsonl', options)
  tell(
    world,
    'These are the lines of the notebook as they lie in the file, private notes included. Coach does not import them; they are there so that nothing is out of reach.',
  )
  if (format > known) {
    tell(
      world,
      `The file was written by a newer coach (its format is ${format}, this program knows ${known}).`,
    )
  }
  if (damaged.length === 0) return EXIT.ok
  insist(
    world,
    damaged,
    (names) =>
      `Not everything could be read: the file is damaged in ${sayList(names)}. What could be read was written.\n`,
  )
  return EXIT.damaged
}

const AT_ONCE = 500

/** Lines put together, so that few of them are written one by one. */
function inPieces(lines: readonly string[]): readonly string[] {
  return Array.from({ length: Math.ceil(lines.length / AT_ONCE) }, (_, at) =>
    lines.slice(at * AT_ONCE, (at + 1) * AT_ONCE).join(''),
  )
}
