-- Requests for papers that the case held: answered from it. One row a kind that was asked for.
CREATE TABLE needless_request (
  case_id BLOB NOT NULL,
  task BLOB NOT NULL,
  answer_id TEXT NOT NULL,
  kind TEXT NOT NULL,                   -- catalogue key
  held_by TEXT NOT NULL CHECK (held_by IN ('APPLICANT', 'AUTHORITY')),  -- given before; an authority or a system has it
  authority_code TEXT NOT NULL,
  whole INTEGER NOT NULL CHECK (whole IN (0, 1)),  -- nothing was left to ask of the applicant
  at INTEGER NOT NULL,
  PRIMARY KEY (case_id, task, answer_id, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX needless_request_authority ON needless_request (authority_code, at);
