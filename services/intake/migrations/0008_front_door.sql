-- What upstream front doors pushed, under their own numbers. Never deleted.
CREATE TABLE pushed (
  id BLOB PRIMARY KEY NOT NULL,
  front_door INTEGER NOT NULL,
  upstream_no TEXT NOT NULL,
  principal TEXT NOT NULL,              -- who pushed it
  request BLOB NOT NULL,                -- xiufu.intake.v1.ReceivePushedRequest as it came
  request_sha256 BLOB NOT NULL,         -- what makes two pushes the same
  subject_uscc TEXT NOT NULL,
  received INTEGER NOT NULL,
  state INTEGER NOT NULL,               -- xiufu.intake.v1.PushReceipt.State
  reason TEXT NOT NULL,                 -- NEEDS_PERSON, RECORD_UNKNOWN
  looks INTEGER NOT NULL,               -- how often it was taken up
  application BLOB,                     -- the one whose case it is in, once TAKEN
  record BLOB
) WITHOUT ROWID;
CREATE UNIQUE INDEX pushed_number ON pushed (front_door, upstream_no);
CREATE INDEX pushed_application ON pushed (application, record) WHERE application IS NOT NULL;
CREATE INDEX pushed_waiting ON pushed (id) WHERE state NOT IN (4, 6);

CREATE TABLE pushed_material (
  pushed BLOB NOT NULL,
  round INTEGER NOT NULL,               -- 0 of the application, else of a supplement
  ordinal INTEGER NOT NULL,
  kind TEXT NOT NULL,
  file_name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 BLOB NOT NULL,
  there INTEGER NOT NULL,               -- 1: the blob is here
  PRIMARY KEY (pushed, round, ordinal)
) WITHOUT ROWID;
CREATE INDEX pushed_material_sha256 ON pushed_material (sha256);

CREATE TABLE pushed_supplement (
  pushed BLOB NOT NULL,
  round INTEGER NOT NULL,
  request_sha256 BLOB NOT NULL,
  note TEXT NOT NULL,
  taken INTEGER,                        -- when; NULL while papers are missing
  PRIMARY KEY (pushed, round)
) WITHOUT ROWID;

-- What goes back under each number, in order. The id is the request id of every attempt.
CREATE TABLE upstream_return (
  id BLOB PRIMARY KEY NOT NULL,
  pushed BLOB NOT NULL,
  sequence INTEGER NOT NULL,
  front_door INTEGER NOT NULL,
  content BLOB NOT NULL,                -- xiufu.intake.v1.UpstreamReturn
  returned INTEGER                      -- when the door had it
) WITHOUT ROWID;
CREATE UNIQUE INDEX upstream_return_order ON upstream_return (pushed, sequence);
CREATE INDEX upstream_return_open ON upstream_return (pushed, sequence) WHERE returned IS NULL;
