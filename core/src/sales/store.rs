//! Every statement on the tables `sale` and `sale_line`.

use rusqlite::Connection;
use saha_domain::{CustomerId, Kind, NaiveDate, RepId, Sale, period::DateRange};
use uuid::Uuid;

use crate::{
    error::Result,
    page::Page,
    store::{ChildTable, Codec, Reader, Table, column, days_of, field, ids, stamp},
};

pub(crate) static TABLE: Table = Table {
    kind: Kind::Sale,
    columns: &[
        &[
            field(&["number"], Codec::Text),
            field(&["customer"], Codec::Id),
            field(&["rep"], Codec::Id),
            field(&["segment"], Codec::Word),
            field(&["lifecycle"], Codec::Word),
            field(&["visit"], Codec::Id),
            field(&["state"], Codec::Word),
            field(&["currency"], Codec::Word),
            field(&["rule_set"], Codec::Word),
        ],
        stamp!("at", "at"),
        &[
            column("cancelled_date", &["cancelled_at", "local_date"], Codec::Date),
            field(&["net_minor"], Codec::Int),
            field(&["tax_minor"], Codec::Int),
            field(&["note"], Codec::Text),
        ],
    ],
    derived: &[],
    children: &[LINES],
};

const LINES: ChildTable = ChildTable {
    name: "sale_line",
    field: "lines",
    columns: &[&[
        field(&["position"], Codec::Int),
        field(&["product"], Codec::Id),
        field(&["product_group"], Codec::Word),
        column("quantity_milli", &["quantity", "amount_milli"], Codec::Int),
        column("unit", &["quantity", "unit"], Codec::Word),
        column("price_micro", &["unit_price", "amount_micro"], Codec::Int),
        column("price_currency", &["unit_price", "currency"], Codec::Word),
        field(&["discounts_bp"], Codec::Json),
        field(&["tax_bp"], Codec::Int),
        field(&["tax_included"], Codec::Flag),
        field(&["net_minor"], Codec::Int),
        field(&["tax_minor"], Codec::Int),
    ]],
};

/// A rep's sales that were made or cancelled on these days.
pub(crate) fn made_in(conn: &Connection, rep: RepId, range: DateRange) -> Result<Vec<Uuid>> {
    let sql = "SELECT id FROM sale WHERE at_date BETWEEN ?2 AND ?3 AND rep = ?1
               UNION SELECT id FROM sale WHERE cancelled_date BETWEEN ?2 AND ?3 AND rep = ?1";
    ids(conn, sql, (rep.uuid().as_bytes(), days_of(range.first), days_of(range.last)))
}

pub(super) fn on_date(reader: &Reader, date: NaiveDate, page: Page) -> Result<Vec<Sale>> {
    reader
        .list("WHERE at_date = ?1 ORDER BY at_utc_ms, id LIMIT ?2 OFFSET ?3", (days_of(date), page.limit, page.offset))
}

pub(super) fn of_customer(reader: &Reader, customer: CustomerId, page: Page) -> Result<Vec<Sale>> {
    let condition = "WHERE customer = ?1 ORDER BY at_date DESC, at_utc_ms DESC LIMIT ?2 OFFSET ?3";
    reader.list(condition, (customer.uuid().as_bytes(), page.limit, page.offset))
}
