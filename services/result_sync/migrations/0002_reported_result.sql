-- What an authority did by itself is entered too: a repair without a document number, or (result 3) that the record was
-- annulled, which is no repair. Whoever told it is kept.
CREATE TABLE decision_with_reported (
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
  result INTEGER NOT NULL CHECK (result IN (1, 2, 3)),
  decision_no TEXT NOT NULL,
  decision_date TEXT NOT NULL,
  entered_at INTEGER NOT NULL,
  result_word TEXT NOT NULL,
  reported_by TEXT NOT NULL,            -- empty for an answer to a task
  CHECK (reported_by <> '' OR (decision_no <> '' AND result <> 3))
) STRICT, WITHOUT ROWID;
INSERT INTO decision_with_reported
  SELECT case_id, id, application, record, record_version, subject_uscc, authority_code, authority_name, authority_uscc, task,
         answer_id, content, result, decision_no, decision_date, entered_at, result_word, ''
    FROM decision;
DROP TABLE decision;
ALTER TABLE decision_with_reported RENAME TO decision;
CREATE INDEX decision_application ON decision (application);
CREATE TRIGGER decision_is_final BEFORE UPDATE ON decision
  BEGIN SELECT raise(ABORT, 'a decision is final'); END;
CREATE TRIGGER decision_stays BEFORE DELETE ON decision
  BEGIN SELECT raise(ABORT, 'a decision is final'); END;
