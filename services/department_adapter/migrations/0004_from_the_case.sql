-- A request for papers that the case held already is answered from it: `round` counts down from -1.
ALTER TABLE supplement ADD COLUMN answer_id TEXT NOT NULL DEFAULT '';  -- the request
ALTER TABLE supplement ADD COLUMN fetched TEXT NOT NULL DEFAULT '';    -- kinds separated by line feeds
