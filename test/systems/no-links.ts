import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

/** Loaded before the program: a file system that knows no second names for a file, as that of many memory sticks (exFAT). */
Object.assign(fs, {
  linkSync(from: string) {
    throw Object.assign(new Error(`EPERM: no links, link '${from}'`), { code: 'EPERM' })
  },
})
syncBuiltinESMExports()
