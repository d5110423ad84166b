import { EventEmitter } from 'node:events'
import { fstatSync, writeSync } from 'node:fs'
import { EXIT } from '../errors.ts'
import { codeOf } from '../files/durable.ts'
import type { Output } from '../world.ts'

/**
 * Where text goes: stdout (1) or stderr (2). Into a file or a pipe it is written at once, without Node's own stream: to make
 * that costs a reader more than its query. A terminal has the stream.
 */
export function outputOf(place: 1 | 2): Output {
  if (!isFileOrPipe(place)) {
    // Node opens what was closed anew, as a place that shows nothing.
    const isShown = () => process.getBuiltinModule('node:tty').isatty(place)
    return Object.assign(streamOf(place), { isShown })
  }
  let stream: NodeJS.WriteStream | null = null
  let isBroken = false
  const output: Output = Object.assign(new EventEmitter(), {
    writable: true,
    isShown: () => !isBroken,
    write(text: string | Uint8Array): boolean {
      if (stream) return stream.write(text)
      if (isBroken) return false
      let rest = typeof text === 'string' ? Buffer.from(text) : text
      try {
        while (rest.length > 0) rest = rest.subarray(writeSync(place, rest))
        return true
      } catch (error) {
        // A pipe that another program shares may refuse to wait; the stream knows how to.
        if (codeOf(error) === 'EAGAIN') {
          stream = streamOf(place)
          return stream.write(rest)
        }
        isBroken = true
        tellBroken(place, error)
        return false
      }
    },
    end: () => output,
  })
  return output
}

function streamOf(place: 1 | 2): NodeJS.WriteStream {
  const stream = place === 1 ? process.stdout : process.stderr
  return stream.on('error', (error) => tellBroken(place, error))
}

/** A reader that has seen enough (`coach review | head -1`) is no failure; a full disk is one. */
function tellBroken(place: 1 | 2, error: unknown): void {
  if (place === 2 || codeOf(error) === 'EPIPE') return
  process.exitCode = EXIT.cannotWrite
  process.stderr.write('The output could not be written: the disk may be full.\n')
}

function isFileOrPipe(place: 1 | 2): boolean {
  try {
    const found = fstatSync(place)
    return found.isFile() || found.isFIFO() || found.isSocket()
  } catch {
    return false
  }
}
