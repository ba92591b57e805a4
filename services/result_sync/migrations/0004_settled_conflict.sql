-- Conflicts that a person has compared and let stand: the record stays as it is.
CREATE TABLE settled_conflict (
  decision BLOB PRIMARY KEY NOT NULL,
  person TEXT NOT NULL,
  reason TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
