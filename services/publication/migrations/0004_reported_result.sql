-- What authorities did with records by themselves (移出, 撤销, 恢复正常记载, deleted, annulled), from feeds and by report.

CREATE TABLE reported_result (
  record BLOB NOT NULL,
  kind INTEGER NOT NULL,          -- Reported::Kind
  reported_on TEXT,               -- yyyy-mm-dd
  authority_name TEXT NOT NULL,   -- who did it; empty: who determined the record
  authority_uscc TEXT NOT NULL,
  reason TEXT NOT NULL,
  source TEXT NOT NULL,           -- "imports/<uuid>", or who reported it
  received_at INTEGER NOT NULL,   -- UTC ms
  result_word TEXT NOT NULL,      -- by the rule
  PRIMARY KEY (record, kind)
) STRICT, WITHOUT ROWID;
