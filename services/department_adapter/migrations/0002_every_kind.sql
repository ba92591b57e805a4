-- A task may be about an entry of a list.
ALTER TABLE task ADD COLUMN matter TEXT NOT NULL DEFAULT 'PENALTY';  -- xiufu.common.v1.MatterKind
ALTER TABLE task ADD COLUMN list_name TEXT NOT NULL DEFAULT '';
ALTER TABLE task ADD COLUMN ground TEXT NOT NULL DEFAULT '';
