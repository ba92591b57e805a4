-- How applicants found it (好差评), once per application.
CREATE TABLE rating (
  position INTEGER PRIMARY KEY,
  application BLOB NOT NULL UNIQUE,
  number TEXT NOT NULL UNIQUE,          -- of the application
  satisfaction INTEGER NOT NULL,        -- 1 very satisfied ... 5 very dissatisfied; named in rating.proto
  channel INTEGER NOT NULL,
  reasons TEXT NOT NULL,                -- ids, separated by commas
  text TEXT NOT NULL,
  rated INTEGER NOT NULL,
  follow_up_person TEXT NOT NULL,       -- of a bad one; empty: nobody has seen to it
  follow_up_note TEXT NOT NULL,
  followed_up INTEGER
);
CREATE INDEX rating_to_follow_up ON rating (position) WHERE satisfaction >= 4 AND followed_up IS NULL;
