-- What a rep sees: company data, what names him, and what lies beneath his customers and is not too old.
SELECT kind, id, version, hlc, body, customer, rep
FROM record INDEXED BY record_by_version
WHERE company = ?1
  AND version > ?2
  AND version <= ?3
  AND (
    sight = 0
    OR rep = ?4
    OR (
      sight = 1
      AND (on_date IS NULL OR on_date >= ?5)
      AND EXISTS (
        SELECT 1 FROM scope
        WHERE scope.company = ?1 AND scope.rep = ?4 AND scope.customer = record.customer
      )
    )
  )
  AND (body IS NOT NULL OR version > ?6)
ORDER BY version
LIMIT ?7
