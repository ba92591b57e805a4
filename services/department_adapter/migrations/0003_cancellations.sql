-- Tasks that need no answer any more, and whether their authority knows.
CREATE TABLE cancellation (
  id BLOB NOT NULL PRIMARY KEY,
  task BLOB NOT NULL UNIQUE,
  cause TEXT NOT NULL,
  reason TEXT NOT NULL,               -- the cause in words, as the authority is told
  cancelled_at INTEGER NOT NULL,      -- UTC ms
  delivered_at INTEGER                -- UTC ms; NULL: not yet, or the authority never got the task
) STRICT, WITHOUT ROWID;
