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
/** Within this time of a line of a paste, in ms, the next one follows: its lines may come over a slow connection. */
const PASTED = 250
/** Terminals take lines of up to so many bytes (Linux, macOS) and lose the rest. */
const LONGEST = new Set([4095, 1023])

/** What came from the keyboard, and how it ended. */
interface Heard {
  /** Whole lines that nobody has asked for yet. */
  queue: string[]
  /** The beginning of a line whose end has not come yet. */
  unfinished: string
  isCut: boolean
  /** By Ctrl-D, or because the terminal is gone. */
  isEnd: boolean
  /** The process was told to end. */
  isTold: boolean
  endedBy: Lines['endedBy']
}

/** Takes what the terminal sent into lines. */
function takeChunk(heard: Heard, chunk: string): void {
  const parts = `${heard.unfinished}${chunk}`.split(/\r\n?|\n/)
  heard.unfinished = parts.pop() ?? ''
  for (const line of parts) takeLine(heard, line)
}

function takeEnd(heard: Heard): void {
  if (heard.unfinished !== '') takeLine(heard, heard.unfinished)
  heard.unfinished = ''
  heard.isEnd = true
}

function takeLine(heard: Heard, line: string): void {
  if (LONGEST.has(Buffer.byteLength(line))) heard.isCut = true
  heard.queue.push(clean(line))
}

/** All lines that have come, once a paste has come to its end. */
async function takeTogether(heard: Heard, more: () => Promise<void>): Promise<Entered> {
  const isOver = () => heard.isEnd || heard.isTold
  while (heard.queue.length === 0 && !isOver()) await more()
  for (let known = 0; known < heard.queue.length && !isOver();) {
    known = heard.queue.length
    await wait(known > 1 ? PASTED : TOGETHER)
  }
  const entered = { lines: heard.queue, isEnd: isOver(), isCut: heard.isCut }
  heard.queue = []
  heard.isCut = false
  return entered
}

/** Listens to a stream. @returns how to stop listening */
function listen(
  stdin: World['stdin'],
  onData: (chunk: Buffer | string) => void,
  onEnd: () => void,
): () => void {
  stdin.setEncoding('utf8')
  stdin.on('data', onData).on('end', onEnd).on('error', onEnd)
  stdin.resume()
  return () => {
    stdin.off('data', onData).off('end', onEnd).off('error', onEnd)
    stdin.pause()
  }
}

/** The keyboard while it is listened to. */
interface Keyboard {
  readonly world: World
  readonly heard: Heard
  stdin: World['stdin']
  /** Whether another program has the keyboard. */
  isLent: boolean
  /** Stops listening. */
  stop: () => void
  /** Tells whoever waits that something has come. */
  wake: () => void
}

function attach(keyboard: Keyboard): void {
  const onData = (chunk: Buffer | string) => {
    takeChunk(keyboard.heard, String(chunk))
    keyboard.wake()
  }
  const onEnd = () => {
    takeEnd(keyboard.heard)
    keyboard.wake()
  }
  keyboard.stop = listen(keyboard.stdin, onData, onEnd)
}

/** Notes that the process is told to end. @returns how to stop that */
function heedSignals(keyboard: Keyboard): () => void {
  return keyboard.world.onSignal((signal) => {
    // Ctrl-C in the user's own editor belongs to the editor.
    if (signal === 'SIGINT' && keyboard.isLent) return
    if (signal !== 'SIGINT') keyboard.heard.endedBy = signal
    keyboard.heard.isTold = true
    keyboard.wake()
  })
}

async function lend<T>(keyboard: Keyboard, work: () => Promise<T>): Promise<T> {
  keyboard.isLent = true
  keyboard.stop()
  try {
    return await work()
  } finally {
    keyboard.isLent = false
    attach(keyboard)
  }
}

/** Takes the keyboard. */
export function openLines(world: World): Lines {
  const heard: Heard = {
    queue: [],
    unfinished: '',
    isCut: false,
    isEnd: false,
    isTold: false,
    endedBy: null,
  }
  const nothing = () => {}
  const { stdin } = world
  const keyboard: Keyboard = { world, heard, stdin, isLent: false, stop: nothing, wake: nothing }
  const offSignal = heedSignals(keyboard)
  attach(keyboard)
  const more = () =>
    new Promise<void>((resolve) => {
      keyboard.wake = resolve
    })
  return {
    async early() {
      // What the terminal holds already arrives within a moment.
      if (!heard.isEnd) await wait(5)
      return heard.queue.splice(0)
    },
    next: () => takeTogether(heard, more),
    get endedBy() {
      return heard.endedBy
    },
    get isTold() {
      return heard.isTold
    },
    reopen() {
      if (heard.isTold || !heard.isEnd || !keyboard.stdin.isTTY) return
      keyboard.stop()
      keyboard.stdin = world.stdin
      heard.isEnd = false
      attach(keyboard)
    },
    lend: (work) => lend(keyboard, work),
    close(isKept) {
      offSignal()
      keyboard.stop()
      const { queue, isEnd } = heard
      const kept = queue.map((one) => `${one}\n`).join('')
      if (isKept && queue.length > 0 && !isEnd) keyboard.stdin.unshift(kept)
      return queue.length
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
