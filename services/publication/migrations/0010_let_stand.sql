-- Who let a refused decision stand, why and when; before, the reason was appended to that of the refusal.
ALTER TABLE ending ADD COLUMN let_stand_by TEXT NOT NULL DEFAULT '';
ALTER TABLE ending ADD COLUMN let_stand_because TEXT NOT NULL DEFAULT '';
ALTER TABLE ending ADD COLUMN let_stand_at INTEGER;
CREATE INDEX ending_let_stand ON ending (decision) WHERE let_stand_by <> '';
