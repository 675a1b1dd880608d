//! Finds what people name: by code, number, id, part of an id, or words. Nothing is guessed: what fits more than one is
//! answered with the candidates.

use saha_core::{OutboxEntry, OverriddenEdit, Saha, Stop};
use saha_domain::{Call, Customer, NaiveDate, Product, SahaError, Sale, Visit, catalog::Lang, text};
use saha_server::DeviceView;

use crate::{
    exit::{CliError, Result},
    format,
    pages::{self, PAGE},
    texts,
};

/// Candidates that a message names.
const SHOWN: usize = 8;
/// A part of an id shorter than this says nothing.
const ID_PART_CHARS: usize = 4;
/// How far back visits and sales are looked for by a part of their id.
const DAYS_BACK: usize = 31;
/// How far back sales are looked for by their number: longer than a company has to keep its books.
const DAYS_BACK_BY_NUMBER: usize = 11 * 366;

/// The customer of that code, id or name.
pub fn customer(saha: &Saha, lang: Lang, wanted: &str) -> Result<Customer> {
    let wanted = said(lang, wanted)?;
    let customers = saha.customers();
    if let Some(found) = present(customers.get_by_code(wanted.to_uppercase()))? {
        return Ok(found);
    }
    if let Ok(id) = wanted.parse() {
        return Ok(customers.get(id)?);
    }
    let mut found = customers.search(wanted.to_owned(), PAGE, 0)?;
    if found.is_empty() && is_id_part(wanted) {
        found = every_customer(saha)?.into_iter().filter(|one| fits(&one.id.to_string(), wanted)).collect();
    }
    let same_name = |one: &&Customer| text::fold(&one.name) == text::fold(wanted);
    let exact: Vec<_> = found.iter().filter(same_name).cloned().collect();
    let label = |one: &Customer| {
        let code = one.code.clone().unwrap_or_else(|| format::short_id(&one.id.to_string()).to_owned());
        format!("{code}  {}{}", one.name, one.district.as_ref().map(|place| format!(", {place}")).unwrap_or_default())
    };
    only(lang, wanted, if exact.len() == 1 { exact } else { found }, label)
}

/// Every customer on the device.
pub fn every_customer(saha: &Saha) -> Result<Vec<Customer>> {
    Ok(pages::every(|limit, offset| saha.customers().search(String::new(), limit, offset))?)
}

/// The product of that code, id or name.
pub fn product(saha: &Saha, lang: Lang, wanted: &str) -> Result<Product> {
    let wanted = said(lang, wanted)?;
    if let Some(found) = present(saha.products().get_by_code(wanted.to_uppercase()))? {
        return Ok(found);
    }
    if let Ok(id) = wanted.parse() {
        return Ok(saha.products().get(id)?);
    }
    let found = saha.products().search(wanted.to_owned(), PAGE, 0)?;
    let exact: Vec<_> = found.iter().filter(|one| text::fold(&one.name) == text::fold(wanted)).cloned().collect();
    only(lang, wanted, if exact.len() == 1 { exact } else { found }, |one| format!("{}  {}", one.code, one.name))
}

/// The visit of that id or part of an id, of the last month.
pub fn visit(saha: &Saha, lang: Lang, today: NaiveDate, wanted: &str) -> Result<Visit> {
    let wanted = said(lang, wanted)?;
    if let Ok(id) = wanted.parse() {
        return Ok(saha.visits().get(id)?);
    }
    let mut found = Vec::new();
    for date in days_back(today, DAYS_BACK).filter(|_| is_id_part(wanted)) {
        let day = saha.visits().list_on(date, PAGE, 0)?;
        found.extend(day.into_iter().filter(|one| fits(&one.id.to_string(), wanted)));
    }
    only(lang, wanted, found, |one| format!("{}  {}", one.id, format::time(&one.check_in)))
}

/// The call of that id or part of an id, of the last month.
pub fn call(saha: &Saha, lang: Lang, today: NaiveDate, wanted: &str) -> Result<Call> {
    let wanted = said(lang, wanted)?;
    if let Ok(id) = wanted.parse() {
        return Ok(saha.calls().get(id)?);
    }
    let mut found = Vec::new();
    for date in days_back(today, DAYS_BACK).filter(|_| is_id_part(wanted)) {
        let day = saha.calls().list_on(date, PAGE, 0)?;
        found.extend(day.into_iter().filter(|one| fits(&one.id.to_string(), wanted)));
    }
    only(lang, wanted, found, |one| format!("{}  {}", one.id, format::time(&one.at)))
}

/// The rep's stop of a day of that id or part of an id.
pub fn stop(saha: &Saha, lang: Lang, date: NaiveDate, wanted: &str) -> Result<Stop> {
    let wanted = said(lang, wanted)?;
    let is_it = |stop: &Stop| is_id_part(wanted) && fits(&stop.item.id.to_string(), wanted);
    let found = saha.plan().day(Some(date))?.into_iter().filter(is_it).collect();
    only(lang, wanted, found, |one| format!("{}  {}", one.item.id, one.customer.name))
}

