//! How much work weighs on its way to the server: ten thousand changes, and what a phone sends on an ordinary day.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use anyhow::{Context as _, Result, ensure};
use saha_core::{Host, NewCall, NewSale, NewSaleLine, Platform, Reading, Saha, SystemHost, VisitEnd};
use saha_domain::{CallDirection, CallDisposition, GeoPoint, Location};
use saha_tests::{
    canned::{CannedServer, Pages},
    dice::Dice,
    measure::{Figure, Unit, count, tell, timed},
    office::{self, Office, Plan},
    phone::{self, MemorySecrets, ZONE},
};

const CHANGES: usize = 10_000;
/// Visits, calls and sales of an ordinary day, as changes.
const DAY: usize = 40;

fn main() -> Result<()> {
    // Ten thousand durable writes wait for nothing but the disk, which this bench is not about.
    let folder = tempfile::tempdir_in(fast_folder())?;
    let office = office::fill(folder.path(), Plan { activities: 2_000, ..Plan::ONE_REP })?;
    // No page is left to come.
    let server = CannedServer::new(office.rep()?, Pages::in_folder(folder.path().join("no-pages"))?);
    let platform = Platform { host: Arc::new(BusyDays::default()), transport: Box::new(server) };
    let saha = Saha::open_with(phone::config(folder.path()), Arc::new(MemorySecrets::default()), platform)?;
    phone::sign_in(&saha)?;
    let mut dice = Dice::new(4);
    push(&saha, &office, &mut dice, CHANGES)?.bytes("wire bytes of a change, 10 000 at once").aimed(100.0).tell()?;
    push(&saha, &office, &mut dice, DAY)?.bytes("wire bytes of a change, 40 of a day").tell()?;
    push(&saha, &office, &mut dice, 1)?.bytes("wire bytes of a visit alone, in and out").tell()?;
    saha.shutdown()?;
    Ok(())
}

/// The system's clocks, on which some seconds pass with each look: changes are made minutes apart, and their
/// times do not compress as those of one busy second would.
struct BusyDays {
    system: SystemHost,
    passed_ms: AtomicI64,
}

impl Default for BusyDays {
    fn default() -> Self {
        Self { system: SystemHost::new(Some(ZONE.to_owned())), passed_ms: AtomicI64::new(0) }
    }
}

impl Host for BusyDays {
    fn now(&self) -> Reading {
        let mut bytes = [0; 4];
        self.fill_random(&mut bytes);
        let step_ms = i64::from(u32::from_le_bytes(bytes) % 10_000);
        let passed_ms = self.passed_ms.fetch_add(step_ms, Ordering::Relaxed);
        let now = self.system.now();
        Reading { utc_ms: now.utc_ms + passed_ms, monotonic_ms: now.monotonic_ms + passed_ms }
    }

    fn boot_id(&self) -> String {
        self.system.boot_id()
    }

    fn zone(&self) -> String {
        self.system.zone()
    }

    fn fill_random(&self, bytes: &mut [u8]) {
        self.system.fill_random(bytes);
    }
}

/// What a push weighed.
struct Push {
    changes: usize,
    bytes: i64,
}

impl Push {
    fn bytes(&self, name: &str) -> Figure {
        let bytes = u32::try_from(self.bytes).map_or(f64::NAN, f64::from);
        Figure::new(name, bytes / count(self.changes).unwrap_or(f64::NAN), "B")
    }
}

/// Works until so many changes wait, and brings them to the server.
fn push(saha: &Saha, office: &Office, dice: &mut Dice, changes: usize) -> Result<Push> {
    let queued = work(saha, office, dice, changes)?;
    let (report, time) = timed(|| phone::sync(saha))?;
    ensure!(usize::try_from(report.applied)? == queued, "{} of {queued} changes were taken", report.applied);
    tell(&format!(
        "{queued} changes in {} requests, {} bytes without HTTP headers, {:.2} s",
        report.requests,
        report.sent_bytes,
        Unit::Second.of(time)
    ))?;
    Ok(Push { changes: queued, bytes: report.sent_bytes })
}

/// Memory where the system has a folder of it.
fn fast_folder() -> std::path::PathBuf {
    let shared_memory = std::path::PathBuf::from("/dev/shm");
    if shared_memory.is_dir() { shared_memory } else { std::env::temp_dir() }
}

/// Two of three activities are visits, each with a check-in and a check-out; the first one always is.
fn work(saha: &Saha, office: &Office, dice: &mut Dice, changes: usize) -> Result<usize> {
    let mut queued = visit(saha, office, dice)?;
    while queued < changes {
        queued += if dice.percent(60) { visit(saha, office, dice)? } else { talk_or_sell(saha, office, dice)? };
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
