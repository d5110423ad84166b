import { describe, expect, test } from 'vitest'
import { CUES, type Cue } from '../cues.ts'
import { newFolder, run } from '../process.ts'
import { type Pty, startCoach, startScript, withoutKeys } from '../pty.ts'
import { NEEDED, ORTP_PREPARE, QUICK_RECORD, atHome, quickCues, reach } from './reach-prompt.ts'

describe('fault 2: Ctrl-C leaves at once, and everything typed is there at the next start', () => {
  test.each([
    { kind: 'line', asks: 'When and where was it?', typed: 'Call with Nor' },
    { kind: 'note', asks: 'What did you see or hear?', typed: 'She asked early and th' },
    { kind: 'choice', asks: 'Which stage of the sale was it?' },
    { kind: 'yes/no', asks: 'Add detail? (effect' },
    { kind: 'note among details', asks: 'What effect did it have?', typed: 'He looked aw' },
    { kind: 'rating', asks: 'How far along is that skill' },
    { kind: 'question', asks: 'Commitment: Which question' },
    { kind: 'own question', asks: 'Obstacle: Which question', typed: 'What would y', opens: 'w' },
  ])('$kind', async ({ asks, typed, opens }) => {
    const { code, said, before, after } = await leaveAndResume(ORTP_PREPARE, CUES.ortp.prepare, {
      asks,
      typed,
      opens,
    })
    expect(code).toBe(130)
    expect(said).toBe(PAUSED)
    expect(after).toBe(before)
  })

  test('line, with nothing typed yet', async () => {
    const asks = 'When and where was it?'
    const { code, said } = await leaveAndResume(ORTP_PREPARE, [], { asks })
    expect(code).toBe(130)
    expect(said).toBe(PAUSED.replace(/Paused.*kept\./, 'Nothing was written yet.'))
  })

  test.each([
    { kind: 'note', asks: 'What would they do differently?', typed: 'I would wa' },
    { kind: 'action', asks: 'What was agreed, and by when?', typed: 'send the deck by fr' },
    { kind: 'date', asks: 'send the notes By when?', typed: 'in 2 we' },
    { kind: 'owner', asks: 'send the notes Who does it?' },
    { kind: 'yes/no', asks: 'send the notes Make it firmer?' },
  ])('$kind while recording', async ({ asks, typed }) => {
    const cues = [
      ...quickCues,
      { asks: 'send the notes By when?', reply: (coach: Pty) => coach.answer('2031-01-03') },
      { asks: 'send the notes Who does it?', reply: (coach: Pty) => coach.type('2') },
    ]
    const place = { asks, typed }
    const { code, said, before, after } = await leaveAndResume(QUICK_RECORD, cues, place)
    expect(code).toBe(130)
    expect(said).toBe(PAUSED)
    expect(after).toBe(before)
  })

  const PAUSED =
    'This is about Ana Silva. Paused. Everything you answered is kept. Continue with: coach session ana'

  /** Leaves at a prompt, and comes back: what was said in between, and the prompt before and after. */
  async function leaveAndResume(
    args: readonly string[],
    cues: readonly Cue[],
    place: {
      readonly asks: string
      readonly typed?: string | undefined
      readonly opens?: string | undefined
    },
  ): Promise<{ code: number; said: string; before: string; after: string }> {
    const options = await atHome()
    const coach = await reach(args, options, cues, place.asks)
    if (place.opens !== undefined) {
      coach.type(place.opens)
      await coach.until(() => !coach.text().includes('Write my own'), 'a line to write in')
    }
    if (place.typed !== undefined) {
      coach.type(place.typed)
      await coach.see(`› ${place.typed}`)
    }
    const before = withoutKeys(coach)
    coach.press('ctrl-c')
    const code = await coach.exit()
    const again = startCoach(args, options)
    await again.see(place.asks)
    return { code, said: coach.text(), before, after: withoutKeys(again) }
  }

  test('a second Ctrl-C does no harm', async () => {
    const coach = startCoach(ORTP_PREPARE, await atHome())
    await coach.see('When and where was it?')
    coach.type('\x03\x03')
    expect(await coach.exit()).toBe(130)
    expect(coach.raw()).not.toMatch(/ at .*:\d+:\d+|bug in coach/)
  })

  test('a half-typed correction is kept', async () => {
    const options = await atHome()
    const coach = await reach(ORTP_PREPARE, options, CUES.ortp.prepare, 'What did you see or hear?')
    coach.press('ctrl-p')
    await coach.see('When and where was it?')
    coach.type(' in the morning')
    await coach.see('› Discovery call with Northwind in the morning')
    coach.press('ctrl-c')
    expect(await coach.exit()).toBe(130)

    const again = startCoach(['session', 'ana'], options)
    const isFurther = await again.seeOneOf(['When and where was it?', 'What did you see or hear?'])
    if (isFurther) again.press('ctrl-p')
    await again.see('When and where was it?')
    expect(again.text()).toContain('› Discovery call with Northwind in the morning')
  })

  test('at the small questions before a conversation', async () => {
    const folder = newFolder()
    const coach = startCoach(['session', 'Ana Silva'], { folder })
    await coach.see('Add them?')
    coach.press('ctrl-c')
    expect(await coach.exit()).toBe(130)
    expect(coach.text()).toContain('Stopped.')
    const { out } = await run(folder, 'people', '--json')
    expect(JSON.parse(out)).toEqual([])
  })

  test('coach says that nothing was changed only when that is so', async () => {
    const folder = newFolder()
    const coach = startCoach(['session', 'Ana Silva'], { folder })
    await coach.see('Add them?')
    coach.press('enter')
    await coach.see('Before the conversation, or now?')
    coach.press('ctrl-c')
    expect(await coach.exit()).toBe(130)
    const { out } = await run(folder, 'people', '--json')
    expect(coach.text().includes('Nothing was changed')).toBe(!out.includes('Ana Silva'))
  })

  test('while a session is corrected', async () => {
    const options = await atHome()
    const coach = await reach(
      ['session', 'ana', '--prepare', '--quick'],
      options,
      CUES.quick.prepare,
      'Saved',
    )
    expect(await coach.exit()).toBe(0)
    const edit = startCoach(['edit', '1'], options)
    await edit.see('› Three questions in a row.')
    edit.press('ctrl-c')
    expect(await edit.exit()).toBe(130)
  })
})

