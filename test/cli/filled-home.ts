import { answersFor, feed } from '../ask/file/feed.ts'
import { type Home, newHome } from '../world.ts'

/** A home with two people, one finished session, two open action items, a note, an open goal and one that was dropped. */
export async function filledHome(): Promise<Home> {
  const home = newHome()
  await feed(
    home,
    answersFor('Ana Silva', {
      reflection: {
        went_well: 'All of it.',
        questions: [{ kind: 'stretch', question: 'What?', heard: 'That.' }],
      },
      plan: {
        actions: [
          { what: 'send the deck', due: '2026-11-20' },
          { what: 'call Tom', owner: 'me' },
        ],
      },
    }),
    ['--past'],
  )
  await home.coach(['person', 'add', 'Anton Berg'])
  await home.coach(['opportunity', 'add', 'ana', 'Northwind', '--stage', 'discover'])
  await home.coach(['note', 'ana', 'She', 'waited', 'today.'])
  for (const what of ['lead a renewal', 'ski']) await home.coach(['goal', 'add', 'ana', what])
  await home.coach(['goal', 'drop', '2'])
  return home
}
export const filled = filledHome()
