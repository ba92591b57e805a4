-- States have numbers beyond 11 now, with gaps (xiufu.common.v1.CaseState); and a case may be decided in another system.
CREATE TABLE kase_of_any_state (
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
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 99),
  resume INTEGER NOT NULL CHECK (resume BETWEEN 1 AND 99),
  version INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  reason TEXT NOT NULL,                 -- TO_BE_ASSIGNED: why nobody has it; WITH_UPSTREAM: the door
  rounds INTEGER NOT NULL,
  authority_no TEXT NOT NULL,
  counted_answer TEXT NOT NULL,         -- the decision that counts; empty while none does
  result INTEGER NOT NULL CHECK (result BETWEEN 0 AND 3),
  decision_no TEXT NOT NULL,
  decision_date TEXT NOT NULL,
  decision BLOB,                        -- in the ledger
  concluded_at INTEGER,
  loop_closed_at INTEGER,
  handling TEXT NOT NULL                -- RELAYED, HANDED_OVER; empty: decided in the suite
) STRICT, WITHOUT ROWID;
INSERT INTO kase_of_any_state (id, application, record, record_version, task, authority_code, authority_name,
  authority_uscc, authority_kind, rule_id, catalogue_version, catalogue_sha256, calendar_version, snapshot,
  opening_sha256, opened_at, state, resume, version, changed_at, reason, rounds, authority_no, counted_answer,
  result, decision_no, decision_date, decision, concluded_at, loop_closed_at, handling)
  SELECT id, application, record, record_version, task, authority_code, authority_name, authority_uscc,
         authority_kind, rule_id, catalogue_version, catalogue_sha256, calendar_version, snapshot,
         opening_sha256, opened_at, state, resume, version, changed_at, reason, rounds, authority_no,
         counted_answer, result, decision_no, decision_date, decision, concluded_at, loop_closed_at, ''
    FROM kase;
DROP TABLE kase;
ALTER TABLE kase_of_any_state RENAME TO kase;
CREATE INDEX kase_application ON kase (application);
CREATE INDEX kase_open ON kase (id) WHERE state NOT IN (6, 9, 10, 11);
CREATE INDEX kase_open_record ON kase (record) WHERE state NOT IN (6, 9, 10, 11);
CREATE INDEX kase_to_be_assigned ON kase (changed_at, id) WHERE state = 8;
CREATE INDEX kase_with_upstream ON kase (changed_at, id) WHERE state = 14;
