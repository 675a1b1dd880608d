//! What a target or an activity is called in a list.

use super::{Lang, words};
use crate::{Call, Lifecycle, Sale, SaleState, Segment, Target, TargetFilter, Visit, VisitState};

crate::sentences! {
    only_prospects() { en: "prospects", tr: "aday müşteriler" }
    only_active() { en: "active customers", tr: "aktif müşteriler" }
    only_dormant() { en: "dormant customers", tr: "pasif müşteriler" }
    only_lost() { en: "lost customers", tr: "kaybedilen müşteriler" }
    only_some() { en: "only some customers", tr: "yalnızca bazı müşteriler" }
    only_segment(segment: &str) { en: "segment {segment}", tr: "{segment} segmenti" }
    only_outcome(outcome: &str) { en: "outcome “{outcome}”", tr: "sonuç “{outcome}”" }
    only_group(group: &str) { en: "goods “{group}”", tr: "“{group}” ürünleri" }
    visit(what: &str) { en: "Visit: {what}", tr: "Ziyaret: {what}" }
    call(what: &str) { en: "Call: {what}", tr: "Arama: {what}" }
    sale(number: &str) { en: "Sale {number}", tr: "Satış {number}" }
    sale_in_state(number: &str, state: &str) { en: "Sale {number}: {state}", tr: "Satış {number}: {state}" }
}

/// A target: what it counts in which period, and of what only. `Monthly visits · prospects`.
pub fn of_target(lang: Lang, target: &Target) -> String {
    let (period, metric) = (target.period.name(), target.metric.name());
    let mut title = format!("{} {}", words::period_rhythm(lang, period), words::counted_name(lang, metric));
    for part in filter_parts(lang, &target.filter) {
        title.push_str(" · ");
        title.push_str(&part);
    }
    title
}

/// What a filter lets through, a part each; nothing where it lets everything through.
fn filter_parts(lang: Lang, filter: &TargetFilter) -> impl Iterator<Item = String> {
    let lifecycle = filter.lifecycle.map(|lifecycle| match lifecycle {
        Lifecycle::Prospect => only_prospects(lang),
        Lifecycle::Active => only_active(lang),
        Lifecycle::Dormant => only_dormant(lang),
        Lifecycle::Lost => only_lost(lang),
        Lifecycle::Unknown => only_some(lang),
    });
    let segment = filter.segment.map(|segment| match segment {
        Segment::Unknown => only_some(lang),
        known => only_segment(lang, known.name()),
    });
    let outcome = filter.outcome.as_deref().map(|code| only_outcome(lang, words::outcome_name(lang, code)));
    let group = filter.product_group.as_deref().map(|group| only_group(lang, group));
    [lifecycle, segment, outcome, group].into_iter().flatten()
}

/// A visit by what came of it, or by its state where nothing has come of it yet.
pub fn of_visit(lang: Lang, made: &Visit) -> String {
    let state = || words::state_name(lang, made.state.name());
    let outcome = made.outcome.as_deref().filter(|_| made.state == VisitState::Completed);
    visit(lang, outcome.map_or_else(state, |code| words::outcome_name(lang, code)))
}

/// A call by what came of it, or by how it ended.
pub fn of_call(lang: Lang, made: &Call) -> String {
    let code = made.outcome.as_deref().unwrap_or_else(|| made.disposition.name());
    call(lang, words::outcome_name(lang, code))
}

/// A sale by its number, and by its state where that is not the usual one.
pub fn of_sale(lang: Lang, made: &Sale) -> String {
    match made.state {
        SaleState::Confirmed => sale(lang, &made.number),
        state => sale_in_state(lang, &made.number, words::state_name(lang, state.name())),
    }
}
