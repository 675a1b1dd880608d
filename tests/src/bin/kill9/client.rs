//! The client that is killed: it works and syncs until it is.

use std::{io::Write, path::Path, sync::Arc, thread, time::Duration};

use anyhow::{Context, Result};
use saha_core::{NewCall, NewSale, NewSaleLine, Saha, VisitEnd};
use saha_domain::{CallDirection, CallDisposition};
use saha_tests::{live, phone};
use uuid::Uuid;

/// Between two writes, and between two syncs.
const PAUSE: Duration = Duration::from_millis(2);

/// Logs calls, visits and sales without end, and writes each id once the core has said that it is durable. A thread of
/// its own syncs all the while, so that the kill also finds requests under way and answers half applied.
pub(crate) fn work(folder: &Path) -> Result<()> {
    let saha = live::open(folder)?;
    let customers = saha.customers().search(String::new(), 20, 0)?;
    let product = saha.products().search(String::new(), 1, 0)?.pop().context("no product on the phone")?.id;
    let syncing = Arc::clone(&saha);
    thread::spawn(move || sync(&syncing));
    for customer in customers.iter().map(|customer| customer.id).cycle() {
        let call = NewCall {
            customer,
            disposition: CallDisposition::Connected,
            direction: CallDirection::Outgoing,
            duration_s: 30,
            outcome: None,
            note: None,
        };
        acknowledge("call", saha.calls().log(call)?.id.uuid())?;
        let visit = saha.visits().check_in(customer, None)?.id;
        acknowledge("visit", visit.uuid())?;
        saha.visits().check_out(visit, VisitEnd { outcome: "order".to_owned(), ..VisitEnd::default() })?;
        acknowledge("completed", visit.uuid())?;
        let line = NewSaleLine { product, quantity_milli: 1_000, unit_price: None, discounts_bp: Vec::new() };
        let sale = NewSale { customer, visit: Some(visit), lines: vec![line], note: None };
        acknowledge("sale", saha.sales().create(sale)?.id.uuid())?;
    }
    Ok(())
}

/// Sends and fetches without end. As long as the writer writes, one sync hardly ends.
fn sync(saha: &Saha) {
    loop {
        if let Err(error) = phone::sync(saha) {
            // The writer goes on, and whoever counts what the company took misses it.
            eprintln!("sync: {error:#}");
        }
        thread::sleep(PAUSE);
    }
}

/// Then lets the sync have the one writer: without a pause, whoever just let go of it takes it again first.
fn acknowledge(what: &str, id: Uuid) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{what} {id}")?;
    out.flush()?;
    drop(out);
    thread::sleep(PAUSE);
    Ok(())
}
