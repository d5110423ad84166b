/** Marks a file as a notebook of coach ("coac" in ASCII). */
export const APPLICATION_ID = 0x636f6163

/** One step of the notebook's shape. Shipped steps are frozen: a change is a further step, never an edit. */
export interface Migration {
  readonly name: string
  readonly sql: string
}

/**
 * All steps in order; the number of applied steps is the file's `user_version`. Instants are ISO text in UTC
 * (`…_at`), days are `YYYY-MM-DD` (`…_on`). `hash` is the SHA-256 of a row's texts: a flipped bit in a note
 * passes SQLite's own checks.
 */
export const MIGRATIONS: readonly Migration[] = [
  {
    name: 'first',
    sql: `
CREATE TABLE store (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  uuid TEXT NOT NULL,
  generation INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE migration (
  version INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  checksum TEXT NOT NULL,
  applied_at TEXT NOT NULL
) STRICT;

CREATE TABLE person (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  name TEXT NOT NULL,
  relation TEXT NOT NULL CHECK (relation IN ('report', 'self', 'coach')),
  leads_others INTEGER NOT NULL DEFAULT 0 CHECK (leads_others IN (0, 1)),
  role TEXT,
  cadence_days INTEGER CHECK (cadence_days > 0),
  archived_at TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

CREATE TABLE session (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  person_id INTEGER NOT NULL REFERENCES person (id),
  guide TEXT NOT NULL,
  guide_title TEXT NOT NULL,
  status TEXT NOT NULL
    CHECK (status IN ('preparing', 'prepared', 'recording', 'done', 'cancelled')),
  held_on TEXT,
  planned_on TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX session_by_person ON session (person_id, status);

CREATE TABLE action_item (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  person_id INTEGER NOT NULL REFERENCES person (id),
  session_id INTEGER REFERENCES session (id) ON DELETE CASCADE,
  status TEXT NOT NULL DEFAULT 'open'
    CHECK (status IN ('open', 'part', 'done', 'missed', 'dropped')),
  what TEXT NOT NULL,
  owner TEXT NOT NULL DEFAULT 'them' CHECK (owner IN ('them', 'me')),
  due_on TEXT,
  "if" TEXT,
  "then" TEXT,
  "else" TEXT,
  obstacle TEXT,
  measure TEXT,
  support TEXT,
  check_in_on TEXT,
  carried INTEGER NOT NULL DEFAULT 0,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  closed_at TEXT,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX action_item_by_status ON action_item (status, due_on);
CREATE INDEX action_item_by_person ON action_item (person_id, status);
CREATE INDEX action_item_by_session ON action_item (session_id);

-- The texts of an action item stand in action_item alone: an answer with item_id has no value of its own for them.
CREATE TABLE answer (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  session_id INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
  round INTEGER NOT NULL,
  path TEXT NOT NULL,
  pass TEXT NOT NULL CHECK (pass IN ('prepare', 'record')),
  kind TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('answered', 'skipped', 'later')),
  value TEXT,
  draft TEXT,
  wording TEXT NOT NULL,
  question_id TEXT,
  visibility TEXT NOT NULL CHECK (visibility IN ('shared', 'private')),
  item_id INTEGER REFERENCES action_item (id) ON DELETE CASCADE,
  answered_at TEXT NOT NULL,
  hash TEXT NOT NULL,
  UNIQUE (session_id, round, path, pass)
) STRICT;
CREATE INDEX answer_by_item ON answer (item_id) WHERE item_id IS NOT NULL;

-- Every change of an item's state or day; status_from is NULL when the item was made.
CREATE TABLE item_event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  item_id INTEGER NOT NULL REFERENCES action_item (id) ON DELETE CASCADE,
  session_id INTEGER REFERENCES session (id) ON DELETE SET NULL,
  kind TEXT NOT NULL CHECK (kind IN ('created', 'status', 'carried', 'edited')),
  status_from TEXT,
  status_to TEXT NOT NULL,
  due_from TEXT,
  due_to TEXT,
  note TEXT,
  at TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX item_event_by_item ON item_event (item_id);
CREATE INDEX item_event_by_session ON item_event (session_id);
`,
  },
  {
    // What was checked at a gate stands in the answers of the session that checked it. closed_at is NULL while the
    // opportunity is open; stage is NULL until one was chosen.
    name: 'opportunities',
    sql: `
CREATE TABLE opportunity (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  person_id INTEGER NOT NULL REFERENCES person (id),
  name TEXT NOT NULL,
  stage TEXT,
  closed_at TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX opportunity_by_person ON opportunity (person_id);

ALTER TABLE session ADD COLUMN opportunity_id INTEGER REFERENCES opportunity (id) ON DELETE SET NULL;
CREATE INDEX session_by_opportunity ON session (opportunity_id) WHERE opportunity_id IS NOT NULL;
`,
  },
  {
    // What covers the time between conversations. An item's check-in is worked out from its due day unless
    // check_in_given says that the manager set it, or took it away. act is the generation of the store in which a state
    // changed, so that what one command did can be taken back together; 0 for what was done before there were acts.
    name: 'follow-through',
    sql: `
CREATE TABLE goal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  person_id INTEGER NOT NULL REFERENCES person (id),
  parent_id INTEGER REFERENCES goal (id) ON DELETE CASCADE,
  what TEXT NOT NULL,
  is_stretch INTEGER NOT NULL DEFAULT 0 CHECK (is_stretch IN (0, 1)),
  status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'done', 'dropped')),
  due_on TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  closed_at TEXT,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX goal_by_person ON goal (person_id, status);
CREATE INDEX goal_stretch ON goal (person_id, status, closed_at) WHERE is_stretch = 1;
CREATE INDEX goal_by_parent ON goal (parent_id) WHERE parent_id IS NOT NULL;

CREATE TABLE goal_event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  goal_id INTEGER NOT NULL REFERENCES goal (id) ON DELETE CASCADE,
  status_from TEXT,
  status_to TEXT NOT NULL,
  at TEXT NOT NULL,
  act INTEGER NOT NULL,
  undone_at TEXT
) STRICT;
CREATE INDEX goal_event_by_goal ON goal_event (goal_id);
CREATE INDEX goal_event_by_act ON goal_event (act) WHERE undone_at IS NULL AND status_from IS NOT NULL;

-- The inbox. A draft is a note that is still being written.
CREATE TABLE note (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  person_id INTEGER NOT NULL REFERENCES person (id),
  session_id INTEGER REFERENCES session (id) ON DELETE SET NULL,
  status TEXT NOT NULL
    CHECK (status IN ('draft', 'waiting', 'observation', 'praise', 'topic', 'dropped')),
  text TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX note_by_person ON note (person_id, status);
CREATE INDEX note_waiting ON note (id) WHERE status = 'waiting';
CREATE INDEX note_by_session ON note (session_id) WHERE session_id IS NOT NULL;

-- The conversation that was agreed next with a person: at most one is planned. Moving it changes its day; what a session
-- moved stands in before_on and before_in, and comes back when that session takes it back.
CREATE TABLE next_session (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  person_id INTEGER NOT NULL REFERENCES person (id),
  agreed_in INTEGER REFERENCES session (id) ON DELETE SET NULL,
  held_in INTEGER REFERENCES session (id) ON DELETE SET NULL,
  status TEXT NOT NULL DEFAULT 'planned' CHECK (status IN ('planned', 'held', 'cancelled')),
  planned_on TEXT NOT NULL,
  moved INTEGER NOT NULL DEFAULT 0,
  before_on TEXT,
  before_in INTEGER REFERENCES session (id) ON DELETE SET NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
-- What was agreed before there was a place for it: the day to which a conversation was moved, else what was said in
-- the last one with each person.
INSERT INTO next_session (uuid, person_id, planned_on, moved, created_at, updated_at)
  SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a'
      || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))),
    s.person_id, s.planned_on, 1, s.updated_at, s.updated_at
  FROM session s WHERE s.status IN ('preparing', 'prepared', 'recording') AND s.planned_on IS NOT NULL
  GROUP BY s.person_id HAVING s.id = max(s.id);
INSERT INTO next_session (uuid, person_id, agreed_in, planned_on, created_at, updated_at)
  SELECT lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-a'
      || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))),
    s.person_id, s.id, a.value, a.answered_at, a.answered_at
  FROM session s JOIN answer a ON a.session_id = s.id
  WHERE a.path LIKE '%.next_session' AND a.kind = 'date' AND a.state = 'answered' AND a.value IS NOT NULL
    AND s.id = (SELECT t.id FROM session t WHERE t.person_id = s.person_id AND t.status = 'done'
      ORDER BY t.held_on DESC, t.id DESC LIMIT 1)
    AND s.person_id NOT IN (SELECT person_id FROM next_session)
  GROUP BY s.person_id HAVING a.round = max(a.round);
CREATE UNIQUE INDEX next_session_planned ON next_session (person_id) WHERE status = 'planned';
CREATE INDEX next_session_by_person ON next_session (person_id);
CREATE INDEX next_session_by_agreed ON next_session (agreed_in) WHERE agreed_in IS NOT NULL;
CREATE INDEX next_session_by_before ON next_session (before_in) WHERE before_in IS NOT NULL;
CREATE INDEX next_session_by_held ON next_session (held_in) WHERE held_in IS NOT NULL;

ALTER TABLE action_item ADD COLUMN result TEXT;
ALTER TABLE action_item ADD COLUMN repeat TEXT;
ALTER TABLE action_item ADD COLUMN check_in_given INTEGER NOT NULL DEFAULT 0
  CHECK (check_in_given IN (0, 1));
ALTER TABLE action_item ADD COLUMN goal_id INTEGER REFERENCES goal (id) ON DELETE SET NULL;
ALTER TABLE action_item ADD COLUMN follows_id INTEGER REFERENCES action_item (id) ON DELETE SET NULL;
UPDATE action_item SET check_in_given = 1 WHERE check_in_on IS NOT NULL;
CREATE INDEX action_item_by_goal ON action_item (goal_id) WHERE goal_id IS NOT NULL;
CREATE INDEX action_item_by_follows ON action_item (follows_id) WHERE follows_id IS NOT NULL;
DROP INDEX action_item_by_status;
CREATE INDEX action_item_open ON action_item (due_on IS NULL, due_on) WHERE status IN ('open', 'part');
CREATE INDEX action_item_by_closing ON action_item (closed_at, status, owner, person_id)
  WHERE closed_at IS NOT NULL;

CREATE TABLE item_event_next (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL DEFAULT 1,
  item_id INTEGER NOT NULL REFERENCES action_item (id) ON DELETE CASCADE,
  session_id INTEGER REFERENCES session (id) ON DELETE SET NULL,
  kind TEXT NOT NULL CHECK (kind IN ('created', 'status', 'carried', 'edited', 'checked')),
  status_from TEXT,
  status_to TEXT NOT NULL,
  due_from TEXT,
  due_to TEXT,
  check_in_from TEXT,
  note TEXT,
  at TEXT NOT NULL,
  hash TEXT NOT NULL,
  act INTEGER NOT NULL DEFAULT 0,
  undone_at TEXT
) STRICT;
INSERT INTO item_event_next (id, uuid, revision, item_id, session_id, kind, status_from, status_to, due_from,
    due_to, check_in_from, note, at, hash)
  SELECT e.id, e.uuid, e.revision, e.item_id, e.session_id, e.kind, e.status_from, e.status_to, e.due_from, e.due_to,
    i.check_in_on, e.note, e.at, e.hash
  FROM item_event e JOIN action_item i ON i.id = e.item_id;
DELETE FROM sqlite_sequence WHERE name = 'item_event_next';
INSERT INTO sqlite_sequence (name, seq)
  SELECT 'item_event_next', seq FROM sqlite_sequence WHERE name = 'item_event';
DROP TABLE item_event;
ALTER TABLE item_event_next RENAME TO item_event;
CREATE INDEX item_event_by_item ON item_event (item_id);
CREATE INDEX item_event_by_session ON item_event (session_id);
CREATE INDEX item_event_by_act ON item_event (act)
  WHERE undone_at IS NULL AND kind IN ('status', 'carried', 'checked');

-- What had a day and has none any more: a calendar that took it in is told so. It holds no text.
CREATE TABLE calendar_gone (
  uid TEXT PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
  day TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX calendar_gone_by_person ON calendar_gone (person_id);
CREATE TRIGGER due_gone AFTER DELETE ON action_item WHEN old.due_on IS NOT NULL BEGIN
  INSERT OR REPLACE INTO calendar_gone
  VALUES (old.uuid || '-due', old.person_id, old.due_on, old.revision + 1, old.updated_at);
END;
CREATE TRIGGER due_taken AFTER UPDATE OF due_on ON action_item
WHEN old.due_on IS NOT NULL AND new.due_on IS NULL BEGIN
  INSERT OR REPLACE INTO calendar_gone
  VALUES (new.uuid || '-due', new.person_id, old.due_on, new.revision, new.updated_at);
END;
CREATE TRIGGER check_in_gone AFTER DELETE ON action_item WHEN old.check_in_on IS NOT NULL BEGIN
  INSERT OR REPLACE INTO calendar_gone
  VALUES (old.uuid || '-check-in', old.person_id, old.check_in_on, old.revision + 1, old.updated_at);
END;
CREATE TRIGGER check_in_taken AFTER UPDATE OF check_in_on ON action_item
WHEN old.check_in_on IS NOT NULL AND new.check_in_on IS NULL BEGIN
  INSERT OR REPLACE INTO calendar_gone
  VALUES (new.uuid || '-check-in', new.person_id, old.check_in_on, new.revision, new.updated_at);
END;

CREATE INDEX session_by_held ON session (person_id, held_on) WHERE status = 'done';
CREATE INDEX session_held ON session (held_on, person_id) WHERE status = 'done';
CREATE INDEX session_unfinished ON session (person_id)
  WHERE status IN ('preparing', 'prepared', 'recording');
CREATE INDEX session_newest ON session (person_id);

-- prompt is the last part of the path (stage, praise, talk_share); person_id is that of the session.
ALTER TABLE answer ADD COLUMN prompt TEXT
  GENERATED ALWAYS AS (substr(path, length(rtrim(path, replace(path, '.', ''))) + 1)) VIRTUAL;
ALTER TABLE answer ADD COLUMN person_id INTEGER REFERENCES person (id);
UPDATE answer SET person_id = (SELECT person_id FROM session s WHERE s.id = answer.session_id);
CREATE INDEX answer_by_prompt ON answer (session_id, prompt);
CREATE INDEX answer_chosen ON answer (person_id, prompt, value, session_id)
  WHERE kind = 'choice' AND state = 'answered';
CREATE INDEX answer_praise ON answer (session_id, state) WHERE prompt = 'praise';
CREATE INDEX answer_talk_share ON answer (session_id, value)
  WHERE prompt = 'talk_share' AND state = 'answered';
CREATE INDEX answer_opened ON answer (session_id, round, path, value)
  WHERE prompt = 'opened' AND state = 'answered';
CREATE INDEX answer_question ON answer (session_id, round, path, question_id)
  WHERE prompt = 'question' AND state = 'answered' AND question_id IS NOT NULL;
`,
  },
  {
    // private_told_at: when it was said, once, what "private" means. draft_key seals what is being typed while it lies beside
    // an encrypted notebook; NULL while the notebook is not encrypted.
    name: 'keeping',
    sql: `
ALTER TABLE store ADD COLUMN private_told_at TEXT;
ALTER TABLE store ADD COLUMN draft_key TEXT;
`,
  },
  {
    // start: a random mark for each start of coach that wrote, the last 1,000, with the count of writes after its last one. A
    // file that holds the start that was seen last has grown out of the file that was seen; any other went its own way.
    // calendar_base: what calendars are told beside the count of writes, so that their numbers never go back.
    name: 'lines',
    sql: `
CREATE TABLE start (
  id INTEGER PRIMARY KEY,
  mark TEXT NOT NULL,
  written INTEGER NOT NULL
) STRICT;
ALTER TABLE store ADD COLUMN calendar_base INTEGER NOT NULL DEFAULT 0;
`,
  },
]
