//! A second phone of the same rep has to show the same.

use std::collections::BTreeSet;

use saha_core::{Host as _, Saha, SystemHost};
use saha_domain::{NaiveDate, catalog::words, metrics::Progress, period::Period};

use super::{ZONE, data, stage::Stage};
use crate::{
    commands,
    exit::Result,
    format, phone,
    settings::Settings,
    table::{Align, Table},
    texts::demo as say,
};

/// Ids of a day's records: visits, calls, sales.
type Day = [BTreeSet<String>; 3];

pub(super) fn compare(stage: &mut Stage<'_>, first: &Saha, server: &str) -> Result<()> {
    let lang = stage.out.lang;
    stage.section(say::section_second(lang));
    let settings = Settings { data: stage.settings.data.join("second"), ..stage.settings.clone() };
    let second = phone::open(&settings)?;
    let password = data::password(data::LOGIN).unwrap_or_default().to_owned();
    phone::block_on(lang, second.account().sign_in(server.to_owned(), data::LOGIN.to_owned(), password))??;
    commands::sync_watched(&second, stage.out)?;
    // Both are asked about the same instant: pace and what is left depend on it.
    let now_ms = SystemHost::new(Some(ZONE.to_owned())).now().utc_ms;
    let (one, two) = (first.targets().progress_at(now_ms)?, second.targets().progress_at(now_ms)?);
    let today = phone::today(&settings)?;
    let (day_one, day_two) = (day(first, today)?, day(&second, today)?);
    tell(stage, (&one, &two), (&day_one, &day_two));
    let all_confirmed = two.iter().all(|target| target.waiting == 0 && target.rejected == 0);
    stage.expect(one == two && !one.is_empty() && all_confirmed, say::check_same_figures(lang, one.len()));
    stage.expect(day_one == day_two && has_no_doubles(&second, today, &day_two)?, say::check_same_records(lang));
    second.shutdown();
    Ok(())
}

fn tell(stage: &Stage<'_>, (one, two): (&[Progress], &[Progress]), (day_one, day_two): (&Day, &Day)) {
    let lang = stage.out.lang;
    let mut table = Table::new(&[Align::Left, Align::Right, Align::Right], 0);
    table.row([String::new(), say::phone_one(lang), say::phone_two(lang)]);
    for (left, right) in one.iter().zip(two) {
        table.row([name(stage, left), value(stage, left), value(stage, right)]);
    }
    let records = [say::visits_today(lang), say::calls_today(lang), say::sales_today(lang)];
    for ((name, left), right) in records.into_iter().zip(day_one).zip(day_two) {
        table.row([name, left.len().to_string(), right.len().to_string()]);
    }
    for line in table.lines(Some(76)) {
        stage.line(format!("  {line}"));
    }
}

fn name(stage: &Stage<'_>, target: &Progress) -> String {
    let period = match target.period {
        Period::Day => "day",
        Period::Week => "week",
        Period::Month => "month",
        Period::Unknown => "unknown",
    };
    let lang = stage.out.lang;
    format!("{}, {}", words::metric_name(lang, target.metric.name()), words::period_name(lang, period))
}

fn value(stage: &Stage<'_>, target: &Progress) -> String {
    match target.currency {
        Some(currency) => format::money(stage.out.lang, target.actual, currency),
        None => format::count(stage.out.lang, target.actual),
    }
}

const PAGE: u32 = 200;

fn day(saha: &Saha, date: NaiveDate) -> Result<Day> {
    Ok([
        saha.visits().list_on(date, PAGE, 0)?.iter().map(|visit| visit.id.to_string()).collect(),
        saha.calls().list_on(date, PAGE, 0)?.iter().map(|call| call.id.to_string()).collect(),
        saha.sales().list_on(date, PAGE, 0)?.iter().map(|sale| sale.id.to_string()).collect(),
    ])
}

/// The same record under two ids would be a double too: no sale may have the number of another.
fn has_no_doubles(saha: &Saha, date: NaiveDate, day: &Day) -> Result<bool> {
    let sales = saha.sales().list_on(date, PAGE, 0)?;
    let numbers: BTreeSet<&str> = sales.iter().map(|sale| sale.number.as_str()).collect();
    let [visits, calls, ids] = day;
    let is_one_page = |rows: &BTreeSet<String>| u32::try_from(rows.len()).is_ok_and(|rows| rows < PAGE);
    Ok(numbers.len() == ids.len() && is_one_page(visits) && is_one_page(calls) && is_one_page(ids))
}
