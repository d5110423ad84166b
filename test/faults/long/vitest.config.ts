import { defineConfig } from 'vitest/config'

/** The long sweeps: random kills, damaged files, the k-th failure of the disk. Run with `npm run faults:long`. */
export default defineConfig({
  test: {
    include: ['test/faults/long/**/*.long.ts'],
    setupFiles: ['test/setup.ts'],
    globalSetup: ['test/build.ts'],
    testTimeout: 36_000_000,
    maxWorkers: 2,
  },
})
