//! The company refuses the prospect; the rep corrects him.

use saha_core::{OutboxEntry, Saha, SyncBudget};
use saha_domain::{Customer, CustomerId, life::ChangeState};

use super::{data, stage::Stage};
use crate::{commands, exit::Result, texts::demo as say};

/// Shows the outbox, corrects the tax number, syncs, and shows the outbox again.
pub(super) fn repair(stage: &mut Stage<'_>, saha: &Saha, prospect: CustomerId) -> Result<()> {
    let lang = stage.out.lang;
    stage.section(say::section_refused(lang));
    let entries = saha.outbox().list()?;
    show(stage, saha, &entries);
    let held = entries.iter().filter(|entry| entry.is_held_back).count();
    stage.expect(is_the_refusal(&entries, prospect) && held >= 2, say::check_refused(lang, held));
    let customer = saha.customers().get(prospect)?;
    let wrong = customer.tax_no.clone().unwrap_or_default();
    saha.customers().update(Customer { tax_no: Some(data::RIGHT_TAX_NO.to_owned()), ..customer })?;
    let right = saha.customers().get(prospect)?.tax_no.unwrap_or_default();
    stage.line(say::repair(lang, &wrong, &right));
    commands::sync_watched(saha, stage.out, SyncBudget::default())?;
    let entries = saha.outbox().list()?;
    show(stage, saha, &entries);
    let status = saha.sync().status()?;
    stage.expect(status.waiting == 0 && status.rejected == 0 && entries.is_empty(), say::check_repaired(lang));
    Ok(())
}

fn is_the_refusal(entries: &[OutboxEntry], prospect: CustomerId) -> bool {
    let refused: Vec<&OutboxEntry> = entries.iter().filter(|entry| entry.state == ChangeState::Rejected).collect();
    matches!(refused.as_slice(), [only] if only.record_id == prospect.to_string() && only.reason.is_some())
}

fn show(stage: &Stage<'_>, saha: &Saha, entries: &[OutboxEntry]) {
    if !entries.is_empty() {
        stage.line(say::outbox_says(stage.out.lang));
    }
    for line in commands::entry_lines(saha, stage.out, entries) {
        stage.line(line);
    }
}
