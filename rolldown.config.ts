import fs from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, resolve } from 'node:path'
import { defineConfig, type Plugin } from 'rolldown'
import { eagerFunctions } from './scripts/build/eager-functions.ts'
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

/** What a notebook is compared with that coach did not write last (see `oddSchema`). */
const builtSchema: Plugin = {
  name: 'built-schema',
  async generateBundle() {
    const { schemaToBuild } = await import('./src/notebook/schema/odd-schema.ts')
    const source = JSON.stringify(schemaToBuild())
    this.emitFile({ type: 'asset', fileName: 'schema.json', source })
  },
}

/**
 * The package in one piece. Its binding for this machine is opened by its path, where it stands in one of the two places that npm puts
 * it; from anywhere else, or where it was compiled on purpose, the package finds it in its own way, which takes longer.
 */
const BINDING = `const { createRequire } = process.getBuiltinModule('node:module')
const { existsSync } = process.getBuiltinModule('node:fs')
const file = 'prebuilds/' + process.platform + '-' + process.arch + '.node'
function openedByPath() {
  for (const place of ['../node_modules/better-sqlite3/', '../../better-sqlite3/']) {
    const folder = import.meta.dirname + '/' + place
    if (!existsSync(folder + file)) continue
    if (existsSync(folder + 'build')) return null
    try {
      const opened = { exports: {} }
      process.dlopen(opened, folder + file)
      return opened.exports
    } catch {
      return null
    }
  }
  return null
}
function found(given) {
  const require = createRequire(import.meta.url)
  return require(require.resolve('better-sqlite3/package.json').replace(/package\\.json$/, 'lib/binding.js')).getBinding(given)
}
let opened
export const getBinding = (given) => (given ?? null) === null ? opened ??= openedByPath() ?? found() : found(given)`

const sqliteBinding: Plugin = {
  name: 'sqlite-binding',
  resolveId: (id, importer) =>
    id === './binding' && importer?.includes('better-sqlite3') ? '\0sqlite-binding' : null,
  load: (id) => (id === '\0sqlite-binding' ? BINDING : null),
}

/**
 * Writes letters beyond ASCII as what stands for them: V8 keeps a text in which one such letter stands twice as large, and reads it
 * more slowly.
 */
const asciiOnly: Plugin = {
  name: 'ascii-only',
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== 'chunk') continue
      // A backslash before such a letter would stand before another backslash then, and mean something else.
      if (/(?<!\\)(?:\\\\)*\\[^\0-\x7f]/.test(file.code)) {
        throw new Error(`${file.fileName} has a backslash before a letter beyond ASCII`)
      }
      file.code = file.code.replaceAll(
        /[^\0-\x7f]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
      )
    }
  },
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
  plugins: [sqliteBinding, cheapBuiltins, shippedKnown, builtSchema, asciiOnly, eagerFunctions],
  external: (id, importer) => LEFT.has(id) || (isBuiltin(id) && !isCheap(id, importer)),
  output: {
    // What every listing needs stands in one file: each file more costs about as much as a query.
    codeSplitting: {
      groups: [
        {
          name: 'core',
          test: (id) =>
            CORE.has(id) || NOTEBOOK.has(id) || OF_CORE.test(id) || OF_NOTEBOOK.test(id),
        },
      ],
    },
    dir: 'dist',
    format: 'esm',
    cleanDir: true,
    minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
    chunkFileNames: '[name]-[hash].js',
  },
})
