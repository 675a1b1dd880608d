use std::sync::Arc;

use indicatif::ProgressBar;
use saha_core::{ChangeListener, FiguresCheck, Saha, Sync, SyncBudget, SyncReport};
use saha_domain::{Kind, SahaError, catalog::Lang};
use serde_json::{Value, json};

use crate::{
    args::account::SyncArgs,
    exit::{Code, Result},
    format,
    output::{Out, Tone},
    phone,
    settings::Settings,
    texts::account as say,
};

pub(super) fn run(settings: &Settings, out: &Out, args: &SyncArgs) -> Result<Code> {
    let saha = phone::open(settings)?;
    let report = watched(&saha, out, budget(args))?;
    let status = saha.sync().status()?;
    out.document(&json!({
        "report": document(&report),
        "is_complete": status.is_complete,
        "waiting": status.waiting,
        "rejected": status.rejected,
        "files_waiting": status.files_waiting,
        "figures": status.figures,
    }));
    out.line(say::synced(out.lang, report.applied, report.pulled, report.requests));
    if !report.is_complete {
        out.line(out.paint(Tone::Warn, say::budget_spent(out.lang)));
    }
    if status.waiting > 0 {
        out.line(say::still_waiting(out.lang, status.waiting));
    }
    if report.files_sent > 0 || status.files_waiting > 0 {
        out.line(say::files(out.lang, report.files_sent, status.files_waiting));
    }
    if let FiguresCheck::Differ { .. } = status.figures {
        out.line(out.paint(Tone::Warn, say::figures_differ_now(out.lang)));
    }
    if status.rejected > 0 {
        out.line(out.paint(Tone::Warn, say::refused_count(out.lang, status.rejected)));
        return Ok(Code::Refused);
    }
    Ok(Code::Ok)
}

fn budget(args: &SyncArgs) -> SyncBudget {
    SyncBudget {
        max_ms: args.max_seconds.map(|seconds| i64::from(seconds) * 1_000),
        max_bytes: args.max_kib.map(|kib| i64::from(kib) * 1_024),
        is_metered: args.metered,
        // Somebody typed it, and waits.
        is_background: false,
    }
}

/// Syncs while a person can see that something moves.
pub(crate) fn watched(saha: &Saha, out: &Out, budget: SyncBudget) -> Result<SyncReport> {
    let is_first = !saha.sync().status()?.is_complete;
    let bar = out.spinner(if is_first { say::first_sync(out.lang) } else { say::syncing(out.lang) });
    let pages = Pages { bar: bar.clone(), lang: out.lang, sync: saha.sync() };
    let watching = is_first.then(|| saha.observe(Arc::new(pages))).transpose()?;
    let report = phone::block_on(out.lang, saha.sync().run(budget))?;
    drop(watching);
    bar.finish_and_clear();
    Ok(report?)
}

/// Tells what is saved, so that a long first sync is seen to move.
struct Pages {
    bar: ProgressBar,
    lang: Lang,
    sync: Arc<Sync>,
}

impl ChangeListener for Pages {
    fn changed(&self, _kinds: Vec<Kind>, _outbox: bool) -> std::result::Result<(), SahaError> {
        let status = self.sync.status()?;
        if status.received > 0 {
            let (rows, percent) =
                (format::count(self.lang, status.received), format::percent(self.lang, status.received_bp));
            self.bar.set_message(say::first_sync_rows(self.lang, &rows, &percent));
        }
        Ok(())
    }
}

fn document(report: &SyncReport) -> Value {
    json!({
        "is_complete": report.is_complete,
        "requests": report.requests,
        "applied": report.applied,
        "rejected": report.rejected,
        "pulled": report.pulled,
        "files_sent": report.files_sent,
        "sent_bytes": report.sent_bytes,
        "received_bytes": report.received_bytes,
    })
}
