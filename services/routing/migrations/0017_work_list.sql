-- What an authority was given and has not ended.
CREATE INDEX kase_work ON kase (authority_code, id) WHERE state IN (1, 2, 3, 4, 5, 7);
CREATE INDEX kase_open_id ON kase (id) WHERE state IN (1, 2, 3, 4, 5, 7);