describe('fault 4: Ctrl-D', () => {
  test('ends a note', async () => {
    const coach = await reach(
      ORTP_PREPARE,
      await atHome(),
      CUES.ortp.prepare,
      'What did you see or hear?',
    )
    await coach.answer('She asked early.', 'ctrl-d')
    await coach.see('Which stage of the sale was it?')
    expect(coach.text()).toContain('Saw or heard She asked early.')
  })

  test('does not end a needed note that is empty', async () => {
    const coach = startCoach(ORTP_PREPARE, await atHome())
    await coach.see('When and where was it?')
    coach.press('ctrl-d')
    await coach.see(NEEDED)
    expect(coach.text()).toContain('When and where was it?')
  })

  test('at a small question stops, as Ctrl-C does', async () => {
    const folder = newFolder()
    const coach = startCoach(['session', 'Ana Silva'], { folder })
    await coach.see('Add them?')
    coach.press('ctrl-d')
    expect(await coach.exit()).toBe(130)
    const { out } = await run(folder, 'people', '--json')
    expect(JSON.parse(out)).toEqual([])
  })
})

describe('fault 6: Ctrl-Z under a shell with job control', () => {
  const READY = /ready>$/
  const startShell = async () => {
    const options = await atHome()
    const shell = startScript('PS1="ready> " exec bash --norc -i', options)
    await shell.see(READY)
    return shell
  }

  test('does not stop a conversation, and loses nothing', async () => {
    const shell = await startShell()
    shell.type('"$NODE" "$BIN" session ana --prepare\r')
    await shell.see('When and where was it?')
    shell.type('Call on')
    await shell.see('› Call on')
    shell.press('ctrl-z')
    shell.type(' Tuesday')
    await shell.see('› Call on Tuesday')
    shell.press('enter')
    await shell.see('What did you see or hear?')
    shell.press('ctrl-c')
    await shell.see(/Continue with: coach session ana ready>$/)
    expect(shell.firstPage()).not.toMatch(/Stopped|command not found/)
  })
})
