import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NOW, startClockAt } from './clock/clock.ts'

// No test may touch the notebook of whoever runs it.
process.env['COACH_HOME'] = mkdtempSync(join(tmpdir(), 'coach-guard-'))
process.umask(0o077)
// No test may depend on the day on which it runs, or on where.
startClockAt(NOW)
