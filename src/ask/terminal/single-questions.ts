import { CoachError, EXIT, exitCodeOf } from '../../errors.ts'
import { wrap } from '../../output/layout.ts'
import { safe } from '../../text/text.ts'
import type { World } from '../../world.ts'

/**
 * Single questions outside a conversation: a yes, or one of a few. Nothing has been typed yet that could be
 * lost, so the prompt library serves; the conversation itself has a screen of its own.
 */
async function askOne<T>(world: World, question: Parameters<Prompt>[0]): Promise<T> {
  const { createPromptModule } = await import('inquirer')
  const { stdin: input, stderr: output } = world
  const prompt = createPromptModule({ input, output })
  // The library breaks a long line anywhere; broken at words it can be read.
  const message = wrap(question.message, (output.columns ?? 80) - ROOM).join('\n')
  const asked = prompt<{ answer: T }>([{ ...question, message }])
  let offSignal = () => {}
  const signalled = new Promise<never>((_, reject) => {
    offSignal = world.onSignal((signal) => {
      const code = exitCodeOf(signal === 'SIGINT' ? null : signal)
      reject(new CoachError(code, 'Stopped.'))
    })
  })
  try {
    const { answer } = await Promise.race([asked, signalled])
    return answer
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') {
      throw new CoachError(EXIT.interrupted, 'Stopped.', undefined, { cause: error })
    }
    throw error
  } finally {
    offSignal()
    asked.ui.close()
  }
}

/** What the library puts around a message: its mark, and what a key does. */
const ROOM = 10

type Prompt = (question: {
  type: string
  name: 'answer'
  message: string
  [more: string]: unknown
}) => void

/** Asks single questions in plain lines, for `--plain`. */
const plain = () => import('./plain/single-questions.ts')

/** Asks for a yes or a no; Enter takes `standard`. */
export async function confirm(world: World, message: string, standard: boolean): Promise<boolean> {
  if (world.isPlain()) return await (await plain()).confirmPlain(world, message, standard)
  return await askOne<boolean>(world, {
    type: 'confirm',
    name: 'answer',
    message: safe(message),
    default: standard,
  })
}

/** Asks for one of a few. */
export async function choose<T extends string>(
  world: World,
  message: string,
  choices: readonly { readonly id: T; readonly title: string }[],
): Promise<T> {
  if (world.isPlain()) return await (await plain()).choosePlain(world, message, choices)
  return await askOne<T>(world, {
    type: 'select',
    name: 'answer',
    message: safe(message),
    choices: choices.map(({ id, title }) => ({ value: id, name: safe(title) })),
  })
}

/** Why a line is not taken, in a sentence; null where it is. */
export type CheckLine = (typed: string) => string | null | Promise<string | null>

/** Asks for a line of text. One that is not taken stays there to be corrected, as does `offered`, a text from before. */
export async function line(
  world: World,
  message: string,
  { check = () => null, offered }: { readonly check?: CheckLine; readonly offered?: string } = {},
): Promise<string> {
  if (world.isPlain()) return await (await plain()).linePlain(world, message, check)
  return await askOne<string>(world, {
    type: 'input',
    name: 'answer',
    message: safe(message),
    validate: async (typed: string) => {
      const problem = await check(typed)
      return problem === null ? true : safe(problem)
    },
    ...(offered === undefined ? {} : { default: offered, prefill: 'editable' }),
  })
}

/** Asks for a password. Nothing of what is typed is shown, not even how much it is. */
export async function password(world: World, message: string): Promise<string> {
  if (world.isPlain())
    return await (await import('./plain/single-questions.ts')).passwordPlain(world, message)
  return await askOne<string>(world, {
    type: 'password',
    name: 'answer',
    message: safe(message),
    toggleMask: false,
  })
}
