-- Who sees a customer without an assignment that holds on the date, and the other way round.
WITH assigned AS (
  SELECT rep, customer FROM assignment
  WHERE company = ?1 AND first_day <= ?2 AND (last_day IS NULL OR last_day >= ?2)
),
seen AS (
  SELECT rep, customer FROM scope WHERE company = ?1
)
SELECT rep, customer FROM (SELECT * FROM assigned EXCEPT SELECT * FROM seen)
UNION ALL
SELECT rep, customer FROM (SELECT * FROM seen EXCEPT SELECT * FROM assigned)
ORDER BY 1, 2
