#!/usr/bin/env node
const [major, minor] = process.versions.node.split('.').map(Number)

// better-sqlite3 needs Node-API 10; without it, the process would crash without a word.
if (major < 22 || (major === 22 && minor < 14) || (major === 23 && minor < 6)) {
  process.stderr.write(
    `coach needs Node 22.14 or newer (in the 23 series, 23.6), and this is Node ${process.versions.node}. Install a newer Node and run it again.\n`,
  )
  process.exitCode = 2
} else if (process.argv.length === 3 && /^(--version|-V)$/.test(process.argv[2])) {
  const { readFileSync } = process.getBuiltinModule('node:fs')
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  process.stdout.on('error', ({ code }) => {
    if (code !== 'EPIPE') process.exitCode = 7
  })
  process.stdout.write(`${version}\n`)
} else {
  process.umask(0o077)
  // A library that asks Node what machine this is gets an answer without its network: nothing here ever looks at that.
  process.report.excludeNetwork = true
  // What V8 makes of the program is kept beside it, without a word of notes; where it cannot be written, it is made anew.
  const { fileURLToPath } = process.getBuiltinModule('node:url')
  const compiled = fileURLToPath(new URL('../dist/compiled', import.meta.url))
  process.getBuiltinModule('node:module').enableCompileCache(compiled)
  import('../dist/main.js').then(
    async ({ start }) => {
      const code = await start(process.argv.slice(2))
      process.exitCode ||= code
      return undefined
    },
    (error) => {
      const isUnbuilt = error.code === 'ERR_MODULE_NOT_FOUND'
      process.stderr.write(
        isUnbuilt
          ? 'coach is not built yet. Run: npm ci\n'
          : 'coach could not be started: a part of it cannot be read. Your notes are safe; nothing was changed.\nCheck the disk, or install coach again.\n',
      )
      process.exitCode = isUnbuilt ? 2 : 1
    },
  )
}
