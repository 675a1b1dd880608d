use saha_core::NewCall;
use saha_domain::{Call, CallDirection, NaiveDate, catalog::words};
use serde_json::json;

use crate::{
    args::field::CallArgs,
    exit::{CliError, Code, Result},
    find, format,
    output::Out,
    pages::PAGE,
    parse, phone,
    settings::Settings,
    table::{Align, Table},
    texts,
};

pub(super) fn log(settings: &Settings, out: &Out, args: CallArgs) -> Result<Code> {
    let duration_s = args.duration.as_deref().map_or(Ok(0), |text| {
        parse::duration_s(text).ok_or_else(|| CliError::Usage(texts::errors::bad_duration(out.lang, text)))
    })?;
    let customer = args.customer.ok_or_else(|| CliError::Usage(texts::errors::no_customer(out.lang)))?;
    let saha = phone::open(settings)?;
    let customer = find::customer(&saha, out.lang, &customer)?;
    let call = saha.calls().log(NewCall {
        customer: customer.id,
        disposition: args.disposition.into(),
        direction: if args.incoming { CallDirection::Incoming } else { CallDirection::Outgoing },
        duration_s,
        outcome: args.outcome,
        note: args.note,
    })?;
    out.document(&json!({ "call": call }));
    let outcome = outcome_text(out, &call);
    out.line(texts::field::call_logged(out.lang, &customer.name, &format::time(&call.at), outcome));
    Ok(Code::Ok)
}

pub(super) fn list(settings: &Settings, out: &Out, date: Option<NaiveDate>) -> Result<Code> {
    let saha = phone::open(settings)?;
    let date = date.map_or_else(|| phone::today(settings), Ok)?;
    let calls = saha.calls().list_on(date, PAGE, 0)?;
    out.document(&json!({ "date": date.to_string(), "calls": calls }));
    if calls.is_empty() {
        out.line(texts::field::no_calls(out.lang, &format::date(out.lang, date)));
    }
    let mut table = Table::new(&[Align::Left, Align::Left, Align::Left, Align::Right, Align::Left], 1);
    for call in &calls {
        table.row([
            format::time(&call.at),
            saha.customers().name(call.customer)?,
            outcome_text(out, call).to_owned(),
            format::duration(call.duration_s),
            format::short_id(&call.id.to_string()).to_owned(),
        ]);
    }
    for line in table.lines(out.width()) {
        out.line(line);
    }
    Ok(Code::Ok)
}

pub(super) fn delete(settings: &Settings, out: &Out, call: &str) -> Result<Code> {
    let saha = phone::open(settings)?;
    let call = find::call(&saha, out.lang, phone::today(settings)?, call)?;
    saha.calls().delete(call.id)?;
    out.document(&json!({ "deleted": call.id }));
    out.line(texts::field::call_deleted(out.lang, &saha.customers().name(call.customer)?));
    Ok(Code::Ok)
}

/// What came of it, or else how it ended.
fn outcome_text<'a>(out: &Out, call: &'a Call) -> &'a str {
    words::outcome_name(out.lang, call.outcome.as_deref().unwrap_or_else(|| call.disposition.name()))
}
