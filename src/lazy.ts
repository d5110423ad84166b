import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/**
 * What only some commands need, loaded at that moment and without a promise: the width of text beyond Latin
 * letters, colours, and hashes for what is written. Together they cost as much as a whole `coach review` (see `npm run bench`).
 */
export const lazy = {
  stringWidth: (): typeof import('string-width').default => {
    const { default: stringWidth }: typeof import('string-width') = require('string-width')
    return stringWidth
  },
  crypto: (): typeof import('node:crypto') => require('node:crypto'),
  chalk: (): typeof import('chalk') => require('chalk'),
}
