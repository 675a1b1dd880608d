//! `saha demo`: a rep's day from the company's first start to a second phone, with everything that can go wrong.
//!
//! **Architecture invariant:** nothing is staged. Servers and workers are processes, requests are HTTP, and every number that
//! is printed was read back through the core's public API.

mod company;
mod crash;
mod data;
mod day;
mod first;
mod ledger;
mod network;
mod refusal;
mod route;
mod second;
mod stage;
mod worker;

use std::{path::PathBuf, time::Instant};

use saha_core::{Host as _, SystemHost};
use serde_json::json;
use uuid::Uuid;

use crate::{
    args::account::DemoArgs,
    bad_link::BadLink,
    exit::{CliError, Code, Result},
    format,
    output::{Out, Tone},
    settings::Settings,
    texts::{self, demo as say},
};
use stage::Stage;

pub(crate) use worker::work_until_killed;

/// The zone of the data set: the shops are in Istanbul, wherever the demonstration runs.
const ZONE: &str = "Europe/Istanbul";

/// Runs the demonstration. Fails where any check does not hold.
pub(crate) fn run(settings: &Settings, out: &Out, args: &DemoArgs) -> Result<Code> {
    let started = Instant::now();
    let folder = folder(out, args)?;
    let settings = Settings { data: folder, zone: Some(ZONE.to_owned()), ..settings.clone() };
    let mut stage = Stage::new(out, settings, args.seed)?;
    out.line(out.paint(Tone::Strong, say::title(out.lang)));
    out.line(say::files(out.lang, &stage.settings.data.display().to_string()));
    if let Err(error) = tell(&mut stage) {
        stage.expect(false, say::broke_off(out.lang, &error.text(out.lang)));
    }
    Ok(summary(&stage, started))
}

/// The story, from the first section to the last.
fn tell(stage: &mut Stage<'_>) -> Result<()> {
    let server = company::start(stage)?;
    company::import(stage, &server)?;
    let address = server.address().parse().map_err(|_| stage.system(server.address()))?;
    let link = BadLink::start(address).map_err(|error| stage.system(&error))?;
    let saha = first::sign_in(stage, &link)?;
    let prospect = day::work(stage, &saha, &link)?;
    first::targets(stage, &saha)?;
    let saha = crash::kill_while_writing(stage, saha)?;
    network::come_back(stage, &saha, &link)?;
    refusal::repair(stage, &saha, prospect)?;
    second::compare(stage, &saha, prospect, server.url())?;
    saha.shutdown()?;
    drop(link);
    let ended_well = server.stop().map_err(|error| stage.system(&error))?;
    stage.expect(ended_well, say::check_stopped(stage.out.lang));
    Ok(())
}

/// A fresh folder; the files stay, so that one can go on by hand.
fn folder(out: &Out, args: &DemoArgs) -> Result<PathBuf> {
    let failed = |error: std::io::Error| CliError::Failed(texts::errors::system(out.lang, &error.to_string()));
    let Some(folder) = &args.keep else { return temporary().map_err(failed) };
    std::fs::create_dir_all(folder).map_err(failed)?;
    if std::fs::read_dir(folder).map_err(failed)?.next().is_some() {
        return Err(CliError::Usage(texts::errors::folder_in_use(out.lang, &folder.display().to_string())));
    }
    std::path::absolute(folder).map_err(failed)
}

/// A folder that was not there before and that nobody else can look into: there are tokens in it.
fn temporary() -> std::io::Result<PathBuf> {
    let folder = std::env::temp_dir().join(format!("saha-demo-{}", Uuid::now_v7().simple()));
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(&folder)?;
    std::path::absolute(folder)
}

fn summary(stage: &Stage<'_>, started: Instant) -> Code {
    let (out, lang) = (stage.out, stage.out.lang);
    let (all, bad) = (stage.checks.len(), stage.checks.iter().filter(|(_, holds)| !holds).count());
    let millis = started.elapsed().as_millis();
    let seconds = format::decimal(lang, i128::try_from(millis / 100).unwrap_or(0), 1, 1);
    let checks: Vec<_> = stage.checks.iter().map(|(text, holds)| json!({ "check": text, "holds": holds })).collect();
    out.document(&json!({
        "folder": stage.settings.data.display().to_string(),
        "sections": stage.sections,
        "checks": checks,
        "failed": bad,
        "seconds": started.elapsed().as_secs_f64(),
    }));
    out.line("");
    if bad == 0 {
        out.line(out.paint(Tone::Good, say::summary_good(lang, all, &seconds)));
    } else {
        out.line(out.paint(Tone::Bad, say::summary_bad(lang, bad, all)));
    }
    go_on(stage);
    if bad == 0 { Code::Ok } else { Code::Failed }
}

fn go_on(stage: &Stage<'_>) {
    let (out, lang) = (stage.out, stage.out.lang);
    let saha = quoted(&stage.program.display().to_string());
    out.line(say::go_on(lang));
    let folder = quoted(&stage.settings.data.display().to_string());
    out.line(format!("  export SAHA_DATA={folder}"));
    // The day of the story is a day there; elsewhere "today" would be another one for some hours.
    if SystemHost::new(None).zone() != ZONE {
        out.line(format!("  export SAHA_ZONE={ZONE}"));
    }
    out.line(format!("  {saha} targets      {}", say::go_on_phone(lang)));
    out.line(format!("  {saha} --data {folder} serve        {}", say::go_on_server(lang)));
    out.line(format!("  {saha} login --server http://127.0.0.1:8787 --user {}", data::LOGIN));
    out.line(format!(
        "                    {}",
        say::go_on_password(lang, data::password(data::LOGIN).unwrap_or_default())
    ));
    out.line(format!("  {saha} sync"));
}

/// As a shell takes it for one word, whatever is in it.
fn quoted(text: &str) -> String {
    if text.chars().all(|c| c.is_ascii_alphanumeric() || "/._-+=:@".contains(c)) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests;
