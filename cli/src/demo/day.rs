//! A day's work without a network.

use saha_core::{NewCall, NewProspect, NewSale, NewSaleLine, Saha, SyncBudget, VisitEnd};
use saha_domain::{
    CallDirection, CallDisposition, Customer, CustomerId, Location, SahaError, Sale, Visit, VisitId, catalog::words,
};

use super::{data, route, stage::Stage};
use crate::{
    bad_link::{BadLink, Fault, Plan},
    commands,
    exit::Result,
    format, phone,
    table::{Align, Table},
    texts::demo as say,
};

/// A stop of the round: what came of it, how far off and how coarse the fix is (none without one), what was sold.
struct Stop {
    outcome: &'static str,
    fix: Option<(i32, i32)>,
    lines: &'static [(&'static str, i64, &'static [i32])],
}

const STOPS: &[Stop] = &[
    Stop { outcome: "order", fix: Some((12, 8)), lines: &[("P001", 240_000, &[]), ("P018", 2_500, &[500])] },
    Stop { outcome: "no_need", fix: Some((35, 20)), lines: &[] },
    Stop { outcome: "order", fix: None, lines: &[("P002", 6_000, &[]), ("P025", 12_000, &[300, 200])] },
    Stop { outcome: "closed", fix: Some((620, 15)), lines: &[] },
    Stop { outcome: "order", fix: Some((60, 300)), lines: &[("P023", 400_000, &[])] },
    Stop { outcome: "follow_up", fix: Some((5, 6)), lines: &[] },
];

const CALLS: &[(CallDisposition, i64, Option<&str>)] = &[
    (CallDisposition::Connected, 185, Some("follow_up")),
    (CallDisposition::NoAnswer, 0, None),
    (CallDisposition::Connected, 64, Some("order")),
    (CallDisposition::WrongNumber, 9, None),
];

/// Visits, calls, sales, two mistakes, and a prospect who is not as new as he seems. The answer is the prospect.
pub(super) fn work(stage: &mut Stage<'_>, saha: &Saha, link: &BadLink) -> Result<CustomerId> {
    let lang = stage.out.lang;
    stage.section(say::section_day(lang));
    offline(stage, saha, link)?;
    let round = route::near(saha, STOPS.len() + CALLS.len())?;
    let (visited, called) = round.split_at_checked(STOPS.len()).unwrap_or((&round, &[]));
    let sales = visits(stage, saha, visited)?;
    let mistaken = calls(stage, saha, called)?;
    stage.heading(say::mistakes_title(lang));
    if let Some(sale) = sales.first() {
        correct_quantity(stage, saha, sale)?;
    }
    if let Some((call, name)) = mistaken {
        saha.calls().delete(call)?;
        stage.written.calls.retain(|id| *id != call.to_string());
        stage.line(say::call_deleted(lang, &name));
        let is_gone = matches!(saha.calls().get(call), Err(SahaError::NotFound { .. }));
        stage.expect(is_gone, say::check_deleted(lang));
    }
    prospect(stage, saha, visited)
}

/// The network is switched off, and a sync finds out.
fn offline(stage: &mut Stage<'_>, saha: &Saha, link: &BadLink) -> Result<()> {
    let lang = stage.out.lang;
    link.set(Plan::Always(Fault::Offline));
    let said = phone::block_on(lang, saha.sync().run(SyncBudget::default()))?;
    stage.line(say::offline_sync(lang));
    if let Err(error) = &said {
        stage.line(format!("  “{}”", error.text(lang)));
    }
    stage.expect(matches!(said, Err(SahaError::Offline { .. })), say::check_offline(lang));
    Ok(())
}

fn visits(stage: &mut Stage<'_>, saha: &Saha, round: &[Customer]) -> Result<Vec<Sale>> {
    stage.heading(say::visits_title(stage.out.lang));
    let mut table = Table::new(&[Align::Left, Align::Left, Align::Left, Align::Right], 0);
    let mut sales = Vec::new();
    for (customer, stop) in round.iter().zip(STOPS) {
        let fix =
            customer.location.zip(stop.fix).map(|(door, (north_m, accuracy_m))| route::fix(door, north_m, accuracy_m));
        let (visit, sale) = visit(stage, saha, customer.id, fix, stop)?;
        table.row(visit_cells(stage, saha, &visit, sale.as_ref())?);
        sales.extend(sale);
    }
    for line in table.lines(Some(78)) {
        stage.line(line);
    }
    Ok(sales)
}

