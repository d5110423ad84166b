import { append } from '../../../text/lists.ts'
/** What arrives from the keyboard: a named key, typed text, or a whole paste. */
export type KeyPress =
  | { readonly type: 'key'; readonly name: KeyName }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'paste'; readonly text: string }

export type KeyName =
  | 'enter'
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'home'
  | 'end'
  | 'word-left'
  | 'word-right'
  | 'backspace'
  | 'delete'
  | 'delete-word'
  | 'delete-to-start'
  | 'delete-to-end'
  | 'finish'
  | 'back'
  | 'skip'
  | 'later'
  | 'help'
  | 'editor'
  | 'leave'
  | 'resize'

const CONTROL: Readonly<Record<string, KeyName>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\x01': 'home',
  '\x03': 'leave',
  '\x04': 'finish',
  '\x05': 'editor',
  '\x07': 'help',
  '\x08': 'backspace',
  '\x0b': 'delete-to-end',
  '\x0c': 'later',
  '\x10': 'back',
  '\x13': 'skip',
  '\x15': 'delete-to-start',
  '\x17': 'delete-word',
  '\x7f': 'backspace',
}

const SEQUENCE: Readonly<Record<string, KeyName>> = {
  '[A': 'up',
  '[B': 'down',
  '[C': 'right',
  '[D': 'left',
  OA: 'up',
  OB: 'down',
  OC: 'right',
  OD: 'left',
  '[H': 'home',
  '[F': 'end',
  OH: 'home',
  OF: 'end',
  '[1~': 'home',
  '[4~': 'end',
  '[7~': 'home',
  '[8~': 'end',
  '[3~': 'delete',
  '[1;5C': 'word-right',
  '[1;5D': 'word-left',
  '[1;3C': 'word-right',
  '[1;3D': 'word-left',
  f: 'word-right',
  b: 'word-left',
  '\x7f': 'delete-word',
  OP: 'help',
  '[11~': 'help',
}

const PASTE_START = '\x1b[200~'
const PASTE_END = '\x1b[201~'
// eslint-disable-next-line no-control-regex -- these are the bytes that keys send
const ESCAPE = /^\x1b(\[[0-?]*[ -/]*[@-~]|O[@-~]|[^[O])/
// eslint-disable-next-line no-control-regex -- these are the bytes that keys send
const UNFINISHED = /^\x1b(\[[0-?]*[ -/]*|O)?$/

/** A decoder of one stream of keys: it keeps what is not complete yet. */
export interface KeyDecoder {
  /** The keys that a chunk completes. */
  read(chunk: string): readonly KeyPress[]
  /** Gives up on an escape sequence that never got complete. */
  flush(): void
  readonly isWaiting: boolean
}

/**
 * Decodes keys. A bracketed paste of any length comes out as one paste, however it was cut into chunks. A
 * chunk of several lines that no brackets mark is a paste too: nobody types that fast.
 */
export function keyDecoder(): KeyDecoder {
  let pending = ''
  let pasted: string | null = null
  const readPaste = (): KeyPress[] => {
    const end = pending.indexOf(PASTE_END)
    if (end < 0) {
      // The last bytes may be the beginning of the end mark.
      const safe = Math.max(0, pending.length - PASTE_END.length + 1)
      pasted += pending.slice(0, safe)
      pending = pending.slice(safe)
      return []
    }
    const text = `${pasted ?? ''}${pending.slice(0, end)}`
    pasted = null
    pending = pending.slice(end + PASTE_END.length)
    return [{ type: 'paste', text: clean(text) }]
  }
  return {
    get isWaiting() {
      return pasted === null && pending !== ''
    },
    flush() {
      if (pasted === null) pending = ''
    },
    read(chunk) {
      if (pasted !== null && chunk === '\x03') {
        // A paste whose end never came must not lock anybody in.
        const text = clean(pasted + pending)
        pasted = null
        pending = ''
        return [
          { type: 'paste', text },
          { type: 'key', name: 'leave' },
        ]
      }
      pending += chunk
      const keys: KeyPress[] = []
      while (pending !== '') {
        if (pasted !== null) {
          append(keys, readPaste())
          if (pasted !== null) break
          continue
        }
        if (pending.startsWith(PASTE_START)) {
          pasted = ''
          pending = pending.slice(PASTE_START.length)
          continue
        }
        if (UNFINISHED.test(pending)) break
        const escape = ESCAPE.exec(pending)
        if (escape) {
          const name = SEQUENCE[escape[1] ?? '']
          if (name) keys.push({ type: 'key', name })
          pending = pending.slice(escape[0].length)
          continue
        }
        const stop = pending.indexOf('\x1b')
        const run = stop < 0 ? pending : pending.slice(0, Math.max(1, stop))
        pending = pending.slice(run.length)
        append(keys, readRun(run))
      }
      return keys
    },
  }
}

function readRun(run: string): KeyPress[] {
  // eslint-disable-next-line no-control-regex -- these are the bytes that keys send
  if (/^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*[\r\n]+[^\x00-\x08\x0a-\x1f\x7f]/.test(run)) {
    return [{ type: 'paste', text: clean(run) }]
  }
  const keys: KeyPress[] = []
  let typed = ''
  const flush = () => {
    if (typed !== '') keys.push({ type: 'text', text: typed })
    typed = ''
  }
  for (const char of run) {
    const name = CONTROL[char]
    if (name) {
      flush()
      keys.push({ type: 'key', name })
    } else if (char === '\t') {
      typed += ' '
    } else if (clean(char) !== '') {
      typed += char
    }
  }
  flush()
  return keys
}

/** Text without what is no text: control characters other than the line end and the tab. */
function clean(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what goes
  return text.replace(/\r\n?/g, '\n').replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, '')
}
