import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { bash } from '../tools.ts'
import { RESULTS } from './units.ts'

/** npm goes by the settings of whoever runs the sweep: where packages come from, and what is at hand already. */
export const NPM = Object.fromEntries(
  Object.entries({ ...process.env, npm_config_loglevel: 'error' }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  ),
)

/** The oldest version of Node that the package says it runs on. */
function oldestVersion(): string {
  const text = readFileSync(resolve(import.meta.dirname, '../../../package.json'), 'utf8')
  const [version = ''] = /\d+\.\d+\.\d+/.exec(String(JSON.parse(text).engines.node)) ?? []
  return version
}

/** Fetches the oldest Node from the npm package `node`, unless it was fetched before. */
function oldestNode(): string {
  const folder = join(RESULTS, `node-${oldestVersion()}`)
  const node = join(folder, 'node_modules/node/bin/node')
  if (existsSync(node)) return node
  mkdirSync(folder, { recursive: true })
  // Its install script is what links the program for this machine.
  const allowed = { private: true, allowScripts: { node: true } }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(allowed))
  const install = `npm install --no-audit --no-fund node@${oldestVersion()}`
  const { code, err } = bash(install, NPM, { cwd: folder })
  if (code !== 0) throw new Error(err)
  return node
}

/** The Nodes to try: the one that runs this test, the oldest one, and those named in COACH_TEST_NODES, parted by colons. */
export function nodesToTry(): readonly string[] {
  const more = (process.env['COACH_TEST_NODES'] ?? '').split(':').filter(Boolean)
  return [process.execPath, oldestNode(), ...more]
}
