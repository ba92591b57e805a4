-- A deadline keeps its own start, and each time its clock stood still: "2026-06-02..2026-06-09", separated by semicolons.
ALTER TABLE deadline ADD COLUMN pauses TEXT NOT NULL DEFAULT '';
