-- What a rep sees beneath one customer: what names him, and the rest while the customer is his and it is not too old.
SELECT kind, id, version, hlc, body, customer, rep
FROM record INDEXED BY record_by_customer
WHERE company = ?1
  AND customer = ?8
  AND version > ?2
  AND version <= ?3
  AND (
    rep = ?4
    OR (
      sight = 1
      AND (on_date IS NULL OR on_date >= ?5)
      AND EXISTS (
        SELECT 1 FROM scope
        WHERE scope.company = ?1 AND scope.rep = ?4 AND scope.customer = ?8
      )
    )
  )
  AND (body IS NOT NULL OR version > ?6)
ORDER BY version
LIMIT ?7
