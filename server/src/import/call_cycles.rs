use saha_domain::{CallCycle, Problem, Segment, period::Period};

use super::{
    Fault, cells,
    file::{Effect, FileKind},
    table::{Column, Row},
    upsert::upsert,
};
use crate::{store::View, sync::Ledger};

/// `call_cycles.csv`: how often customers of a segment are to be visited. The segment makes the key.
pub(super) struct CallCycles;

pub(super) struct Entry {
    segment: Segment,
    required_visits: i32,
    period: Period,
}

impl FileKind for CallCycles {
    const COLUMNS: &'static [Column] = &[
        Column::required("segment", &["sinif"]),
        Column::required("required_visits", &["ziyaret sayisi"]).of_numbers(),
        Column::required("period", &["donem"]),
    ];
    type Entry = Entry;

    fn read(&self, row: &Row<'_>, _: &dyn View) -> Result<Entry, Fault> {
        let missing = |column| Fault::Cell { column, problem: Problem::Missing };
        let too_many = |_| Fault::Cell { column: "required_visits", problem: Problem::OutOfRange };
        Ok(Entry {
            segment: row.word("segment", cells::segment)?.ok_or_else(|| missing("segment"))?,
            required_visits: i32::try_from(row.filled_number("required_visits", 0)?).map_err(too_many)?,
            period: row.word("period", cells::period)?.ok_or_else(|| missing("period"))?,
        })
    }

    fn key(entry: &Entry) -> String {
        entry.segment.name().to_owned()
    }

    fn write(&self, ledger: &Ledger<'_>, entry: &Entry) -> Result<Effect, Fault> {
        let Entry { segment, required_visits, period } = *entry;
        let column_of = |_: &str| "required_visits";
        upsert::<CallCycle>(ledger, &Self::key(entry), column_of, |id, _| {
            Ok(CallCycle { id: id.into(), segment, required_visits, period })
        })
    }
}
