import { parse } from 'yaml'
import type { Home } from '../../world.ts'
import { answersFor, yamlOf } from './feed.ts'

export const record = async (home: Home, session = 1): Promise<unknown> =>
  parse(await yamlOf(home, session))
export const sessions = async (home: Home): Promise<readonly { id: number; status: string }[]> =>
  JSON.parse((await home.coach(['history', '--json'])).out)

export const PREPARED = answersFor('Ana Silva', {
  reflection: { questions: [{ kind: 'obstacle', question: 'What could stop you?' }] },
  teachable_moment: { pointer: 'Wait.' },
})
