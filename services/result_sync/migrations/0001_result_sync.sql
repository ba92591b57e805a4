-- Times are UTC milliseconds, legal dates ISO 8601 text in Asia/Shanghai, ids 16-byte blobs ordered by time, enums
-- the numbers of the protos.

-- The ledger: one line per case, never changed.
CREATE TABLE decision (
  case_id BLOB PRIMARY KEY NOT NULL,
  id BLOB NOT NULL,
  application BLOB NOT NULL,
  record BLOB NOT NULL,
  record_version INTEGER NOT NULL CHECK (record_version > 0),
  subject_uscc TEXT NOT NULL,
  authority_code TEXT NOT NULL,
  authority_name TEXT NOT NULL,
  authority_uscc TEXT NOT NULL,
  task BLOB NOT NULL,
  answer_id TEXT NOT NULL,
  content BLOB NOT NULL,                -- xiufu.department.v1.Answer, whole
  result INTEGER NOT NULL CHECK (result IN (1, 2)),
  decision_no TEXT NOT NULL,
  decision_date TEXT NOT NULL,
  entered_at INTEGER NOT NULL,
  result_word TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_application ON decision (application);
CREATE TRIGGER decision_is_final BEFORE UPDATE ON decision
  BEGIN SELECT raise(ABORT, 'a decision is final'); END;
CREATE TRIGGER decision_stays BEFORE DELETE ON decision
  BEGIN SELECT raise(ABORT, 'a decision is final'); END;

CREATE TABLE effect (
  case_id BLOB NOT NULL,
  effect TEXT NOT NULL,
  carrier TEXT NOT NULL,
  confirmed_at INTEGER,
  PRIMARY KEY (case_id, effect)
) STRICT, WITHOUT ROWID;

-- Answers that could not be entered.
CREATE TABLE fault (
  case_id BLOB NOT NULL,
  answer_id TEXT NOT NULL,
  task BLOB NOT NULL,
  content BLOB NOT NULL,                -- xiufu.department.v1.Answer, whole
  reason TEXT NOT NULL,
  found_at INTEGER NOT NULL,
  PRIMARY KEY (case_id, answer_id)
) STRICT, WITHOUT ROWID;

-- What publication said of a case whose decision is not here yet.
CREATE TABLE early_ending (
  case_id BLOB PRIMARY KEY NOT NULL,
  application BLOB NOT NULL,
  record BLOB NOT NULL,
  decision BLOB NOT NULL,
  version INTEGER NOT NULL,
  ended_at INTEGER NOT NULL,
  effects TEXT NOT NULL,                -- separated by line feeds
  cause BLOB NOT NULL,
  cause_now INTEGER NOT NULL,
  cell INTEGER NOT NULL,
  bucket INTEGER NOT NULL,
  traceparent TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Where publication did not carry out what the ledger says: a person's turn.
CREATE TABLE conflict (
  case_id BLOB NOT NULL,
  decision BLOB NOT NULL,
  application BLOB NOT NULL,
  record BLOB NOT NULL,
  expected_version INTEGER NOT NULL,
  version INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (case_id, decision)
) STRICT, WITHOUT ROWID;