/// The sale of that number or id, or of that part of an id in the last month.
pub fn sale(saha: &Saha, lang: Lang, today: NaiveDate, wanted: &str) -> Result<Sale> {
    let wanted = said(lang, wanted)?;
    if let Ok(id) = wanted.parse() {
        return Ok(saha.sales().get(id)?);
    }
    let label = |one: &Sale| format!("{}  {}", one.number, format::time(&one.at));
    let mut found = Vec::new();
    for date in days_back(today, DAYS_BACK).filter(|_| is_id_part(wanted)) {
        found.extend(sales_on(saha, date)?.into_iter().filter(|one| fits(&one.id.to_string(), wanted)));
    }
    if !found.is_empty() {
        return only(lang, wanted, found, label);
    }
    for date in days_back(today, DAYS_BACK_BY_NUMBER) {
        // A number is given once, so the search ends with it.
        if let Some(numbered) = sales_on(saha, date)?.into_iter().find(|one| one.number.eq_ignore_ascii_case(wanted)) {
            return Ok(numbered);
        }
    }
    only(lang, wanted, found, label)
}

/// The change of that id or part of an id.
pub fn change(saha: &Saha, lang: Lang, wanted: &str) -> Result<OutboxEntry> {
    let wanted = said(lang, wanted)?;
    let found = saha
        .outbox()
        .list()?
        .into_iter()
        .filter(|one| is_id_part(wanted) && fits(&one.op_id.to_string(), wanted))
        .collect();
    only(lang, wanted, found, |one| format!("{}  {}", one.op_id, one.title))
}

/// An edit that lost to someone else's, by the beginning or the end of its id.
pub fn overridden(saha: &Saha, lang: Lang, wanted: &str) -> Result<OverriddenEdit> {
    let wanted = said(lang, wanted)?;
    let fits = |one: &OverriddenEdit| is_id_part(wanted) && fits(&one.op_id.to_string(), wanted);
    let found = saha.outbox().list_overridden()?.into_iter().filter(fits).collect();
    only(lang, wanted, found, |one| format!("{}  {}", one.op_id, one.title))
}

/// Every sale of a date.
fn sales_on(saha: &Saha, date: NaiveDate) -> Result<Vec<Sale>> {
    Ok(pages::every(|limit, offset| saha.sales().list_on(date, limit, offset))?)
}

/// The company's device that is meant.
pub fn device(mut devices: Vec<DeviceView>, lang: Lang, wanted: &str) -> Result<DeviceView> {
    let wanted = wanted.trim();
    devices.retain(|device| is_id_part(wanted) && fits(&device.id.to_string(), wanted));
    if devices.is_empty() {
        return Err(CliError::NotFound { message: texts::errors::no_device(lang, wanted), candidates: Vec::new() });
    }
    only(lang, wanted, devices, |device| format!("{}  {}", device.id, device.name))
}

fn days_back(today: NaiveDate, days: usize) -> impl Iterator<Item = NaiveDate> {
    // The device may have been in a zone that is a day ahead.
    let first = today.succ_opt().unwrap_or(today);
    std::iter::successors(Some(first), NaiveDate::pred_opt).take(days)
}

/// Nobody of that code is no failure yet.
fn present<T>(found: std::result::Result<T, SahaError>) -> Result<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(SahaError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// What was named. Nothing would fit everything, and be taken for the only one there is.
fn said(lang: Lang, wanted: &str) -> Result<&str> {
    let nothing = || CliError::NotFound { message: texts::errors::nothing_fits(lang, wanted), candidates: Vec::new() };
    Some(wanted.trim()).filter(|wanted| !wanted.is_empty()).ok_or_else(nothing)
}

fn is_id_part(wanted: &str) -> bool {
    wanted.len() >= ID_PART_CHARS && wanted.chars().all(|c| c.is_ascii_hexdigit() || c == '-')
}

/// Ids of one hour begin alike, so their end is as good a name.
fn fits(id: &str, wanted: &str) -> bool {
    let wanted = wanted.to_ascii_lowercase();
    id.starts_with(&wanted) || id.ends_with(&wanted)
}

fn only<T>(lang: Lang, wanted: &str, mut found: Vec<T>, label: impl Fn(&T) -> String) -> Result<T> {
    match (found.len(), found.pop()) {
        (1, Some(one)) => Ok(one),
        (0, _) | (_, None) => {
            Err(CliError::NotFound { message: texts::errors::nothing_fits(lang, wanted), candidates: Vec::new() })
        }
        (count, Some(last)) => {
            found.push(last);
            let mut candidates: Vec<String> = found.iter().take(SHOWN).map(label).collect();
            if count > SHOWN {
                candidates.push(texts::errors::and_more(lang, count - SHOWN));
            }
            Err(CliError::NotFound { message: texts::errors::many_fit(lang, wanted, count), candidates })
        }
    }
}
