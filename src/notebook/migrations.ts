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
]
