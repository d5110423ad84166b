import { draftsSealed, resealDrafts } from '../../drafts/sealed-drafts.ts'
import { takeUpUnfinished } from '../../drafts/unfinished-drafts.ts'
import { CoachError, EXIT, notFound, usageError } from '../../errors.ts'
import type { Key } from '../../notebook/file/connect.ts'
import { newDraftKey } from '../../notebook/schema/row-values.ts'
import {
  copiesUnder,
  pathForOld,
  plainBeside,
  plainCopies,
} from '../../notebook/encryption/unprotected-copies.ts'
import { type Rekey, rekey } from '../../notebook/encryption/rekey.ts'
import { recoveryKeyOf } from '../../notebook/encryption/recovery-key.ts'
import { saltOf } from '../../notebook/file/header.ts'
import { keyFrom, newKey } from '../../notebook/encryption/password-key.ts'
import { count, sayList } from '../../text/text.ts'
import type { World } from '../../world.ts'
import { type CopyChoice, treatCopies } from './reencrypt-copies.ts'
import { sayDrafts, sayDraftsBeside } from './say-drafts.ts'
import { newPassword } from './new-password.ts'
import { mustBeAbleToAsk } from '../../ask/flags/require-terminal.ts'
import { tell } from '../../output/print.ts'
import { rememberSeen } from '../../start/remember-seen.ts'

/** Flags of `coach encrypt`. */
export interface EncryptOptions {
  readonly wipe?: boolean
  readonly keep?: boolean
  readonly backups?: CopyChoice
  readonly change?: boolean
  readonly newPasswordFile?: string
}

/** `coach encrypt`: puts the notebook under a password; with `--change`, under another one. */
export async function encrypt(world: World, options: EncryptOptions): Promise<void> {
  const notebook = await world.read()
  if (!notebook) {
    throw notFound('There is no notebook to encrypt yet.', 'Begin with: coach session NAME')
  }
  notebook.refuseStranger()
  const { path, key, draftKey } = notebook
  const { drafts } = world.places
  if (options.change && key === null) {
    throw usageError(`${path} is not encrypted. Nothing was changed.`, 'Run: coach encrypt')
  }
  if (!options.change && options.newPasswordFile !== undefined) {
    throw usageError('--new-password-file goes with --change.', 'Give --password-file FILE.')
  }
  if (key !== null && !options.change) {
    const copies = plainCopies(notebook)
    tell(world, `${path} is encrypted already. Another password: coach encrypt --change`)
    // An earlier encryption that was ended in the middle, or a window that was open then, left them plain.
    takeUpUnfinished(drafts, world.isRunning)
    const sealed = draftKey === null ? 0 : resealDrafts(drafts, draftKey, draftKey)
    if (sealed > 0)
      tell(
        world,
        `Encrypted ${count(sealed, 'text')} that ${sealed === 1 ? 'was' : 'were'} typed and not saved.`,
      )
    sayDrafts(world, draftKey)
    const choice = await chooseForCopies(world, copies.own, options)
    treatCopies(world, copies, { notebook: path, choice, from: null, to: key, draftKey })
    return
  }

  if (world.stdout.isShown?.() === false) throw nowhereToShow()
  if (world.canAsk()) tell(world, explain(path, key))
  const isWiped = key !== null || (await chooseForOld(world, options))
  const copies = key === null ? plainCopies(notebook) : copiesUnder(notebook, key)
  const choice = await chooseForCopies(world, copies.own, options)
  const password = await newPassword(world, options)

  world.close()
  const to = newKey(password)
  takeUpUnfinished(drafts, world.isRunning)
  const isNeeded = draftKey !== null && (key !== null || draftsSealed(drafts) > 0)
  const newDraft = isNeeded ? draftKey : newDraftKey()
  const keepAt = isWiped ? null : pathForOld(path, world.now())
  putUnder(world, to, {
    path,
    from: key,
    again: (file) => againFrom(password, file),
    stamp: { draftKey: newDraft, isWrite: true },
    keepAt,
    program: world.program,
  })
  rememberSeen(world, to)
  tell(
    world,
    `Encrypted ${path}. Every row was read back from the new file and compared. ${sayOld(keepAt)}`,
  )
  // What was typed and not saved is sealed with the notebook's own key from now on.
  takeUpUnfinished(drafts, world.isRunning)
  resealDrafts(drafts, draftKey, newDraft)
  treatCopies(world, copies, { notebook: path, choice, from: key, to, draftKey: newDraft })
  tell(world, sayElse(path, sayDraftsBeside(world, newDraft)))
}

