//! A process that writes is killed without warning.

use std::{
    io::{BufRead as _, BufReader, Read as _},
    process::{Child, Command, Stdio},
    sync::Arc,
};

use saha_core::{Saha, VisitEnd};

use super::{ledger::Ledger, stage::Stage};
use crate::{exit::Result, texts::demo as say};

/// Acknowledged records before the kill.
const ENOUGH: usize = 7;

/// The phone is closed, a worker process writes and is killed, the phone is opened again.
pub(super) fn kill_while_writing(stage: &mut Stage<'_>, saha: Arc<Saha>) -> Result<Arc<Saha>> {
    let lang = stage.out.lang;
    stage.section(say::section_crash(lang));
    // The worker is another process: this one has to let the database go.
    saha.shutdown()?;
    drop(saha);
    let (id, acknowledged) = killed_worker(stage).map_err(|error| stage.system(&error))?;
    stage.line(say::killed(lang, id, acknowledged.len()));
    let saha = stage.open()?;
    let ids = |kind: &str| -> Vec<String> {
        acknowledged.iter().filter_map(|line| line.strip_prefix(kind)).map(str::to_owned).collect()
    };
    stage.written.extend(Ledger { calls: ids("call "), visits: ids("visit "), sales: Vec::new() });
    let there = stage.ledger_of(&saha)?;
    let lost = stage.written.beyond(&there).len();
    // A record may have been durable before its line was out.
    let unsaid = there.beyond(&stage.written);
    let is_one_at_most = unsaid.len() <= 1;
    stage.written.extend(unsaid);
    let (calls, visits) = (ids("call ").len(), ids("visit ").len());
    stage.line(say::reopened(lang, calls, visits));
    if let Some(open) = saha.visits().in_progress()? {
        stage.line(say::left_open(lang, &saha.customers().name(open.customer)?));
        saha.visits().check_out(open.id, VisitEnd { outcome: "no_need".to_owned(), ..VisitEnd::default() })?;
    }
    let all = acknowledged.len();
    stage.expect(
        all >= ENOUGH && calls + visits == all && lost == 0 && is_one_at_most,
        say::check_acknowledged(lang, all),
    );
    stage.expect(saha.verify_figures()?.is_empty(), say::check_figures(lang));
    Ok(saha)
}

/// Its process id, and each line that it finished before it died.
fn killed_worker(stage: &Stage<'_>) -> std::io::Result<(u32, Vec<String>)> {
    let mut worker = Command::new(&stage.program);
    worker.arg("--data").arg(&stage.settings.data).args(["--lang", stage.out.lang.code(), "--zone", super::ZONE]);
    let mut child = worker.arg("demo-worker").stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let said = listen_and_kill(&mut child);
    // Whatever happened, no worker may go on.
    child.kill()?;
    child.wait()?;
    Ok((child.id(), said?))
}

fn listen_and_kill(child: &mut Child) -> std::io::Result<Vec<String>> {
    let stdout = child.stdout.take().ok_or_else(|| std::io::Error::other("the worker says nothing"))?;
    let mut reader = BufReader::new(stdout);
    let mut text = String::new();
    for _ in 0..ENOUGH {
        if reader.read_line(&mut text)? == 0 {
            break;
        }
    }
    child.kill()?;
    // What it said between the last line that was read and its death counts too; half a line does not.
    reader.read_to_string(&mut text)?;
    Ok(text.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n')).map(str::to_owned).collect())
}
