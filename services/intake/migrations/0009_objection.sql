-- Objections: the applicant's words and evidence (rows of material under the objection's id) stay here.
CREATE TABLE objection (
  id BLOB PRIMARY KEY NOT NULL,
  number TEXT NOT NULL UNIQUE,
  query_code TEXT NOT NULL,
  principal TEXT NOT NULL,
  subject_uscc TEXT NOT NULL,
  record BLOB NOT NULL,
  snapshot BLOB NOT NULL,               -- xiufu.common.v1.RecordSnapshot
  kind INTEGER NOT NULL,
  statement TEXT NOT NULL,
  applicant_name TEXT NOT NULL,
  applicant_phone TEXT NOT NULL,
  applicant_capacity INTEGER NOT NULL,
  application BLOB,                     -- of the repair that it is about
  case_id BLOB,
  region TEXT NOT NULL,
  rule_id TEXT NOT NULL,                -- empty until filed, as the next three
  catalogue_version TEXT NOT NULL,
  catalogue_sha256 TEXT NOT NULL,
  calendar_version TEXT NOT NULL,
  state INTEGER NOT NULL,
  version INTEGER NOT NULL,             -- the last that routing told
  authority_code TEXT NOT NULL,
  authority_name TEXT NOT NULL,
  authority_uscc TEXT NOT NULL,
  due_date TEXT NOT NULL,
  due_provisional INTEGER NOT NULL,
  document_no TEXT NOT NULL,
  correction TEXT NOT NULL,
  reasons TEXT NOT NULL,                -- separated by the ASCII record separator
  remedies TEXT NOT NULL,
  created INTEGER NOT NULL,
  filed INTEGER,
  ended INTEGER
) WITHOUT ROWID;
CREATE INDEX objection_principal ON objection (principal, id);

CREATE TABLE objection_step (
  objection BLOB NOT NULL,
  position INTEGER NOT NULL,            -- from 1
  time INTEGER NOT NULL,
  state INTEGER NOT NULL,
  authority TEXT NOT NULL,
  due_date TEXT NOT NULL,
  PRIMARY KEY (objection, position)
) WITHOUT ROWID;
