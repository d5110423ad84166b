import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

// No test may touch the notebook of whoever runs it.
process.env['COACH_HOME'] = mkdtempSync(join(tmpdir(), 'coach-guard-'))
process.env['TZ'] = 'UTC'
process.umask(0o077)
