-- Objections: processes of their own. Their due date is a row of deadline under the objection's id.
CREATE TABLE objection (
  id BLOB PRIMARY KEY NOT NULL,
  number TEXT NOT NULL,
  kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 3),
  application BLOB,                     -- of the repair that it is about
  case_id BLOB,
  record BLOB NOT NULL,
  rule_id TEXT NOT NULL,
  catalogue_version TEXT NOT NULL,
  catalogue_sha256 TEXT NOT NULL,
  calendar_version TEXT NOT NULL,
  snapshot BLOB NOT NULL,               -- xiufu.common.v1.RecordSnapshot
  materials BLOB NOT NULL,
  opening_sha256 BLOB NOT NULL,         -- of the event that filed it
  filed_at INTEGER NOT NULL,
  authority_code TEXT NOT NULL,
  authority_name TEXT NOT NULL,
  authority_uscc TEXT NOT NULL,
  authority_kind TEXT NOT NULL,
  task BLOB NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 6),
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  reason TEXT NOT NULL,                 -- TO_BE_ASSIGNED: why nobody has it
  counted_answer TEXT NOT NULL,         -- the one that ended it
  overdue_since INTEGER                 -- the first instant after its last day, where it was missed
) STRICT, WITHOUT ROWID;
CREATE INDEX objection_record ON objection (record);
CREATE INDEX objection_to_be_assigned ON objection (id) WHERE state = 3;

-- What authorities were given, each in its turn.
CREATE TABLE objection_task (
  id BLOB PRIMARY KEY NOT NULL,
  objection BLOB NOT NULL,
  authority_code TEXT NOT NULL,         -- empty: nobody had it
  given_at INTEGER NOT NULL,
  delivered_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE objection_answer (
  objection BLOB NOT NULL,
  task BLOB NOT NULL,
  answer_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('UPHELD', 'REJECTED', 'RETURNED')),
  content BLOB NOT NULL,                -- xiufu.department.v1.Answer
  received_at INTEGER NOT NULL,
  counts INTEGER NOT NULL CHECK (counts IN (0, 1)),
  reason TEXT NOT NULL,                 -- why it does not count
  PRIMARY KEY (objection, task, answer_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX objection_answer_counts ON objection_answer (objection)
  WHERE counts = 1 AND kind IN ('UPHELD', 'REJECTED');
CREATE INDEX objection_answer_uncounted ON objection_answer (received_at, objection, task, answer_id) WHERE counts = 0;

CREATE TABLE objection_assignment (
  objection BLOB NOT NULL,
  task BLOB NOT NULL,                   -- the one that the authority got
  from_authority TEXT NOT NULL,
  to_authority TEXT NOT NULL,
  returned_because TEXT NOT NULL,
  person TEXT NOT NULL,
  reason TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (objection, task)
) STRICT, WITHOUT ROWID;
