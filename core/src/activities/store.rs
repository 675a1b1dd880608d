//! Statements over the tables of all activities together.

use rusqlite::Connection;
use saha_domain::{CustomerId, Kind};
use uuid::Uuid;

use crate::{error::Result, page::Page};

/// What was done with a customer, newest first. Each table gives its part by its own index.
pub(super) fn of_customer(conn: &Connection, customer: CustomerId, page: Page) -> Result<Vec<(Kind, Uuid)>> {
    let sql = "SELECT kind, id FROM (
                   SELECT 'visit' AS kind, id, check_in_date AS date, check_in_utc_ms AS utc_ms FROM visit WHERE customer = ?1
                   UNION ALL SELECT 'call', id, at_date, at_utc_ms FROM call WHERE customer = ?1
                   UNION ALL SELECT 'sale', id, at_date, at_utc_ms FROM sale WHERE customer = ?1)
               ORDER BY date DESC, utc_ms DESC, id LIMIT ?2 OFFSET ?3";
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map((customer.uuid().as_bytes(), page.limit, page.offset), |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, [u8; 16]>(1)?))
    })?;
    rows.map(|row| {
        let (kind, id) = row?;
        Ok((kind.parse()?, Uuid::from_bytes(id)))
    })
    .collect()
}
