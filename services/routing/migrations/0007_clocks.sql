-- Clocks also run after a case is over, until the effects of an approval are confirmed.
CREATE INDEX kase_running ON kase (id)
  WHERE (state NOT IN (6, 9, 10, 11) OR (state = 6 AND result = 1 AND loop_closed_at IS NULL));
DROP INDEX kase_open;
