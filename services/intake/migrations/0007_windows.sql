-- Windows and agents. What stands here leaves intake in no event.

-- Where a clerk filed an application, and whose window has it now.
CREATE TABLE filing (
  application BLOB PRIMARY KEY NOT NULL,
  clerk TEXT NOT NULL,                  -- a code
  window TEXT NOT NULL,                 -- of the directory
  filed_region TEXT NOT NULL,
  region TEXT NOT NULL,                 -- whose window has it
  filed INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX filing_region ON filing (region, application);

-- The powers of an application's agent, the last one counts.
CREATE TABLE power_of_attorney (
  application BLOB NOT NULL,
  ordinal INTEGER NOT NULL,             -- from 1
  agent TEXT NOT NULL,                  -- an organisation's code, or a keyed hash of a person's identity
  agent_name TEXT NOT NULL,
  organisation_name TEXT NOT NULL,
  records BLOB NOT NULL,                -- their ids, 16 bytes each; empty: all
  matters TEXT NOT NULL,                -- "PENALTY,SERIOUS_LIST"; empty: all
  acts TEXT NOT NULL,                   -- "1,2"
  valid_from TEXT NOT NULL,
  valid_to TEXT NOT NULL,
  document BLOB,                        -- the material; NULL: the draft's own
  recorded INTEGER NOT NULL,
  PRIMARY KEY (application, ordinal)
) WITHOUT ROWID;
CREATE INDEX power_of_attorney_agent ON power_of_attorney (agent, application);
CREATE INDEX application_submitted ON application (submitted) WHERE submitted IS NOT NULL;

-- In what capacity somebody applied, supplemented or withdrew.
CREATE TABLE act (
  application BLOB NOT NULL,
  ordinal INTEGER NOT NULL,             -- from 1
  act INTEGER NOT NULL,
  capacity INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (application, ordinal)
) WITHOUT ROWID;

CREATE TABLE consultation (
  id BLOB PRIMARY KEY NOT NULL,
  clerk TEXT NOT NULL,
  window TEXT NOT NULL,
  taken_region TEXT NOT NULL,
  region TEXT NOT NULL,                 -- whose window has it
  mode INTEGER NOT NULL,
  topic TEXT NOT NULL,
  at INTEGER NOT NULL,
  month TEXT NOT NULL,                  -- "2026-11", Asia/Shanghai
  subject_uscc TEXT NOT NULL,
  application BLOB,
  case_id BLOB,
  question TEXT NOT NULL,
  answer TEXT NOT NULL,
  contact_name TEXT NOT NULL,           -- these two are emptied when their time is over
  contact_phone TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX consultation_region ON consultation (region, id);
CREATE INDEX consultation_month ON consultation (month, window, topic);
CREATE INDEX consultation_contact ON consultation (at) WHERE contact_name <> '' OR contact_phone <> '';

-- Pre-checks leave nothing but their number.
CREATE TABLE precheck_count (
  month TEXT NOT NULL,
  window TEXT NOT NULL,
  region TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (month, window)
) WITHOUT ROWID;

CREATE TABLE hand_over (
  id BLOB PRIMARY KEY NOT NULL,
  application BLOB,                     -- one of the two
  consultation BLOB,
  from_region TEXT NOT NULL,
  to_region TEXT NOT NULL,
  from_clerk TEXT NOT NULL,
  reason TEXT NOT NULL,
  given INTEGER NOT NULL,
  taken INTEGER,
  to_clerk TEXT NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX hand_over_open ON hand_over (coalesce(application, consultation)) WHERE taken IS NULL;
CREATE INDEX hand_over_to ON hand_over (to_region, id);
CREATE INDEX hand_over_from ON hand_over (from_region, id);
