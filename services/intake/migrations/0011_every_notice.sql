-- Every notice is kept as a paper of its own: what tells one from another is when it was told, for after a case has gone to
-- another authority a kind may be told anew.
CREATE TABLE every_notice (
  application BLOB NOT NULL,
  case_id BLOB NOT NULL,
  code TEXT NOT NULL,                   -- of the timeline: CASE_ACCEPTED, CASE_SUPPLEMENT_REQUESTED, CASE_EXTENDED
  round INTEGER NOT NULL,               -- of a supplement; else 0
  told INTEGER NOT NULL,
  authority TEXT NOT NULL,              -- its name
  authority_no TEXT NOT NULL,
  lists BLOB NOT NULL,                  -- xiufu.intake.v1.Case with defects and deadlines only
  grounds BLOB NOT NULL,                -- xiufu.intake.v1.Case with reasons and remedies only
  PRIMARY KEY (application, case_id, code, told, round)
) WITHOUT ROWID;
INSERT INTO every_notice (application, case_id, code, round, told, authority, authority_no, lists, grounds)
  SELECT application, case_id, code, round, told, authority, authority_no, lists, grounds FROM told_notice;
DROP TABLE told_notice;
ALTER TABLE every_notice RENAME TO told_notice;
