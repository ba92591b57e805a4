-- What an authority is told beside its tasks, and whether its system has it.
CREATE TABLE reminder (
  id BLOB NOT NULL PRIMARY KEY,       -- of the event: also the stable request id
  task BLOB NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('DUE_SOON', 'OVERDUE', 'SUPERVISION_ORDER')),
  text TEXT NOT NULL,                 -- in words, as the authority is told
  deadline_kind TEXT NOT NULL,
  due_date TEXT NOT NULL,
  number TEXT NOT NULL,
  given_at INTEGER NOT NULL,          -- UTC ms
  delivered_at INTEGER                -- UTC ms; NULL: not yet, or given up since the task was cancelled
) STRICT, WITHOUT ROWID;
CREATE INDEX reminder_of_task ON reminder (task) WHERE delivered_at IS NULL;