/** Encrypts the file; its recovery key is shown before it counts. Where it cannot be, nothing is changed. */
function putUnder(world: World, to: Key, how: Omit<Rekey, 'to' | 'onProved'>): void {
  let isShown = false
  const onProved = () => {
    printRecoveryKey(world, to)
    if (world.stdout.isShown?.() === false) throw nowhereToShow()
    isShown = true
  }
  try {
    rekey({ ...how, to, onProved })
  } catch (error) {
    const isUsed = saltOf(how.path)?.equals(to.salt) ?? false
    if (isUsed) tellToWriteDown(world)
    if (!isShown || isUsed || !(error instanceof CoachError)) throw error
    const { exitCode, message, next, cause } = error
    const said = `${message} The recovery key above opens nothing: throw it away.`
    throw new CoachError(exitCode, said, next, { cause })
  }
  tellToWriteDown(world)
}

function tellToWriteDown(world: World): void {
  tell(
    world,
    'Write it down on paper, and keep it away from this computer. It opens the notebook and its backups without the password, and is not shown again.\n',
  )
}

function nowhereToShow(): CoachError {
  return new CoachError(
    EXIT.cannotWrite,
    'The recovery key cannot be shown: nobody reads the output. Nothing was encrypted or changed.',
    'Run the command again in a terminal, with its output neither closed nor sent elsewhere.',
  )
}

function explain(path: string, key: Key | null): string {
  const what =
    key === null
      ? 'encrypted. From then on coach asks for a password before it shows anything'
      : 'put under another password, with another recovery key'
  return (
    `${path} is about to be ${what}. ` +
    'Nobody can open it without the password or the recovery key, and neither can be replaced.'
  )
}

function againFrom(password: string, file: string): Key | null {
  const salt = saltOf(file)
  return salt && keyFrom(password, salt)
}

function printRecoveryKey(world: World, key: Key): void {
  const whole = recoveryKeyOf(key)
  // On a narrow screen it would be broken anywhere; as a file it is one word.
  const half = Math.ceil(whole.length / 2)
  const lines = world.stdout.isTTY ? [whole.slice(0, half), whole.slice(half)] : [whole]
  world.print(`Recovery key:\n\n${lines.map((line) => `  ${line}\n`).join('')}\n`)
}

function sayOld(keepAt: string | null): string {
  return keepAt === null
    ? 'The old file was overwritten and removed.'
    : `The old file, which is not encrypted, is kept: ${keepAt}`
}

/** What coach cannot reach is said, not passed over. */
function sayElse(path: string, typed: string): string {
  const beside = plainBeside(path)
  const copies =
    beside.length === 0
      ? ''
      : `Beside it ${beside.length === 1 ? 'lies a copy that is' : 'lie copies that are'} not encrypted: ${sayList(beside)}\n`
  return `${copies}${typed}Files that you exported, and what a disk, a synchronising program or a backup of the computer has kept, are as they were.`
}

async function chooseForOld(world: World, { wipe, keep }: EncryptOptions): Promise<boolean> {
  if (wipe || keep) return wipe === true
  mustBeAbleToAsk(
    world,
    'Nothing was changed. Add --wipe to overwrite and remove the old file, or --keep to keep it.',
  )
  const { choose } = await import('../../ask/terminal/single-questions.ts')
  const answer = await choose(world, 'When the new file is proved, the old one, unencrypted, is:', [
    { id: 'wipe', title: 'overwritten and removed' },
    { id: 'keep', title: 'kept in the folder of backups, as it is' },
  ])
  return answer === 'wipe'
}

async function chooseForCopies(
  world: World,
  copies: readonly string[],
  { backups }: EncryptOptions,
): Promise<CopyChoice> {
  if (backups) return backups
  if (copies.length === 0) return 'keep'
  const many = count(copies.length, 'backup')
  mustBeAbleToAsk(
    world,
    `Nothing was changed. There is ${many} to decide about: add --backups encrypt, --backups remove or --backups keep.`,
  )
  const { choose } = await import('../../ask/terminal/single-questions.ts')
  return await choose(world, `${many} of it can be read without the new password. They are:`, [
    { id: 'encrypt', title: 'encrypted too' },
    { id: 'remove', title: 'overwritten and removed' },
    { id: 'keep', title: 'kept as they are' },
  ])
}
