import { describe, expect, test } from 'vitest'
import { newHome, taken, texts } from './take-list.ts'

describe('a list is read from', () => {
  test('plain text, one question a line', async () => {
    const list = `My list for Mondays
1. What took longer than planned?
Q2: Whom did you help? - good after holidays
“Which mail did you put off?” (ask late)
3) Tell me about the oddest call.
https://example.org/more?
Have fun.
   • What would you hand over?!
4. How was it - honestly? - And why?
`
    expect(await texts('list.txt', list)).toEqual([
      'What took longer than planned?',
      'Whom did you help?',
      'Which mail did you put off?',
      'Tell me about the oddest call.',
      'What would you hand over?',
      'How was it - honestly? - And why?',
    ])
  })

  test('Markdown, with its lists and without its marks', async () => {
    const list = `# Questions? Plenty
Are you looking for questions?

- [What is in here?](#here)

## Calls
* What do you **hear** when a buyer says \`later\`?
* Silence
  1. How long do you [wait](https://example.org) before you go on?
- [ ] **Mood:** Which call cheered you up? What was it about?
- Not a question

<!-- What is this? -->
\`\`\`
Why code?
\`\`\`
`
    expect(await texts('list.md', list)).toEqual([
      'What do you hear when a buyer says later?',
      'How long do you wait before you go on?',
      'Which call cheered you up? What was it about?',
    ])
  })

  test('Markdown without lists: paragraphs, or headings', async () => {
    const paragraphs = '# Mine\n\nWhat came first?\nWhat came second?\n\nWhere did it end?\n'
    expect(await texts('list.md', paragraphs)).toHaveLength(3)
    const headings =
      '# Mine\n\n## Whom do you admire?\n\nSays a lot.\n\n## Where do you hide?\n\nToo.\n'
    expect(await texts('list.md', headings)).toEqual(['Whom do you admire?', 'Where do you hide?'])
  })

  test.each([
    ['with a head', 'No,Question,Stage\n1,"When it stalls, what then?",close\n2,Plain?,\n'],
    ['with semicolons', 'question;stage\r\n"When it stalls, what then?";Close\r\nPlain?;\r\n'],
    ['with tabs', 'stage\tprompt\nclose\tWhen it stalls, what then?\n\tPlain?\n'],
    ['without a head', '7,"When it stalls, what then?",x\n8,Plain?,y\n'],
    ['of one column without quotes', 'question\nWhen it stalls, what then?\nPlain?\n'],
  ])('CSV %s', async (_how, list) => {
    const found = await taken('list.csv', list)
    expect(found.map(({ text }) => text)).toEqual(['When it stalls, what then?', 'Plain?'])
  })

  test.each(['No,Question,Stage\n1,What now?,close\n', 'stage;prompt\r\nClose;What now?\r\n'])(
    'CSV with a column of stages: %j',
    async (list) => {
      expect(await taken('list.csv', list)).toMatchObject([{ stages: ['close'] }])
    },
  )

  test('CSV with columns for tags', async () => {
    const list =
      'question,kind,skills,style,why\nWhat now?,"Sub-goal, stretch",Listening,scaling,Brings it to a point\n'
    const home = newHome()
    await home.take('list.csv', list)
    expect((await home.library()).questions.find(({ bank }) => bank === 'list')).toMatchObject({
      kinds: ['sub_goal', 'stretch'],
      skills: ['listening'],
      style: 'scaling',
      why: 'Brings it to a point',
    })
  })

  test.each([
    ['an array of texts', ['What now?', 'Where to?', 'no']],
    [
      'an array of objects',
      [
        { id: 1, question: 'What now?' },
        { title: 'A', text: 'Where to?' },
      ],
    ],
    ['an object of categories', { Start: ['What now?'], End: { deep: ['Where to?'] } }],
    [
      'objects in groups',
      { groups: [{ name: 'x', items: [{ content: 'What now?' }] }, 'Where to?'] },
    ],
  ])('JSON: %s', async (_what, list) => {
    expect(await texts('list.json', JSON.stringify(list))).toEqual(['What now?', 'Where to?'])
  })

  test('JSON, whose follow-up questions stay with their question', async () => {
    const home = newHome()
    const list = [{ question: 'Which part was new?', followUps: ['What else?'], skill: 'planning' }]
    await home.take('list.json', JSON.stringify(list))
    expect((await home.library()).questions.filter(({ bank }) => bank === 'list')).toEqual([
      expect.objectContaining({
        text: 'Which part was new?',
        follow_ups: ['What else?'],
        skills: ['planning'],
      }),
    ])
  })

  test.each([
    ['JSON', '["What now?", "Where to?"]'],
    ['Markdown', '# Mine\n- What now?\n- Where to?\n'],
    ['CSV', 'nr,question\n1,What now?\n2,Where to?\n'],
    ['plain text', 'What now?\nWhere to?\n'],
  ])('stdin, where its look tells %s', async (_what, list) => {
    expect(await texts('-', list)).toEqual(['What now?', 'Where to?'])
  })

  test('Spanish, which shows at its marks', async () => {
    const home = newHome()
    await home.take('lista.txt', '¿Qué viste?\n¿Qué oíste hoy?\nCuéntame de la visita.\n')
    expect(home.bank('lista')).toContain('language: es\n')
    expect(home.bank('lista')).toContain('Cuéntame de la visita.')
  })
})

describe('tags', () => {
  test.each([
    ['What is standing in your way with this buyer?', { kinds: ['obstacle'] }],
    ['What is the first step you could take on Monday?', { kinds: ['sub_goal'] }],
    ['What would you try if you had a magic wand?', { kinds: ['stretch'] }],
    ['How should I check in with you about this?', { kinds: ['accountability'] }],
    ['How can I support you with the visit?', { kinds: ['commitment'] }],
    ['From 1 to 10, how calm were you?', { style: 'scaling', kinds: [] }],
    ['Imagine the room empties. What then?', { style: 'hypothetical' }],
    ['What would the customer say about the visit?', { style: 'perspective' }],
    ['Which objection did you hear twice?', { skills: ['handling-objections'] }],
    ['What did you write into the proposal?', { stages: ['propose'] }],
    ['Where in your territory have you never been?', { areas: ['territory'] }],
    ['How close are you, and what is your lead?', { stages: [], areas: [] }],
  ])('%s', async (text, tags) => {
    expect(await taken('list.txt', `${text}\n`)).toEqual([expect.objectContaining(tags)])
  })

  test('come from the heading, where the question itself says nothing', async () => {
    const found = await taken(
      'list.md',
      '## Obstacles\n- What was it?\n## Negotiate\n- And where?\n',
    )
    expect(found).toMatchObject([{ kinds: ['obstacle'] }, { kinds: [], stages: ['negotiate'] }])
  })
})
