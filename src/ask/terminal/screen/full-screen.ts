import type { Ask, Reply, Scene } from '../../../conversation/hold.ts'
import type { Turn } from '../../../conversation/turn.ts'
import { append } from '../../../text/lists.ts'
import type { World } from '../../../world.ts'
import { type Control, controlFor } from './controls.ts'
import { drawFrame, type Frame } from './frame.ts'
import { type KeyPress, keyDecoder } from './key-decoder.ts'

/** The screen of a conversation. It owns the keyboard from `open` to `close`. */
export interface Terminal {
  readonly ask: Ask
  /** How the manager left, when it was not by Ctrl-C. */
  readonly endedBy: 'SIGTERM' | 'SIGHUP' | null
  close(): void
}

const ENTER_SCREEN = '\x1b[?1049h\x1b[?2004h\x1b[2J'
const LEAVE_SCREEN = '\x1b[?2004l\x1b[?25h\x1b[0m\x1b[?1049l'
/** After how long the text being typed is kept, in ms. */
const DRAFT_WAIT = 800
/** How long an escape sequence may take to arrive, in ms. */
const ESCAPE_WAIT = 50

/**
 * Opens the screen. It is drawn on the terminal's second page, which leaves nothing of the notes in the
 * scroll-back, and drawn anew as a whole after each key, so that a resized window is right at once.
 * @param person who, or what, it is about, on top of the screen
 * @param doing what is being done there; preparing or recording where it is not said
 */
