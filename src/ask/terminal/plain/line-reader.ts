import { setTimeout as wait } from 'node:timers/promises'
import type { World } from '../../../world.ts'

/** What came from the keyboard: one line, or all lines of a paste. */
interface Entered {
  readonly lines: readonly string[]
  /** Nothing more comes: by Ctrl-D, or because the process is told to end. */
  readonly isEnd: boolean
  /** One of the lines may have lost its end: a terminal takes no longer ones. */
  readonly isCut: boolean
}

/** The keyboard as plain lines, which the terminal itself lets a person write and correct. */
export interface Lines {
  /** What was entered before anybody asked for it. */
  early(): Promise<readonly string[]>
  /** The next line; lines that come at once come together, so that a paste never answers what is asked after it. */
  next(): Promise<Entered>
  /** How the process was told to end, where that is not by Ctrl-C. */
  readonly endedBy: 'SIGTERM' | 'SIGHUP' | null
  /** Whether the process was told to end. */
  readonly isTold: boolean
  /** Goes on after Ctrl-D, where the terminal is still there. */
  reopen(): void
  /** Leaves the keyboard to another program until its work is done. */
  lend<T>(work: () => Promise<T>): Promise<T>
  /** Gives the keyboard back. @returns how many lines nobody has asked for; with `isKept` they wait for whoever asks next */
  close(isKept: boolean): number
}

/** Within this time of a line, in ms, whatever follows came with it; a person is slower. */
const TOGETHER = 60
/** The same within a paste, whose lines may come over a slow line. */
const PASTED = 250
/** Terminals take lines of up to so many bytes (Linux, macOS) and lose the rest. */
const LONGEST = new Set([4095, 1023])

/** Takes the keyboard. */
export function openLines(world: World): Lines {
  let { stdin } = world
  let queue: string[] = []
  let unfinished = ''
  let endedBy: Lines['endedBy'] = null
  const state = { isEnd: false, isGone: false, isCut: false, isLent: false }
  let wake = () => {}

  const take = (line: string) => {
    if (LONGEST.has(Buffer.byteLength(line))) state.isCut = true
    queue.push(clean(line))
  }
  const onData = (chunk: Buffer | string) => {
    const parts = `${unfinished}${String(chunk)}`.split(/\r\n?|\n/)
    unfinished = parts.pop() ?? ''
    for (const line of parts) take(line)
    wake()
  }
  const onEnd = () => {
    if (unfinished !== '') take(unfinished)
    unfinished = ''
    state.isEnd = true
    wake()
  }
  const offSignal = world.onSignal((signal) => {
    // Ctrl-C in the user's own editor belongs to the editor.
    if (signal === 'SIGINT' && state.isLent) return
    if (signal !== 'SIGINT') endedBy = signal
    state.isGone = true
    wake()
  })
  const attach = () => {
    stdin.setEncoding('utf8')
    stdin.on('data', onData).on('end', onEnd).on('error', onEnd)
    stdin.resume()
  }
  const detach = () => {
    stdin.off('data', onData).off('end', onEnd).off('error', onEnd)
    stdin.pause()
  }
  attach()

  return {
    async early() {
      // What the terminal holds already arrives within a moment.
      if (!state.isEnd) await wait(5)
      return queue.splice(0)
    },
    async next() {
      while (queue.length === 0 && !state.isEnd && !state.isGone) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      for (let known = 0; known < queue.length && !state.isGone && !state.isEnd;) {
        known = queue.length
        await wait(known > 1 ? PASTED : TOGETHER)
      }
      const lines = queue
      queue = []
      const { isCut } = state
      state.isCut = false
      return { lines, isEnd: state.isGone || state.isEnd, isCut }
    },
    get endedBy() {
      return endedBy
    },
    get isTold() {
      return state.isGone
    },
    reopen() {
      if (state.isGone || !state.isEnd || !stdin.isTTY) return
      detach()
      stdin = world.stdin
      state.isEnd = false
      attach()
    },
    async lend(work) {
      state.isLent = true
      detach()
      try {
        return await work()
      } finally {
        state.isLent = false
        attach()
      }
    },
    close(isKept) {
      offSignal()
      detach()
      const left = queue.length
      if (isKept && left > 0 && !state.isEnd) stdin.unshift(queue.map((one) => `${one}\n`).join(''))
      return left
    },
  }
}

/** A line without what arrow keys and the like leave in it. */
function clean(line: string): string {
  return (
    line
      // eslint-disable-next-line no-control-regex -- these are the bytes that keys send
      .replace(/\x1b(?:\[[0-?]*[ -/]*[@-~]|O[@-~])?/g, '')
      .replaceAll('\t', ' ')
      // eslint-disable-next-line no-control-regex -- control characters are what goes
      .replace(/[\x00-\x1f\x7f-\x9f]/g, '')
  )
}
