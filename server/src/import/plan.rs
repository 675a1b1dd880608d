use chrono::NaiveDate;
use saha_domain::{Kind, PlanItem, Problem, WorkInterval};

use super::{
    Fault,
    cells::{Excess, Said},
    file::{Effect, FileKind},
    table::{Column, Row},
    upsert::{id_of, upsert},
};
use crate::{store::View, sync::Ledger};

/// `plan.csv`: whom a rep is to visit on which day. Rep, customer and day make the key.
pub(super) struct Plan;

pub(super) struct Entry {
    rep_code: String,
    customer_code: String,
    date: NaiveDate,
    sequence: Said<i32>,
    window: Said<WorkInterval>,
    note: Said<String>,
}

impl FileKind for Plan {
    const COLUMNS: &'static [Column] = &[
        Column::required("rep_code", &["temsilci kodu", "temsilci"]),
        Column::required("customer_code", &["musteri kodu", "musteri"]),
        Column::required("date", &["tarih", "gun"]),
        Column::optional("sequence", &["sira"]).of_numbers(),
        Column::optional("from", &["baslangic"]),
        Column::optional("to", &["bitis"]),
        Column::optional("note", &["not"]),
    ];
    type Entry = Entry;

    fn read(&self, row: &Row<'_>, _: &dyn View) -> Result<Entry, Fault> {
        Ok(Entry {
            rep_code: row.filled("rep_code")?,
            customer_code: row.filled("customer_code")?,
            date: row.filled_date("date")?,
            sequence: row.said("sequence", || sequence(row))?,
            window: row.said("from", || window(row))?,
            note: row.said_text("note"),
        })
    }

    fn key(entry: &Entry) -> String {
        format!("{}\t{}\t{}", entry.rep_code, entry.customer_code, entry.date)
    }

    fn write(&self, ledger: &Ledger<'_>, entry: &Entry) -> Result<Effect, Fault> {
        let rep = id_of(ledger, Kind::Rep, "rep_code", &entry.rep_code)?;
        let customer = id_of(ledger, Kind::Customer, "customer_code", &entry.customer_code)?;
        upsert::<PlanItem>(ledger, &Self::key(entry), column_of, |id, before| {
            let (sequence, window, note) = match before {
                Some(before) => (Some(before.sequence), before.window, before.note),
                None => (None, None, None),
            };
            Ok(PlanItem {
                id: id.into(),
                rep,
                customer,
                date: entry.date,
                window: entry.window.over(window),
                sequence: entry.sequence.over(sequence).unwrap_or(1),
                note: entry.note.over(note),
            })
        })
    }
}

fn sequence(row: &Row<'_>) -> Result<Option<i32>, Fault> {
    let fitting =
        |number| i32::try_from(number).map_err(|_| Fault::Cell { column: "sequence", problem: Problem::OutOfRange });
    row.number("sequence", 0, Excess::Refuse)?.map(fitting).transpose()
}

/// A time of day to be there; one end alone is none.
fn window(row: &Row<'_>) -> Result<Option<WorkInterval>, Fault> {
    let missing = |column| Err(Fault::Cell { column, problem: Problem::Missing });
    match (row.minute("from")?, row.minute("to")?) {
        (Some(start_min), Some(end_min)) => Ok(Some(WorkInterval { start_min, end_min })),
        (None, None) => Ok(None),
        (None, Some(_)) => missing("from"),
        (Some(_), None) => missing("to"),
    }
}

fn column_of(field: &str) -> &'static str {
    match field {
        "sequence" => "sequence",
        "window" => "to",
        "note" => "note",
        _ => "date",
    }
}
