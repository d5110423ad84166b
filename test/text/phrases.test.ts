import { describe, expect, test } from 'vitest'
import { phrases } from '../../src/text/phrases.ts'

describe('phrases', () => {
  test.each([
    ['did you', 'what did you do', 'did yours', 'candid you'],
    ['deal*', 'two deals', 'ordeal', 'dealt'.slice(0, 3)],
    ['^so', 'so what', 'and so', 'some'],
    ['now$', 'by now', 'now or never', 'know'],
    ['did (he|she) call', 'did she call', 'did you call', 'did call'],
    [
      'will you [really|just] sign',
      'will you just sign',
      'will you just really sign',
      'will yousign',
    ],
    [
      'will you [really|just]* sign',
      'will you just really sign',
      'will you never sign',
      'you sign',
    ],
    ['^[and] why', 'and why', 'so why', 'andwhy'],
    ['colo[u]r', 'the color', 'the colouur', 'colors'],
    ['why !(not)', 'why now', 'why not', 'whynot'],
    ['if =(we|they)', 'if we', 'if you', 'if'],
    ['!<(what|how) you should', 'and you should', 'what you should', 'you shoulder'],
    ['{letters}!-(ed|ing) it', 'send it', 'sending it', 'closed it'],
    ['is ... deal', 'is that your deal', 'this deal', 'is that ordeal'],
    ['_ and _ing', 'time and planning', 'and planning', 'time andplanning'],
    ['in {size} steps', 'in very small steps', 'in steps', 'in huge steps'],
    ['q# closed', 'q4 closed', 'qx closed', 'q closed'],
    ['yes\n| no', 'oh no', 'nobody', 'yesterday'],
    ['yes | no', 'yes', 'nobody', 'yesterday'],
  ])('%s is found in “%s”, but not in “%s” or “%s”', (text, found, ...others) => {
    const asked = phrases(text, 'size = [very] small | big')
    expect([found, ...others].map((one) => asked.test(one))).toEqual([true, false, false])
  })

  test('what is in <> is read out', () => {
    const asked = phrases('^if {clause}, [then] <{rest}>$')
    expect(asked.exec('if he calls, then ask him')?.[1]).toBe('ask him')
  })

  test('is put in place of the first, and finds all', () => {
    const small = phrases('^[so|and]+ *\nthe')
    expect(small.replace('so and the rest', '')).toBe('the rest')
    expect([...small.all('so the one and the other')].map(([found]) => found)).toEqual([
      'so ',
      'the',
      'the',
    ])
  })

  test('a list that is missing, or a bracket that is never closed, is an error', () => {
    expect(() => phrases('{nothing}').test('')).toThrow('no list “nothing”')
    expect(() => phrases('(a|b').test('')).toThrow('lacks )')
  })
})
