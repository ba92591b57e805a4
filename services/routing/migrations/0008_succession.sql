-- How a case's authority came by it, where the record names one that is gone (职权承继), step by step.
CREATE TABLE succession (
  case_id BLOB NOT NULL,
  step INTEGER NOT NULL,
  predecessor_name TEXT NOT NULL,
  predecessor_uscc TEXT NOT NULL,
  authority_code TEXT NOT NULL,         -- of the successor
  document TEXT NOT NULL,
  effective_from TEXT NOT NULL,
  source TEXT NOT NULL,
  confidence TEXT NOT NULL,
  PRIMARY KEY (case_id, step)
) STRICT, WITHOUT ROWID;
