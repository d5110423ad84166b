import { Option } from 'commander'
import type { CommandLine } from './command-line.ts'
import type { DecryptOptions } from '../commands/encryption/decrypt.ts'
import type { EncryptOptions } from '../commands/encryption/encrypt.ts'

/** Putting the notebook under a password, and taking it off. */
export function encryptionCommands(line: CommandLine): void {
  encryptCommand(line)
  decryptCommand(line)
}

function encryptCommand({ program, does, examples }: CommandLine): void {
  const encrypt = program
    .command('encrypt')
    .description('put the notebook under a password, or under another one')
    .addOption(
      new Option('--wipe', 'overwrite and remove the old, unencrypted file').conflicts('keep'),
    )
    .option('--keep', 'keep the old, unencrypted file among the backups')
    .addOption(
      new Option('--backups <what>', 'what becomes of backups without the new password').choices([
        'encrypt',
        'remove',
        'keep',
      ]),
    )
    .option('--change', 'give an encrypted notebook another password')
    .option('--new-password-file <file>', 'with --change: the new password, in its first line')
  does(encrypt, async (here, _args, options: EncryptOptions) =>
    (await import('../commands/encryption/encrypt.ts')).encrypt(here, options),
  )
  examples(encrypt, 'coach encrypt', 'coach encrypt --change')
  encrypt.addHelpText('after', ABOUT)
}

function decryptCommand({ program, does, examples }: CommandLine): void {
  const decrypt = program
    .command('decrypt')
    .description('make the notebook a plain file again')
    .option('--yes', 'do not ask')
  does(decrypt, async (here, _args, options: DecryptOptions) =>
    (await import('../commands/encryption/decrypt.ts')).decrypt(here, options),
  )
  examples(decrypt, 'coach decrypt')
}

const ABOUT = `
coach then asks for the password whenever it opens the notebook. It can also
come from the first line of a file (--password-file FILE, on every command), or
from a command named in config.yaml, as in: password_command: pass show coach
A recovery key is printed once, to be kept on paper. Without the password and
without that key, nobody can open the notebook.
`
