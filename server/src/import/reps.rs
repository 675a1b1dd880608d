use saha_domain::Rep;

use super::{
    Fault,
    cells::Said,
    file::{Effect, FileKind},
    table::{Column, Row},
    upsert::upsert,
};
use crate::{store::View, sync::Ledger};

/// `reps.csv`: the sales representatives.
pub(super) struct Reps;

pub(super) struct Entry {
    code: String,
    name: String,
    team: Said<String>,
}

impl FileKind for Reps {
    const COLUMNS: &'static [Column] = &[
        Column::required("code", &["kod", "temsilci kodu"]),
        Column::required("name", &["ad", "ad soyad", "isim"]),
        Column::optional("team", &["ekip", "takim"]),
    ];
    type Entry = Entry;

    fn read(&self, row: &Row<'_>, _: &dyn View) -> Result<Entry, Fault> {
        Ok(Entry { code: row.filled("code")?, name: row.filled("name")?, team: row.said_text("team") })
    }

    fn key(entry: &Entry) -> String {
        entry.code.clone()
    }

    fn write(&self, ledger: &Ledger<'_>, entry: &Entry) -> Result<Effect, Fault> {
        upsert::<Rep>(ledger, &entry.code, column_of, |id, before| {
            let (team, calendar) = before.map_or((None, None), |before| (before.team, before.calendar));
            Ok(Rep {
                id: id.into(),
                code: entry.code.clone(),
                name: entry.name.clone(),
                team: entry.team.over(team),
                calendar,
            })
        })
    }
}

fn column_of(field: &str) -> &'static str {
    match field {
        "name" => "name",
        "team" => "team",
        _ => "code",
    }
}
