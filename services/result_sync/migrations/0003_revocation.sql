-- Approvals that were revoked: a line of its own beside that of the decision. One a case, never changed.
CREATE TABLE revocation (
  case_id BLOB PRIMARY KEY NOT NULL,
  id BLOB NOT NULL,
  decision BLOB NOT NULL,
  application BLOB NOT NULL,
  record BLOB NOT NULL,
  subject_uscc TEXT NOT NULL,
  authority_code TEXT NOT NULL,         -- that decided
  authority_name TEXT NOT NULL,
  authority_uscc TEXT NOT NULL,
  answer_id TEXT NOT NULL,
  content BLOB NOT NULL,                -- xiufu.department.v1.Answer, whole
  kind TEXT NOT NULL,                   -- of findings.toml
  document_no TEXT NOT NULL,
  found_on TEXT NOT NULL,
  found_by TEXT NOT NULL,               -- empty: the authority itself
  entered_at INTEGER NOT NULL,
  reported_by TEXT NOT NULL,            -- empty for an answer of the authority's system
  breach_rule TEXT NOT NULL,            -- empty where it is no breach
  ban_from TEXT NOT NULL,
  ban_until TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX revocation_application ON revocation (application);
CREATE TRIGGER revocation_is_final BEFORE UPDATE ON revocation
  BEGIN SELECT raise(ABORT, 'a revocation is final'); END;
CREATE TRIGGER revocation_stays BEFORE DELETE ON revocation
  BEGIN SELECT raise(ABORT, 'a revocation is final'); END;

-- What publication made of it.
CREATE TABLE restoration (
  case_id BLOB PRIMARY KEY NOT NULL,
  state INTEGER NOT NULL,               -- xiufu.common.v1.RecordState
  publicity_end TEXT NOT NULL,
  restored_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
