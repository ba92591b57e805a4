-- Those that are open, by what they are about. Not unique: twins that were open before there was this check stay.
CREATE INDEX objection_open ON objection (record, kind) WHERE state IN (1, 2, 3, 8);
