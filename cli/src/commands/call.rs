use saha_core::NewCall;
use saha_domain::{CallDirection, catalog::words};
use serde_json::json;

use crate::{
    args::field::CallArgs,
    exit::{CliError, Code, Result},
    find, format,
    output::Out,
    parse, phone,
    settings::Settings,
    texts,
};

pub(super) fn log(settings: &Settings, out: &Out, args: CallArgs) -> Result<Code> {
    let duration_s = args.duration.as_deref().map_or(Ok(0), |text| {
        parse::duration_s(text).ok_or_else(|| CliError::Usage(texts::errors::bad_duration(out.lang, text)))
    })?;
    let saha = phone::open(settings)?;
    let customer = find::customer(&saha, out.lang, &args.customer)?;
    let call = saha.calls().log(NewCall {
        customer: customer.id,
        disposition: args.disposition.into(),
        direction: if args.incoming { CallDirection::Incoming } else { CallDirection::Outgoing },
        duration_s,
        outcome: args.outcome,
        note: args.note,
    })?;
    out.document(&json!({ "call": call }));
    let outcome = call.outcome.as_deref().unwrap_or_else(|| call.disposition.name());
    let outcome = words::outcome_name(out.lang, outcome);
    out.line(texts::field::call_logged(out.lang, &customer.name, &format::time(&call.at), outcome));
    Ok(Code::Ok)
}
