-- An authority's line, by which its exceptions from the calendar are known; empty where it was not kept yet.
ALTER TABLE kase ADD COLUMN authority_kind TEXT NOT NULL DEFAULT '';
-- Days on which the authority does otherwise than the State's notice: "2026-08-03 off 搬迁停办;...".
ALTER TABLE deadline ADD COLUMN exceptions TEXT NOT NULL DEFAULT '';
CREATE INDEX kase_open ON kase (id) WHERE state <> 6;

-- Due dates that moved because another calendar was loaded, each with the receipt that it had before, whole.
CREATE TABLE due_move (
  id INTEGER PRIMARY KEY,
  case_id BLOB NOT NULL,
  kind TEXT NOT NULL,
  from_date TEXT NOT NULL,
  to_date TEXT NOT NULL,
  from_calendar TEXT NOT NULL,
  to_calendar TEXT NOT NULL,
  at INTEGER NOT NULL,                  -- when that calendar was loaded here
  start_event TEXT NOT NULL,            -- from here on as in deadline, by the calendar before
  start_date TEXT NOT NULL,
  days INTEGER NOT NULL,
  working_days INTEGER NOT NULL CHECK (working_days IN (0, 1)),
  pauses_on_supplement INTEGER NOT NULL CHECK (pauses_on_supplement IN (0, 1)),
  pauses TEXT NOT NULL,
  provisional INTEGER NOT NULL CHECK (provisional IN (0, 1)),
  skipped TEXT NOT NULL,
  worked TEXT NOT NULL,
  exceptions TEXT NOT NULL,
  source TEXT NOT NULL,
  confidence TEXT NOT NULL
) STRICT;
CREATE INDEX due_move_by_case ON due_move (case_id);

-- The calendar by which everything open was computed last.
CREATE TABLE calendar_applied (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  version TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
