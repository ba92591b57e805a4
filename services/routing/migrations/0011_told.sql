-- What a person told of a case that is decided in another system.
CREATE TABLE told (
  case_id BLOB NOT NULL,
  told_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('TOLD_FILED', 'TOLD_ACCEPTED', 'TOLD_NOT_ACCEPTED', 'TOLD_REFUSED')),
  upstream_no TEXT NOT NULL,            -- TOLD_FILED
  day TEXT NOT NULL,                    -- TOLD_FILED
  person TEXT NOT NULL,
  source TEXT NOT NULL,                 -- where it is known from
  PRIMARY KEY (case_id, told_id)
) STRICT, WITHOUT ROWID;
