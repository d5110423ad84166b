import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { filesIn, hashOfFile, query, spawnCoach } from '../../notebook/file.ts'
import { homeWithAna } from '../../ask/terminal/process.ts'
import { startScript } from '../../ask/terminal/pty.ts'
import { filledHome } from '../damage.ts'
import { canMount, expectPlain, newPlace, script, stateOf } from '../file-tools.ts'

const LONG = 'She asked about the budget. '.repeat(2000)

describe('fault 29: the disk is full', () => {
  // No file may grow beyond a size: what a full disk is to SQLite, on any machine.
  test.each([
    ['a note', 'note ana -', LONG],
    [
      'an answers file',
      'session --answers -',
      `person: Ana Silva\nguide: quick\nobservation: { saw: ${LONG} }\n`,
    ],
  ])('%s is not kept by half, and is kept when there is room', async (_what, line, text) => {
    const home = await filledHome()
    const path = join(home, 'notebook.db')
    await spawnCoach(home, 'people')
    const before = hashOfFile(path)
    writeFileSync(join(home, 'typed'), text)
    const room = Math.ceil(statSync(path).size / 1024)
    const command = line.replace('note ana -', 'note ana')
    const outcome = await script(
      home,
      `trap '' XFSZ; ulimit -f ${room}; "$NODE" "$BIN" ${command} < "$COACH_HOME/typed"`,
    )
    expectPlain(outcome, [7])
    expect(outcome.err).toMatch(
      /the disk (is full|reported an error)\. What was saved before is safe\./,
    )
    expect(outcome.out).toBe('')
    expect(hashOfFile(path)).toBe(before)
    expect(filesIn(home)).not.toContain('notebook.db-journal')
    const again = await script(home, `coach ${command} < "$COACH_HOME/typed"`)
    expect(again.code).toBe(0)
    expect(hashOfFile(path)).not.toBe(before)
    expect(stateOf(path)).toContain('She asked about the budget.')
  })

  test.each([['done 2'], ['delete session 1 --yes'], ['person add Ben']])(
    'coach %s changes nothing where not even the journal has room',
    async (line) => {
      const home = await filledHome()
      const path = join(home, 'notebook.db')
      await spawnCoach(home, 'people')
      const before = hashOfFile(path)
      const outcome = await script(home, `trap '' XFSZ; ulimit -f 1; "$NODE" "$BIN" ${line}`)
      expectPlain(outcome, [7])
      expect(hashOfFile(path)).toBe(before)
      expect((await script(home, `coach ${line}`)).code).toBe(0)
    },
  )

  test.skipIf(!canMount())('a disk of its own that is full (needs unshare)', async () => {
    const home = newPlace()
    const outcome = await script(
      home,
      `exec unshare -rm bash -c '
        coach() { "$NODE" "$BIN" "$@"; }
        mount -t tmpfs -o size=600k none "$COACH_HOME" && coach person add Ana && coach action add ana "send the deck"
        head -c 1000000 /dev/zero > "$COACH_HOME/film" 2> /dev/null
        before=$(sha256sum < "$COACH_HOME/notebook.db")
        coach people
        for line in "note ana hello" "done 1" "delete action 1 --yes"; do coach $line; echo "[$?]"; done
        [ "$before" = "$(sha256sum < "$COACH_HOME/notebook.db")" ] && echo unchanged
        rm "$COACH_HOME/film"
        coach note ana hello; echo "[$?]"; coach done 1; echo "[$?]"'`,
    )
    expect(outcome.out).toContain('Ana')
    expect(outcome.out.match(/\[\d+\]/g)).toEqual(['[7]', '[7]', '[7]', '[0]', '[0]'])
    expect(outcome.out).toContain('unchanged')
    expectPlain({ ...outcome, code: 1 }, [1])
    expect(outcome.err.split('the disk is full')).toHaveLength(4)
  })

  test.skipIf(!canMount())(
    'a new notebook on a full disk leaves nothing, and one that does not fit is told (needs unshare)',
    async () => {
      const home = newPlace()
      const outcome = await script(
        home,
        `exec unshare -rm bash -c 'mount -t tmpfs -o size=40k none "$COACH_HOME" &&
          "$NODE" "$BIN" person add Ana; echo "[$?]"; ls -A "$COACH_HOME"'`,
      )
      expect(outcome.out).toBe('[7]\n')
      expectPlain({ ...outcome, code: 1 }, [1])
      expect(outcome.err).toContain('the disk is full')
    },
  )

  test.skipIf(!canMount())(
    'in a conversation the text stays, and the same answer is saved when there is room (needs unshare)',
    async () => {
      const folder = await homeWithAna()
      const steer = newPlace()
      const inside = `cp -r "$COACH_HOME" ${steer}/home && mount -t tmpfs -o size=900k none "$COACH_HOME" &&
        cp ${steer}/home/* "$COACH_HOME" && cd "$COACH_HOME" &&
        ( while sleep 0.1; do
            [ -e ${steer}/fill ] && rm ${steer}/fill && head -c 2000000 /dev/zero > film 2> /dev/null && :
            [ -e ${steer}/free ] && rm -f ${steer}/free film
            [ -e ${steer}/end ] && cp notebook.db ${steer}/ && exit
          done ) & "$NODE" "$BIN" session ana --prepare; cp "$COACH_HOME/notebook.db" ${steer}/`
      const coach = startScript(`exec unshare -rm bash -c '${inside}'`, { folder })
      await coach.see('When and where was it?')
      await coach.answer('Discovery call')
      await coach.see('What did you see or hear?')
      writeFileSync(join(steer, 'fill'), '')
      await coach.until(() => !filesIn(steer).includes('fill'), 'a full disk')
      coach.paste('She asked about the budget. '.repeat(400))
      await coach.until(() => coach.isTyped('about the budget.'), 'the text')
      coach.press('ctrl-d')
      await coach.see(/Not saved: .* the disk is full/)
      expect(coach.text()).toContain('She asked about the budget.')
      writeFileSync(join(steer, 'free'), '')
      await coach.until(() => !filesIn(steer).includes('free'), 'room')
      coach.press('ctrl-d')
      await coach.see('Which stage of the sale was it?')
      coach.press('ctrl-c')
      writeFileSync(join(steer, 'end'), '')
      await coach.exit()
      const saved =
        "SELECT length(value) > 10000 AS whole FROM answer WHERE path = 'observation.saw'"
      expect(query(join(steer, 'notebook.db'), saved)).toEqual([{ whole: 1 }])
    },
  )
})
