//! The screen that a rep looks at most: where he stands against each of his targets. Against the same counts taken from
//! the rows themselves, and against itself with ten times as many activities.

use std::{path::Path, sync::Arc, time::Duration};

use anyhow::{Result, ensure};
use rusqlite::Connection;
use saha_core::Saha;
use saha_domain::{
    Metric, NaiveDate, RepId,
    metrics::Progress,
    period::{DateRange, Period},
};
use saha_tests::{
    canned::Offline,
    measure::{Figure, Pair, Unit, tell, timed},
    office::{self, Plan},
    phone::{self, DATABASE},
    raw,
};

const ROUNDS: usize = 400;

fn main() -> Result<()> {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let few = Screen::filled(&folder.path().join("few"), Plan::ONE_REP)?;
    let many = Screen::filled(&folder.path().join("many"), Plan::TEN_TIMES)?;

    let against_raw = Pair::measure(ROUNDS, || few.show(), || few.recount_timed())?;
    tell(&format!("a recount in SQL: {:.1} µs", Unit::Micro.of(against_raw.raw)))?;
    against_raw.figure("target screen at 30 000 activities", Unit::Micro).bounded(1.0, 0.5).tell()?;

    let grown = Pair::measure(ROUNDS, || many.show(), || few.show())?;
    tell(&format!("at 300 000: {:.1} µs, at 30 000: {:.1} µs", Unit::Micro.of(grown.core), Unit::Micro.of(grown.raw)))?;
    Figure::new("target screen, 300 000 activities to 30 000", grown.ratio(), "times").bounded(1.2, 1.1).tell()?;
    few.saha.shutdown()?;
    many.saha.shutdown()?;
    Ok(())
}

/// A filled phone, and its database opened beside it.
struct Screen {
    saha: Arc<Saha>,
    conn: Connection,
    rep: RepId,
    /// What the core shows, and what the recount has to find.
    shown: Vec<Progress>,
}

impl Screen {
    fn filled(folder: &Path, plan: Plan) -> Result<Self> {
        let rep = office::fill(folder, plan)?.rep()?;
        let saha = phone::open(folder, Offline)?;
        let shown = saha.targets().progress()?;
        let screen = Self { saha, conn: raw::open(&folder.join(DATABASE))?, rep, shown };
        screen.check()?;
        Ok(screen)
    }

    fn show(&self) -> Result<Duration> {
        Ok(timed(|| Ok(self.saha.targets().progress()?))?.1)
    }

    fn recount_timed(&self) -> Result<Duration> {
        Ok(timed(|| self.recount())?.1)
    }

    /// Two different questions would make the ratio worthless.
    fn check(&self) -> Result<()> {
        let told: Vec<(i64, i64)> =
            self.shown.iter().map(|progress| (progress.actual, progress.today_actual)).collect();
        ensure!(told == self.recount()?, "the recount differs from what the core shows: {told:?}");
        ensure!(told.iter().any(|(actual, _)| *actual > 100), "there is too little to count: {told:?}");
        Ok(())
    }

    /// For each target what was done in its period, and today. A day's target needs one question.
    fn recount(&self) -> Result<Vec<(i64, i64)>> {
        let today = self.shown.iter().find(|progress| progress.period == Period::Day).map(|progress| progress.range);
        let today = today.unwrap_or_else(|| DateRange::day(NaiveDate::default()));
        self.conn.execute_batch("BEGIN")?;
        let count = |progress: &Progress| {
            let sql = recount_of(progress);
            let whole = self.count(&sql, progress.range)?;
            Ok((whole, if progress.period == Period::Day { whole } else { self.count(&sql, today)? }))
        };
        let counted = self.shown.iter().map(count).collect();
        self.conn.execute_batch("ROLLBACK")?;
        counted
    }

    fn count(&self, sql: &str, range: DateRange) -> Result<i64> {
        let params = (self.rep.uuid().into_bytes(), days(range.first), days(range.last));
        Ok(self.conn.prepare_cached(sql)?.query_row(params, |row| row.get(0))?)
    }
}

fn days(date: NaiveDate) -> i64 {
    date.signed_duration_since(NaiveDate::default()).num_days()
}

/// The question that a target asks, over the rows. The only filtered target is the one of A customers, the smallest of the
/// monthly visits.
fn recount_of(progress: &Progress) -> String {
    let word = |text: &str| format!("(SELECT no FROM word WHERE text = '{text}')");
    let of_rep = |date: &str| format!("rep = ?1 AND {date} BETWEEN ?2 AND ?3");
    match progress.metric {
        Metric::Calls => format!("SELECT count(*) FROM call WHERE {}", of_rep("at_date")),
        Metric::Sales => {
            format!("SELECT count(*) FROM sale WHERE {} AND state = {}", of_rep("at_date"), word("confirmed"))
        }
        Metric::Revenue => {
            let sum = "SELECT coalesce(sum(net_minor), 0) FROM sale";
            format!("{sum} WHERE {} AND state = {}", of_rep("at_date"), word("confirmed"))
        }
        Metric::Visits | Metric::Unknown => {
            let completed = format!("{} AND state = {}", of_rep("check_in_date"), word("completed"));
            let is_filtered = progress.period == Period::Month && progress.target_value < 200;
            let segment = if is_filtered { format!(" AND segment = {}", word("A")) } else { String::new() };
            format!("SELECT count(*) FROM visit WHERE {completed}{segment}")
        }
    }
}
