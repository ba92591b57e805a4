-- Every kind of record, the imports that bring them, and the search by name.

ALTER TABLE record ADD COLUMN matter TEXT NOT NULL DEFAULT 'PENALTY';  -- catalogue::MatterKind
ALTER TABLE record ADD COLUMN entry TEXT NOT NULL DEFAULT '';  -- of lists: stands for a missing document_no
ALTER TABLE record ADD COLUMN list_name TEXT NOT NULL DEFAULT '';
ALTER TABLE record ADD COLUMN ground TEXT NOT NULL DEFAULT '';
ALTER TABLE record ADD COLUMN procedure TEXT NOT NULL DEFAULT '';
ALTER TABLE record ADD COLUMN published_on TEXT;
ALTER TABLE record ADD COLUMN corrected_on TEXT;
ALTER TABLE record ADD COLUMN restriction_until TEXT;
ALTER TABLE record ADD COLUMN repair_basis TEXT NOT NULL DEFAULT 'ORDINARY';  -- catalogue::Basis
-- What the authority has done with it by itself, as the feed says.
ALTER TABLE record ADD COLUMN reported INTEGER;  -- Reported::Kind
ALTER TABLE record ADD COLUMN reported_on TEXT;
ALTER TABLE record ADD COLUMN reported_by TEXT NOT NULL DEFAULT '';
ALTER TABLE record ADD COLUMN reported_by_uscc TEXT NOT NULL DEFAULT '';
ALTER TABLE record ADD COLUMN reported_reason TEXT NOT NULL DEFAULT '';

-- Who has no code here is known by name.
DROP INDEX record_key;
CREATE UNIQUE INDEX record_key ON record (subject_uscc, document_no, matter, entry,
  iif(authority_uscc = '', authority_name, authority_uscc));

-- One file on its way in, or come in. What a row led to is written together with the position behind it, so that a
-- file that is sent again goes on there.
CREATE TABLE import (
  id BLOB NOT NULL PRIMARY KEY,
  request_id BLOB NOT NULL,
  file_name TEXT NOT NULL,
  file_sha256 BLOB NOT NULL,            -- empty where the sender did not say: then it cannot go on
  asked_layout TEXT NOT NULL,           -- empty: to be told from the header
  layout TEXT NOT NULL DEFAULT '',
  encoding TEXT NOT NULL DEFAULT '',    -- UTF-8, GB18030
  attempt INTEGER NOT NULL,             -- only the call that holds the newest one may write
  position INTEGER NOT NULL DEFAULT 0,  -- rows whose outcome is in the store
  imported INTEGER NOT NULL DEFAULT 0,
  unchanged INTEGER NOT NULL DEFAULT 0,
  updated INTEGER NOT NULL DEFAULT 0,
  out_of_scope INTEGER NOT NULL DEFAULT 0,
  rejected INTEGER NOT NULL DEFAULT 0,
  notes INTEGER NOT NULL DEFAULT 0,
  started_at INTEGER NOT NULL,          -- UTC ms
  finished_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX import_open ON import (file_sha256, asked_layout)
  WHERE finished_at IS NULL AND file_sha256 <> x'';

-- What is to be said about single rows.
CREATE TABLE import_note (
  import BLOB NOT NULL,
  ordinal INTEGER NOT NULL,             -- from 1
  warning INTEGER NOT NULL,             -- 1: the row was taken all the same
  line INTEGER NOT NULL,
  field TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (import, ordinal)
) STRICT, WITHOUT ROWID;

-- The row that last spoke of a record: two rows of one file that have one key and say different things would undo each
-- other with every import.
CREATE TABLE record_source (
  record BLOB NOT NULL PRIMARY KEY,
  import BLOB NOT NULL,
  line INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Names as they are searched. Rows stay when no record has the name any more: they find nothing then.
CREATE TABLE subject (
  id INTEGER NOT NULL PRIMARY KEY,      -- the order of what a search finds
  uscc TEXT NOT NULL,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,                 -- one form for all ways to write it
  UNIQUE (uscc, name)
) STRICT;
-- Every two neighbouring characters of a folded name, as a word of hexadecimal digits. (The trigrams of SQLite find
-- nothing of two characters, and of Chinese one searches two.)
CREATE VIRTUAL TABLE subject_grams USING fts5(grams, content='', detail='none', tokenize='ascii');
-- Those of before, which the service takes in when it starts.
CREATE TABLE subject_pending AS SELECT DISTINCT subject_uscc AS uscc, subject_name AS name FROM record;
