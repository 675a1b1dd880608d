use saha_core::NewProspect;
use saha_domain::{Customer, catalog::words};
use serde_json::json;

use crate::{
    args::field::CustomerFields,
    exit::{CliError, Code, Result},
    find, format,
    output::{Out, Tone},
    phone,
    settings::Settings,
    table::{Align, Table},
    texts,
};

pub(super) fn list(settings: &Settings, out: &Out, search: &str, limit: u32, offset: u32) -> Result<Code> {
    let found = phone::open(settings)?.customers().search(search.to_owned(), limit, offset)?;
    out.document(&json!({ "customers": found }));
    if found.is_empty() {
        out.line(texts::field::no_customers(out.lang));
    }
    let mut table = Table::new(&[Align::Left; 5], 1);
    for customer in &found {
        table.row(cells(out, customer));
    }
    for line in table.lines(out.width()) {
        out.line(line);
    }
    if u32::try_from(found.len()).is_ok_and(|count| count == limit) {
        let more = texts::field::more_customers(out.lang, offset.saturating_add(limit));
        out.line(out.paint(Tone::Dim, more));
    }
    Ok(Code::Ok)
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

pub(super) fn add(settings: &Settings, out: &Out, name: String, fields: CustomerFields) -> Result<Code> {
    let prospect = NewProspect {
        name,
        tax_no: fields.tax_no,
        phone: fields.phone,
        district: fields.district,
        address: fields.address,
        location: None,
        note: fields.note,
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
