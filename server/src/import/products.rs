use saha_domain::{CurrencyCode, Problem, Product, UnitPrice};

use super::{
    Fault,
    cells::{self, Excess, Said},
    file::{Effect, FileKind},
    table::{Column, Row},
    upsert::upsert,
};
use crate::{store::View, sync::Ledger};

/// `products.csv`: the price list.
pub(super) struct Products {
    /// The company's home currency, for lines without one.
    pub(super) currency: CurrencyCode,
}

pub(super) struct Entry {
    code: String,
    name: String,
    group: Option<String>,
    unit: Option<String>,
    unit_price: UnitPrice,
    floor_price: Said<UnitPrice>,
    tax_bp: i32,
    tax_included: Option<bool>,
}

/// A price is kept in millionths.
const PRICE_DIGITS: u32 = 6;
/// A percentage is kept in hundredths: basis points.
const PERCENT_DIGITS: u32 = 2;

impl FileKind for Products {
    const COLUMNS: &'static [Column] = &[
        Column::required("code", &["kod", "stok kodu", "urun kodu"]),
        Column::required("name", &["ad", "urun", "urun adi"]),
        Column::optional("group", &["grup"]),
        Column::optional("unit", &["birim"]),
        Column::required("price", &["fiyat", "birim fiyat"]).of_numbers(),
        Column::optional("currency", &["para birimi"]),
        Column::required("vat", &["kdv", "kdv orani"]).of_numbers(),
        Column::optional("floor_price", &["taban fiyat"]).of_numbers(),
        Column::optional("tax_included", &["kdv dahil"]),
    ];
    type Entry = Entry;

    fn read(&self, row: &Row<'_>, _: &dyn View) -> Result<Entry, Fault> {
        let currency = self.currency(row)?;
        let price = |amount_micro| UnitPrice::new(amount_micro, currency);
        let floor = || Ok(row.number("floor_price", PRICE_DIGITS, Excess::Refuse)?.map(price));
        let percent = row.filled_number("vat", PERCENT_DIGITS)?;
        Ok(Entry {
            code: row.filled("code")?,
            name: row.filled("name")?,
            group: row.text("group"),
            unit: row.text("unit"),
            unit_price: price(row.filled_number("price", PRICE_DIGITS)?),
            floor_price: row.said("floor_price", floor)?,
            tax_bp: i32::try_from(percent).map_err(|_| Fault::Cell { column: "vat", problem: Problem::OutOfRange })?,
            tax_included: row.word("tax_included", cells::yes_or_no)?,
        })
    }

    fn key(entry: &Entry) -> String {
        entry.code.clone()
    }

    fn write(&self, ledger: &Ledger<'_>, entry: &Entry) -> Result<Effect, Fault> {
        upsert::<Product>(ledger, &entry.code, column_of, |id, before| {
            let known = before.as_ref();
            let group = entry.group.clone().or_else(|| known.map(|known| known.group.clone()));
            let unit = entry.unit.clone().or_else(|| known.map(|known| known.unit.clone()));
            let tax_included = entry.tax_included.or(known.map(|known| known.tax_included));
            Ok(Product {
                id: id.into(),
                code: entry.code.clone(),
                name: entry.name.clone(),
                group: group.unwrap_or_default(),
                unit: unit.unwrap_or_else(|| "adet".to_owned()),
                unit_price: entry.unit_price,
                floor_price: entry.floor_price.over(known.and_then(|known| known.floor_price)),
                tax_bp: entry.tax_bp,
                tax_included: tax_included.unwrap_or(false),
            })
        })
    }
}

impl Products {
    fn currency(&self, row: &Row<'_>) -> Result<CurrencyCode, Fault> {
        let read = |cell: &str| cell.parse().map_err(|_| Fault::Cell { column: "currency", problem: Problem::Unknown });
        row.cell("currency").map_or(Ok(self.currency), read)
    }
}

fn column_of(field: &str) -> &'static str {
    match field {
        "name" => "name",
        "group" => "group",
        "unit" => "unit",
        "unit_price" => "price",
        "floor_price" => "floor_price",
        "tax_bp" => "vat",
        _ => "code",
    }
}
