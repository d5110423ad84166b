import type { CommandLine } from './command-line.ts'
import type { BackupOptions } from '../commands/backup/backup.ts'
import type { DoctorOptions } from '../commands/backup/doctor.ts'
import type { RestoreOptions } from '../commands/backup/restore.ts'

/** Backups, putting one back, and whether all is well. */
export function keepingCommands(line: CommandLine): void {
  backupCommand(line)
  restoreCommand(line)
  doctorCommand(line)
}

function backupCommand({ program, does, examples, json }: CommandLine): void {
  const backup = program
    .command('backup')
    .description('copy the notebook, and check the copy; prints where it is')
    .option('-o, --output <file>', 'a file or folder of your choice, such as a USB stick')
    .option('-f, --force', 'replace the file that is there')
    .option('--list', 'which backups there are')
    .addOption(json())
  does(backup, async (here, _args, options: BackupOptions) =>
    (await import('../commands/backup/backup.ts')).run(here, options),
  )
  examples(backup, 'coach backup', 'coach backup -o /media/stick/', 'coach backup --list')
}

function restoreCommand({ program, does, examples }: CommandLine): void {
  const restore = program
    .command('restore')
    .argument('[file]', 'a backup, or latest; lets you choose without it')
    .description('put a backup in the place of the notebook, which is kept as a copy')
    .option('-y, --yes', 'do not ask')
    .option('--other', 'take a backup of another notebook too')
    .option('--keep', 'another copy took the place of the notebook: go on with that one')
  does(restore, async (here, [file], options: RestoreOptions) =>
    (await import('../commands/backup/restore.ts')).run(here, file, options),
  )
  examples(restore, 'coach restore', 'coach restore latest')
}

function doctorCommand({ program, does, examples, json }: CommandLine): void {
  const doctor = program
    .command('doctor')
    .description('is all well with the notebook, its backups and their folders; changes nothing')
    .option('--full', 'go through every text and every backup too')
    .addOption(json())
  does(doctor, async (here, _args, options: DoctorOptions) =>
    (await import('../commands/backup/doctor.ts')).run(here, options),
  )
  examples(doctor, 'coach doctor', 'coach doctor --full')
}
