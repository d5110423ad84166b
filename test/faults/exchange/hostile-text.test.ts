import { readdirSync } from 'node:fs'
import { parse as parseCsv } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toCsvText } from '../../../src/export/csv.ts'
import { must, personNamed } from '../../commands/followup/played.ts'
import { newFolder, query, spawnCoach } from '../../notebook/file.ts'
import { newHome } from '../../world.ts'
import { readPage } from '../page.ts'
import { homeWith } from './export-homes.ts'

describe('fault 50: stored text cannot break out', () => {
  const HOSTILE = [
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    "'=1",
    '"=cmd|\' /C calc\'!A0"',
    '  =1',
    '＝1+1',
    'a,b',
    'a"b',
    'line\nline',
    '<script>alert(1)</script>',
    '<img src=http://x/y.png onerror=alert(1)>',
    '"><b>',
    "' onmouseover='x",
    '&lt;',
    '</style><script>',
    '</title>',
    '<!--',
    ']]>',
    '# heading',
    '[x](javascript:alert(1))',
    'http://example.org/',
  ]

  test('of CSV: every field is read back, and none is a formula', async () => {
    const home = await homeWith()
    for (const text of HOSTILE) await must(home, ['action', 'add', 'ana', '--', text])
    const { out } = await spawnCoach(home.folder, 'export', 'all', '--format', 'csv')
    const [names = [], ...rows] = parseCsv(out, { relaxColumnCount: false, bom: true })
    expect(names.slice(0, 6)).toEqual(['id', 'person', 'owner', 'what', 'due_on', 'status'])
    expect(rows).toHaveLength(HOSTILE.length + 1)
    for (const field of rows.flat()) expect(field).not.toMatch(/^(?!')[\s"]*[=+\-@＝＋－＠]/)
    const kept = query(home.notebook, 'SELECT what FROM action_item').map((row) =>
      String(Object(row).what),
    )
    const read = new Set(rows.map((row) => String(row[3])))
    expect(kept.filter((one) => !read.has(one) && !read.has(`'${one}`))).toEqual([])
  })

  test('of CSV, whatever the text is', () => {
    const field = fc.string({ unit: 'binary' }).filter((one) => one.isWellFormed())
    const item = {
      id: 1,
      uuid: 'u',
      personId: 1,
      person: 'P',
      sessionId: null,
      status: 'open',
      owner: 'me',
      due: null,
      if: null,
      then: null,
      else: null,
      obstacle: null,
      measure: null,
      result: null,
      support: null,
      check_in: null,
      repeat: null,
      goal: null,
      carried: 0,
      followsId: null,
      createdAt: '2026-11-23T09:00:00.000Z',
      updatedAt: '',
      closedAt: null,
      revision: 1,
    } as const
    fc.assert(
      fc.property(field, field, (what, support) => {
        const text = toCsvText([{ ...item, what, support }])
        const [, row = []] = parseCsv(text, { recordDelimiter: '\r\n' })
        for (const [said, at] of [
          [what, 3],
          [support, 16],
        ] as const) {
          expect([said, `'${said}`]).toContain(row[at])
          expect(row[at]).not.toMatch(/^[=+\-@\t\r\0]/)
        }
      }),
    )
  })

  test('of HTML: the page has the elements of ours alone, and every text as it is', async () => {
    const home = await homeWith(HOSTILE.join('\n\n'))
    await must(home, ['person', 'edit', 'ben', '--name', `<b>"Ben" & 'co'</b>`])
    for (const way of [
      ['session', '1'],
      ['all'],
      ['person', 'ana', '--everything'],
      ['person', 'ben'],
    ]) {
      const { out } = await spawnCoach(home.folder, 'export', ...way, '--format', 'html')
      const page = readPage(out)
      expect(page.policy).toBe(
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
      )
      expect(page.elements.filter((one) => !ALLOWED.includes(one))).toEqual([])
      expect(
        page.attributes.filter((one) => !/^(?:lang|charset|http-equiv|content|name)$/.test(one)),
      ).toEqual([])
      expect(page.text).toContain(
        way[1] === 'ben' ? `<b>"Ben" & 'co'</b>` : '<img src=http://x/y.png onerror=alert(1)>',
      )
    }
  })
  const ALLOWED = 'html head meta title style body dl dt dd h1 h2 h3 h4 p ul li strong br'.split(
    ' ',
  )

  test.each([
    '../../x',
    'a/b',
    'CON',
    '-rf',
    '.hidden',
    'x'.repeat(300),
    '日本',
    '# heading',
    '---',
    'a\\b',
    'nul.md',
  ])('of the folder: a file about %s', async (name) => {
    const home = newHome()
    await personNamed(home, name)
    const out = newFolder()
    for (const format of ['md', 'html', 'csv', 'ics']) {
      await must(home, ['export', 'all', '--format', format, '-o', out])
    }
    await must(home, ['export', 'person', '--everything', '-o', out, '--', name])
    await must(home, ['export', 'person', '--format', 'json', '-o', out, '--', name])
    const names = readdirSync(out)
    expect(names).toHaveLength(6)
    for (const one of names)
      expect(one).toMatch(/^(?:everything-)?1(?:-[a-z0-9]+)*\.(?:md|html|csv|ics|json)$/)
    expect(names.every((one) => Buffer.byteLength(one) <= 100)).toBe(true)
  })
})
