-- Times are UTC milliseconds, legal dates ISO 8601 text in Asia/Shanghai, ids 16-byte blobs ordered by time, enums
-- the numbers of the protos.

CREATE TABLE kase (
  id BLOB PRIMARY KEY NOT NULL,
  application BLOB NOT NULL,
  record BLOB NOT NULL,
  task BLOB NOT NULL,
  authority_code TEXT NOT NULL,
  authority_name TEXT NOT NULL,
  authority_uscc TEXT NOT NULL,
  rule_id TEXT NOT NULL,
  catalogue_version TEXT NOT NULL,
  catalogue_sha256 TEXT NOT NULL,
  calendar_version TEXT NOT NULL,       -- of the submission; each deadline names its own
  snapshot BLOB NOT NULL,               -- xiufu.common.v1.RecordSnapshot
  opening_sha256 BLOB NOT NULL,         -- of the event that opened it
  opened_at INTEGER NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 6),
  resume INTEGER NOT NULL CHECK (resume BETWEEN 1 AND 6),
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  rounds INTEGER NOT NULL,
  authority_no TEXT NOT NULL,
  counted_answer TEXT NOT NULL,         -- the decision that counts; empty while none does
  result INTEGER NOT NULL CHECK (result BETWEEN 0 AND 2),
  decision_no TEXT NOT NULL,
  decision_date TEXT NOT NULL,
  decision BLOB,                        -- in the ledger
  concluded_at INTEGER,
  loop_closed_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX kase_application ON kase (application);

CREATE TABLE task (
  id BLOB PRIMARY KEY NOT NULL,
  case_id BLOB NOT NULL,
  application_number TEXT NOT NULL,
  materials BLOB NOT NULL,
  given_at INTEGER NOT NULL,
  accept_due TEXT NOT NULL,
  decide_due TEXT NOT NULL,
  authority_task_no TEXT NOT NULL,
  delivered_at INTEGER
) STRICT, WITHOUT ROWID;

-- Every answer that was considered, in whole. At most one decision of a case counts.
CREATE TABLE answer (
  case_id BLOB NOT NULL,
  answer_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('ACCEPTED', 'SUPPLEMENT_REQUESTED', 'DECIDED', 'RETURNED')),
  content BLOB NOT NULL,                -- xiufu.department.v1.Answer
  received_at INTEGER NOT NULL,
  counts INTEGER NOT NULL CHECK (counts IN (0, 1)),
  reason TEXT NOT NULL,                 -- why it does not count
  fault_reason TEXT NOT NULL,           -- why the ledger could not enter it
  PRIMARY KEY (case_id, answer_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX answer_decision ON answer (case_id) WHERE kind = 'DECIDED' AND counts = 1;

CREATE TABLE supplement (
  case_id BLOB NOT NULL,
  round INTEGER NOT NULL,
  materials BLOB NOT NULL,
  supplemented_at INTEGER NOT NULL,
  PRIMARY KEY (case_id, round)
) STRICT, WITHOUT ROWID;

-- The receipt of each due date: due = start + days by that calendar.
CREATE TABLE deadline (
  case_id BLOB NOT NULL,
  kind TEXT NOT NULL,
  start_event TEXT NOT NULL,
  start_date TEXT NOT NULL,
  days INTEGER NOT NULL,
  working_days INTEGER NOT NULL CHECK (working_days IN (0, 1)),
  pauses_on_supplement INTEGER NOT NULL CHECK (pauses_on_supplement IN (0, 1)),
  due_date TEXT NOT NULL,
  provisional INTEGER NOT NULL CHECK (provisional IN (0, 1)),
  skipped TEXT NOT NULL,                -- holidays passed over: "2025-10-01 国庆节;..."
  worked TEXT NOT NULL,                 -- weekend days counted as worked
  source TEXT NOT NULL,
  confidence TEXT NOT NULL,
  calendar_version TEXT NOT NULL,
  PRIMARY KEY (case_id, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE overdue (
  case_id BLOB NOT NULL,
  kind TEXT NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER,                        -- when it was met after all
  PRIMARY KEY (case_id, kind, since)
) STRICT, WITHOUT ROWID;
CREATE INDEX overdue_open ON overdue (since) WHERE until IS NULL;

-- Inputs that came before what must precede them on another stream.
CREATE TABLE early_input (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  case_id BLOB NOT NULL,
  key TEXT NOT NULL,
  content BLOB NOT NULL,
  event BLOB NOT NULL,                  -- xiufu.stream.v1.Envelope
  first_now INTEGER NOT NULL,
  UNIQUE (case_id, key)
) STRICT;
