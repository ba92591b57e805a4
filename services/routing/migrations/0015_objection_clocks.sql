-- The first instant after the last day on which the authority's system should have had it: counts against us.
ALTER TABLE objection ADD COLUMN undelivered_since INTEGER;
CREATE INDEX objection_open ON objection (id) WHERE state IN (1, 2, 3);
