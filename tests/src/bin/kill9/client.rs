//! The client that is killed: it works until it is.

use std::{io::Write, path::Path};

use anyhow::{Context, Result};
use saha_core::{NewCall, NewSale, NewSaleLine, VisitEnd};
use saha_domain::{CallDirection, CallDisposition};
use saha_tests::{canned::Offline, phone};

/// Logs calls, visits and sales without end, and writes each id once the core has said that it is durable.
pub(crate) fn work(folder: &Path) -> Result<()> {
    let saha = phone::open(folder, Offline)?;
    let customers = saha.customers().search(String::new(), 20, 0)?;
    let product = saha.products().search(String::new(), 1, 0)?.pop().context("no product on the phone")?.id;
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

fn acknowledge(what: &str, id: uuid::Uuid) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{what} {id}")?;
    Ok(out.flush()?)
}
