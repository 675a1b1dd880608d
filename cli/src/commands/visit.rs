use saha_core::{Saha, VisitEnd};
use saha_domain::{GeoPoint, Location, NaiveDate, SahaError, Visit, VisitState, catalog::words, geo::GeoVerdict};
use serde_json::json;

use crate::{
    args::field::Place,
    exit::{CliError, Code, Result},
    find, format,
    output::{Out, Tone},
    pages::PAGE,
    phone,
    settings::Settings,
    table::{Align, Table},
    texts,
};

pub(super) fn check_in(settings: &Settings, out: &Out, customer: &str, place: &Place) -> Result<Code> {
    let saha = phone::open(settings)?;
    let customer = find::customer(&saha, out.lang, customer)?;
    let open = saha.visits().in_progress()?;
    let visit = saha.visits().check_in(customer.id, location(place)?)?;
    out.document(&json!({ "visit": visit }));
    if let Some(open) = open {
        out.line(out.paint(Tone::Warn, texts::field::forced_end(out.lang, &saha.customers().name(open.customer)?)));
    }
    out.line(texts::field::checked_in(out.lang, &customer.name, &format::time(&visit.check_in)));
    out.line(format!("       {}", verdict(out, &visit)));
    Ok(Code::Ok)
}

pub(super) fn check_out(
    settings: &Settings,
    out: &Out,
    outcome: String,
    note: Option<String>,
    place: &Place,
) -> Result<Code> {
    let saha = phone::open(settings)?;
    let Some(open) = saha.visits().in_progress()? else {
        return Err(CliError::NotFound { message: texts::errors::no_open_visit(out.lang), candidates: Vec::new() });
    };
    let visit = saha.visits().check_out(open.id, VisitEnd { outcome, note, location: location(place)? })?;
    out.document(&json!({ "visit": visit }));
    let name = saha.customers().name(visit.customer)?;
    let time = visit.check_out.as_ref().map(format::time).unwrap_or_default();
    out.line(texts::field::checked_out(out.lang, &name, &time, &outcome_text(out, &visit)));
    Ok(Code::Ok)
}

pub(super) fn list(settings: &Settings, out: &Out, date: Option<NaiveDate>) -> Result<Code> {
    let saha = phone::open(settings)?;
    let date = date.map_or_else(|| phone::today(settings), Ok)?;
    let visits = saha.visits().list_on(date, PAGE, 0)?;
    out.document(&json!({ "date": date.to_string(), "visits": visits }));
    if visits.is_empty() {
        out.line(texts::field::no_visits(out.lang, &format::date(out.lang, date)));
    }
    let mut table = Table::new(&[Align::Left; 5], 1);
    for visit in &visits {
        table.row(cells(&saha, out, visit)?);
    }
    for line in table.lines(out.width()) {
        out.line(line);
    }
    Ok(Code::Ok)
}

fn cells(saha: &Saha, out: &Out, visit: &Visit) -> Result<[String; 5]> {
    let end = visit.check_out.as_ref().map_or_else(|| texts::field::open_visit(out.lang), format::time);
    let outcome =
        if visit.state == VisitState::Completed { outcome_text(out, visit) } else { visit.state.text(out.lang) };
    Ok([
        format!("{}–{end}", format::time(&visit.check_in)),
        saha.customers().name(visit.customer)?,
        outcome,
        verdict(out, visit),
        format::short_id(&visit.id.to_string()).to_owned(),
    ])
}

pub(super) fn void(settings: &Settings, out: &Out, visit: &str) -> Result<Code> {
    let saha = phone::open(settings)?;
    let visit = find::visit(&saha, out.lang, phone::today(settings)?, visit)?;
    let visit = saha.visits().void(visit.id)?;
    out.document(&json!({ "visit": visit }));
    out.line(texts::field::visit_voided(out.lang, &saha.customers().name(visit.customer)?));
    Ok(Code::Ok)
}

fn location(place: &Place) -> Result<Option<Location>> {
    let (Some(lat), Some(lon)) = (place.lat, place.lon) else { return Ok(None) };
    let point = GeoPoint::from_degrees(lat, lon).map_err(SahaError::from)?;
    Ok(Some(Location {
        point,
        accuracy_m: place.accuracy,
        fix_age_ms: 0,
        provider: "manual".to_owned(),
        mocked: false,
    }))
}

fn outcome_text(out: &Out, visit: &Visit) -> String {
    words::outcome_name(out.lang, visit.outcome.as_deref().unwrap_or_default()).to_owned()
}

/// What the place says, and how far it was.
pub(crate) fn verdict(out: &Out, visit: &Visit) -> String {
    let text = visit.geo_verdict.text(out.lang);
    match (visit.geo_verdict, visit.distance_m) {
        (GeoVerdict::NoFix | GeoVerdict::NoCustomerLocation, _) | (_, None) => text,
        (_, Some(metres)) => format!("{text} ({})", format::distance(out.lang, metres)),
    }
}
