-- What applicants are told without asking: one row a message and channel. Its call is a job of the same id. No telephone.
CREATE TABLE notification (
  position INTEGER PRIMARY KEY,
  id BLOB NOT NULL UNIQUE,
  application BLOB,                     -- NULL: about no application
  case_id BLOB,
  number TEXT NOT NULL,                 -- of the application
  code TEXT NOT NULL,                   -- of the timeline
  channel TEXT NOT NULL,                -- its name in the configuration
  text TEXT NOT NULL,
  text_en TEXT NOT NULL,
  case_state INTEGER NOT NULL,
  result INTEGER NOT NULL,
  application_state INTEGER NOT NULL,
  told INTEGER NOT NULL,                -- when what it tells happened
  due INTEGER NOT NULL,
  reminds_of TEXT NOT NULL,             -- a reminder: the due date; else empty
  state INTEGER NOT NULL,               -- 1 waiting, 2 sent, 3 dropped
  settled INTEGER
);
CREATE INDEX notification_number ON notification (number, position);
CREATE INDEX notification_unsent ON notification (position) WHERE state <> 2;

-- What came of its attempts: those in a row that came to the same are one row.
CREATE TABLE notification_attempt (
  notification BLOB NOT NULL,
  run INTEGER NOT NULL,                 -- from 1
  outcome TEXT NOT NULL,
  times INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  PRIMARY KEY (notification, run)
) WITHOUT ROWID;
