-- Credit commitments (信用承诺), their public part: one an approval that rests on one.

CREATE TABLE commitment (
  decision BLOB NOT NULL PRIMARY KEY,
  record BLOB NOT NULL,
  subject_uscc TEXT NOT NULL,
  subject_name TEXT NOT NULL,
  authority_name TEXT NOT NULL,
  authority_uscc TEXT NOT NULL,
  record_document_no TEXT NOT NULL,
  title TEXT NOT NULL,                  -- of the form by which it was given
  title_en TEXT NOT NULL,
  made_on TEXT NOT NULL,                -- yyyy-mm-dd
  rule_id TEXT NOT NULL,                -- that asked for it
  finding TEXT NOT NULL DEFAULT '',     -- of findings.toml; empty while it is not broken
  document_no TEXT NOT NULL DEFAULT '',
  found_on TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX commitment_subject ON commitment (subject_uscc, made_on DESC, decision);
