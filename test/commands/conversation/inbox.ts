import { z } from 'zod'
import type { Home } from '../../world.ts'
import { json } from '../followup/played.ts'

export const ANA = ['person', 'add', 'Ana Silva']
const Notes = z.array(
  z.object({ id: z.number(), person: z.string(), text: z.string(), created_at: z.string() }),
)
export const inbox = async (home: Home, ...name: readonly string[]) =>
  Notes.parse(await json(home, ['note', '--list', ...name]))
export const textsIn = async (home: Home) => (await inbox(home)).map(({ text }) => text)
