//! How much a day's work weighs on its way to the server.

use anyhow::{Context as _, Result, ensure};
use saha_core::{NewCall, NewSale, NewSaleLine, Saha, VisitEnd};
use saha_domain::{CallDirection, CallDisposition, GeoPoint, Location};
use saha_tests::{
    canned::{CannedServer, Pages},
    dice::Dice,
    measure::{Figure, Unit, count, tell, timed},
    office::{self, Office, Plan},
    phone,
};

const CHANGES: usize = 10_000;

fn main() -> Result<()> {
    // Ten thousand durable writes wait for nothing but the disk, which this bench is not about.
    let folder = tempfile::tempdir_in(fast_folder())?;
    let office = office::fill(folder.path(), Plan { activities: 2_000, ..Plan::ONE_REP })?;
    // No page is left to come.
    let server = CannedServer::new(office.rep()?, Pages::in_folder(folder.path().join("no-pages"))?);
    let saha = phone::open(folder.path(), server)?;
    phone::sign_in(&saha)?;
    let queued = work(&saha, &office)?;
    let (report, time) = timed(|| phone::sync(&saha))?;
    ensure!(usize::try_from(report.applied)? == queued, "{} of {queued} changes were taken", report.applied);
    tell(&format!("{queued} changes in {} requests, {} bytes", report.requests, report.sent_bytes))?;
    let bytes = f64::from(u32::try_from(report.sent_bytes)?);
    Figure::new("wire bytes of a change", bytes / count(queued)?, "B").aimed(100.0).tell()?;
    Figure::new("push of 10 000 changes", Unit::Second.of(time), Unit::Second.name()).tell()?;
    saha.shutdown();
    Ok(())
}

/// Memory where the system has a folder of it.
fn fast_folder() -> std::path::PathBuf {
    let shared_memory = std::path::PathBuf::from("/dev/shm");
    if shared_memory.is_dir() { shared_memory } else { std::env::temp_dir() }
}

/// Works until ten thousand changes wait: two of three activities are visits, each with a check-in and a check-out.
fn work(saha: &Saha, office: &Office) -> Result<usize> {
    let mut dice = Dice::new(4);
    let mut queued = 0;
    while queued < CHANGES {
        queued +=
            if dice.percent(60) { visit(saha, office, &mut dice)? } else { talk_or_sell(saha, office, &mut dice)? };
    }
    Ok(queued)
}

fn visit(saha: &Saha, office: &Office, dice: &mut Dice) -> Result<usize> {
    let customer = dice.pick(office.customers());
    let door = customer.location.context("a customer without a place")?;
    let mut fix = || Location {
        point: GeoPoint { lat_e7: door.lat_e7 + dice.below_i32(8_000), lon_e7: door.lon_e7 + dice.below_i32(8_000) },
        accuracy_m: 5 + dice.below_i32(40),
        fix_age_ms: dice.below_i64(20_000),
        provider: "fused".to_owned(),
        mocked: false,
    };
    let (arrival, leave) = (fix(), fix());
    let visit = saha.visits().check_in(customer.id, Some(arrival))?;
    let outcome = (*dice.pick(&["order", "no_need", "follow_up"])).to_owned();
    saha.visits().check_out(visit.id, VisitEnd { outcome, note: note(dice), location: Some(leave) })?;
    Ok(2)
}

fn talk_or_sell(saha: &Saha, office: &Office, dice: &mut Dice) -> Result<usize> {
    let customer = dice.pick(office.customers()).id;
    if dice.percent(60) {
        let (disposition, direction) = (CallDisposition::Connected, CallDirection::Outgoing);
        let (duration_s, outcome) = (dice.below_i64(600), Some("order".to_owned()));
        saha.calls().log(NewCall { customer, disposition, direction, duration_s, outcome, note: note(dice) })?;
        return Ok(1);
    }
    let mut line = || NewSaleLine {
        product: dice.pick(office.products()).id,
        quantity_milli: (1 + dice.below_i64(24)) * 1_000,
        unit_price: None,
        discounts_bp: Vec::new(),
    };
    let lines = vec![line(), line(), line()];
    saha.sales().create(NewSale { customer, visit: None, lines, note: None })?;
    Ok(1)
}

/// One of five has a note.
fn note(dice: &mut Dice) -> Option<String> {
    dice.percent(20).then(|| format!("Haftaya tekrar uğra, {} koli sorulacak.", 1 + dice.below(30)))
}
