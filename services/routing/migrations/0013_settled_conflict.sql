-- Answers that do not count, to a case or an objection, which a person has compared with what counts and let stand.
CREATE TABLE settled_answer (
  case_id BLOB NOT NULL,                -- or the objection
  task BLOB NOT NULL,
  answer_id TEXT NOT NULL,
  person TEXT NOT NULL,
  reason TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (case_id, task, answer_id)
) STRICT, WITHOUT ROWID;
