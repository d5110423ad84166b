import type { World } from '../../world.ts'
import type { Terminal } from './screen/full-screen.ts'

/**
 * Opens what a conversation is held on: a screen that is drawn anew, or plain lines where that was asked for or the
 * terminal can show nothing else.
 * @param person who, or what, it is about
 * @param doing what is being done there; preparing or recording where it is not said
 */
export async function openScreen(world: World, person: string, doing?: string): Promise<Terminal> {
  if (world.isPlain())
    return (await import('./plain/conversation.ts')).openPlain(world, person, doing)
  return (await import('./screen/full-screen.ts')).openTerminal(world, person, doing)
}
