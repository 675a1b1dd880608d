//! A second phone of the same rep has to show the same.

use std::collections::BTreeSet;

use saha_core::{Host as _, Saha, SyncBudget, SystemHost};
use saha_domain::{CustomerId, metrics::Progress};

use super::{ZONE, data, ledger::Ledger, stage::Stage};
use crate::{
    commands,
    exit::Result,
    format, phone,
    settings::Settings,
    table::{Align, Table},
    texts::demo as say,
};

pub(super) fn compare(stage: &mut Stage<'_>, first: &Saha, prospect: CustomerId, server: &str) -> Result<()> {
    let lang = stage.out.lang;
    stage.section(say::section_second(lang));
    let settings = Settings { data: stage.settings.data.join("second"), ..stage.settings.clone() };
    let second = phone::open(&settings)?;
    let password = data::password(data::LOGIN).unwrap_or_default().to_owned();
    phone::block_on(lang, second.account().sign_in(server.to_owned(), data::LOGIN.to_owned(), password))??;
    commands::sync_watched(&second, stage.out, SyncBudget::default())?;
    // Both are asked about the same instant: pace and what is left depend on it.
    let now_ms = SystemHost::new(Some(ZONE.to_owned())).now().utc_ms;
    let (one, two) = (first.targets().progress_at(now_ms)?, second.targets().progress_at(now_ms)?);
    let (ledger_one, ledger_two) = (stage.ledger_of(first)?, stage.ledger_of(&second)?);
    tell(stage, (&one, &two), (&ledger_one, &ledger_two));
    let all_confirmed = two.iter().all(|target| target.waiting == 0 && target.rejected == 0);
    stage.expect(one == two && !one.is_empty() && all_confirmed, say::check_same_figures(lang, one.len()));
    // The second phone has what the server has, and nothing else. That has to be what the story wrote, record by record.
    let is_what_was_written = ledger_one.agrees(&stage.written) && ledger_two.agrees(&stage.written);
    let is_whole = second.customers().get(prospect).is_ok() && has_each_number_once(&second, &ledger_two)?;
    stage.expect(is_what_was_written && is_whole, say::check_same_records(lang, stage.written.len()));
    second.shutdown()?;
    Ok(())
}

fn tell(stage: &Stage<'_>, (one, two): (&[Progress], &[Progress]), (ledger_one, ledger_two): (&Ledger, &Ledger)) {
    let lang = stage.out.lang;
    let mut table = Table::new(&[Align::Left, Align::Right, Align::Right], 0);
    table.row([String::new(), say::phone_one(lang), say::phone_two(lang)]);
    for (left, right) in one.iter().zip(two) {
        table.row([left.title.clone(), value(stage, left), value(stage, right)]);
    }
    let records = [say::visits_today(lang), say::calls_today(lang), say::sales_today(lang)];
    for ((name, left), right) in records.into_iter().zip(ledger_one.columns()).zip(ledger_two.columns()) {
        table.row([name, left.len().to_string(), right.len().to_string()]);
    }
    for line in table.lines(Some(76)) {
        stage.line(format!("  {line}"));
    }
}

fn value(stage: &Stage<'_>, target: &Progress) -> String {
    match target.currency {
        Some(currency) => format::money(stage.out.lang, target.actual, currency),
        None => format::count(stage.out.lang, target.actual),
    }
}

/// The same sale under two ids would be a double too: none may have the number of another.
fn has_each_number_once(saha: &Saha, ledger: &Ledger) -> Result<bool> {
    let numbers: BTreeSet<String> =
        ledger.sales.iter().map(|id| Ok(saha.sales().get(id.parse()?)?.number)).collect::<Result<_>>()?;
    Ok(numbers.len() == ledger.sales.len())
}
