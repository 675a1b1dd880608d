//! Sign-in, first sync, and the figures.

use std::sync::Arc;

use saha_core::{Saha, SyncBudget};

use super::{data, stage::Stage};
use crate::{bad_link::BadLink, commands, exit::Result, find, format, phone, texts::demo as say};

/// Signs in over a link that is still good.
pub(super) fn sign_in(stage: &mut Stage<'_>, link: &BadLink) -> Result<Arc<Saha>> {
    let lang = stage.out.lang;
    stage.section(say::section_first(lang));
    let saha = stage.open()?;
    let password = data::password(data::LOGIN).unwrap_or_default().to_owned();
    phone::block_on(lang, saha.account().sign_in(link.url(), data::LOGIN.to_owned(), password))??;
    let report = commands::sync_watched(&saha, stage.out, SyncBudget::default())?;
    let rep = saha.account().info()?.rep.map(|rep| rep.name).unwrap_or_default();
    stage.line(say::first_sync(lang, &rep, data::LOGIN));
    let count = |rows: usize| format::count(lang, i64::try_from(rows).unwrap_or(i64::MAX));
    let customers = count(find::every_customer(&saha)?.len());
    let products = count(saha.products().search(String::new(), 200, 0)?.len());
    stage.line(format!("  {}", say::first_counts(lang, &customers, &products, saha.targets().progress()?.len())));
    stage.line(format!("  {}", say::first_cost(lang, report.requests, report.received_bytes / 1_000)));
    stage.expect(saha.sync().status()?.is_complete, say::check_first(lang));
    Ok(saha)
}

/// The targets as they stand, nothing of which the company has yet.
pub(super) fn targets(stage: &mut Stage<'_>, saha: &Saha) -> Result<()> {
    let lang = stage.out.lang;
    stage.section(say::section_targets(lang));
    let targets = saha.targets().progress()?;
    for line in commands::progress_lines(stage.out, &targets) {
        stage.out.line(line);
    }
    stage.out.line("");
    let all_waits = targets.iter().all(|target| target.confirmed == 0 && target.waiting == target.actual);
    stage.expect(all_waits && targets.iter().any(|target| target.waiting > 0), say::check_waiting(lang));
    stage.expect(saha.verify_figures()?.is_empty(), say::check_figures(lang));
    Ok(())
}
