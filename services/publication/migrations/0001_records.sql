-- The records (失信信息) and what became of decisions about them.

CREATE TABLE record (
  id BLOB NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  state INTEGER NOT NULL,               -- xiufu.common.v1.RecordState
  authority_uscc TEXT NOT NULL,
  document_no TEXT NOT NULL,
  subject_uscc TEXT NOT NULL,
  code_mismatch INTEGER NOT NULL,       -- 1: wrong check characters in subject_uscc
  subject_name TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  authority_name TEXT NOT NULL,
  decision_date TEXT NOT NULL,          -- legal dates: yyyy-mm-dd, Asia/Shanghai
  valid_until TEXT,
  publicity_end TEXT,
  penalty_kinds TEXT NOT NULL,          -- separated by line feeds, in the order of the law
  fine_fen INTEGER NOT NULL,
  confiscated_fen INTEGER NOT NULL,
  violation TEXT NOT NULL,
  facts TEXT NOT NULL,
  basis TEXT NOT NULL,
  penalty TEXT NOT NULL,
  licence TEXT NOT NULL,
  source_name TEXT NOT NULL,
  source_uscc TEXT NOT NULL,
  remark TEXT NOT NULL,
  extra TEXT NOT NULL,                  -- JSON object: unknown columns of the feed by their code
  fingerprint BLOB NOT NULL,            -- SHA-256 of what the feed said
  imported_at INTEGER NOT NULL,         -- UTC ms
  changed_at INTEGER NOT NULL,          -- UTC ms, of the last import that brought other content
  ended_at INTEGER,                     -- UTC ms, of the ledger's entry
  ended_by BLOB,                        -- decision
  result_word TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX record_key ON record (subject_uscc, authority_uscc, document_no);
CREATE INDEX record_of_subject ON record (subject_uscc, decision_date DESC, id);

CREATE TABLE ending (
  decision BLOB NOT NULL PRIMARY KEY,
  case_id BLOB NOT NULL,
  application BLOB NOT NULL,
  record BLOB NOT NULL,
  record_version INTEGER NOT NULL,      -- of the record that was decided upon
  entered_at INTEGER NOT NULL,          -- UTC ms
  effects TEXT NOT NULL,                -- all of the decision's, separated by line feeds
  result_word TEXT NOT NULL,
  outcome INTEGER NOT NULL,             -- 1 ended, 2 refused
  version INTEGER NOT NULL,             -- of the record after the change, or as it was found
  reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;
