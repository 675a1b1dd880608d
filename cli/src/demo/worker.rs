//! The process that is killed: it writes, and says of each record that it is durable.

use std::{thread, time::Duration};

use saha_core::{NewCall, VisitEnd};
use saha_domain::{CallDirection, CallDisposition};

use super::route;
use crate::{
    args::account::WorkerArgs,
    exit::{Code, Result},
    output::Out,
    phone,
    settings::Settings,
};

/// Customers that it works with.
const ROUND: usize = 24;

/// Logs calls and visits until it is killed, or until nobody listens any more: it must not outlive the demonstration.
/// Prints `call <id>` or `visit <id>` once the record is durable, never before.
pub(crate) fn work_until_killed(settings: &Settings, out: &Out, args: &WorkerArgs) -> Result<Code> {
    let saha = phone::open(settings)?;
    let pause = Duration::from_millis(args.pause_ms);
    for customer in route::near(&saha, ROUND)?.iter().cycle().take_while(|_| !out.is_broken()) {
        let call = saha.calls().log(NewCall {
            customer: customer.id,
            disposition: CallDisposition::NoAnswer,
            direction: CallDirection::Outgoing,
            duration_s: 0,
            outcome: None,
            note: None,
        })?;
        out.line(format!("call {}", call.id));
        thread::sleep(pause);
        let visit = saha.visits().check_in(customer.id, None)?;
        out.line(format!("visit {}", visit.id));
        thread::sleep(pause);
        saha.visits().check_out(visit.id, VisitEnd { outcome: "no_need".to_owned(), ..VisitEnd::default() })?;
    }
    Ok(Code::Ok)
}
