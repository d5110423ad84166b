import { CoachError, EXIT, exitCodeOf } from '../../../errors.ts'
import { graphemes, quote } from '../../../text/text.ts'
import type { World } from '../../../world.ts'
import { keyDecoder } from '../screen/key-decoder.ts'
import { openLines } from './line-reader.ts'
import { asLines, chosenBy, type ChoiceLine, sentence } from './wording.ts'
import type { CheckLine } from '../single-questions.ts'

/** A line that was taken, or what is said where it cannot be. */
type Read<T> = { readonly taken: T } | { readonly problem: string }

/** A single question in plain lines. `read` takes a line, and returns what is said where it cannot be taken. */
async function askLine<T>(
  world: World,
  said: readonly string[],
  read: (typed: string) => Read<T> | Promise<Read<T>>,
): Promise<T> {
  const output = world.stderr
  const lines = openLines(world)
  const tell = (texts: readonly string[]) =>
    void output.write(
      asLines(texts, output)
        .map((one) => `${one}\n`)
        .join(''),
    )
  tell(said)
  try {
    for (;;) {
      output.write('> ')
      const entered = await lines.next()
      const [typed = ''] = entered.lines
      if (entered.isEnd) {
        output.write('\n')
        throw new CoachError(
          lines.isTold ? exitCodeOf(lines.endedBy) : EXIT.interrupted,
          'Stopped.',
        )
      }
      const reply =
        entered.lines.length > 1
          ? { problem: 'Several lines came at once; none of them was taken.' }
          : await read(typed)
      if ('taken' in reply) return reply.taken
      tell([reply.problem])
    }
  } finally {
    lines.close(true)
  }
}

/** Asks for a yes or a no; Enter takes `standard`. */
export async function confirmPlain(
  world: World,
  message: string,
  standard: boolean,
): Promise<boolean> {
  const enter = `y for yes, n for no; Enter takes ${standard ? 'yes' : 'no'}.`
  return await askLine(world, [message, enter], (typed) => {
    const word = typed.trim().toLowerCase()
    if (word === '') return { taken: standard }
    if (word === 'y' || word === 'yes') return { taken: true }
    return word === 'n' || word === 'no'
      ? { taken: false }
      : { problem: `${quote(typed)} is neither y nor n.` }
  })
}

/** Asks for one of a few, and says which one was chosen. */
export async function choosePlain<T extends string>(
  world: World,
  message: string,
  choices: readonly { readonly id: T; readonly title: string }[],
): Promise<T> {
  const rows = choices.map((means, index): ChoiceLine => ({
    key: String(index + 1),
    title: means.title,
    means,
  }))
  const said = [message, ...rows.map(({ key, title }) => `${key}  ${title}`)]
  return await askLine(world, said, (typed) => {
    const row = chosenBy(typed, rows)
    const found = row && choices[rows.indexOf(row)]
    if (!found) return { problem: `${quote(typed)} is none of them. Choose one by its number.` }
    world.stderr.write(
      asLines([sentence(`Chosen: ${found.title}`)], world.stderr).join('\n') + '\n',
    )
    return { taken: found.id }
  })
}

/** Asks for a line of text, until there is one that is taken. */
export async function linePlain(world: World, message: string, check: CheckLine): Promise<string> {
  return await askLine(world, [message], async (taken) => {
    const problem = await check(taken)
    return problem === null ? { taken } : { problem }
  })
}

/** Asks for a password: the terminal shows nothing of it, and nothing is drawn. Enter ends it. */
export async function passwordPlain(world: World, message: string): Promise<string> {
  const { stdin, stderr } = world
  stderr.write(`${asLines([message, 'What you type is not shown.'], stderr).join('\n')}\n> `)
  stdin.setRawMode?.(true)
  stdin.setEncoding('utf8')
  const decoder = keyDecoder()
  try {
    return await new Promise<string>((resolve, reject) => {
      let typed = ''
      const stop = () => reject(new CoachError(EXIT.interrupted, 'Stopped.'))
      const onData = (chunk: Buffer | string) => {
        for (const key of decoder.read(String(chunk))) {
          if (key.type !== 'key') typed += key.text
          else if (key.name === 'backspace') typed = graphemes(typed).slice(0, -1).join('')
          else if (key.name === 'delete-to-start') typed = ''
          else if (key.name === 'enter') resolve(typed)
          else if (key.name === 'leave' || key.name === 'finish') stop()
        }
      }
      stdin.on('data', onData)
      stdin.on('end', stop)
      stdin.resume()
    })
  } finally {
    stdin.removeAllListeners('data')
    stdin.pause()
    stdin.setRawMode?.(false)
    stderr.write('\n')
  }
}
