import { copyFileSync, readFileSync, rmSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { openNotebook } from '../../src/notebook/notebook.ts'
import { COACH, type Folders, inTurns, median, run, since } from './run.ts'

/** What says in a child how much memory it took at most: Linux counts what stood there before the program began, too. */
const TELL_MEMORY = `data:text/javascript,process.on('exit',()=>{const fs=process.getBuiltinModule('node:fs');let kb=process.resourceUsage().maxRSS;try{kb=/VmHWM:\\s+(\\d+)/.exec(fs.readFileSync('/proc/self/status','latin1'))[1]}catch{}fs.writeFileSync(process.env.BENCH_RSS,String(kb))})`

/** Saves one answer of a conversation, as the program does after each prompt. */
function saver(path: string): { readonly save: () => number; readonly close: () => void } {
  const notebook = openNotebook(path, () => new Date())
  const [person] = notebook.people.list()
  if (!person) throw new Error('nobody is in the notebook')
  const guide = { id: 'ortp', title: 'Bench' }
  const session = notebook.write(() => notebook.sessions.start(person.id, guide))
  let round = 0
  return {
    close: () => notebook.close(),
    save() {
      round++
      const begin = process.hrtime.bigint()
      notebook.write(() =>
        notebook.answers.save(session, [
          {
            round,
            path: 'observation.saw',
            pass: 'prepare',
            kind: 'note',
            state: 'answered',
            value:
              'She asked about budget in the second minute, and the customer looked at his watch.',
            draft: null,
            wording: 'What did you see or hear?',
            questionId: null,
            visibility: 'shared',
            itemId: null,
          },
        ]),
      )
      return since(begin)
    },
  }
}

/** How long saving an answer takes in copies of the notebooks in a folder, in ms; null where they have no room there. */
export async function timesOfSaving(
  homes: readonly string[],
  folder: string,
): Promise<readonly number[] | null> {
  const paths = homes.map((home) => join(home, 'notebook.db'))
  const needed = paths.reduce((sum, path) => sum + statSync(path).size, 0)
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize < needed * 1.1) return null
  const copies = paths.map((path, at) => {
    const copy = join(folder, `saving-${at}.db`)
    copyFileSync(path, copy)
    return copy
  })
  const savers = copies.map(saver)
  try {
    return await inTurns(savers.map(({ save }) => save))
  } finally {
    for (const { close } of savers) close()
    for (const copy of copies) rmSync(copy)
  }
}

/**
 * How long the first write of a start takes where nothing is known of the file, in ms.
 * @param large from which size on the check is parted
 */
export function firstWrite(folder: string, home: string, large?: number): number {
  const copy = join(folder, 'first-write.db')
  copyFileSync(join(home, 'notebook.db'), copy)
  try {
    const turns = Array.from({ length: 3 }, () => {
      const notebook = openNotebook(copy, () => new Date(), { large })
      const begin = process.hrtime.bigint()
      notebook.write(() => notebook.rememberPrivateTold())
      const took = since(begin)
      notebook.close()
      return took
    })
    return median(turns)
  } finally {
    rmSync(copy)
  }
}

/** How much memory `coach review` takes at most, in MB. */
export function memoryOfReview({ scratch }: Folders, home: string): number {
  const file = join(scratch, 'memory')
  const turns = Array.from({ length: 5 }, () => {
    const args = ['--import', TELL_MEMORY, COACH, 'review']
    run(process.execPath, args, { COACH_HOME: home, BENCH_RSS: file })
    return Number(readFileSync(file, 'utf8')) / 1024
  })
  return Math.max(...turns)
}
