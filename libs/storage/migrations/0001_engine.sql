-- The engine's own tables: every service's store has them, and their rows are no domain rows (engine_tables.h).
-- Times are UTC milliseconds. Ids are 16-byte blobs, ordered by time. What every event goes through grows at its end.

-- One value per name: 'service', 'clean' (1 after an orderly stop), 'probe' (tests for room after a full disk).
CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value ANY
) STRICT, WITHOUT ROWID;

-- The epochs of this store: one when it was created, one for each time it was restored. The highest is the present.
CREATE TABLE epoch (
  epoch INTEGER PRIMARY KEY,
  reason TEXT NOT NULL
) STRICT;

-- One epoch of one stream that this store produces, made with its first event. "Lane" is its short key.
CREATE TABLE stream (
  lane INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  previous_epoch INTEGER NOT NULL,  -- the epoch before it that had events, 0 when none
  previous_last INTEGER NOT NULL,   -- the last seq that was held of it
  sent_through INTEGER NOT NULL DEFAULT 0,  -- confirmed by the broker up to here
  UNIQUE (name, epoch)
) STRICT;

-- Every event that was appended, as it is sent; seq has no gaps within a lane. id is the order of commits.
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY,
  lane INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  event_id BLOB NOT NULL,
  type TEXT NOT NULL,
  at INTEGER NOT NULL,  -- when it was appended
  bytes BLOB NOT NULL,
  UNIQUE (lane, seq)
) STRICT;

-- How far each consumer says it is in this store's streams: events behind all of them may go after their time.
CREATE TABLE consumer_mark (
  stream TEXT NOT NULL,
  consumer TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (stream, consumer, epoch)
) STRICT, WITHOUT ROWID;

-- How far this store has taken the streams of others. Kept for ever.
CREATE TABLE mark (
  stream TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  last_id BLOB,
  abandoned INTEGER NOT NULL DEFAULT 0,  -- 1: its producer was restored to before this epoch
  PRIMARY KEY (stream, epoch)
) STRICT, WITHOUT ROWID;

-- Events that this store and a restored producer do not both have, for the operator.
CREATE TABLE divergence (
  id INTEGER PRIMARY KEY,
  stream TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  from_seq INTEGER NOT NULL,
  to_seq INTEGER NOT NULL,
  note TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX divergence_by_stream ON divergence (stream, epoch, note, from_seq);

-- After an unclean stop: events whose handling was begun and not finished, and how often.
CREATE TABLE attempt (
  stream TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  begun INTEGER NOT NULL,
  PRIMARY KEY (stream, epoch, seq)
) STRICT, WITHOUT ROWID;

-- Versions of rules and calendars that events were handled with, each text once.
CREATE TABLE versions (
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;

-- Every event that was handled, with the time and the versions it was handled with.
CREATE TABLE case_input (
  id INTEGER PRIMARY KEY,
  application BLOB,
  case_id BLOB,
  event_id BLOB NOT NULL,
  now INTEGER NOT NULL,
  versions INTEGER NOT NULL,  -- row of versions
  bytes BLOB NOT NULL
) STRICT;
CREATE INDEX case_input_by_application ON case_input (application) WHERE application IS NOT NULL;

-- Messages that could not be parsed, as they came, once per queue and content.
CREATE TABLE poison (
  id INTEGER PRIMARY KEY,
  queue TEXT NOT NULL,
  reason TEXT NOT NULL,
  sha256 BLOB NOT NULL,  -- of raw
  raw BLOB NOT NULL,     -- may be cut short
  full_size INTEGER NOT NULL,
  received INTEGER NOT NULL,
  UNIQUE (queue, sha256, full_size)
) STRICT;

-- Events taken but not handled: to be tried again (0), parked (1), behind an earlier row of their application (2),
-- given up by an operator (3). id is the order of an application's events and never used again.
CREATE TABLE waiting (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3),
  attempts INTEGER NOT NULL,
  due INTEGER,  -- of state 0 only
  first_now INTEGER NOT NULL,
  reason TEXT NOT NULL,
  stream TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  type TEXT NOT NULL,
  application BLOB,
  case_id BLOB,
  bytes BLOB NOT NULL,
  discarded INTEGER,  -- when
  discard_reason TEXT,
  CHECK ((state = 0) = (due IS NOT NULL))
) STRICT;
CREATE INDEX waiting_due ON waiting (due, id) WHERE state = 0;
CREATE INDEX waiting_by_state ON waiting (state, id) WHERE state <> 3;
CREATE INDEX waiting_by_application ON waiting (application, id)
  WHERE application IS NOT NULL AND state <> 3;

-- Answers to clients' writes, so that the same request has the same answer for ever.
CREATE TABLE request (
  id INTEGER PRIMARY KEY,
  request_id BLOB NOT NULL,
  method TEXT NOT NULL,
  body_sha256 BLOB NOT NULL,
  answer BLOB NOT NULL,
  at INTEGER NOT NULL,
  UNIQUE (request_id, method)
) STRICT;

-- Calls to the outside: to be made (0), parked (1), given up by an operator (2); one that succeeded has no row. A lease
-- is no column: it lives in the process.
CREATE TABLE job (
  id BLOB NOT NULL PRIMARY KEY,
  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),
  kind TEXT NOT NULL,
  destination TEXT NOT NULL,
  payload BLOB NOT NULL,
  application BLOB,
  attempts INTEGER NOT NULL,
  created INTEGER NOT NULL,
  due INTEGER,  -- of state 0 only
  last_error TEXT NOT NULL,
  parked INTEGER,     -- since when, of states 1 and 2
  discarded INTEGER,  -- when
  discard_reason TEXT,
  CHECK ((state = 0) = (due IS NOT NULL)),
  CHECK ((state = 0) = (parked IS NULL)),
  CHECK ((state = 2) = (discarded IS NOT NULL AND discard_reason IS NOT NULL))
) STRICT;
CREATE INDEX job_due ON job (destination, due, id) WHERE state = 0;
CREATE INDEX job_by_state ON job (state, id) WHERE state <> 0;

-- Things that are to happen at a time.
CREATE TABLE timer (
  kind TEXT NOT NULL,
  subject BLOB NOT NULL,
  due INTEGER NOT NULL,
  payload BLOB NOT NULL,
  attempts INTEGER NOT NULL,
  UNIQUE (kind, subject)
) STRICT;
CREATE INDEX timer_due ON timer (due, kind, subject);
