-- Findings about approvals are answers too. Which kinds there are, the program says.
CREATE TABLE answer_of_any_kind (
  case_id BLOB NOT NULL,
  task BLOB NOT NULL,
  answer_id TEXT NOT NULL,
  kind TEXT NOT NULL,                   -- "ACCEPTED", "DECIDED", "REVOKED" ...
  content BLOB NOT NULL,                -- xiufu.department.v1.Answer
  received_at INTEGER NOT NULL,
  counts INTEGER NOT NULL CHECK (counts IN (0, 1)),
  reason TEXT NOT NULL,                 -- why it does not count
  fault_reason TEXT NOT NULL,           -- why the ledger could not enter it
  PRIMARY KEY (case_id, task, answer_id)
) STRICT, WITHOUT ROWID;
INSERT INTO answer_of_any_kind
  SELECT case_id, task, answer_id, kind, content, received_at, counts, reason, fault_reason FROM answer;
DROP TABLE answer;
ALTER TABLE answer_of_any_kind RENAME TO answer;
CREATE UNIQUE INDEX answer_decision ON answer (case_id) WHERE kind = 'DECIDED' AND counts = 1;
CREATE UNIQUE INDEX answer_revocation ON answer (case_id) WHERE kind = 'REVOKED' AND counts = 1;
CREATE INDEX answer_uncounted ON answer (received_at, case_id, task, answer_id) WHERE counts = 0;

ALTER TABLE kase ADD COLUMN revoked_by TEXT NOT NULL DEFAULT '';  -- answer_id of the finding that revoked the approval
CREATE INDEX kase_decision_no ON kase (decision_no) WHERE state = 6;
