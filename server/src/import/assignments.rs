use chrono::NaiveDate;
use saha_domain::{Assignment, Kind};

use super::{
    Fault,
    file::{Effect, FileKind},
    table::{Column, Row},
    upsert::{id_of, upsert},
};
use crate::{store::View, sync::Ledger};

/// `assignments.csv`: which customer is whose, and when. Customer, rep and first day make the key, so that the last
/// day can be set later.
pub(super) struct Assignments;

pub(super) struct Entry {
    customer_code: String,
    rep_code: String,
    from: NaiveDate,
    to: Option<NaiveDate>,
}

impl FileKind for Assignments {
    const COLUMNS: &'static [Column] = &[
        Column::required("customer_code", &["musteri kodu", "musteri"]),
        Column::required("rep_code", &["temsilci kodu", "temsilci"]),
        Column::required("from", &["baslangic"]),
        Column::optional("to", &["bitis"]),
    ];
    type Entry = Entry;

    fn read(&self, row: &Row<'_>, _: &dyn View) -> Result<Entry, Fault> {
        Ok(Entry {
            customer_code: row.filled("customer_code")?,
            rep_code: row.filled("rep_code")?,
            from: row.filled_date("from")?,
            to: row.date("to")?,
        })
    }

    fn key(entry: &Entry) -> String {
        format!("{}\t{}\t{}", entry.customer_code, entry.rep_code, entry.from)
    }

    fn write(&self, ledger: &Ledger<'_>, entry: &Entry) -> Result<Effect, Fault> {
        let customer = id_of(ledger, Kind::Customer, "customer_code", &entry.customer_code)?;
        let rep = id_of(ledger, Kind::Rep, "rep_code", &entry.rep_code)?;
        upsert::<Assignment>(ledger, &Self::key(entry), column_of, |id, _| {
            Ok(Assignment { id: id.into(), customer, rep, from: entry.from, to: entry.to })
        })
    }
}

fn column_of(field: &str) -> &'static str {
    match field {
        "to" => "to",
        _ => "from",
    }
}
