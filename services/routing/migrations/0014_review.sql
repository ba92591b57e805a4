-- The pre-check (预审): where a case stands in its route, and what reviewers have said.
ALTER TABLE kase ADD COLUMN step INTEGER NOT NULL DEFAULT 0;           -- of the rule's reviewers
ALTER TABLE kase ADD COLUMN review_rounds INTEGER NOT NULL DEFAULT 0;  -- supplement rounds that a reviewer asked for
ALTER TABLE kase ADD COLUMN reviewer TEXT NOT NULL DEFAULT '';         -- PRE_CHECK: who looks, by the rule
CREATE INDEX kase_in_pre_check ON kase (changed_at, id) WHERE state = 13;

CREATE TABLE review (
  case_id BLOB NOT NULL,
  review TEXT NOT NULL,
  step INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('PASSED', 'DEFECTS', 'TIME_UP', 'OPINION')),
  person TEXT NOT NULL,                 -- empty: nobody, the time was up
  note TEXT NOT NULL,                   -- of an opinion: its text
  defects TEXT NOT NULL,                -- one a line
  at INTEGER NOT NULL,
  PRIMARY KEY (case_id, review)
) STRICT, WITHOUT ROWID;
