//! The figures of each rep over what is confirmed, as one number that moves with his rows. Phones hold theirs against it.

use std::collections::BTreeMap;

use saha_domain::{
    RepId,
    facts::{Delta, FACT_RULES, Facts, Fingerprint, RecordState},
    wire::Figures,
};
use serde_json::Value;

use super::pull::Page;
use crate::store::{Aggregate, StoreError, Tx, View};

/// So many rows are read at a time where all are counted.
const ROWS: u32 = 1_000;

/// A row is about to be what `row` says: the figures of whoever it counts for, or counted for, move with it.
pub(super) fn count(tx: &dyn Tx, row: &Aggregate, before: Option<&Aggregate>) -> Result<(), StoreError> {
    let facts = |body: Option<&Value>| body.map_or_else(Facts::default, |body| row.kind.facts(body));
    let before = facts(before.and_then(|before| before.body.as_ref()));
    let step = Delta::of_step(before, facts(row.body.as_ref()), RecordState::Confirmed);
    let mut moved: BTreeMap<RepId, Fingerprint> = BTreeMap::new();
    for (key, _, measures) in step.since(Delta::default()) {
        moved.entry(key.rep).or_default().add(&key, measures);
    }
    moved.into_iter().try_for_each(|(rep, by)| tx.put_fingerprint(rep, tx.fingerprint(rep)?.plus(by)))
}

/// What a page, made from this view, says of the rep's figures. Before the last one the phone does not have all of their rows.
pub(super) fn of_page(view: &dyn View, rep: RepId, page: &Page, as_of_ms: i64) -> Result<Option<Figures>, StoreError> {
    if page.has_more {
        return Ok(None);
    }
    Ok(Some(Figures { seq: page.snapshot.seq, as_of_ms, hash: view.fingerprint(rep)?.to_string() }))
}

/// Counts everyone's figures anew, where they were counted by other rules than this build's, or never.
pub(crate) fn keep_up(tx: &dyn Tx) -> Result<(), StoreError> {
    if tx.fact_rules()? == FACT_RULES {
        return Ok(());
    }
    let counted = recounted(tx)?;
    tx.forget_fingerprints(FACT_RULES)?;
    counted.into_iter().try_for_each(|(rep, fingerprint)| tx.put_fingerprint(rep, fingerprint))
}

/// Everyone's figures as the rows themselves give them.
pub(super) fn recounted(view: &dyn View) -> Result<BTreeMap<RepId, Fingerprint>, StoreError> {
    let mut counted: BTreeMap<RepId, Fingerprint> = BTreeMap::new();
    let mut after = 0;
    loop {
        let rows = view.rows_of_reps(after, ROWS)?;
        let Some(last) = rows.last() else { return Ok(counted) };
        after = last.version;
        for row in rows {
            let body = serde_json::from_str(&row.body).map_err(|_| StoreError::Unreadable { what: "body" })?;
            for fact in row.kind.facts(&body) {
                counted.entry(fact.key.rep).or_default().add(&fact.key, fact.measures);
            }
        }
    }
}
