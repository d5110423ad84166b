import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { withoutNames } from '../../src/text/person-names.ts'
import { type Home, newHome } from '../world.ts'

const SEED = { seed: 20_261_123 }

/** A home with a coach, Maria Cruz, and the people one coaches. */
async function homeWith(names: readonly string[]): Promise<Home> {
  const home = newHome()
  await home.coach(['person', 'add', 'Maria Cruz', '--relation', 'coach'])
  for (const name of names) await home.coach(['person', 'add', name])
  return home
}

async function upward(home: Home, more: object): Promise<string> {
  const text = stringify({ person: 'Maria Cruz', guide: 'upward', ...more }, { lineWidth: 0 })
  const { code, out, err } = await home.coach(['upward', '--answers', '-'], text)
  if (code !== 0) throw new Error(err)
  return out
}

/** The part of an export of everything that is about the coach. */
function aboutCoach(out: string): string {
  return /^# Maria Cruz[\s\S]*?(?=^# |$(?![\s\S]))/m.exec(out)?.[0] ?? ''
}

/** A text as one compares names: no accents, small letters. */
function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase('en')
}

function holds(text: string, part: string): boolean {
  const place = folded(text).split(folded(part))
  return place
    .slice(1)
    .some((after, at) => !/\p{L}$/u.test(place[at] ?? '') && !/^\p{L}/u.test(after))
}

describe('every text of a talk with one’s own coach', () => {
  const NAMES = ['Ana Silva', 'Ben Okafor', 'José Núñez', 'Zoë van der Berg', 'Dora Past']
  const said = (place: string) => `${place}: Ana Silva, BEN, okafor’s, Jose, zoe, Dora.`
  const [made, outs] = [homeWith(NAMES), new Map<string, string>()]
  const ready = made.then(async (home) => {
    await home.coach(['person', 'archive', 'dora'])
    outs.set(
      'the sheet at the end',
      await upward(home, {
        topics: {
          tried: said('tried'),
          situation: said('situation'),
          want: said('want'),
          questions: [
            { kind: 'obstacle', question: said('question') },
            { kind: 'stretch', question: said('canary-unasked') },
          ],
        },
      }),
    )
    const print = async (what: string, ...argv: readonly string[]) => {
      const { code, out, err } = await home.coach(argv)
      if (code !== 0) throw new Error(err)
      outs.set(what, what.startsWith('export all') ? aboutCoach(out) : out)
    }
    await print('prep', 'prep', 'maria')
    await print('prep --private', 'prep', 'maria', '--private')
    await print('prep --json', 'prep', 'maria', '--json')
    await print('export of a preparation', 'export', 'session', '1')
    outs.set(
      'the recap',
      await upward(home, {
        topics: {
          questions: [
            { kind: 'obstacle', question: said('question'), heard: said('heard'), opened: true },
          ],
        },
        agreements: {
          insight: said('insight'),
          actions: [
            {
              what: said('what'),
              owner: 'me',
              if: said('if'),
              then: said('then'),
              else: said('else'),
              obstacle: said('obstacle'),
              measure: said('measure'),
              support: said('support'),
            },
            { what: said('second') },
          ],
        },
      }),
    )
    await upward(home, {
      promises: [{ item: 1, outcome: 'part', note: said('canary-note') }],
      topics: { want: said('want again') },
      agreements: { insight: said('insight again') },
    })
    await home.coach(['part', '2', '--note', said('canary-note')])
    await print('export session', 'export', 'session', '1')
    await print('export session --shared', 'export', 'session', '1', '--shared')
    await print('export of the second session', 'export', 'session', '2')
    await print('export person', 'export', 'person', 'maria')
    await print('export person --shared', 'export', 'person', 'maria', '--shared')
    await print('export all', 'export', 'all')
    await print('export all --shared', 'export', 'all', '--shared')
    await print('prep afterwards', 'prep', 'maria')
    await home.coach(['export', 'all', '-o', 'out/'])
    const folder = join(home.folder, 'out')
    const file = readdirSync(folder).find((name) => name.includes('maria')) ?? ''
    outs.set('a file of export all', readFileSync(join(folder, file), 'utf8'))
    return outs
  })

  const PLACES = {
    'the sheet at the end': 4,
    prep: 4,
    'prep --private': 4,
    'prep --json': 4,
    'export of a preparation': 3,
    'the recap': 8,
    'export session': 13,
    'export session --shared': 13,
    'export of the second session': 3,
    'export person': 18,
    'export person --shared': 18,
    'export all': 18,
    'export all --shared': 18,
    'prep afterwards': 2,
    'a file of export all': 18,
  } as const

  test.each(Object.entries(PLACES))('is without names in %s', async (what, least) => {
    const text = (await ready).get(what) ?? ''
    expect(text.split(/\(somebody\)/).length - 1).toBeGreaterThanOrEqual(least)
    const names = NAMES.flatMap((name) =>
      name.split(' ').filter((part) => part !== 'van' && part !== 'der'),
    )
    expect(names.filter((name) => holds(text, name))).toEqual([])
  })

  const outside = Object.keys(PLACES).filter((what) => /export|recap/.test(what))
  test.each(outside)('is without private notes in %s', async (what) => {
    const text = (await ready).get(what) ?? ''
    expect(text).not.toMatch(/canary|opened|\(private\)/i)
  })
})

