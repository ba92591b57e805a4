-- What an applicant sees beyond what has happened.
-- xiufu.intake.v1.NextStep: what was to happen next when the entry was told; empty where nobody said
ALTER TABLE timeline ADD COLUMN next_step BLOB NOT NULL DEFAULT x'';

-- What an authority told on the way, for its notice on paper; the view of the case forgets it.
CREATE TABLE told_notice (
  application BLOB NOT NULL,
  case_id BLOB NOT NULL,
  code TEXT NOT NULL,                   -- of the timeline: CASE_ACCEPTED, CASE_SUPPLEMENT_REQUESTED, CASE_EXTENDED
  round INTEGER NOT NULL,               -- of a supplement; else 0
  told INTEGER NOT NULL,
  authority TEXT NOT NULL,              -- its name
  authority_no TEXT NOT NULL,
  lists BLOB NOT NULL,                  -- xiufu.intake.v1.Case with defects and deadlines only
  grounds BLOB NOT NULL,                -- xiufu.intake.v1.Case with reasons and remedies only
  PRIMARY KEY (application, case_id, code, round)
) WITHOUT ROWID;
