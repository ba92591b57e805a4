-- What an authority did with a record by itself, as publication told it: the answer of the record's case, which may be
-- opened only later. One of each kind for a record; the first stands.
CREATE TABLE reported_result (
  record BLOB NOT NULL,
  kind TEXT NOT NULL,
  event BLOB NOT NULL,                  -- xiufu.stream.v1.Envelope
  first_now INTEGER NOT NULL,
  PRIMARY KEY (record, kind)
) STRICT, WITHOUT ROWID;

-- More ways out of a case (states 7 to 11), also because its record was annulled (result 3); it knows the version of the
-- record it is about.
CREATE TABLE kase_with_version (
  id BLOB PRIMARY KEY NOT NULL,
  application BLOB NOT NULL,
  record BLOB NOT NULL,
  record_version INTEGER NOT NULL,      -- in the snapshot; 0 where it was not kept yet
  task BLOB NOT NULL,
  authority_code TEXT NOT NULL,
  authority_name TEXT NOT NULL,
  authority_uscc TEXT NOT NULL,
  authority_kind TEXT NOT NULL,         -- its line; empty where it was not kept yet
  rule_id TEXT NOT NULL,
  catalogue_version TEXT NOT NULL,
  catalogue_sha256 TEXT NOT NULL,
  calendar_version TEXT NOT NULL,       -- of the submission; each deadline names its own
  snapshot BLOB NOT NULL,               -- xiufu.common.v1.RecordSnapshot
  opening_sha256 BLOB NOT NULL,         -- of the event that opened it
  opened_at INTEGER NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 11),
  resume INTEGER NOT NULL CHECK (resume BETWEEN 1 AND 11),
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  reason TEXT NOT NULL,                 -- TO_BE_ASSIGNED: why nobody has it
  rounds INTEGER NOT NULL,
  authority_no TEXT NOT NULL,
  counted_answer TEXT NOT NULL,         -- the decision that counts; empty while none does
  result INTEGER NOT NULL CHECK (result BETWEEN 0 AND 3),
  decision_no TEXT NOT NULL,
  decision_date TEXT NOT NULL,
  decision BLOB,                        -- in the ledger
  concluded_at INTEGER,
  loop_closed_at INTEGER
) STRICT, WITHOUT ROWID;
INSERT INTO kase_with_version
  SELECT id, application, record, 0, task, authority_code, authority_name, authority_uscc, authority_kind, rule_id,
         catalogue_version, catalogue_sha256, calendar_version, snapshot, opening_sha256, opened_at, state, resume, version,
         changed_at, '', rounds, authority_no, counted_answer, result, decision_no, decision_date, decision, concluded_at,
         loop_closed_at
    FROM kase;
DROP TABLE kase;
ALTER TABLE kase_with_version RENAME TO kase;
CREATE INDEX kase_application ON kase (application);
CREATE INDEX kase_open ON kase (id) WHERE state NOT IN (6, 9, 10, 11);
CREATE INDEX kase_open_record ON kase (record) WHERE state NOT IN (6, 9, 10, 11);
CREATE INDEX kase_to_be_assigned ON kase (changed_at, id) WHERE state = 8;

-- An answer belongs to a task: a case may have had more than one, of authorities that name their answers alike.
ALTER TABLE task ADD COLUMN authority_code TEXT NOT NULL DEFAULT '';
UPDATE task SET authority_code = (SELECT authority_code FROM kase WHERE kase.id = task.case_id);
CREATE TABLE answer_of_task (
  case_id BLOB NOT NULL,
  task BLOB NOT NULL,
  answer_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('ACCEPTED', 'NOT_ACCEPTED', 'SUPPLEMENT_REQUESTED', 'EXTENDED', 'DECIDED', 'RETURNED')),
  content BLOB NOT NULL,                -- xiufu.department.v1.Answer
  received_at INTEGER NOT NULL,
  counts INTEGER NOT NULL CHECK (counts IN (0, 1)),
  reason TEXT NOT NULL,                 -- why it does not count
  fault_reason TEXT NOT NULL,           -- why the ledger could not enter it
  PRIMARY KEY (case_id, task, answer_id)
) STRICT, WITHOUT ROWID;
INSERT INTO answer_of_task
  SELECT case_id, (SELECT task FROM kase WHERE kase.id = case_id), answer_id, kind, content, received_at, counts, reason,
         fault_reason
    FROM answer;
DROP TABLE answer;
ALTER TABLE answer_of_task RENAME TO answer;
CREATE UNIQUE INDEX answer_decision ON answer (case_id) WHERE kind = 'DECIDED' AND counts = 1;
CREATE INDEX answer_uncounted ON answer (received_at, case_id, task, answer_id) WHERE counts = 0;

-- Who gave a case to whom, and why.
CREATE TABLE assignment (
  case_id BLOB NOT NULL,
  task BLOB NOT NULL,                   -- the one that the authority got
  from_authority TEXT NOT NULL,
  to_authority TEXT NOT NULL,
  returned_because TEXT NOT NULL,
  person TEXT NOT NULL,
  reason TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (case_id, task)
) STRICT, WITHOUT ROWID;

-- Supplement requests that a supervisor let count.
CREATE TABLE supervision (
  case_id BLOB NOT NULL,
  task BLOB NOT NULL,
  answer_id TEXT NOT NULL,
  person TEXT NOT NULL,
  reason TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (case_id, task, answer_id)
) STRICT, WITHOUT ROWID;
