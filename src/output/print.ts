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
 * Prints data to stdout: what was asked for. Stored text comes to a screen by these three verbs alone: every text in it is
 * made harmless before it is rendered, so that only what `render` itself adds can act on a terminal. `render` is pure.
 */
export function print<T>(world: World, data: T, render: Render<T>): void {
  const style = styleOf(world, world.stdout)
  // Without colours nothing in the text may act on a terminal: one look at it is enough, and a long list is shown sooner.
  const text = style.paint === PLAIN ? render(data, style) : null
  world.print(text !== null && !isHarmful(text) ? text : render(safeDeep(data), style))
}

/** Tells news on stderr, such as a confirmation or a hint; `--quiet` silences it. A text alone is broken at words. */
export function tell(world: World, text: string): void
export function tell<T>(world: World, data: T, render: Render<T>): void
export function tell<T>(world: World, data: T, render: Render<T> = paragraph): void {
  world.tell(render(safeDeep(data), styleOf(world, world.stderr)))
}

/** Says on stderr what must be known, with `--quiet` too: what a command leaves undone, or what it is about to change. */
export function insist(world: World, text: string): void
export function insist<T>(world: World, data: T, render: Render<T>): void
export function insist<T>(world: World, data: T, render: Render<T> = paragraph): void {
  world.stderr.write(render(safeDeep(data), styleOf(world, world.stderr)))
}

type Render<T> = (data: T, style: Style) => string

function paragraph(text: unknown, { width }: Style): string {
  return `${wrap(String(text), width).join('\n')}\n`
}

/** The flag of the commands that can print JSON. */
export interface JsonOptions {
  readonly json?: boolean
}

/** Prints JSON; characters that could act on a terminal are escaped as JSON allows. */
export function printJson(world: World, value: unknown): void {
  const text = escapeHarmful(JSON.stringify(value, null, 2))
  world.print(`${text}\n`)
}
