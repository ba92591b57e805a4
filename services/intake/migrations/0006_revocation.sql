-- Approvals that were revoked, and subjects that may not apply for a time because of a breach.
ALTER TABLE case_view ADD COLUMN for_a_time INTEGER NOT NULL DEFAULT 0;     -- 1: the approval does not end publicity
ALTER TABLE case_view ADD COLUMN revocation BLOB NOT NULL DEFAULT x'';      -- xiufu.intake.v1.Case.Revocation

CREATE TABLE ban (
  revocation BLOB PRIMARY KEY NOT NULL,
  subject_uscc TEXT NOT NULL,
  regime TEXT NOT NULL,                 -- whose rules it may not apply by
  rule_id TEXT NOT NULL,
  from_day TEXT NOT NULL,               -- ISO 8601 dates, both inclusive
  until_day TEXT NOT NULL,
  document_no TEXT NOT NULL,
  authority_code TEXT NOT NULL,
  authority_name TEXT NOT NULL,
  authority_uscc TEXT NOT NULL,
  source TEXT NOT NULL,
  confidence TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX ban_subject ON ban (subject_uscc);