describe('a name is taken out', () => {
  test.each([
    ['in full', 'Ana Silva', 'I asked Ana Silva twice.'],
    ['the first name', 'Ana Silva', 'I asked Ana twice.'],
    ['the last name', 'Ana Silva', 'I asked Silva twice.'],
    ['the other way round', 'Ana Silva', 'Silva, Ana: agrees.'],
    ['possessive', 'Ana Silva', "Ana's silence"],
    ['possessive, with a curved mark', 'Ana Silva', 'Ana’s silence'],
    ['in capitals', 'Ana Silva', 'ANA SILVA agreed.'],
    ['in small letters', 'Ana Silva', 'i asked ana silva'],
    ['in brackets', 'Ana Silva', 'One of them (Ana) agreed.'],
    ['in quotation marks', 'Ana Silva', 'They call her “Ana”.'],
    ['beside a slash', 'Ana Silva', 'Ana/Silva'],
    ['as an address', 'Ana Silva', 'ana.silva@example.com'],
    ['with a mark before it', 'Ana Silva', '@ana #silva'],
    ['emphasised with stars', 'Ana Silva', '*Ana* and **Silva**'],
    ['emphasised with underscores', 'Ana Silva', '_Ana_ and __Silva__'],
    ['with underscores', 'Ana Silva', 'ana_silva.docx'],
    ['with a figure behind it', 'Ana Silva', 'Ana2'],
    ['in a compound', 'Ana Silva', 'an Ana-like silence'],
    ['at the end of a line', 'Ana Silva', 'with Ana\nSilva'],
    ['without its accents', 'José Núñez', 'Jose Nunez'],
    ['with its accents taken apart', 'José Núñez', 'José Núñez'.normalize('NFD')],
    ['in capitals, with accents', 'José Núñez', 'JOSÉ NÚÑEZ'],
    ['with accents that it does not have', 'Ana Silva', 'Ána Sílva'],
    ['with an apostrophe', "Sean O'Brien", "O'Brien, O’Brien and O'Brien's"],
    ['with a hyphen', 'Mary-Lou Retton', 'Mary-Lou, Mary and Lou'],
    ['with a sharp s, in capitals', 'Jonas Strauß', 'STRAUSS'],
    ['in another script', 'Владимир Петров', 'ВЛАДИМИР и Петров'],
    ['with particles', 'Maria de la Cruz', 'de la Cruz'],
    ['short', 'Li Na', 'Li and Na'],
    ['that looks like a particle, first', 'Al Gore', 'I asked Al.'],
    ['that looks like a particle, last', 'Minh Do', 'Minh Do agreed.'],
  ])('%s', (_what, name, text) => {
    const left = withoutNames(text, [name])
    const parts = name.split(/[\s'-]+/).filter((part) => !['de', 'la', 'O'].includes(part))
    expect(
      parts.filter((part) => holds(left.replaceAll('_', ' ').replaceAll(/\d/g, ' '), part)),
    ).toEqual([])
    expect(left).not.toMatch(/strauss/i)
  })

  test('of several people at once', () => {
    const left = withoutNames('Ana and Ben asked Okafor and Ana Silva.', [
      'Ana Silva',
      'Ben Okafor',
    ])
    expect(left).toBe('(somebody) and (somebody) asked (somebody) and (somebody).')
  })
})

describe('a name that is a word is taken out where it is a name', () => {
  test.each([
    ['Mark Stone', 'I asked Mark.'],
    ['Mark Stone', 'MARK agreed, said MARK.'],
    ['Mark Stone', 'Mark said so.'],
    ['Mark Stone', 'Mark agrees to everything.'],
    ['Mark Stone', 'It was late. Mark never follows through.'],
    ['Mark Stone', 'Mark Stone agrees to everything.'],
    ['Mark Stone', 'i asked mark stone'],
    ['Grace Hopper', 'Grace’s numbers fell.'],
    ['Grace Hopper', "Grace's silence was long."],
    ['Grace Hopper', 'Grace Hopper agreed.'],
    ['Will Ford', 'I asked Will again.'],
    ['Will Ford', 'Will Ford will ask.'],
    ['Will Ford', 'Will agreed to it.'],
    ['May Li', 'May never asks.'],
    ['Jean-Luc Picard', 'Jean-Luc agreed.'],
    ['Jean-Luc Picard', 'i asked jean-luc'],
  ])('%s: %s', (name, text) => {
    const [first = ''] = name.split(/[\s-]/)
    const left = withoutNames(text, [name])
    const word = /\bwill ask\b/.test(left) ? left.replace('will ask', '') : left
    expect(holds(word, first)).toBe(false)
  })

  test.each([
    ['Will Ford', 'I will ask, and they will answer. Will you look at it?'],
    ['Mark Stone', 'They mark what they read.'],
    ['Grace Hopper', 'He lost with grace, and hoped for the best.'],
    ['May Li', 'It may help.'],
    ['Hope Rose', 'They hope that sales rose.'],
  ])('stays where it is only a word: %s', (name, text) => {
    expect(withoutNames(text, [name])).toBe(text)
  })
})

describe('what is no name stays', () => {
  test.each([
    'I stopped giving the first answer.',
    'Analysis, silvan, banana and Bend are words.',
    'A question for the next time',
    '',
  ])('%s', (text) => {
    expect(withoutNames(text, ['Ana Silva', 'Ben Okafor'])).toBe(text)
  })

  test('the words of the guide, whatever the people are called', async () => {
    const home = await homeWith(['An Note', 'Dan Date', 'So Open'])
    const out = await upward(home, {
      topics: { want: 'x' },
      agreements: {
        insight: 'y',
        actions: [{ what: 'listen', due: '2026-12-01' }],
        next_session: '2026-12-07',
      },
    })
    expect(out).toContain('Next conversation  Mon 7 Dec (2026-12-07)')
    expect(out).toMatch(/Taken away +y/)
    const exported = await home.coach(['export', 'session', '1'])
    expect(exported.out).toContain('**What do you want to have when the conversation ends?**')
    expect(exported.out).toContain('Mon 7 Dec (2026-12-07)')
    expect(exported.out).toContain('- [ ] listen (due 2026-12-01, them)')
  })

  test('the coach’s own name, though somebody one coaches has the same last name', async () => {
    const home = await homeWith(['Ana Cruz'])
    await upward(home, { topics: { want: 'Cruz' }, agreements: { insight: 'z' } })
    const { out } = await home.coach(['export', 'session', '1'])
    expect(out).toContain('# Maria Cruz, Mon 23 Nov')
  })
})

describe('whatever is written', () => {
  const NAMES = [
    'Ana Silva',
    'José Núñez',
    "Sean O'Brien",
    'Mary-Lou Retton',
    'Øyvind Bø',
    'Ümit Özdemir',
    'Nguyễn Thị Lan',
    'Zoë van der Berg',
    'Li Na',
    'Владимир Петров',
  ]
  const PARTS = NAMES.flatMap((name) => name.split(/[\s'-]+/)).filter(
    (part) => part.length > 1 && !['van', 'der'].includes(part),
  )
  const form = fc
    .tuple(
      fc.constantFrom(...NAMES, ...PARTS),
      fc.constantFrom(
        (name: string) => name,
        (name: string) => name.toUpperCase(),
        (name: string) => name.toLowerCase(),
        (name: string) => name.normalize('NFD'),
        (name: string) => `${name}'s`,
        (name: string) => `${name}’s`,
        (name: string) => `(${name})`,
        (name: string) => `“${name}”`,
        (name: string) => `*${name}*`,
        (name: string) => `_${name}_`,
        (name: string) => `${name}!`,
        (name: string) => `@${name}:`,
      ),
    )
    .map(([name, change]) => change(name))
  const filler = fc.oneof(
    fc.constantFrom('agreed.', 'I asked', 'and', '–', '\n', '# x', '1.', '👩‍💻', '<b>', '](x)'),
    fc
      .string({ unit: 'grapheme', maxLength: 6 })
      .map((text) => text.replace(/[\p{Cc}\p{L}\p{N}_]/gu, '')),
  )
  const text = fc
    .array(fc.oneof(form, filler), { minLength: 1, maxLength: 12 })
    .map((words) => `A ${words.join(' ')}`)

  test('no name of anybody one coaches is left in a text', () => {
    fc.assert(
      fc.property(text, (said) => {
        const left = withoutNames(said, NAMES).replaceAll('_', ' ')
        expect(PARTS.filter((part) => holds(left, part))).toEqual([])
      }),
      { ...SEED, numRuns: 1000 },
    )
  })

  test('no such name is left in the export of the talk', async () => {
    const home = await homeWith(NAMES)
    let session = 0
    await fc.assert(
      fc.asyncProperty(text, text, text, async (tried, insight, what) => {
        await upward(home, {
          topics: { tried, want: 'x' },
          agreements: { insight, actions: [{ what: `${what} .`, due: '2026-12-01' }] },
        })
        session++
        const { code, out } = await home.coach(['export', 'session', String(session)])
        expect(code).toBe(0)
        const left = out.replaceAll(/[\\_]/g, ' ')
        expect(PARTS.filter((part) => holds(left, part))).toEqual([])
      }),
      { ...SEED, numRuns: 25 },
    )
  })

  test('a text that names nobody stays as it is', () => {
    const other = fc.string({ unit: 'grapheme', maxLength: 60 })
    fc.assert(
      fc.property(other, (said) => {
        fc.pre(PARTS.every((part) => !folded(said).includes(folded(part))))
        expect(withoutNames(said, NAMES)).toBe(said)
      }),
      { ...SEED, numRuns: 500 },
    )
  })
})

test.each([
  'Kimʹs plan',
  'Jonasꞌs plan',
  'Jonasʿs plan',
  'Jo\u00adnas has a plan',
  'Jo\u200bnas has a plan',
  'Kim＇s plan',
  'Kim`s plan',
  'Anna‑Lena has a plan',
  'Anna–Lena has a plan',
])('a name is taken out of “%s”, whatever sign stands in it or behind it', (text) => {
  const left = withoutNames(text, ['Kim Park', 'Jonas Weber', 'Anna-Lena Hof'])
  expect(left).toMatch(/^\(somebody\).*plan$/)
})
