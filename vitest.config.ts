import { defineConfig, type Plugin } from 'vitest/config'

/**
 * Tests that run in this process know the shipped banks and guides as the built program does, from what the build has checked:
 * to read them anew for each command takes far longer than most tests.
 */
const shippedKnown: Plugin = {
  name: 'shipped-known',
  enforce: 'pre',
  transform: (code, id) =>
    id.endsWith('/src/library/read-layers.ts')
      ? code.replaceAll(/'\.\/((?:shipped|words)\.json)'/g, "'../../dist/$1'")
      : null,
}

export default defineConfig({
  plugins: [shippedKnown],
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/setup.ts'],
    globalSetup: ['test/build.ts'],
    testTimeout: 60_000,
    maxWorkers: 2,
    tags: [
      { name: 'clock', description: 'Touches a clock: runs on many days with npm run test:days.' },
    ],
  },
})
