import { type Style, wrap } from './layout.ts'
import { PLAIN } from './paint.ts'
import { escapeHarmful, isHarmful, safeDeep } from '../text/text.ts'
import type { Output, World } from '../world.ts'

/** The most columns that are used: longer lines are hard to read. */
const WIDEST = 100
const NARROWEST = 30

/** How things are shown on a stream. */
export function styleOf(world: World, stream: Output): Style {
  const width = Math.max(NARROWEST, Math.min(stream.columns ?? 80, WIDEST))
  return { width, today: world.today(), paint: world.colors(stream) }
}

/**
 * Shows data on stdout. This is the one way for stored text to a screen: every text in it is made harmless
 * before it is rendered, so that only what `render` itself adds can act on a terminal. `render` is pure.
 */
export function present<T>(world: World, data: T, render: (data: T, style: Style) => string): void {
  const style = styleOf(world, world.stdout)
  // Without colours nothing in the text may act on a terminal: one look at it is enough, and a long list is shown sooner.
  const text = style.paint === PLAIN ? render(data, style) : null
  world.print(text !== null && !isHarmful(text) ? text : render(safeDeep(data), style))
}

/** The same on stderr, for confirmations. */
export function mention<T>(world: World, data: T, render: (data: T, style: Style) => string): void {
  world.say(render(safeDeep(data), styleOf(world, world.stderr)))
}

/** The same, with `--quiet` too: what is a result, and no confirmation. */
export function insist<T>(world: World, data: T, render: (data: T, style: Style) => string): void {
  world.stderr.write(render(safeDeep(data), styleOf(world, world.stderr)))
}

/** Tells a sentence or two on stderr, broken at words. */
export function tell(world: World, text: string): void {
  mention(world, text, (line, { width }) => `${wrap(line, width).join('\n')}\n`)
}

/** Prints JSON; characters that could act on a terminal are escaped as JSON allows. */
export function printJson(world: World, value: unknown): void {
  const text = escapeHarmful(JSON.stringify(value, null, 2))
  world.print(`${text}\n`)
}
