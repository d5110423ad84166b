import { anyOf } from '../../text/phrases.ts'

// eslint-disable-next-line no-control-regex -- a text of JSON holds none of these
const JSON_TEXT = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/
const JSON_NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/
const JSON_VALUE = anyOf(JSON_TEXT, JSON_NUMBER, /true|false|null/)
const JSON_TOKEN = new RegExp(
  String.raw`[ \t\r\n]*(?:(${JSON_VALUE.source})|([[{])|([\]}])|([,:]))`,
  'y',
)

/** Where a text stops being JSON. */
export function jsonErrorAt(text: string): number {
  const open: string[] = []
  /** What may come: a value, a value or the end, a key, a key or the end, a colon, a comma or the end, nothing. */
  let next = 'value'
  const token = new RegExp(JSON_TOKEN)
  for (;;) {
    const at = token.lastIndex
    const [whole = '', value, opens, closes, mark] = token.exec(text) ?? []
    const start = at + whole.search(/\S|$/)
    const isFirst = next.endsWith('first')
    const inside = open.at(-1)
    const after = open.length === 0 ? 'nothing' : 'comma'
    if (value !== undefined && next.startsWith('value')) next = after
    else if (value?.startsWith('"') && next.startsWith('key')) next = 'colon'
    else if (opens !== undefined && next.startsWith('value')) {
      open.push(opens)
      next = opens === '[' ? 'value or first' : 'key or first'
    } else if (
      closes !== undefined &&
      inside === (closes === ']' ? '[' : '{') &&
      (isFirst || next === 'comma')
    ) {
      open.pop()
      next = open.length === 0 ? 'nothing' : 'comma'
    } else if (mark === ':' && next === 'colon') next = 'value'
    else if (mark === ',' && next === 'comma') next = inside === '[' ? 'value' : 'key'
    else return whole === '' ? at + (/[^ \t\r\n]|$/.exec(text.slice(at))?.index ?? 0) : start
  }
}
