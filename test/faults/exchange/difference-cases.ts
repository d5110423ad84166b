import { createHash } from 'node:crypto'

export const hashOf = (...texts: readonly (string | null)[]) =>
  createHash('sha256').update(JSON.stringify(texts)).digest('hex')
/** The texts beside the first that an item has, all of them empty. */
export const NONE = [null, null, null, null, null, null]

/** What was typed in one of two copies; `SQL …` is done to the file. */
export type Lines = readonly string[]

/** One kind of difference: what was done in each copy, what is said about it, and which commands take the other side. */
interface Case {
  readonly what: string
  readonly here?: Lines
  readonly there?: Lines
  readonly said: readonly string[]
  readonly commands: readonly string[]
  /** A statement that gives the same rows in both afterwards. */
  readonly same: string
}

const ITEMS = `SELECT uuid, status, what, owner, due_on, "if", "then", "else", obstacle, measure, result, support,
  carried, repeat, (SELECT uuid FROM goal WHERE id = goal_id) AS goal FROM action_item ORDER BY uuid`
const PEOPLE = `SELECT name, relation, role, leads_others, coalesce(cadence_days, 14) AS cadence,
  archived_at IS NULL AS here FROM person ORDER BY uuid`
const GOALS = `SELECT what, status, is_stretch, due_on,
  (SELECT uuid FROM goal p WHERE p.id = g.parent_id) AS above FROM goal g ORDER BY uuid`
const NOTES = `SELECT text, status FROM note ORDER BY uuid`
const OPPORTUNITIES = 'SELECT name, stage, closed_at IS NULL AS open FROM opportunity ORDER BY uuid'
const PLANS = "SELECT planned_on FROM next_session WHERE status = 'planned'"
const SESSIONS = `SELECT guide, status, held_on, (SELECT uuid FROM opportunity WHERE id = opportunity_id) AS opportunity
  FROM session ORDER BY uuid`
const ANSWERS = `SELECT uuid, round, path, state, value, visibility FROM answer
  WHERE path NOT LIKE 'promises.%' ORDER BY uuid`

