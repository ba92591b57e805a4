-- The law as data that this service has decided with, each version whole and for ever. "name" is what no two contents may
-- share: the version's text without the digest behind '@'.
CREATE TABLE law_version (
  kind TEXT NOT NULL,       -- 'catalogue', 'calendar', 'authorities'
  name TEXT NOT NULL,
  version TEXT NOT NULL,    -- as decisions name it
  sha256 TEXT NOT NULL,
  loaded_at INTEGER NOT NULL,
  content TEXT NOT NULL,    -- the files as one text
  PRIMARY KEY (kind, name)
) STRICT;
CREATE INDEX law_version_by_sha256 ON law_version (kind, sha256);
