use saha_domain::{TargetFilter, metrics::Progress, period::Period};
use serde_json::{Value, json};

use super::customers::say_more;
use crate::{
    bar::bar,
    exit::{CliError, Code, Result},
    format,
    output::{Out, Tone},
    phone,
    settings::Settings,
    table::{Align, Table, join_within, pad},
    texts::figures as say,
};

const BAR_WIDTH: usize = 24;
const METRIC_WIDTH: usize = 7;
const PERIOD_WIDTH: usize = 10;
/// What is left of eighty columns beside the indent.
const REST_WIDTH: usize = 70;

pub(super) fn show(settings: &Settings, out: &Out) -> Result<Code> {
    let targets = phone::open(settings)?.targets().progress()?;
    out.document(&json!({ "targets": targets.iter().map(document).collect::<Vec<_>>() }));
    for line in progress_lines(out, &targets) {
        out.line(line);
    }
    Ok(Code::Ok)
}

/// What the figures of a target rest on, by its place in the list.
pub(super) fn records(settings: &Settings, out: &Out, number: usize, limit: i64, offset: i64) -> Result<Code> {
    let saha = phone::open(settings)?;
    let targets = saha.targets().progress()?;
    let Some(target) = number.checked_sub(1).and_then(|at| targets.get(at)) else {
        let message = say::no_such_target(out.lang, number, targets.len());
        return Err(CliError::NotFound {
            message,
            candidates: targets.into_iter().map(|target| target.title).collect(),
        });
    };
    let records = saha.targets().records(target.target, limit, offset)?;
    out.document(&json!({ "target": document(target), "records": records }));
    out.line(out.paint(Tone::Strong, target.title.clone()));
    if records.is_empty() {
        out.line(say::no_records(out.lang));
    }
    let mut table = Table::new(&[Align::Left, Align::Left, Align::Left, Align::Right, Align::Left], 1);
    for record in &records {
        let worth = value(out, target, record.value);
        let (when, state) = (format::moment(out.lang, &record.at), format::state(out, record.state));
        table.row([when, record.title.clone(), record.summary.clone(), worth, state]);
    }
    for line in table.lines(out.width()) {
        out.line(line);
    }
    say_more(out, records.len(), limit, offset);
    Ok(Code::Ok)
}

/// Every target with its bar, and what is left of it.
pub(crate) fn progress_lines(out: &Out, targets: &[Progress]) -> Vec<String> {
    if targets.is_empty() {
        return vec![say::none(out.lang)];
    }
    let mut lines: Vec<String> = targets.iter().flat_map(|target| target_lines(out, target)).collect();
    lines.push(String::new());
    lines.push(out.paint(Tone::Dim, format!("  {}", say::legend(out.lang))));
    lines
}

fn target_lines(out: &Out, target: &Progress) -> Vec<String> {
    let lang = out.lang;
    let cells = bar(target.confirmed, target.waiting, target.target_value, BAR_WIDTH);
    let done = value(out, target, target.actual);
    let figures = match target.progress_bp {
        Some(bp) => {
            let of = format!("{} / {}", done, value(out, target, target.target_value));
            format!("{} {}", pad(&of, 21, Align::Right), pad(&format::percent(lang, bp), 5, Align::Right))
        }
        None => format!("{done}, {}", say::no_target(lang)),
    };
    let tone = match target.progress_bp {
        Some(bp) if bp >= 10_000 => Tone::Good,
        _ => Tone::Strong,
    };
    let (named, head) = named(out, target, tone);
    let head = format!("  {head} {cells} {figures}");
    let rest = join_within(&rest(out, target), REST_WIDTH);
    named
        .into_iter()
        .chain([head])
        .chain(rest.into_iter().map(|line| out.paint(Tone::Dim, format!("          {line}"))))
        .collect()
}

/// What stands above the bar, and what beside it. A name with a filter has no room beside a bar, and without its filter it
/// would look like another target's.
fn named(out: &Out, target: &Progress, tone: Tone) -> (Option<String>, String) {
    let lang = out.lang;
    if target.filter != TargetFilter::default() {
        let blank = " ".repeat(METRIC_WIDTH + PERIOD_WIDTH + 1);
        return (Some(format!("  {}", out.paint(tone, target.title.clone()))), blank);
    }
    let metric = pad(&target.metric.text(lang), METRIC_WIDTH, Align::Left);
    let period = pad(&target.period.text(lang), PERIOD_WIDTH, Align::Left);
    (None, format!("{} {period}", out.paint(tone, metric)))
}

/// What is behind the bar: waiting, refused, pace, today, the days that are left.
fn rest(out: &Out, target: &Progress) -> Vec<String> {
    let lang = out.lang;
    let show = |amount: i64| value(out, target, amount);
    let mut parts = Vec::new();
    if target.waiting != 0 {
        parts.push(say::waiting(lang, &show(target.waiting)));
    }
    if target.rejected != 0 {
        parts.push(say::refused(lang, &show(target.rejected)));
    }
    if let Some(bp) = target.pace_bp {
        parts.push(say::pace(lang, &format::percent(lang, bp)));
    }
    if target.progress_bp.is_some() {
        parts.extend(left(out, target));
    }
    if !target.other_currencies.is_empty() {
        let amounts: Vec<String> = target
            .other_currencies
            .iter()
            .map(|money| format::money(lang, money.amount_minor, money.currency))
            .collect();
        parts.push(say::other_currencies(lang, &amounts.join(", ")));
    }
    parts
}

fn left(out: &Out, target: &Progress) -> Vec<String> {
    let lang = out.lang;
    let show = |amount: i64| value(out, target, amount);
    if target.remaining == 0 {
        return vec![say::reached(lang)];
    }
    let today = match target.today_quota {
        Some(quota) if quota > target.today_actual => say::left_today(lang, &show(quota - target.today_actual)),
        Some(_) => say::today_done(lang),
        None => say::free_day(lang),
    };
    let days = match (target.required_per_day, target.working_days_left) {
        (None, _) => say::no_days_left(lang, &show(target.remaining)),
        (Some(_), _) if target.period == Period::Day => return vec![today],
        (Some(per_day), 1) => say::last_day(lang, &show(per_day)),
        (Some(per_day), days) => say::per_day(lang, &show(per_day), days),
    };
    vec![today, days]
}

/// A count, or money without minor units.
fn value(out: &Out, target: &Progress, amount: i64) -> String {
    match target.currency {
        Some(currency) => format::money_short(out.lang, amount, currency),
        None => format::count(out.lang, amount),
    }
}

/// The same for programs; money in minor units.
fn document(target: &Progress) -> Value {
    json!({
        "target": target.target,
        "title": target.title,
        "metric": target.metric.name(),
        "filter": target.filter,
        "period": target.period.name(),
        "first_day": target.range.first.to_string(),
        "last_day": target.range.last.to_string(),
        "currency": target.currency,
        "target_value": target.target_value,
        "confirmed": target.confirmed,
        "waiting": target.waiting,
        "rejected": target.rejected,
        "actual": target.actual,
        "progress_bp": target.progress_bp,
        "expected": target.expected,
        "pace_bp": target.pace_bp,
        "remaining": target.remaining,
        "required_per_day": target.required_per_day,
        "working_days_left": target.working_days_left,
        "today_quota": target.today_quota,
        "today_actual": target.today_actual,
        "other_currencies": target.other_currencies,
    })
}

#[cfg(test)]
mod tests;
