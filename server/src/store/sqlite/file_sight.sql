-- What the rows that a rep sees say of a file: may he read it, how long is it by a row of his own, has he proved to have it.
SELECT
  max(EXISTS (
    SELECT 1 FROM blob_holder
    WHERE blob_holder.company = ?1 AND blob_holder.sha256 = ?2 AND blob_holder.rep = record.rep
  )),
  max(CASE WHEN rep = ?3 THEN file_bytes END),
  EXISTS (SELECT 1 FROM blob_holder WHERE company = ?1 AND sha256 = ?2 AND rep = ?3)
FROM record INDEXED BY record_by_file
WHERE file_sha256 = ?2
  AND company = ?1
  AND (
    sight = 0
    OR rep = ?3
    OR (
      sight = 1
      AND (on_date IS NULL OR on_date >= (SELECT horizon FROM company WHERE no = ?1))
      AND EXISTS (
        SELECT 1 FROM scope
        WHERE scope.company = ?1 AND scope.rep = ?3 AND scope.customer = record.customer
      )
    )
  )