/// In, perhaps a sale, out. The records as they are read back.
fn visit(
    stage: &mut Stage<'_>,
    saha: &Saha,
    customer: CustomerId,
    fix: Option<Location>,
    stop: &Stop,
) -> Result<(Visit, Option<Sale>)> {
    let visit = saha.visits().check_in(customer, fix.clone())?;
    stage.written.visits.push(visit.id.to_string());
    let sale = if stop.lines.is_empty() { None } else { Some(sell(saha, customer, visit.id, stop)?) };
    stage.written.sales.extend(sale.iter().map(|sale| sale.id.to_string()));
    saha.visits().check_out(visit.id, VisitEnd { outcome: stop.outcome.to_owned(), note: None, location: fix })?;
    Ok((saha.visits().get(visit.id)?, sale))
}

fn sell(saha: &Saha, customer: CustomerId, visit: VisitId, stop: &Stop) -> Result<Sale> {
    let mut lines = Vec::new();
    for (code, quantity_milli, discounts_bp) in stop.lines {
        let product = saha.products().get_by_code((*code).to_owned())?.id;
        lines.push(NewSaleLine {
            product,
            quantity_milli: *quantity_milli,
            unit_price: None,
            discounts_bp: discounts_bp.to_vec(),
        });
    }
    let sale = saha.sales().create(NewSale { customer, visit: Some(visit), lines, note: None })?;
    Ok(saha.sales().get(sale.id)?)
}

fn visit_cells(stage: &Stage<'_>, saha: &Saha, visit: &Visit, sale: Option<&Sale>) -> Result<[String; 4]> {
    let lang = stage.out.lang;
    Ok([
        saha.customers().name(visit.customer)?,
        words::outcome_name(lang, visit.outcome.as_deref().unwrap_or_default()).to_owned(),
        commands::verdict(stage.out, visit),
        sale.map(|sale| format::money(lang, sale.net_minor, sale.currency)).unwrap_or_default(),
    ])
}

/// Logs the calls. The answer is the last one, which was a slip, and with whom.
fn calls(stage: &mut Stage<'_>, saha: &Saha, round: &[Customer]) -> Result<Option<(saha_domain::CallId, String)>> {
    let lang = stage.out.lang;
    stage.heading(say::calls_title(lang));
    let mut last = None;
    for (customer, (disposition, duration_s, outcome)) in round.iter().zip(CALLS) {
        let call = saha.calls().log(NewCall {
            customer: customer.id,
            disposition: *disposition,
            direction: CallDirection::Outgoing,
            duration_s: *duration_s,
            outcome: outcome.map(str::to_owned),
            note: None,
        })?;
        stage.written.calls.push(call.id.to_string());
        let call = saha.calls().get(call.id)?;
        let outcome = words::outcome_name(lang, call.outcome.as_deref().unwrap_or_else(|| call.disposition.name()));
        let name = saha.customers().name(call.customer)?;
        stage.line(say::call_line(lang, &name, outcome, &format::duration(call.duration_s)));
        last = Some((call.id, name));
    }
    Ok(last)
}

/// Two hundred and forty bottles were two dozen.
fn correct_quantity(stage: &Stage<'_>, saha: &Saha, sale: &Sale) -> Result<()> {
    let lang = stage.out.lang;
    let Some(line) = sale.lines.first() else { return Ok(()) };
    saha.sales().change_line(sale.id, line.id, Some(line.quantity.amount_milli / 10), None, None)?;
    let corrected = saha.sales().get(sale.id)?;
    let right = corrected.lines.iter().find(|other| other.id == line.id).unwrap_or(line);
    let (wrong, right) = (format::quantity(lang, &line.quantity), format::quantity(lang, &right.quantity));
    stage.line(say::quantity_fixed(lang, &sale.number, &wrong, &right));
    for line in commands::sale_lines(saha, stage.out, &corrected, 2)? {
        stage.line(line);
    }
    Ok(())
}

fn prospect(stage: &mut Stage<'_>, saha: &Saha, visited: &[Customer]) -> Result<CustomerId> {
    let lang = stage.out.lang;
    stage.heading(say::prospect_title(lang));
    let location = visited.last().and_then(|customer| customer.location);
    let prospect = saha.customers().create_prospect(NewProspect {
        name: say::prospect_name(lang),
        tax_no: Some(data::WRONG_TAX_NO.to_owned()),
        phone: Some("0216 555 98 76".to_owned()),
        district: Some("Kadıköy".to_owned()),
        location,
        ..NewProspect::default()
    })?;
    let prospect = saha.customers().get(prospect.id)?;
    stage.line(say::prospect_line(lang, &prospect.name, prospect.tax_no.as_deref().unwrap_or_default()));
    let stop = Stop { outcome: "order", fix: None, lines: &[("P034", 5_000, &[]), ("P036", 100_000, &[])] };
    let fix = location.map(|door| route::fix(door, 4, 6));
    let (_, sale) = visit(stage, saha, prospect.id, fix, &stop)?;
    if let Some(sale) = sale {
        for line in commands::sale_lines(saha, stage.out, &sale, 2)? {
            stage.line(line);
        }
    }
    Ok(prospect.id)
}
