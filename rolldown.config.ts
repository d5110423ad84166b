import { builtinModules } from 'node:module'
import { defineConfig } from 'rolldown'

// One bundle with lazily loaded chunks: what a command does not need is not read from disk (see "Start-up" in README.md).
export default defineConfig({
  input: 'src/main.ts',
  platform: 'node',
  external: ['better-sqlite3', 'chalk', 'string-width', ...builtinModules, /^node:/],
  output: {
    // What every listing needs stands in one file: each file more costs about as much as a query.
    codeSplitting: {
      groups: [
        {
          name: 'core',
          test: /src[\\/](main|cli|world|errors|text|paint|lazy|model|dates|render[\\/](layout|words|review|today|people|history)|commands[\\/](review|find|present|today|people))\.ts$|node_modules[\\/]commander/,
        },
      ],
    },
    dir: 'dist',
    format: 'esm',
    cleanDir: true,
    minify: false,
    chunkFileNames: '[name]-[hash].js',
  },
})
