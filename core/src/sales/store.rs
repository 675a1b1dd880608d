//! Every statement on the tables `sale` and `sale_line`.

use saha_domain::{CustomerId, Kind, NaiveDate, Sale};

use crate::{
    error::Result,
    store::{ChildTable, Codec, Reader, Table, column, days_of, field, stamp},
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
        &[field(&["net_minor"], Codec::Int), field(&["tax_minor"], Codec::Int), field(&["note"], Codec::Text)],
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

pub(super) fn on_date(reader: &Reader, date: NaiveDate, limit: u32, offset: u32) -> Result<Vec<Sale>> {
    reader.list("WHERE at_date = ?1 ORDER BY at_utc_ms, id LIMIT ?2 OFFSET ?3", (days_of(date), limit, offset))
}

pub(super) fn of_customer(reader: &Reader, customer: CustomerId, limit: u32, offset: u32) -> Result<Vec<Sale>> {
    let condition = "WHERE customer = ?1 ORDER BY at_date DESC, at_utc_ms DESC LIMIT ?2 OFFSET ?3";
    reader.list(condition, (customer.uuid().as_bytes(), limit, offset))
}
