import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fold, namesakes } from '../../src/text/folding.ts'

const RUNS = { seed: 20_261_123, numRuns: 500 }

describe('a text is folded for look-up', () => {
  test.each([
    ['Ana Silva', 'ana silva'],
    ['  ANA   Silva ', 'ana silva'],
    ['Zoë Müller', 'zoe muller'],
    ['José', 'jose'],
    ['Jose\u0301', 'jose'],
    ['İpek', 'ipek'],
    ['Işıl', 'isil'],
    ['ﬁona', 'fiona'],
    ['Ａｎａ', 'ana'],
    ['Łukasz', 'lukasz'],
    ['Øyvind', 'oyvind'],
    ['Đức', 'duc'],
    ['Ðorđe', 'dorde'],
    ['Strauß', 'strauss'],
    ['STRAUẞ', 'strauss'],
    ['Þóra', 'thora'],
    ['Ægir', 'aegir'],
    ['Œuvrard', 'oeuvrard'],
    ['Ħal', 'hal'],
    ['Əli', 'eli'],
    ['Ŋgũgĩ', 'ngugi'],
    ['Gal·la', 'galla'],
    ['O’Brien', "o'brien"],
    ['O´Brien', "o'brien"],
    ['O`Brien', "o'brien"],
    ['Oʻahu', "o'ahu"],
    ['OꞋBrien', "o'brien"],
    ['O＇Brien', "o'brien"],
    ['Anna‑Lena', 'anna-lena'],
    ['Anna–Lena', 'anna-lena'],
    ['Anna－Lena', 'anna-lena'],
    ['Νίκος', 'νικοσ'],
    ['ΝΊΚΟΣ', 'νικοσ'],
    ['Артём', 'артем'],
    ['日本', '日本'],
    ['がく', 'か\u3099く'],
    ['', ''],
  ])('%s', (name, folded) => {
    expect(fold(name)).toBe(folded)
  })

  test.each([
    ['राम', 'रमा'],
    ['がく', 'かく'],
    ['สม', 'สุม'],
  ])('%s and %s stay two names: in their script a mark is a letter', (a, b) => {
    expect(fold(a)).not.toBe(fold(b))
  })

  test('the same way however it is written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(fold(fold(name))).toBe(fold(name))
        expect(fold(name.normalize('NFD'))).toBe(fold(name.normalize('NFC')))
        expect(fold(`  ${name} `)).toBe(fold(name))
      }),
      RUNS,
    )
  })

  test('like each letter that dictionaries sort as another one', () => {
    const alike = new Intl.Collator('en', { sensitivity: 'base' })
    const letters = Array.from({ length: 0x2b0 - 0xc0 }, (_, at) => String.fromCodePoint(at + 0xc0))
    const plain = 'a b c d e f g h i j k l m n o p q r s t u v w x y z ae oe ss'.split(' ')
    const wrong = letters.flatMap((letter) => {
      const wanted = plain.find((one) => alike.compare(one, letter) === 0)
      return wanted === undefined || fold(letter) === wanted ? [] : [`${letter}: ${fold(letter)}`]
    })
    expect(wrong).toEqual([])
  })
})

describe('of people who are called alike', () => {
  const called = (name: string, all: readonly string[]) => namesakes(all, name, (one) => one)
  test.each([
    ['Łukasz', ['Lukasz', 'Łukasz'], ['Łukasz']],
    ['Lukasz', ['Lukasz', 'Łukasz'], ['Lukasz']],
    ['lukasz', ['Lukasz', 'Łukasz'], ['Lukasz']],
    ['LUKASZ', ['Łukasz'], ['Łukasz']],
    ["O'Brien", ['O’Brien', "O'Brien"], ["O'Brien"]],
    ['Jose\u0301', ['José', 'Jose'], ['José']],
    ['ana', ['Ana', 'ANA', 'Ána'], ['Ana', 'ANA']],
    ['bo', ['Ana'], []],
  ])('%s means the exact spelling before a folded one', (name, all, found) => {
    expect(called(name, all)).toEqual(found)
  })
})
