-- Ways out of a case. `concluded` is when it ended, with or without a decision.
ALTER TABLE case_view ADD COLUMN withdrawal_requested INTEGER;             -- until routing answers
ALTER TABLE case_view ADD COLUMN missed_round INTEGER NOT NULL DEFAULT 0;  -- the last round whose time is over
-- xiufu.intake.v1.Case with reasons and remedies only: why it was not accepted, takes longer or has no authority
ALTER TABLE case_view ADD COLUMN grounds BLOB NOT NULL DEFAULT x'';

-- The applicant's words to a request; routing is not told.
CREATE TABLE withdrawal (
  application BLOB NOT NULL,
  case_id BLOB NOT NULL,
  requested INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (application, case_id, requested)
) WITHOUT ROWID;
