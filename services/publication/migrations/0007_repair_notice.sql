-- From when a record can be repaired, who was told of it (信用修复告知书), and what its subject is reminded of.

ALTER TABLE record ADD COLUMN repairable_on TEXT;  -- first day on which one may apply, yyyy-mm-dd; NULL: the machine does not say
UPDATE record SET reckoned_by = '';
CREATE INDEX record_repairable ON record (repairable_on, id) WHERE state = 1 AND repairable_on IS NOT NULL;

-- One for every record that came in public.
CREATE TABLE repair_notice (
  record BLOB NOT NULL PRIMARY KEY,
  authority TEXT NOT NULL,      -- code of deploy/authorities; of one that is not registered its USCC, else its name
  made_on TEXT NOT NULL,        -- the day on which the record came in
  given_on TEXT,                -- the day on which the subject got it; the columns below belong to that
  way INTEGER,                  -- xiufu.publication.v1.NoticeReceipt.Way
  record_version INTEGER,       -- as which the record was told
  given_by TEXT,
  receipt_no TEXT,              -- of the proof of service (送达回证); may be empty
  receipted_at INTEGER          -- UTC ms
) STRICT, WITHOUT ROWID;
CREATE INDEX repair_notice_authority ON repair_notice (authority, made_on, record, given_on);

-- What was reminded of. A day that moved is another one.
CREATE TABLE reminder (
  record BLOB NOT NULL,
  kind INTEGER NOT NULL,        -- publication::Reminder::Kind
  day TEXT NOT NULL,            -- that it is about
  PRIMARY KEY (record, kind, day)
) STRICT, WITHOUT ROWID;
-- The day up to which everything is reminded of.
CREATE TABLE reminded_through (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  day TEXT NOT NULL
) STRICT;
