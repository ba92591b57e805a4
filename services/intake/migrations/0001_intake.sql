-- Times are UTC milliseconds, ids 16-byte blobs ordered by time, enums the numbers of the protos.

CREATE TABLE application (
  id BLOB PRIMARY KEY NOT NULL,
  number TEXT NOT NULL UNIQUE,          -- what people see
  query_code TEXT NOT NULL,             -- the number is useless without it
  principal TEXT NOT NULL,              -- who created it
  subject_uscc TEXT NOT NULL,
  region TEXT NOT NULL,
  applicant_name TEXT NOT NULL,
  applicant_phone TEXT NOT NULL,
  applicant_capacity INTEGER NOT NULL,
  front_door INTEGER NOT NULL,
  channel TEXT NOT NULL,
  upstream_no TEXT,                     -- NULL when the city itself is the door
  upstream_query_code TEXT NOT NULL,
  received_at INTEGER,
  pushed_at INTEGER,
  one_thing_no TEXT NOT NULL,
  platform_no TEXT NOT NULL,
  record_count INTEGER NOT NULL,
  state INTEGER NOT NULL,               -- derived from the cases with every projection
  created INTEGER NOT NULL,
  submitted INTEGER,
  concluded INTEGER,
  loop_closed INTEGER
) WITHOUT ROWID;
CREATE UNIQUE INDEX application_upstream ON application (front_door, upstream_no)
  WHERE upstream_no IS NOT NULL;
CREATE INDEX application_principal ON application (principal, id);
CREATE INDEX application_principal_subject ON application (principal, subject_uscc, id);

CREATE TABLE application_record (
  application BLOB NOT NULL,
  ordinal INTEGER NOT NULL,             -- position in the request, from 0
  record BLOB NOT NULL,
  version INTEGER NOT NULL,             -- of the record when the draft was made
  snapshot BLOB NOT NULL,               -- xiufu.common.v1.RecordSnapshot
  rule_id TEXT NOT NULL,                -- empty until submitted
  catalogue_version TEXT NOT NULL,
  catalogue_sha256 TEXT NOT NULL,
  calendar_version TEXT NOT NULL,
  hold INTEGER,                         -- 1 an open case, 2 approved; NULL draft or refused
  PRIMARY KEY (application, ordinal)
) WITHOUT ROWID;
-- One open case per record across all doors.
CREATE UNIQUE INDEX application_record_hold ON application_record (record) WHERE hold IS NOT NULL;

CREATE TABLE case_view (
  application BLOB NOT NULL,
  case_id BLOB NOT NULL,
  record BLOB,                          -- NULL while only the ledger has spoken of the case
  authority_code TEXT NOT NULL,
  authority_name TEXT NOT NULL,
  authority_uscc TEXT NOT NULL,
  rule_id TEXT NOT NULL,
  catalogue_version TEXT NOT NULL,
  catalogue_sha256 TEXT NOT NULL,
  calendar_version TEXT NOT NULL,
  state INTEGER NOT NULL,
  version INTEGER NOT NULL,             -- of the case at routing
  opened INTEGER,
  changed INTEGER,
  authority_no TEXT NOT NULL,           -- the authority's own number
  result INTEGER NOT NULL,
  decision_no TEXT NOT NULL,
  decision_date TEXT NOT NULL,
  remedies TEXT NOT NULL,
  supplement_round INTEGER NOT NULL,
  supplement_requested INTEGER,
  supplemented_round INTEGER NOT NULL,  -- the last round that the applicant answered
  concluded INTEGER,
  entered INTEGER,                      -- the decision is in the ledger
  loop_closed INTEGER,
  lists BLOB NOT NULL,                  -- xiufu.intake.v1.Case with reasons, defects and deadlines only
  PRIMARY KEY (application, case_id)
) WITHOUT ROWID;

CREATE TABLE material (
  id BLOB PRIMARY KEY NOT NULL,
  application BLOB NOT NULL,
  kind TEXT NOT NULL,
  file_name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 BLOB NOT NULL,                 -- names the blob on disk
  created INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX material_application ON material (application, id);
CREATE INDEX material_sha256 ON material (sha256);

CREATE TABLE supplement (
  application BLOB NOT NULL,
  case_id BLOB NOT NULL,
  round INTEGER NOT NULL,
  note TEXT NOT NULL,
  supplemented INTEGER NOT NULL,
  PRIMARY KEY (application, case_id, round)
) WITHOUT ROWID;

CREATE TABLE timeline (
  application BLOB NOT NULL,
  position INTEGER NOT NULL,            -- from 1, contiguous
  time INTEGER NOT NULL,
  code TEXT NOT NULL,
  text TEXT NOT NULL,
  text_en TEXT NOT NULL,
  case_id BLOB,
  record BLOB,
  case_state INTEGER NOT NULL,
  result INTEGER NOT NULL,
  application_state INTEGER NOT NULL,
  PRIMARY KEY (application, position)
) WITHOUT ROWID;

CREATE TABLE number_sequence (
  region TEXT NOT NULL,
  day TEXT NOT NULL,                    -- ISO 8601, Asia/Shanghai
  last INTEGER NOT NULL,
  PRIMARY KEY (region, day)
) WITHOUT ROWID;
