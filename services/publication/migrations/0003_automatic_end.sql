-- Publicity ends by itself after its last day.

ALTER TABLE record ADD COLUMN ends_on TEXT;                          -- the last day, yyyy-mm-dd; NULL: no end is known
ALTER TABLE record ADD COLUMN reckoned_by TEXT NOT NULL DEFAULT '';  -- version of the catalogue that ends_on is by

CREATE INDEX record_ends ON record (ends_on) WHERE state IN (1, 6) AND ends_on IS NOT NULL;
CREATE INDEX record_reckoned ON record (reckoned_by);
