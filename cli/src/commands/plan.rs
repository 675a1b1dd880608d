use saha_core::{NewPlanItem, Stop};
use saha_domain::{NaiveDate, StopState};
use serde_json::json;

use crate::{
    exit::{Code, Result},
    find, format,
    output::{Out, Tone},
    phone,
    settings::Settings,
    table::{Align, Table},
    texts::field as say,
};

pub(super) fn show(settings: &Settings, out: &Out, date: Option<NaiveDate>) -> Result<Code> {
    let date = date.map_or_else(|| phone::today(settings), Ok)?;
    let stops = phone::open(settings)?.plan().day(Some(date))?;
    out.document(&json!({ "date": date.to_string(), "stops": stops }));
    if stops.is_empty() {
        out.line(say::no_stops(out.lang, &format::date(out.lang, date)));
    }
    let mut table = Table::new(&[Align::Right, Align::Left, Align::Left, Align::Left, Align::Left], 2);
    for stop in &stops {
        table.row(cells(out, stop));
    }
    for line in table.lines(out.width()) {
        out.line(line);
    }
    Ok(Code::Ok)
}

fn cells(out: &Out, stop: &Stop) -> [String; 5] {
    let window = stop.item.window.map(|window| format::interval(&window)).unwrap_or_default();
    let tone = match stop.state {
        StopState::Planned | StopState::InProgress => Tone::Strong,
        StopState::Missed => Tone::Warn,
        StopState::Done => Tone::Good,
    };
    [
        stop.item.sequence.to_string(),
        window,
        stop.customer.name.clone(),
        out.paint(tone, stop.state.text(out.lang)),
        format::short_id(&stop.item.id.to_string()).to_owned(),
    ]
}

pub(super) fn add(
    settings: &Settings,
    out: &Out,
    customer: &str,
    date: Option<NaiveDate>,
    note: Option<String>,
) -> Result<Code> {
    let saha = phone::open(settings)?;
    let customer = find::customer(&saha, out.lang, customer)?;
    let date = date.map_or_else(|| phone::today(settings), Ok)?;
    let item = saha.plan().add(NewPlanItem { customer: customer.id, date, window: None, sequence: None, note })?;
    out.document(&json!({ "item": item }));
    out.line(say::planned(out.lang, &customer.name, &format::date(out.lang, date)));
    Ok(Code::Ok)
}

pub(super) fn remove(settings: &Settings, out: &Out, item: &str, date: Option<NaiveDate>) -> Result<Code> {
    let saha = phone::open(settings)?;
    let date = date.map_or_else(|| phone::today(settings), Ok)?;
    let stop = find::stop(&saha, out.lang, date, item)?;
    saha.plan().remove(stop.item.id)?;
    out.document(&json!({ "item": stop.item }));
    out.line(say::unplanned(out.lang, &stop.customer.name, &format::date(out.lang, date)));
    Ok(Code::Ok)
}
