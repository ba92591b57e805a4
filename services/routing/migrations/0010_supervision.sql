-- Lights that were told before (2, a reminder) and after a due date (3); once for each date.
CREATE TABLE reminder (
  case_id BLOB NOT NULL,
  kind TEXT NOT NULL,
  due_date TEXT NOT NULL,
  light INTEGER NOT NULL CHECK (light IN (2, 3)),
  authority_code TEXT NOT NULL,
  at INTEGER NOT NULL,                  -- from when the light was so
  PRIMARY KEY (case_id, kind, due_date, light)
) STRICT, WITHOUT ROWID;
CREATE INDEX reminder_at ON reminder (at, case_id, kind, light);
CREATE INDEX reminder_authority ON reminder (authority_code, light);

-- Whom a missed deadline was brought before. Kept also where the deadline moved later.
CREATE TABLE escalation (
  case_id BLOB NOT NULL,
  kind TEXT NOT NULL,
  since INTEGER NOT NULL,               -- of the overdue
  step INTEGER NOT NULL,
  authority_code TEXT NOT NULL,
  sent_to TEXT NOT NULL,
  proposes_order INTEGER NOT NULL CHECK (proposes_order IN (0, 1)),
  at INTEGER NOT NULL,
  rule_row TEXT NOT NULL,               -- of supervision.toml
  PRIMARY KEY (case_id, kind, since, step)
) STRICT, WITHOUT ROWID;
CREATE INDEX escalation_at ON escalation (at, case_id, kind, step);
CREATE INDEX escalation_authority ON escalation (authority_code);

-- 督办单: issued by a person about a missed deadline, with a time for the reply (its receipt) and the reply.
CREATE TABLE supervision_order (
  number TEXT PRIMARY KEY NOT NULL,
  case_id BLOB NOT NULL,
  kind TEXT NOT NULL,
  since INTEGER NOT NULL,
  authority_code TEXT NOT NULL,
  authority_name TEXT NOT NULL,
  person TEXT NOT NULL,
  demand TEXT NOT NULL,
  issued_at INTEGER NOT NULL,
  start_date TEXT NOT NULL,
  days INTEGER NOT NULL,
  working_days INTEGER NOT NULL CHECK (working_days IN (0, 1)),
  reply_due TEXT NOT NULL,
  source TEXT NOT NULL,
  confidence TEXT NOT NULL,
  calendar_version TEXT NOT NULL,
  reply TEXT NOT NULL,                  -- empty until there is one
  replied_by TEXT NOT NULL,
  replied_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX supervision_order_at ON supervision_order (issued_at, number);
CREATE UNIQUE INDEX supervision_order_open ON supervision_order (case_id, kind, since) WHERE replied_at IS NULL;
CREATE INDEX supervision_order_overdue ON supervision_order (case_id, kind, since);
CREATE TABLE order_sequence (
  region TEXT NOT NULL,
  day TEXT NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (region, day)
) STRICT, WITHOUT ROWID;

-- Whose a missed deadline is: the authority that had the case then.
ALTER TABLE overdue ADD COLUMN authority_code TEXT NOT NULL DEFAULT '';
UPDATE overdue SET authority_code = (SELECT authority_code FROM kase WHERE kase.id = overdue.case_id);
DROP INDEX overdue_open;
CREATE INDEX overdue_since ON overdue (since, case_id, kind);
CREATE INDEX overdue_authority ON overdue (authority_code, kind, since);

-- When the applicant had the turn, to the millisecond: what is between gross and net.
CREATE TABLE case_pause (
  case_id BLOB NOT NULL,
  round INTEGER NOT NULL,
  authority_code TEXT NOT NULL,         -- that asked
  asked_at INTEGER NOT NULL,
  until INTEGER,
  PRIMARY KEY (case_id, round)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_pause_authority ON case_pause (authority_code, asked_at);
INSERT INTO case_pause (case_id, round, authority_code, asked_at, until)
  SELECT asked.case_id, asked.round, asked.authority_code, asked.at,
         coalesce((SELECT supplemented_at FROM supplement
                    WHERE supplement.case_id = asked.case_id AND supplement.round = asked.round),
                  (SELECT changed_at FROM kase WHERE kase.id = asked.case_id AND state <> 4))
    FROM (SELECT answer.case_id, task.authority_code,
                 row_number() OVER (PARTITION BY answer.case_id ORDER BY coalesce(supervision.at, answer.received_at)) AS round,
                 coalesce(supervision.at, answer.received_at) AS at
            FROM answer JOIN task ON task.id = answer.task
            LEFT JOIN supervision ON supervision.case_id = answer.case_id AND supervision.task = answer.task
                                 AND supervision.answer_id = answer.answer_id
           WHERE answer.kind = 'SUPPLEMENT_REQUESTED' AND answer.counts = 1) AS asked;

-- How long a case that is over took, in milliseconds. Recomputed from kase, task and case_pause.
CREATE TABLE case_time (
  case_id BLOB PRIMARY KEY NOT NULL,
  authority_code TEXT NOT NULL,         -- that had it last
  ended_at INTEGER NOT NULL,
  gross INTEGER NOT NULL,               -- from the opening to the end
  net INTEGER NOT NULL,                 -- without the pauses
  with_authority INTEGER NOT NULL       -- from the acknowledgement of its system to the end, without the pauses
) STRICT, WITHOUT ROWID;
CREATE INDEX case_time_authority ON case_time (authority_code, ended_at);
INSERT INTO case_time (case_id, authority_code, ended_at, gross, net, with_authority)
  SELECT kase.id, kase.authority_code, kase.changed_at, kase.changed_at - kase.opened_at,
         kase.changed_at - kase.opened_at
           - coalesce((SELECT sum(until - asked_at) FROM case_pause WHERE case_id = kase.id), 0),
         CASE WHEN task.delivered_at IS NULL THEN 0
              ELSE max(0, kase.changed_at - task.delivered_at
                - coalesce((SELECT sum(max(0, until - max(asked_at, task.delivered_at)))
                              FROM case_pause WHERE case_id = kase.id), 0)) END
    FROM kase JOIN task ON task.id = kase.task
   WHERE kase.state IN (6, 9, 10, 11);
