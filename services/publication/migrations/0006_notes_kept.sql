-- What imports had to say about single rows goes after its time; then nobody goes on with one that was never finished.

ALTER TABLE import ADD COLUMN notes_deleted_at INTEGER;  -- UTC ms, when that began
DROP INDEX import_open;
CREATE UNIQUE INDEX import_open ON import (file_sha256, asked_layout)
  WHERE finished_at IS NULL AND notes_deleted_at IS NULL AND file_sha256 <> x'';
