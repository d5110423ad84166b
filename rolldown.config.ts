import fs from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, resolve } from 'node:path'
import { defineConfig, type Plugin } from 'rolldown'
import { knownOfShipped, wordsOfShipped } from './src/library/read-layers.ts'

/**
 * Built-in modules that are dear to import: the import reads every property of them, and some of those load much more
 * (`fs.ReadStream` all streams, `process.stdin` the keyboard). Fetched as an object, they cost nothing.
 */
const FETCH = "const all = globalThis.process.getBuiltinModule('node:fs')"
const functionsOfFs = Object.entries(Object.getOwnPropertyDescriptors(fs))
  .filter(([, property]) => typeof property.value === 'function' || property.value === fs.constants)
  .map(([name]) => `export const ${name} = /* @__PURE__ */ (() => all.${name})()`)
const CHEAP: Readonly<Record<string, string>> = {
  'node:fs': [FETCH, 'export default all', ...functionsOfFs].join('\n'),
  'node:process': 'export default globalThis.process',
  'node:util':
    "export const stripVTControlCharacters = (text) => globalThis.process.getBuiltinModule('node:util').stripVTControlCharacters(text)",
  'node:child_process':
    "export default { spawn: (...all) => globalThis.process.getBuiltinModule('node:child_process').spawn(...all) }",
}

/** Of all but `fs`, only what commander takes from them is offered. */
const isCheap = (id: string, importer: string | undefined): boolean =>
  id === 'node:fs' || (id in CHEAP && (importer?.includes('commander') ?? false))

const cheapBuiltins: Plugin = {
  name: 'cheap-builtins',
  resolveId: (id, importer) => (isCheap(id, importer) ? `\0${id}` : null),
  load: (id) => CHEAP[id.slice(1)] ?? null,
}

/** What the shipped banks and guides say, checked here once and for all (see `checkLayers`). */
const shippedKnown: Plugin = {
  name: 'shipped-known',
  async generateBundle() {
    const source = JSON.stringify(await knownOfShipped())
    this.emitFile({ type: 'asset', fileName: 'shipped.json', source })
    const words = JSON.stringify(await wordsOfShipped())
    this.emitFile({ type: 'asset', fileName: 'words.json', source: words })
  },
}

/** The package in one piece; only its binding is looked for in node_modules, in its own way. */
const BINDING = `import { createRequire } from 'node:module'
const require = createRequire(import.meta.url)
const found = require.resolve('better-sqlite3/package.json').replace(/package\\.json$/, 'lib/binding.js')
export const { getBinding } = require(found)`

const sqliteBinding: Plugin = {
  name: 'sqlite-binding',
  resolveId: (id, importer) =>
    id === './binding' && importer?.includes('better-sqlite3') ? '\0sqlite-binding' : null,
  load: (id) => (id === '\0sqlite-binding' ? BINDING : null),
}

const IMPORT = /^(?:import|export)\s(?!type\s)([^'"]*?)\bfrom\s*'(\.[^']+)'/gm

/** A file of ours with all that it loads at once, by their whole paths. What is loaded on need, or is a type, does not count. */
function loadedBy(path: string, known = new Set<string>()): ReadonlySet<string> {
  if (known.has(path)) return known
  known.add(path)
  for (const [, names = '', to = ''] of fs.readFileSync(path, 'utf8').matchAll(IMPORT)) {
    const isOfTypes = /^\{(?:\s*type [^,}]*,?)*\s*\}\s*$/.test(names)
    if (!isOfTypes) loadedBy(resolve(dirname(path), to), known)
  }
  return known
}

const loadedByAll = (roots: readonly string[]) =>
  new Set(roots.flatMap((root) => [...loadedBy(resolve('src', `${root}.ts`))]))

/** What begins every command, and the listings that people see most. */
const CORE = loadedByAll([
  'main',
  'cli/program',
  'commands/followup/review',
  'commands/followup/due',
  'commands/conversation/today',
  'commands/people/people',
])
const OF_CORE =
  /rolldown[\\/]runtime|node_modules[\\/]commander|node:(?:fs|process|util|child_process)$/
const NOTEBOOK = loadedByAll(['notebook/notebook'])
const OF_NOTEBOOK = /node_modules[\\/]better-sqlite3[\\/]|sqlite-binding/

/** Left in node_modules: what `src/lazy.ts` loads on need. */
const LEFT = new Set(['chalk', 'string-width'])

// One bundle with lazily loaded chunks: what a command does not need is not read from disk (see "How quick it is" in DECISIONS.md).
export default defineConfig({
  input: 'src/main.ts',
  platform: 'node',
  // The demonstration calls other commands directly; they are small.
  checks: { ineffectiveDynamicImport: false },
  plugins: [sqliteBinding, cheapBuiltins, shippedKnown],
  external: (id, importer) => LEFT.has(id) || (isBuiltin(id) && !isCheap(id, importer)),
  output: {
    // What every listing needs stands in one file: each file more costs about as much as a query.
    codeSplitting: {
      groups: [
        { name: 'core', test: (id) => CORE.has(id) || OF_CORE.test(id) },
        // The same for what every listing needs of the notebook; what keeps it safe stands apart.
        { name: 'notebook', test: (id) => NOTEBOOK.has(id) || OF_NOTEBOOK.test(id) },
      ],
    },
    dir: 'dist',
    format: 'esm',
    cleanDir: true,
    minify: false,
    chunkFileNames: '[name]-[hash].js',
  },
})
