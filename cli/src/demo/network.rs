//! Back online through a network that does everything wrong.

use std::time::Duration;

use saha_core::{NewCall, Saha, SyncBudget};
use saha_domain::{CallDirection, CallDisposition, SahaError, life::ChangeState};

use super::{route, stage::Stage};
use crate::{
    bad_link::{BadLink, Counters, Fault, Plan},
    exit::Result,
    format, phone,
    table::{Align, Table},
    texts::{account, demo as say},
};

/// Every fault but being offline, and one request that goes through.
const FAULTS: [Fault; 9] = [
    Fault::Pass,
    Fault::Delay(Duration::from_millis(150)),
    Fault::LoseRequest,
    Fault::LoseAnswer,
    Fault::SendTwice,
    Fault::Status { status: 500, retry_after_s: None },
    Fault::Status { status: 429, retry_after_s: Some(1) },
    Fault::Portal,
    Fault::CutAnswer,
];
/// A deck of nine is through long before.
const MAX_SYNCS: usize = 30;

/// How the syncs ended.
#[derive(Debug, Default)]
struct Syncs {
    well: u32,
    gave_up: u32,
    calls: u32,
}

/// Syncs again and again, with a call in between, until every fault struck and nothing waits that could go.
pub(super) fn come_back(stage: &mut Stage<'_>, saha: &Saha, link: &BadLink) -> Result<()> {
    let lang = stage.out.lang;
    stage.section(say::section_network(lang));
    stage.line(say::waiting_before(lang, saha.sync().status()?.waiting));
    let before = link.counters();
    link.set(Plan::deck(FAULTS, stage.seed));
    let syncs = until_all_went_wrong(stage, saha, link, before)?;
    let did = link.counters();
    link.set(Plan::default());
    stage.line(say::syncs(lang, syncs.well, syncs.gave_up, syncs.calls));
    stage.line(say::network_did(lang));
    tell(stage, before, did);
    stage.expect(all_struck(before, did) && waits_for_nothing(saha)?, say::check_faults(lang));
    Ok(())
}

fn until_all_went_wrong(stage: &mut Stage<'_>, saha: &Saha, link: &BadLink, before: Counters) -> Result<Syncs> {
    let round = route::near(saha, MAX_SYNCS)?;
    let mut syncs = Syncs::default();
    let bar = stage.out.spinner(account::syncing(stage.out.lang));
    for customer in round {
        let number = syncs.well + syncs.gave_up + 1;
        bar.set_message(say::syncing_again(stage.out.lang, number));
        match phone::block_on(stage.out.lang, saha.sync().run(SyncBudget::default()))? {
            Ok(_) => syncs.well += 1,
            Err(SahaError::Offline { .. }) => syncs.gave_up += 1,
            Err(error) => return Err(error.into()),
        }
        if all_struck(before, link.counters()) && waits_for_nothing(saha)? {
            break;
        }
        let call = saha.calls().log(NewCall {
            customer: customer.id,
            disposition: CallDisposition::Connected,
            direction: CallDirection::Outgoing,
            duration_s: 45,
            outcome: None,
            note: None,
        })?;
        stage.written.calls.push(call.id.to_string());
        syncs.calls += 1;
    }
    bar.finish_and_clear();
    Ok(syncs)
}

/// Whether nothing waits but what hangs on a refusal.
fn waits_for_nothing(saha: &Saha) -> Result<bool> {
    let entries = saha.outbox().list()?;
    Ok(!entries
        .iter()
        .any(|entry| matches!(entry.state, ChangeState::Queued | ChangeState::Sent) && !entry.is_held_back))
}

fn kinds(counters: Counters) -> [u64; 9] {
    [
        counters.passed,
        counters.delayed,
        counters.lost_requests,
        counters.lost_answers,
        counters.cut_answers,
        counters.doubled,
        counters.server_errors,
        counters.busy,
        counters.portals,
    ]
}

fn all_struck(before: Counters, now: Counters) -> bool {
    kinds(before).iter().zip(kinds(now)).all(|(before, now)| now > *before)
}

fn tell(stage: &Stage<'_>, before: Counters, did: Counters) {
    let lang = stage.out.lang;
    let names = [
        say::fault_passed(lang),
        say::fault_delayed(lang),
        say::fault_lost_requests(lang),
        say::fault_lost_answers(lang),
        say::fault_cut(lang),
        say::fault_doubled(lang),
        say::fault_errors(lang),
        say::fault_busy(lang),
        say::fault_portals(lang),
    ];
    let mut table = Table::new(&[Align::Right, Align::Left], 1);
    let mut row = |before: u64, now: u64, name: String| {
        table.row([format::count(lang, i64::try_from(now - before).unwrap_or(i64::MAX)), name]);
    };
    row(before.requests, did.requests, say::fault_requests(lang));
    for ((before, now), name) in kinds(before).into_iter().zip(kinds(did)).zip(names) {
        row(before, now, format!("  {name}"));
    }
    row(before.reached_server, did.reached_server, say::fault_reached(lang));
    for line in table.lines(Some(76)) {
        stage.line(format!("  {line}"));
    }
}
