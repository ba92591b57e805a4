-- Tasks on their way to authorities, what follows them, and the answers as they came. No applicant's data: that is
-- asked of intake when it is needed.

CREATE TABLE task (
  id BLOB NOT NULL PRIMARY KEY,
  case_id BLOB NOT NULL,
  application BLOB NOT NULL,
  application_number TEXT NOT NULL,
  authority_code TEXT NOT NULL,
  record BLOB NOT NULL,
  record_version INTEGER NOT NULL,
  subject_uscc TEXT NOT NULL,
  subject_name TEXT NOT NULL,
  document_no TEXT NOT NULL,
  decision_date TEXT NOT NULL,
  penalty_kinds TEXT NOT NULL,        -- separated by line feeds
  fine_fen INTEGER NOT NULL,
  confiscated_fen INTEGER NOT NULL,
  violation TEXT NOT NULL,
  rule_id TEXT NOT NULL,
  given_at INTEGER NOT NULL,          -- UTC ms
  accept_due TEXT NOT NULL,           -- yyyy-mm-dd
  decide_due TEXT NOT NULL,
  fingerprint BLOB NOT NULL,          -- SHA-256 of the task with its materials
  cell INTEGER NOT NULL,
  bucket INTEGER NOT NULL,
  traceparent TEXT NOT NULL,
  authority_task_no TEXT,             -- NULL until the authority acknowledged it
  delivered_at INTEGER                -- UTC ms
) STRICT, WITHOUT ROWID;

CREATE TABLE task_material (
  task BLOB NOT NULL,
  round INTEGER NOT NULL,             -- 0: with the task; else of that supplement
  position INTEGER NOT NULL,
  material BLOB NOT NULL,
  kind TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 BLOB NOT NULL,
  PRIMARY KEY (task, round, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE supplement (
  id BLOB NOT NULL PRIMARY KEY,
  task BLOB NOT NULL,
  round INTEGER NOT NULL,
  supplemented_at INTEGER NOT NULL,
  fingerprint BLOB NOT NULL,
  delivered_at INTEGER,
  UNIQUE (task, round)
) STRICT, WITHOUT ROWID;

CREATE TABLE fault (
  id BLOB NOT NULL PRIMARY KEY,
  task BLOB NOT NULL,
  answer_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  delivered_at INTEGER,
  UNIQUE (task, answer_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE answer (
  authority_code TEXT NOT NULL,
  answer_id TEXT NOT NULL,
  task BLOB NOT NULL,
  fingerprint BLOB NOT NULL,
  content BLOB NOT NULL,              -- xiufu.department.v1.Answer
  received_at INTEGER NOT NULL,       -- UTC ms
  PRIMARY KEY (authority_code, answer_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX answer_of_task ON answer (task, received_at);
