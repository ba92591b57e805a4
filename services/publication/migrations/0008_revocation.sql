-- Decisions that were revoked, and what their records go back to.

ALTER TABLE ending ADD COLUMN former INTEGER NOT NULL DEFAULT 1;  -- xiufu.common.v1.RecordState, before the ending
ALTER TABLE ending ADD COLUMN former_by BLOB;                     -- the decision that had led to that

CREATE TABLE revocation (
  decision BLOB NOT NULL PRIMARY KEY,
  id BLOB NOT NULL,
  case_id BLOB NOT NULL,
  record BLOB NOT NULL,
  kind TEXT NOT NULL,                   -- of findings.toml
  document_no TEXT NOT NULL,
  found_on TEXT NOT NULL,               -- yyyy-mm-dd
  breach INTEGER NOT NULL,              -- 1: it is a record of its own
  entered_at INTEGER NOT NULL           -- UTC ms
) STRICT, WITHOUT ROWID;

-- The finding with which the periods of a rule that says so start anew.
ALTER TABLE record ADD COLUMN restarted_on TEXT;
