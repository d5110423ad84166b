import { copyFileSync } from 'node:fs'
import ICAL from 'ical.js'
import { expect } from 'vitest'
import { answersFor, feed } from '../ask/file/feed.ts'
import { type Home, newHome } from '../world.ts'

/** An event as another program reads it. */
export interface Event {
  readonly uid: string
  readonly sequence: number
  readonly day: string
  readonly summary: string
  readonly isOff: boolean
  readonly changedAt: string
  /** The names of all its properties. */
  readonly properties: readonly string[]
}

/** Reads a calendar back with another library, after a look at its bytes. */
export function readCalendar(text: string): readonly Event[] {
  const lines = text.split('\r\n')
  expect(lines.at(-1)).toBe('')
  // eslint-disable-next-line no-control-regex -- none may be left
  expect(lines.filter((line) => /[\u0000-\u0008\u000a-\u001f\u007f]/.test(line))).toEqual([])
  expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([])
  expect(Buffer.from(text).toString()).toBe(text)

  const calendar = new ICAL.Component(ICAL.parse(text))
  expect(calendar.name).toBe('vcalendar')
  expect(calendar.getAllProperties().map(({ name }) => name)).toEqual(['version', 'prodid'])
  expect(calendar.getFirstPropertyValue('version')).toBe('2.0')
  const events = calendar.getAllSubcomponents().map((component): Event => {
    expect(component.name).toBe('vevent')
    const { uid, sequence, summary, startDate } = new ICAL.Event(component)
    expect(startDate.isDate).toBe(true)
    const textOf = (name: string) => String(component.getFirstPropertyValue(name))
    expect(textOf('transp')).toBe('TRANSPARENT')
    expect(textOf('last-modified')).toBe(textOf('dtstamp'))
    expect(textOf('status')).toMatch(/^(CONFIRMED|CANCELLED)$/)
    return {
      uid,
      sequence,
      day: startDate.toString(),
      summary,
      isOff: textOf('status') === 'CANCELLED',
      changedAt: textOf('dtstamp'),
      properties: component.getAllProperties().map(({ name }) => name),
    }
  })
  expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length)
  return events
}

/** A calendar that takes in exports as programs do: an event takes the place of a known one where its sequence is higher. */
export class Importer {
  readonly #events = new Map<string, Event>()

  takeIn(text: string): this {
    for (const event of readCalendar(text)) {
      const known = this.#events.get(event.uid)
      if (!known || event.sequence > known.sequence) this.#events.set(event.uid, event)
    }
    return this
  }

  /** What somebody sees in it. */
  shown(): readonly string[] {
    return [...this.#events.values()]
      .filter(({ isOff }) => !isOff)
      .map(({ day, summary }) => `${day} ${summary}`)
      .toSorted()
  }
}

export async function exported(home: Home, ...argv: readonly string[]): Promise<string> {
  const { code, out, err } = await home.coach(['export', ...argv, '--format', 'ics'])
  if (code !== 0) throw new Error(err)
  return out
}

export async function did(home: Home, ...argv: readonly string[]): Promise<void> {
  const { code, err } = await home.coach(argv)
  if (code !== 0) throw new Error(`${argv.join(' ')}: ${err}`)
}

/** A home with one conversation, in which two things and the next conversation were agreed. */
export async function homeOfTwo(): Promise<Home> {
  const home = newHome()
  copyFileSync((await twoAgreed).notebook, home.notebook)
  return home
}

const twoAgreed = agreeOnTwo()
async function agreeOnTwo(): Promise<Home> {
  const home = newHome()
  const { err, code } = await feed(
    home,
    answersFor('Ana Silva', {
      plan: {
        actions: [
          { what: 'send the deck', due: '2026-12-04' },
          { what: 'listen in', owner: 'me', due: '2026-12-14' },
        ],
        next_session: '2026-12-01',
      },
    }),
  )
  if (code !== 0) throw new Error(err)
  return home
}

export const DECK = [
  '2026-11-27 Check-in: send the deck (Ana Silva)',
  '2026-12-04 Due: send the deck (Ana Silva)',
]
export const LISTEN = [
  '2026-12-03 Check-in: listen in (Ana Silva)',
  '2026-12-14 Due, mine: listen in (Ana Silva)',
]
export const NEXT = '2026-12-01 One-on-one with Ana Silva'