export const CASES: readonly Case[] = [
  {
    what: 'an item done',
    there: ['done 2'],
    said: ['Action item 2, “send the deck” (Ana Silva)', 'state: open here, done there'],
    commands: ['coach done 2'],
    same: ITEMS,
  },
  {
    what: 'an item missed after it was partly done',
    there: ['part 2', 'missed 2'],
    said: ['state: open here, missed there'],
    commands: ['coach missed 2'],
    same: ITEMS,
  },
  {
    what: 'an item partly done',
    there: ['part 2'],
    said: ['state: open here, partly done there'],
    commands: ['coach part 2'],
    same: ITEMS,
  },
  {
    what: 'an item dropped',
    there: ['drop 2'],
    said: ['state: open here, dropped there'],
    commands: ['coach drop 2'],
    same: ITEMS,
  },
  {
    what: 'an item carried and done',
    there: ['carry 2 --to 2026-11-30', 'done 2'],
    said: [
      'times carried: 0 here, 1 there',
      'day: Fri 27 Nov here, Mon 30 Nov there',
      'state: open here, done there',
    ],
    commands: ['coach carry 2 --to 2026-11-30', 'coach done 2'],
    same: ITEMS,
  },
  {
    what: 'an item carried twice, to a day that has passed',
    there: ['carry 2 --to 2026-11-30', 'carry 2 --to 2026-11-20 --past'],
    said: ['times carried: 0 here, 2 there', 'day: Fri 27 Nov here, Fri 20 Nov there'],
    commands: ['coach carry 2 --to 2026-11-20 --past', 'coach carry 2 --to 2026-11-20 --past'],
    same: ITEMS,
  },
  {
    what: 'an item of another day',
    there: ['action edit 2 --due 2026-12-04'],
    said: ['day: Fri 27 Nov here, Fri 4 Dec there'],
    commands: ['coach action edit 2 --due 2026-12-04'],
    same: ITEMS,
  },
  {
    what: 'an item without a day',
    there: ['action edit 2 --due ""'],
    said: ['day: Fri 27 Nov here, none there'],
    commands: ['coach action edit 2 --due ""'],
    same: ITEMS,
  },
  {
    what: 'the words of an item',
    there: [
      'action edit 2 --what "send it by fri" --due 2026-11-27 --owner me --if noon --then "call \\$HOME" --else mail',
      `action edit 2 --obstacle "it's late" --measure "a 'yes'" --result won --support "I ask" --repeat "every week"`,
    ],
    said: ['text: “send the deck” here, “send it by fri” there', 'owner: them here, me there'],
    commands: [
      `coach action edit 2 --what "send it by fri" --owner me --if noon --then 'call $HOME' --else mail --obstacle "it's late" --measure "a 'yes'" --result won --support "I ask" --repeat "every week" --due 2026-11-27`,
    ],
    same: ITEMS,
  },
  {
    what: 'words taken out of an item',
    here: ['action edit 2 --obstacle time --support "I ask"'],
    said: ['obstacle: “time” here, none there', 'support: “I ask” here, none there'],
    commands: ['coach action edit 2 --obstacle "" --support ""'],
    same: ITEMS,
  },
  {
    what: 'a check-in that was named',
    there: ['action edit 2 --check-in 2026-11-26'],
    said: ['check-in: Wed 25 Nov here, Thu 26 Nov there'],
    commands: ['coach action edit 2 --check-in 2026-11-26'],
    same: 'SELECT check_in_on FROM action_item ORDER BY uuid',
  },
  {
    what: 'a goal of an item',
    there: ['action edit 2 --goal 1'],
    said: ['goal: none here, 1 there'],
    commands: ['coach action edit 2 --goal 1'],
    same: ITEMS,
  },
  {
    what: 'an item open again',
    here: ['done 2'],
    said: ['state: done here, open there', 'Only coach undo can reopen it'],
    commands: ['coach delete action 2', 'coach import all.json'],
    same: ITEMS,
  },
  {
    what: 'an item of a conversation, open again',
    here: ['missed 1'],
    said: ['state: missed here, open there', 'Its session can be taken anew'],
    commands: ['coach delete session 1', 'coach import all.json'],
    same: ITEMS,
  },
  {
    what: 'an item carried less often',
    here: ['carry 2 --to 2026-11-30'],
    said: ['No command changes how often it was carried.'],
    commands: ['coach delete action 2', 'coach import all.json'],
    same: ITEMS,
  },
  {
    what: 'a goal reached',
    there: ['goal done 1'],
    said: ['Goal 1, “run a renewal” (Ana Silva)', 'state: open here, done there'],
    commands: ['coach goal done 1'],
    same: GOALS,
  },
  {
    what: 'a goal dropped, with a new text and day',
    there: ['goal edit 1 --what "run two" --due 2027-01-29 --stretch', 'goal drop 1'],
    said: ['text: “run a renewal” here, “run two” there', 'stretch goal: no here, yes there'],
    commands: [
      'coach goal edit 1 --what "run two" --stretch --due 2027-01-29',
      'coach goal drop 1',
    ],
    same: GOALS,
  },
  {
    what: 'a goal open again',
    here: ['goal done 1'],
    said: ['state: done here, open there'],
    commands: ['coach goal edit 1 --open'],
    same: GOALS,
  },
  {
    what: 'a goal dropped, and reached here',
    here: ['goal done 1'],
    there: ['goal drop 1'],
    said: ['state: done here, dropped there'],
    commands: ['coach goal edit 1 --open', 'coach goal drop 1'],
    same: GOALS,
  },
  {
    what: 'a goal under another',
    there: ['SQL UPDATE goal SET parent_id = 1 WHERE id = 2'],
    said: ['sub-goal of: none here, 1 there', 'No command puts a goal under another.'],
    commands: ['coach delete goal 2', 'coach import all.json'],
    same: GOALS,
  },
  {
    what: 'all about a person',
    there: [
      'person edit ana --name "Ana \\"Ace\\" Costa" --role "Team lead" --cadence 7 --leads-others --relation coach',
      'person archive ana',
    ],
    said: [
      'Ana Silva name:',
      'relation: report here, coach there',
      'days between conversations: 14 here, 7 there',
      'leads others: no here, yes there',
      'in the archive: no here, yes there',
    ],
    commands: [
      'coach person archive "Ana Silva"',
      `coach person edit "Ana Silva" --name 'Ana "Ace" Costa' --relation coach --leads-others --role "Team lead" --cadence 7`,
    ],
    same: PEOPLE,
  },
  {
    what: 'a person as plain as before',
    here: ['person edit ana --role Lead --cadence 7 --leads-others', 'person archive ana'],
    said: ['role: “Lead” here, none there', 'in the archive: yes here, no there'],
    commands: [
      'coach person archive "Ana Silva" --undo',
      'coach person edit "Ana Silva" --no-leads-others --role "" --cadence 14',
    ],
    same: PEOPLE,
  },
  {
    what: 'an opportunity further on and closed',
    there: ['opportunity edit 1 --name "Northwind two" --stage close --close'],
    said: ['Opportunity 1, “Northwind” (Ana Silva)', 'stage: discover here, close there'],
    commands: ['coach opportunity edit 1 --name "Northwind two" --stage close --close'],
    same: OPPORTUNITIES,
  },
  {
    what: 'an opportunity open again',
    here: ['opportunity edit 1 --close'],
    said: ['closed: yes here, no there'],
    commands: ['coach opportunity edit 1 --open'],
    same: OPPORTUNITIES,
  },
  {
    what: 'a note taken up',
    there: ["SQL UPDATE note SET status = 'dropped'"],
    said: ['Note 1, “a thought” (Ana Silva)', 'state: in the inbox here, dropped there'],
    commands: ['coach delete note 1', 'coach import all.json'],
    same: NOTES,
  },
  {
    what: 'the next conversation moved',
    there: ['session ana --move 2026-12-07'],
    said: ['Next conversation with Ana Silva', 'day: Tue 1 Dec here, Mon 7 Dec there'],
    commands: ['coach session "Ana Silva" --move 2026-12-07'],
    same: PLANS,
  },
  {
    what: 'the next conversation off',
    there: ['session ana --move none'],
    said: ['day: Tue 1 Dec here, none there'],
    commands: ['coach session "Ana Silva" --move none'],
    same: PLANS,
  },
  {
    what: 'the next conversation on again',
    here: ['session ana --move none'],
    said: ['day: none here, Tue 1 Dec there'],
    commands: ['coach session "Ana Silva" --move 2026-12-01'],
    same: PLANS,
  },
  {
    what: 'an answer corrected',
    there: ['edit 1 --answers corrected.yaml'],
    said: [
      'Session 1',
      '“What did you see or hear?” “She asked about budget.” here, “Something else” there',
    ],
    commands: ['coach edit 1', 'coach delete session 1', 'coach import all.json'],
    same: ANSWERS,
  },
  {
    what: 'a session of another day',
    there: ["SQL UPDATE session SET held_on = '2026-11-19', opportunity_id = 1"],
    said: [
      'Session 1 (Ana Silva)',
      'day: Fri 20 Nov here, Thu 19 Nov there',
      'opportunity: none here, 1 there',
    ],
    commands: ['coach delete session 1', 'coach import all.json'],
    same: SESSIONS,
  },
  {
    what: 'a session that is finished there, with answers and an item that are only there',
    here: [
      "SQL UPDATE session SET status = 'recording'",
      "SQL DELETE FROM answer WHERE path = 'reflection.went_well'",
    ],
    said: ['state: recording here, done there', 'nothing here, “I kept quiet.” there'],
    commands: ['coach delete session 1', 'coach import all.json'],
    same: ANSWERS,
  },
  {
    what: 'an item that was agreed there in a session that is not finished here',
    here: ["SQL UPDATE session SET status = 'recording'"],
    there: ['edit 1 --answers longer.yaml'],
    said: ['state: recording here, done there', 'action item “ask last” only there'],
    commands: ['coach delete session 1', 'coach import all.json'],
    same: ITEMS,
  },
]