export function openTerminal(world: World, person: string, doing?: string): Terminal {
  const { stdin, stderr } = world
  const paint = world.colors(stderr)
  const decoder = keyDecoder()
  const waiting: KeyPress[] = []
  let listener: (() => void) | null = null
  let endedBy: Terminal['endedBy'] = null
  const state = { isGone: false, isOutside: false }
  let timer: NodeJS.Timeout | undefined

  const wake = () => listener?.()
  const onData = (chunk: Buffer | string) => {
    clearTimeout(timer)
    append(waiting, decoder.read(String(chunk)))
    if (decoder.isWaiting) timer = setTimeout(() => decoder.flush(), ESCAPE_WAIT)
    wake()
  }
  const onEnd = () => {
    state.isGone = true
    wake()
  }
  const onResize = () => {
    if (state.isOutside) return
    waiting.push({ type: 'key', name: 'resize' })
    wake()
  }
  const offSignal = world.onSignal((signal) => {
    // Ctrl-C in the user's own editor belongs to the editor.
    if (signal === 'SIGINT' && state.isOutside) return
    if (signal !== 'SIGINT') endedBy = signal
    onEnd()
  })

  let offJobControl: () => void = () => undefined
  const takeKeyboard = () => {
    offJobControl = world.onJobControl(() => {
      // Whoever put the program to sleep may have changed the terminal meanwhile.
      stdin.setRawMode?.(false)
      stdin.setRawMode?.(true)
      stderr.write(ENTER_SCREEN)
      onResize()
    })
    stdin.setRawMode?.(true)
    stdin.setEncoding('utf8')
    stdin.on('data', onData)
    stdin.resume()
    stderr.write(ENTER_SCREEN)
  }
  const giveKeyboard = () => {
    // An editor that is put to sleep takes the whole program with it, as it should.
    offJobControl()
    stdin.off('data', onData)
    stdin.pause()
    stdin.setRawMode?.(false)
    stderr.write(LEAVE_SCREEN)
  }
  const nextKey = async (): Promise<KeyPress | null> => {
    while (waiting.length === 0 && !state.isGone) {
      await new Promise<void>((resolve) => {
        listener = resolve
      })
      listener = null
    }
    return state.isGone ? null : (waiting.shift() ?? null)
  }

  takeKeyboard()
  stdin.on('end', onEnd)
  stdin.on('error', onEnd)
  stderr.on('resize', onResize)

  const ask = async (turn: Turn, scene: Scene): Promise<Reply> => {
    const control: Control = controlFor(turn, scene.offered, scene.problem !== null)
    let problem: string | null =
      scene.problem !== null && scene.isPast
        ? `${scene.problem} Enter keeps it all the same; or write another day.`
        : scene.problem
    let isHelpShown = false
    let isPausing = true
    const size = () => [stderr.columns || 80, stderr.rows || 24] as const
    const hintFor = (text: string, isComplete: boolean) =>
      isComplete || /[.?!…]["”’)]*\s*$/.test(text) ? scene.hintFor(text) : null
    const redraw = () => {
      const parts = {
        person,
        doing: doing ?? (turn.pass === 'prepare' ? 'preparing' : 'recording'),
        turn,
        scene: { ...scene, problem: null },
        control,
        problem,
        isHelpShown,
        hint: hintFor(control.draft(), isPausing),
        today: world.today(),
        paint,
      }
      stderr.write(encode(drawFrame(parts, ...size())))
    }
    /** Whether an editor came back at once: its window may be open, with the text in its file. */
    let isEditorOpen = false
    const outside = async () => {
      if (!control.setText) return
      keepDraft()
      state.isOutside = true
      giveKeyboard()
      const { editOutside } = await import('./external-editor.ts')
      const edited = await editOutside(world, control.draft(), scene.editorFile())
      takeKeyboard()
      state.isOutside = false
      isEditorOpen = 'isOpen' in edited && edited.isOpen
      if ('text' in edited) {
        control.setText(edited.text)
        keepDraft()
      } else problem = edited.problem
    }
    /** Takes in what was saved in the window of an editor that did not make us wait. @returns whether there was something */
    const takenFromEditor = async (): Promise<boolean> => {
      if (!isEditorOpen || !control.setText) return false
      isEditorOpen = false
      const { takeBack } = await import('./external-editor.ts')
      const before = control.draft()
      const edited = takeBack(scene.editorFile())
      if (!('text' in edited) || edited.text === before) return false
      control.setText(edited.text)
      problem = 'This is what you saved in your editor. Enter keeps it.'
      keepDraft()
      return true
    }

    let draftTimer: NodeJS.Timeout | undefined
    /** Why drafts cannot be kept, once that was said. */
    let told: string | null = null
    const keepDraft = () => {
      clearTimeout(draftTimer)
      draftTimer = undefined
      const failure = scene.keepDraft(control.draft())
      // A key takes a message away; as long as nothing is kept, it comes back.
      const isNew = failure !== null && (failure !== told || problem === null)
      told = failure ?? told
      if (!isNew || state.isOutside) return
      problem = failure
      redraw()
    }
    let pauseTimer: NodeJS.Timeout | undefined
    const pause = () => {
      isPausing = true
      const isShown = !state.isOutside && hintFor(control.draft(), true) !== null
      if (isShown) redraw()
    }
    // What was typed ahead of a yes/no was not typed for it.
    if (turn.kind === 'yes_no') append(waiting, waiting.splice(0).filter(isLeave))

    try {
      for (;;) {
        redraw()
        const key = await nextKey()
        if (key?.type === 'key' && key.name === 'resize') continue
        const draft = control.draft()
        if (key === null || isLeave(key)) return { type: 'leave', draft }
        problem = null
        if (key.type === 'key' && isWayOut(key.name)) return { type: key.name, draft }
        if (isHelp(key, control)) isHelpShown = !isHelpShown
        else if (isEditorOpen && isEnd(key) && (await takenFromEditor())) continue
        else if (key.type === 'key' && key.name === 'editor') {
          if (!(await takenFromEditor())) await outside()
        } else {
          const [columns] = size()
          const reply = control.press(key, Math.min(columns, 80) - 1)
          if (typeof reply === 'string') problem = reply
          else if (reply !== undefined) return reply
          isPausing = false
          draftTimer ??= setTimeout(keepDraft, DRAFT_WAIT)
          clearTimeout(pauseTimer)
          pauseTimer = setTimeout(pause, DRAFT_WAIT)
        }
      }
    } finally {
      clearTimeout(draftTimer)
      clearTimeout(pauseTimer)
    }
  }

  return {
    ask,
    get endedBy() {
      return endedBy
    },
    close() {
      clearTimeout(timer)
      offSignal()
      stdin.off('end', onEnd)
      stdin.off('error', onEnd)
      stderr.off('resize', onResize)
      giveKeyboard()
    },
  }
}

function isLeave(key: KeyPress): boolean {
  return key.type === 'key' && key.name === 'leave'
}

function isEnd(key: KeyPress): boolean {
  return key.type === 'key' && (key.name === 'enter' || key.name === 'finish')
}

function isWayOut(name: string): name is 'back' | 'later' | 'skip' {
  return name === 'back' || name === 'later' || name === 'skip'
}

/** `^G`, F1, or a question mark where it cannot be meant as text. */
function isHelp(key: KeyPress, control: Control): boolean {
  if (key.type === 'key') return key.name === 'help'
  return key.text === '?' && control.draft() === ''
}

function encode({ rows, cursor }: Frame): string {
  const body = rows.map((row) => `${row}\x1b[K`).join('\r\n')
  const place = cursor === null ? '' : `\x1b[${cursor.row + 1};${cursor.column + 1}H\x1b[?25h`
  return `\x1b[?25l\x1b[H${body}\x1b[J${place}`
}
