/** A case of what must never happen to a notebook. */
export interface Fault {
  readonly number: number
  /** 3: would lose or leak notes; 2: would break daily use; 1: should be right before a release. */
  readonly stars: 1 | 2 | 3
  readonly what: string
  /** Why there is no test of it, or what the test leaves out. */
  readonly reason?: string
}

const CASES = `
1 3 Killed at a random moment of a session
2 3 Ctrl-C inside a prompt
3 3 The terminal is closed
4 3 Ctrl-D, or the end of stdin
5 2 SIGTERM and SIGINT from outside
6 3 Ctrl-Z, then fg
7 3 A note of many lines is pasted
8 2 Keys that come while it saves, or under an editor
9 2 A line of 20,000 characters
10 2 Two unfinished sessions; a draft of somebody deleted or renamed
11 2 The folder of drafts is missing, read-only or full
12 1 A crash between the commit and the removal of the draft
13 3 The editor fails or is killed
14 3 What an editor writes: encodings
15 3 Coach dies while the editor is open
16 2 The editor comes back at once
17 2 No editor, not found, not executable, with arguments
18 2 An editor with characters of the shell
19 2 The editor deletes, renames, empties the file, or makes it something else
20 1 Unchanged text
21 1 The terminal around the editor
22 3 The notebook is empty, a folder, a text, another program’s
23 3 A notebook that was there is missing
24 3 A damaged header, page, half of a file
25 3 One bit flipped inside a note
26 3 A hot journal; one that was deleted, or belongs to another file
27 3 The file is deleted, moved or replaced while coach waits
28 2 Conflicted copies beside the file
29 3 The disk is full
30 3 Every k-th write, sync, removal, opening fails
31 2 A read-only file or folder, no permission
32 2 Wrong modes or owner
33 1 Links, and odd names of files
34 1 Out of file handles or memory
35 3 The same thing edited twice
36 2 Twenty writers at once
37 2 Locked by another program
38 2 Two migrations start together
39 1 A prompt that is open for days holds no lock
40 3 The file is newer than the program
41 3 A migration is killed or fails at each statement
42 3 Every released format opens
43 2 The same number, another step
44 1 An older backup in a newer program
45 3 An interrupted backup, or a full disk
46 3 Every backup is opened and checked; restoring is a round trip
47 2 Restoring while another coach runs, or over something newer
48 2 Old backups go, never the last good one
49 3 An export’s target exists, is a link, a folder, a device
50 3 Hostile names and texts in exports
51 2 Output closed early, full, or slow
52 2 An export is interrupted
53 3 Escape sequences in stored text
54 2 No terminal
55 2 Dumb terminals, no colour, screen readers
56 2 The window changes its size
57 1 Wide and combining characters, right-to-left text
58 1 The terminal after every ending
59 2 Hostile YAML
60 2 Bad values in texts
61 2 Words to search for that are syntax
62 2 Days, clocks and zones
63 1 A name that means several people
64 3 Nothing of a note lies anywhere else
65 2 No network
66 2 The native part is missing
67 1 The packed program on a clean machine
68 1 No home, an unwritable one, sudo
69 3 A window is open while the notebook is encrypted: plain drafts
70 3 Encrypting is killed between the notebook and the drafts
71 3 A draft is written and has not got its name yet
72 3 A window is open while the notebook is decrypted or gets another password
73 2 Commands race encrypt
74 3 Encrypt, with nowhere to show the recovery key
75 3 Settings that others can write: password_command, banks
76 3 A synced copy that went its own way takes the notebook's place
77 3 Two machines with clocks far apart push each other's backups out
78 2 A restore brings back somebody who was forgotten
79 2 What was deleted one by one is still in backups
80 3 A backup with a trigger, view or index that no coach made
81 3 An import with rows of one person under another
82 3 Numbers so high that two become the same
83 2 An import with a text longer than anybody can type
84 2 An export that coach refuses to take in again
85 2 Goals under goals under goals
86 2 An export that is too large to be imported
87 2 Devices and pipes without an end
88 3 A nickname, or another part of a name, in a text that is to be without names
89 2 Two people whose names look alike
90 2 More of a kind than a call of the language takes
91 2 A disk on which a change of permissions does nothing
92 2 A disk that refuses a change of permissions
`

/** Cases that have no test of their own here, or not all of one, with the reason. */
const REASONS: Readonly<Record<number, string>> = {
  61: '`coach search` is not built yet, so there is nothing to search with (Markdown and JSON exports can be searched)',
}

/** All cases, in the order of their numbers. */
export const CATALOGUE: readonly Fault[] = CASES.trim()
  .split('\n')
  .map((line) => {
    const [, number = '', stars = '', what = ''] = /^(\d+) ([123]) (.*)$/.exec(line) ?? []
    const reason = REASONS[Number(number)]
    return {
      number: Number(number),
      stars: stars === '3' ? 3 : stars === '2' ? 2 : 1,
      what,
      ...(reason === undefined ? {} : { reason }),
    }
  })

/** The numbers that the title of a test names: `fault 22, 24: …`. */
export function numbersIn(title: string): readonly number[] {
  const named = [...title.matchAll(/\bfaults? ((?:\d+(?:, | and )?)+)/g)]
  return named.flatMap(([, numbers = '']) => numbers.match(/\d+/g)?.map(Number) ?? [])
}
