use saha_domain::{Customer, GeoPoint, Lifecycle, Problem, Segment, text};

use super::{
    Fault,
    cells::{self, Excess, Said},
    file::{Effect, FileKind},
    table::{Column, Row},
    upsert::upsert,
};
use crate::{store::View, sync::Ledger};

/// `customers.csv`: whom to sell to.
pub(super) struct Customers;

/// A line.
pub(super) struct Entry {
    code: String,
    name: String,
    lifecycle: Option<Lifecycle>,
    segment: Option<Segment>,
    tax_no: Said<String>,
    phone: Said<String>,
    district: Said<String>,
    address: Said<String>,
    location: Said<GeoPoint>,
    note: Said<String>,
}

impl FileKind for Customers {
    const COLUMNS: &'static [Column] = &[
        Column::required("code", &["kod", "musteri kodu", "cari kod"]),
        Column::required("name", &["unvan", "ad", "musteri"]),
        Column::optional("lifecycle", &["durum", "status"]),
        Column::optional("segment", &["sinif"]),
        Column::optional("tax_no", &["vergi no", "vkn", "vergi numarasi"]),
        Column::optional("phone", &["telefon", "tel"]),
        Column::optional("district", &["ilce"]),
        Column::optional("address", &["adres"]),
        Column::optional("latitude", &["enlem", "lat"]).of_numbers(),
        Column::optional("longitude", &["boylam", "lon", "lng"]).of_numbers(),
        Column::optional("note", &["not", "aciklama"]),
    ];
    type Entry = Entry;

    fn read(&self, row: &Row<'_>, _: &dyn View) -> Result<Entry, Fault> {
        Ok(Entry {
            code: row.filled("code")?,
            name: row.filled("name")?,
            lifecycle: row.word("lifecycle", cells::lifecycle)?,
            segment: row.word("segment", cells::segment)?,
            tax_no: row.said_text("tax_no"),
            phone: row.said("phone", || phone(row))?,
            district: row.said_text("district"),
            address: row.said_text("address"),
            location: row.said("latitude", || location(row))?,
            note: row.said_text("note"),
        })
    }

    fn key(entry: &Entry) -> String {
        entry.code.clone()
    }

    fn write(&self, ledger: &Ledger<'_>, entry: &Entry) -> Result<Effect, Fault> {
        upsert::<Customer>(ledger, &entry.code, column_of, |id, before| {
            let before = before.unwrap_or_else(|| Customer {
                id: id.into(),
                code: None,
                name: String::new(),
                lifecycle: Lifecycle::Active,
                segment: Segment::Unknown,
                tax_no: None,
                phone: None,
                district: None,
                address: None,
                location: None,
                note: None,
            });
            Ok(Customer {
                id: before.id,
                code: Some(entry.code.clone()),
                name: entry.name.clone(),
                lifecycle: entry.lifecycle.unwrap_or(before.lifecycle),
                segment: entry.segment.unwrap_or(before.segment),
                tax_no: entry.tax_no.over(before.tax_no),
                phone: entry.phone.over(before.phone),
                district: entry.district.over(before.district),
                address: entry.address.over(before.address),
                location: entry.location.over(before.location),
                note: entry.note.over(before.note),
            })
        })
    }
}

fn phone(row: &Row<'_>) -> Result<Option<String>, Fault> {
    let read =
        |cell| text::normalize_phone(cell).map_err(|error| Fault::Cell { column: "phone", problem: error.problem });
    row.cell("phone").map(read).transpose()
}

/// Both coordinates, or neither.
fn location(row: &Row<'_>) -> Result<Option<GeoPoint>, Fault> {
    let missing = |column| Err(Fault::Cell { column, problem: Problem::Missing });
    match (coordinate(row, "latitude", 90)?, coordinate(row, "longitude", 180)?) {
        (Some(lat_e7), Some(lon_e7)) => Ok(Some(GeoPoint { lat_e7, lon_e7 })),
        (None, None) => Ok(None),
        (Some(_), None) => missing("longitude"),
        (None, Some(_)) => missing("latitude"),
    }
}

/// Degrees × 10⁷.
fn coordinate(row: &Row<'_>, column: &'static str, limit_degrees: i32) -> Result<Option<i32>, Fault> {
    let off_the_earth = Fault::Cell { column, problem: Problem::OutOfRange };
    let Some(e7) = row.number(column, 7, Excess::Cut)? else { return Ok(None) };
    let on_earth = i32::try_from(e7).ok().filter(|e7| e7.unsigned_abs() <= limit_degrees.unsigned_abs() * 10_000_000);
    on_earth.map(Some).ok_or(off_the_earth)
}

fn column_of(field: &str) -> &'static str {
    match field {
        "name" => "name",
        "tax_no" => "tax_no",
        "phone" => "phone",
        "district" => "district",
        "address" => "address",
        "location" => "latitude",
        "note" => "note",
        _ => "code",
    }
}
