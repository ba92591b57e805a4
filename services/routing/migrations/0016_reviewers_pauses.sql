-- A pause that a reviewer asked for, and the time that a case was with reviewers, are no authority's.
UPDATE case_pause SET authority_code = ''
 WHERE EXISTS (SELECT 1 FROM review WHERE review.case_id = case_pause.case_id AND review.kind = 'DEFECTS'
                AND review.at = case_pause.asked_at);
UPDATE case_time SET
    gross = gross - (passed.at - passed.opened_at),
    net = net - (passed.at - passed.opened_at
            - coalesce((SELECT sum(until - asked_at) FROM case_pause
                         WHERE case_pause.case_id = case_time.case_id AND case_pause.authority_code = ''), 0))
  FROM (SELECT review.case_id, max(review.at) AS at, kase.opened_at FROM review JOIN kase ON kase.id = review.case_id
         WHERE review.kind IN ('PASSED', 'TIME_UP') GROUP BY review.case_id) AS passed
 WHERE passed.case_id = case_time.case_id;
UPDATE case_time SET authority_code = ''
 WHERE EXISTS (SELECT 1 FROM kase WHERE kase.id = case_time.case_id AND kase.reviewer <> '');
