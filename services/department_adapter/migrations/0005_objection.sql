-- A task may be an objection that its authority has to look into.
ALTER TABLE task ADD COLUMN objection_kind TEXT NOT NULL DEFAULT '';  -- CONTENT, PERIOD, RESULT; empty: a repair
ALTER TABLE task ADD COLUMN repair_case BLOB;                         -- of an objection: the case that it is about
