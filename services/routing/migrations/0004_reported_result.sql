-- What an authority did with a record by itself, as publication told it: the answer of the record's case, which may be
-- opened only later. One of each kind for a record; the first stands.
CREATE TABLE reported_result (
  record BLOB NOT NULL,
  kind TEXT NOT NULL,
  event BLOB NOT NULL,                  -- xiufu.stream.v1.Envelope
  first_now INTEGER NOT NULL,
  PRIMARY KEY (record, kind)
) STRICT, WITHOUT ROWID;

-- A case may also end because its record was annulled (result 3), and knows the version of the record it is about.
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
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 6),
  resume INTEGER NOT NULL CHECK (resume BETWEEN 1 AND 6),
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
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
         changed_at, rounds, authority_no, counted_answer, result, decision_no, decision_date, decision, concluded_at,
         loop_closed_at
    FROM kase;
DROP TABLE kase;
ALTER TABLE kase_with_version RENAME TO kase;
CREATE INDEX kase_application ON kase (application);
CREATE INDEX kase_open ON kase (id) WHERE state <> 6;
CREATE INDEX kase_open_record ON kase (record) WHERE state <> 6;
