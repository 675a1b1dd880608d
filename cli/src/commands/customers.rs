use saha_core::{Activity, NearbyCustomer, NewProspect, StoryEntry};
use saha_domain::{Customer, catalog::words};
use serde_json::json;

use crate::{
    args::field::{CustomerFields, CustomersArgs},
    exit::{CliError, Code, Result},
    find, format,
    output::{Out, Tone},
    parse, phone,
    settings::Settings,
    table::{Align, Table},
    texts,
};

pub(super) fn list(settings: &Settings, out: &Out, args: &CustomersArgs) -> Result<Code> {
    let customers = phone::open(settings)?.customers();
    let (limit, offset) = (args.limit, args.offset);
    let listed = match &args.near {
        Some(place) => {
            let bad = || CliError::Usage(texts::errors::bad_place(out.lang, place));
            let found = customers.nearby(parse::place(place).ok_or_else(bad)?, limit, offset)?;
            out.document(&json!({ "customers": found }));
            let listed = |near: NearbyCustomer| (near.customer, format::distance(out.lang, near.distance_m));
            found.into_iter().map(listed).collect()
        }
        None if args.due => {
            let found = customers.due(limit, offset)?;
            out.document(&json!({ "customers": found }));
            found.into_iter().map(|due| (due.customer, overdue(out, due.overdue_days))).collect()
        }
        None => {
            let found = customers.search(args.search.join(" "), limit, offset)?;
            out.document(&json!({ "customers": found }));
            found.into_iter().map(|customer| (customer, String::new())).collect()
        }
    };
    tell(out, listed, limit, offset);
    Ok(Code::Ok)
}

fn overdue(out: &Out, days: i64) -> String {
    if days == 0 {
        return texts::field::due_today(out.lang);
    }
    texts::field::overdue(out.lang, &format::count(out.lang, days))
}

/// Customers, each with what else is to be said of him.
fn tell(out: &Out, listed: Vec<(Customer, String)>, limit: i64, offset: i64) {
    if listed.is_empty() {
        out.line(texts::field::no_customers(out.lang));
    }
    let count = listed.len();
    let mut table = Table::new(&[Align::Left; 6], 1);
    for (customer, remark) in listed {
        table.row(cells(out, &customer).into_iter().chain([remark]));
    }
    for line in table.lines(out.width()) {
        out.line(line);
    }
    say_more(out, count, limit, offset);
}

/// A page that is full is not the last, as far as is known.
pub(super) fn say_more(out: &Out, count: usize, limit: i64, offset: i64) {
    if i64::try_from(count) == Ok(limit) {
        out.line(out.paint(Tone::Dim, texts::field::more(out.lang, offset.saturating_add(limit))));
    }
}

fn cells(out: &Out, customer: &Customer) -> [String; 5] {
    let id = customer.id.to_string();
    let segment = customer.segment.name();
    [
        customer.code.clone().unwrap_or_else(|| format::short_id(&id).to_owned()),
        customer.name.clone(),
        words::lifecycle_name(out.lang, customer.lifecycle.name()).to_owned(),
        if segment.len() == 1 { segment.to_owned() } else { String::new() },
        customer.district.clone().unwrap_or_default(),
    ]
}

/// A customer, and a page of his story.
pub(super) fn show(settings: &Settings, out: &Out, wanted: &str, limit: i64, offset: i64) -> Result<Code> {
    let saha = phone::open(settings)?;
    let customer = find::customer(&saha, out.lang, wanted)?;
    let story = saha.customers().story(customer.id, limit, offset)?;
    out.document(&json!({ "customer": customer, "story": story }));
    for line in card(out, &customer).into_iter().chain([String::new()]).chain(story_lines(out, &story)) {
        out.line(line);
    }
    say_more(out, story.len(), limit, offset);
    Ok(Code::Ok)
}

/// Who he is and where, a line each.
fn card(out: &Out, customer: &Customer) -> Vec<String> {
    let [code, name, lifecycle, segment, district] = cells(out, customer);
    let place = [customer.address.clone().unwrap_or_default(), district].into_iter();
    let place = place.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let standing = format!("{code}  {lifecycle} {segment}");
    let rest = [customer.phone.clone(), Some(place), customer.note.clone()].into_iter().flatten();
    let lines = [out.paint(Tone::Strong, name), standing.trim_end().to_owned()].into_iter().chain(rest);
    lines.filter(|line| !line.is_empty()).collect()
}

fn story_lines(out: &Out, story: &[StoryEntry]) -> Vec<String> {
    if story.is_empty() {
        return vec![texts::field::no_story(out.lang)];
    }
    let mut table = Table::new(&[Align::Left, Align::Left, Align::Right, Align::Left], 1);
    for entry in story {
        let amount = match &entry.activity {
            Activity::Sale { sale } => format::money(out.lang, sale.net_minor, sale.currency),
            Activity::Visit { .. } | Activity::Call { .. } => String::new(),
        };
        table.row([format::moment(out.lang, &entry.at), entry.title.clone(), amount, format::state(out, entry.state)]);
    }
    table.lines(out.width())
}

pub(super) fn add(settings: &Settings, out: &Out, name: String, fields: CustomerFields) -> Result<Code> {
    let prospect = NewProspect {
        name,
        tax_no: fields.tax_no,
        phone: fields.phone,
        district: fields.district,
        address: fields.address,
        note: fields.note,
        ..NewProspect::default()
    };
    let customer = phone::open(settings)?.customers().create_prospect(prospect)?;
    out.document(&json!({ "customer": customer }));
    let id = customer.id.to_string();
    out.line(texts::field::prospect_added(out.lang, &customer.name, format::short_id(&id)));
    Ok(Code::Ok)
}

pub(super) fn edit(
    settings: &Settings,
    out: &Out,
    wanted: &str,
    name: Option<String>,
    fields: CustomerFields,
) -> Result<Code> {
    let saha = phone::open(settings)?;
    let known = find::customer(&saha, out.lang, wanted)?;
    let edited = Customer {
        name: name.unwrap_or_else(|| known.name.clone()),
        tax_no: set(fields.tax_no, known.tax_no.as_ref()),
        phone: set(fields.phone, known.phone.as_ref()),
        district: set(fields.district, known.district.as_ref()),
        address: set(fields.address, known.address.as_ref()),
        note: set(fields.note, known.note.as_ref()),
        ..known.clone()
    };
    if edited == known {
        return Err(CliError::Usage(texts::errors::nothing_to_change(out.lang)));
    }
    let customer = saha.customers().update(edited)?;
    out.document(&json!({ "customer": customer }));
    out.line(texts::field::customer_saved(out.lang, &customer.name));
    Ok(Code::Ok)
}

/// The new value where one was given; an empty one clears the field.
pub(super) fn set(given: Option<String>, known: Option<&String>) -> Option<String> {
    match given {
        Some(given) => Some(given).filter(|given| !given.trim().is_empty()),
        None => known.cloned(),
    }
}
