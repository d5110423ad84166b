/** A page of HTML as a strict reader sees it. */
export interface Page {
  readonly elements: readonly string[]
  readonly attributes: readonly string[]
  /** All text, entities read. */
  readonly text: string
  readonly policy: string | undefined
}

const ENTITIES = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&#39;', "'"],
])
const TAG = /<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"<>]*")*)>/y
const VOID = new Set(['meta', 'br'])

/** Reads a page: whatever is no tag of the plainest kind, no entity of the five and no text is an error. */
export function readPage(html: string): Page {
  const start = '<!DOCTYPE html>\n'
  if (!html.startsWith(start)) throw new Error('no doctype')
  const [elements, attributes, open]: [string[], string[], string[]] = [[], [], []]
  let [text, policy]: [string, string | undefined] = ['', undefined]
  for (let at = start.length; at < html.length;) {
    if (html[at] === '<') {
      TAG.lastIndex = at
      const found = TAG.exec(html)
      if (!found) throw new Error(`no tag: ${html.slice(at, at + 60)}`)
      const [whole, end, name = '', rest = ''] = found
      if (end === '/') {
        if (open.pop() !== name) throw new Error(`</${name}> closes nothing`)
      } else {
        elements.push(name)
        attributes.push(...[...rest.matchAll(/ ([a-z-]+)=/g)].map(([, one = '']) => one))
        policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(rest)?.[1] ?? policy
        if (!VOID.has(name)) open.push(name)
      }
      at += whole.length
      continue
    }
    const next = html.indexOf('<', at)
    const piece = html.slice(at, next < 0 ? html.length : next)
    if (open.at(-1) !== 'style') {
      if (/[>"']/.test(piece)) throw new Error(`not escaped: ${piece.slice(0, 60)}`)
      text += piece.replaceAll(/&[^;]*;?/g, (one) => {
        const char = ENTITIES.get(one)
        if (char === undefined) throw new Error(`no entity: ${one}`)
        return char
      })
    }
    at += piece.length
  }
  if (open.length > 0) throw new Error(`not closed: ${open.join(', ')}`)
  return { elements, attributes, text, policy }
}
