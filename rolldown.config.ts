import { builtinModules } from 'node:module'
import { defineConfig } from 'rolldown'

// One bundle with lazily loaded chunks: what a command does not need is not read from disk (see "Start-up" in README.md).
export default defineConfig({
  input: 'src/main.ts',
  platform: 'node',
  external: ['better-sqlite3', ...builtinModules, /^node:/],
  output: {
    dir: 'dist',
    format: 'esm',
    cleanDir: true,
    minify: false,
    chunkFileNames: '[name]-[hash].js',
  },
})
