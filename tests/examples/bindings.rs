//! What the benches of the Kotlin and the Swift package measure, from Rust: one record, a page of 200, a sync with nothing new.
//! `cargo xtask bench bindings` puts the three beside each other. With `--serve` nothing is measured: the company's address is
//! printed, and its server runs until standard input ends, for a bench that has no server of its own.

use std::{fmt::Write as _, hint::black_box, io, path::Path, time::Duration};

use anyhow::{Context as _, Result, ensure};
use saha_core::Saha;
use saha_tests::{
    live::{self, LiveCompany},
    measure::{Figure, Unit, median, tell, timed},
    phone,
};

const CUSTOMERS: usize = 300;
const PAGE: i64 = 200;

fn main() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let company = LiveCompany::start(&folder.path().join("server"), |config| {
        (config.rates.request_burst, config.rates.requests_per_s) = (100_000, 100_000);
    })?;
    import(&company)?;
    if std::env::args().any(|argument| argument == "--serve") {
        tell(&company.url())?;
        io::copy(&mut io::stdin(), &mut io::sink())?;
        return Ok(());
    }
    measure_all(&company, &folder.path().join("phone"))
}

fn measure_all(company: &LiveCompany, phone: &Path) -> Result<()> {
    let saha = live::open(phone)?;
    phone::block_on(saha.account().sign_in(company.url(), "ayse".into(), "saha-ayse-2026".into()))??;
    phone::sync(&saha)?;
    let page = saha.customers().search(String::new(), PAGE, 0)?;
    let first = page.first().context("a phone without customers")?.id;
    ensure!(page.len() == 200, "{} customers on a page", page.len());

    measure("one record", Unit::Micro, 5_000, || {
        black_box(saha.customers().get(first)?);
        Ok(())
    })?;
    measure("a page of 200 records", Unit::Milli, 300, || one_page(&saha))?;
    measure("a sync with nothing new", Unit::Milli, 100, || phone::sync(&saha).map(drop))
}

fn one_page(saha: &Saha) -> Result<()> {
    let page = black_box(saha.customers().search(String::new(), PAGE, 0)?);
    ensure!(page.len() == 200, "{} customers on a page", page.len());
    Ok(())
}

/// The median of `rounds`, after a tenth as many to warm up.
fn measure(name: &str, unit: Unit, rounds: usize, mut work: impl FnMut() -> Result<()>) -> Result<()> {
    for _ in 0..rounds / 10 {
        work()?;
    }
    let samples = (0..rounds).map(|_| Ok(timed(&mut work)?.1)).collect::<Result<Vec<Duration>>>()?;
    Figure::new(name, unit.of(median(samples)), unit.name()).tell()
}

fn import(company: &LiveCompany) -> Result<()> {
    let mut customers = "code,name,status,segment\n".to_owned();
    let mut assignments = "customer_code,rep_code,from,to\n".to_owned();
    for number in 0..CUSTOMERS {
        writeln!(customers, "C{number},Market {number},active,B")?;
        writeln!(assignments, "C{number},R1,2026-01-01,")?;
    }
    let files = [
        ("reps", "code,name,team\nR1,Ayşe Yılmaz,anadolu\n"),
        ("users", "login,password,role,rep_code\nayse,saha-ayse-2026,rep,R1\n"),
        ("customers", &customers),
        ("assignments", &assignments),
    ];
    for (kind, csv) in files {
        let report = company.import(kind, csv)?;
        ensure!(report.problems.is_empty(), "{kind}: {:?}", report.problems);
    }
    Ok(())
}
