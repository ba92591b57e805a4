-- What a look at a pushed application for completeness found: given along with the task, or after it.
CREATE TABLE opinion (
  task BLOB NOT NULL,
  review TEXT NOT NULL,               -- names it within the case
  id BLOB UNIQUE,                     -- request id towards the authority; NULL: part of the task
  by_whom TEXT NOT NULL,              -- "REVIEWER"; empty: the suite itself looked
  text TEXT NOT NULL,
  missing TEXT NOT NULL,              -- kinds of papers, separated by line feeds
  given_at INTEGER NOT NULL,          -- UTC ms
  fingerprint BLOB NOT NULL,
  delivered_at INTEGER,               -- UTC ms; of one with an id
  PRIMARY KEY (task, review)
) STRICT, WITHOUT ROWID;
