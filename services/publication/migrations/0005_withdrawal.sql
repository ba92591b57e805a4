-- Records that the law wanted taken down (撤下) by a day, with all that this day was computed from.

CREATE TABLE withdrawal (
  id INTEGER NOT NULL PRIMARY KEY,  -- in the order in which they were
  record BLOB NOT NULL UNIQUE,
  due_date TEXT NOT NULL,           -- the last day for it, yyyy-mm-dd
  withdrawn_at INTEGER NOT NULL,    -- UTC ms
  receipt TEXT NOT NULL             -- JSON: start event, article, calendar version, skipped days ...
) STRICT;
