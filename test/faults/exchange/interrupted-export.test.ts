import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { newFolder, tamper } from '../../notebook/file.ts'
import { BIN, environment, runScript } from '../../ask/terminal/process.ts'
import type { Home } from '../../world.ts'
import { WAYS, homeWith } from './export-homes.ts'

let readLarge: Promise<Home> | undefined

/** A home with large notes, of 200 KB each. */
async function largeHome(notes: number): Promise<Home> {
  const home = await homeWith()
  for (let n = 0; n < notes; n++) {
    tamper(
      home.notebook,
      `INSERT INTO note (uuid, person_id, status, text, created_at, updated_at, hash)
        VALUES ('n${n}', 2, 'waiting', replace(hex(zeroblob(40000)), '00', 'word '), '', '', '')`,
    )
  }
  return home
}

describe('fault 51: stdout', () => {
  test.each(WAYS)('closed early or full: export %s %s %s', async (...way) => {
    const home = await (readLarge ??= largeHome(1))
    const line = `coach export ${way.filter(Boolean).join(' ')}`
    const early = await runScript(
      home.folder,
      `${line} 2>err | head -c 100 >/dev/null; echo "\${PIPESTATUS[0]}"; grep -c bug err`,
    )
    expect(early.out).toBe('0\n0\n')
    const full = await runScript(home.folder, `${line} >/dev/full 2>err; echo $?; cat err`)
    expect(full.out).toMatch(
      /^7\n(?:.*\n)*The output could not be written: the disk may be full\.\n/,
    )
  })

  test('through a slow pipe, nothing is missing', async () => {
    const home = await largeHome(14)
    const whole = await spawnLarge(home, 'cat')
    expect(whole).toBeGreaterThan(2_500_000)
    expect(await spawnLarge(home, 'sleep 0.3; cat')).toBe(whole)
  })
})

/** How many bytes of a whole notebook as JSON come through a command. */
async function spawnLarge(home: Home, through: string): Promise<number> {
  const line = `coach export all --format json | (${through}) | wc -c`
  return Number((await runScript(home.folder, line)).out)
}

test('fault 52: an export that is killed leaves the old file, or the whole new one', async () => {
  const home = await largeHome(4)
  const out = newFolder()
  const path = join(out, 'all.json')
  writeFileSync(path, 'old')
  const env = environment(home.folder)
  const args = [BIN, 'export', 'all', '--format', 'json', '-o', path, '--force']
  for (const after of [60, 80, 100, 120, 140, 170]) {
    await new Promise((done) => {
      const child = spawn(process.execPath, args, { env, stdio: 'ignore' })
      onTestFinished(() => void child.kill('SIGKILL'))
      const timer = setTimeout(() => child.kill('SIGKILL'), after)
      child.on('close', () => {
        clearTimeout(timer)
        done(null)
      })
    })
    const text = readFileSync(path, 'utf8')
    expect(text === 'old' || text.endsWith('\n }\n}\n')).toBe(true)
    const left = readdirSync(out).filter((name) => name !== 'all.json')
    for (const name of left) expect(statSync(join(out, name)).mode & 0o777).toBe(0o600)
  }
})

test('fault 52: an export to a full disk leaves nothing, and says so', async () => {
  const home = await largeHome(4)
  const out = newFolder()
  const run = await runScript(
    home.folder,
    `ulimit -f 100; trap '' XFSZ; coach export all --format json -o ${out}/all.json; echo $?`,
  )
  expect(run.out).toBe('7\n')
  expect(run.err).toContain('Your notebook is safe.')
  expect(readdirSync(out)).toEqual([])
})
