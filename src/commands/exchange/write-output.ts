import { join } from 'node:path'
import { typedPath, withHome } from '../../files/typed-path.ts'
import { meansFolder, makeFolder, type Text, writeExport } from '../../files/write-export.ts'
import { safe } from '../../text/text.ts'
import type { World } from '../../world.ts'

/**
 * Gives an export to where it was wanted: stdout, a file, or a file of that name in a folder. What it says goes to stderr.
 * @throws CoachError (2) where something stands there, (7) where it cannot be written
 */
export function deliver(
  world: World,
  text: Text,
  name: string,
  { output, force = false }: { readonly output?: string; readonly force?: boolean },
): void {
  if (output === undefined || output === '-') {
    for (const piece of typeof text === 'string' ? [text] : text) world.print(piece)
    return
  }
  const target = typedPath(world, output)
  const path = meansFolder(world.cwd, withHome(output, world)) ? join(target, name) : target
  if (path !== target) makeFolder(target)
  writeExport(path, text, force)
  world.tell(`Wrote ${safe(path)}\n`)
}
