use std::{
    fs, io,
    path::{Path, PathBuf},
};

use saha_domain::{
    catalog::{Lang, field_name},
    wire::{ImportProblem, ImportReport},
};
use saha_server::ImportKind;
use serde_json::json;

use crate::{
    args::office::{ImportArgs, Kinds},
    exit::{CliError, Code, Result},
    format,
    office::Office,
    output::{Out, Tone},
    phone,
    settings::Settings,
    table::{Align, pad},
    texts,
};

pub(super) fn run(_settings: &Settings, out: &Out, args: &ImportArgs) -> Result<Code> {
    let files = files(out, args)?;
    let office = Office::of(&args.desk, out.lang)?;
    let reports = phone::block_on(out.lang, async {
        let mut reports = Vec::new();
        let bar = out.steps(String::new(), files.len());
        for (kind, bytes) in files {
            bar.set_message(texts::office::importing(out.lang, &kind_text(out.lang, kind)));
            let report = office.import(kind, bytes).await?;
            bar.suspend(|| tell(out, kind, &report));
            bar.inc(1);
            reports.push((kind, report));
        }
        bar.finish_and_clear();
        Ok::<_, CliError>(reports)
    })??;
    let documents: Vec<_> =
        reports.iter().map(|(kind, report)| json!({ "kind": kind.name(), "report": report })).collect();
    out.document(&json!({ "imports": documents }));
    let is_clean = reports.iter().all(|(_, report)| report.problems.is_empty());
    Ok(if is_clean { Code::Ok } else { Code::Failed })
}

/// All are read before the first is sent: a typing error in a path shall not leave half of the data imported.
fn files(out: &Out, args: &ImportArgs) -> Result<Vec<(ImportKind, Vec<u8>)>> {
    let mut files = Vec::new();
    for kind in args.kind.each() {
        let path = path_of(args, *kind);
        match fs::read(&path) {
            Ok(bytes) => files.push((*kind, bytes)),
            Err(error) if args.kind == Kinds::All && error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(unreadable(out, &path, &error)),
        }
    }
    if files.is_empty() {
        return Err(CliError::Usage(texts::errors::no_files(out.lang, &args.file.display().to_string())));
    }
    Ok(files)
}

fn path_of(args: &ImportArgs, kind: ImportKind) -> PathBuf {
    if args.kind == Kinds::All { args.file.join(format!("{}.csv", kind.name())) } else { args.file.clone() }
}

fn unreadable(out: &Out, path: &Path, error: &io::Error) -> CliError {
    CliError::Usage(texts::errors::no_file(out.lang, &path.display().to_string(), &error.to_string()))
}

fn tell(out: &Out, kind: ImportKind, report: &ImportReport) {
    out.line(report_line(out, kind, report));
    for problem in &report.problems {
        out.line(out.paint(Tone::Bad, format!("    {}", problem_text(out.lang, problem))));
    }
}

/// One file's counts in one line.
pub(crate) fn report_line(out: &Out, kind: ImportKind, report: &ImportReport) -> String {
    let number = |value: u32| pad(&format::count(out.lang, value.into()), 5, Align::Right);
    let bad = u32::try_from(report.problems.len()).unwrap_or(u32::MAX);
    format!(
        "  {}{} {}  {} {}  {} {}  {} {}",
        pad(&kind_text(out.lang, kind), 13, Align::Left),
        number(report.created),
        texts::office::created(out.lang),
        number(report.updated),
        texts::office::updated(out.lang),
        number(report.unchanged),
        texts::office::unchanged(out.lang),
        number(bad),
        texts::office::bad(out.lang),
    )
}

fn problem_text(lang: Lang, problem: &ImportProblem) -> String {
    let column = problem.column.as_deref().map(|column| format!("{}: ", field_name(lang, column))).unwrap_or_default();
    // The server's words name the column in their own way where they need to.
    let column = if problem.message.starts_with(&column) { String::new() } else { column };
    texts::office::bad_line(lang, problem.line, &column, &problem.message)
}

/// What a kind of file holds.
pub(crate) fn kind_text(lang: Lang, kind: ImportKind) -> String {
    match kind {
        ImportKind::Reps => texts::office::kind_reps(lang),
        ImportKind::Users => texts::office::kind_users(lang),
        ImportKind::Customers => texts::office::kind_customers(lang),
        ImportKind::Products => texts::office::kind_products(lang),
        ImportKind::Assignments => texts::office::kind_assignments(lang),
        ImportKind::CallCycles => texts::office::kind_call_cycles(lang),
        ImportKind::Plan => texts::office::kind_plan(lang),
        ImportKind::Targets => texts::office::kind_targets(lang),
    }
}
