//! The company's server as a process of its own, and its data.

use saha_domain::wire::ImportReport;
use saha_server::ImportKind;

use super::{data, stage::Stage};
use crate::{
    commands,
    exit::{CliError, Result},
    office::Office,
    phone,
    server_process::ServerProcess,
    texts::{self, demo as say},
};

pub(super) fn start(stage: &mut Stage<'_>) -> Result<ServerProcess> {
    let lang = stage.out.lang;
    stage.section(say::section_company(lang));
    let more = ["--company", &say::company_name(lang), "--lang", lang.code()];
    let server = ServerProcess::start(&stage.program, &stage.settings.data, &more);
    let server = server.map_err(|error| stage.system(&error))?;
    stage.line(say::server_runs(lang, server.id(), server.url()));
    Ok(server)
}

pub(super) fn import(stage: &mut Stage<'_>, server: &ServerProcess) -> Result<()> {
    let lang = stage.out.lang;
    stage.section(say::section_import(lang));
    let token = server.admin_token().ok_or_else(|| stage.system("no admin token"))?;
    let office = Office::at(server.url(), token.to_owned(), lang)?;
    let first = import_all(stage, &office)?;
    for (kind, report) in &first {
        stage.out.line(commands::report_line(stage.out, *kind, report));
    }
    let is_taken = |(kind, report): &(ImportKind, ImportReport)| {
        report.problems.is_empty()
            && usize::try_from(report.created + report.updated).is_ok_and(|lines| lines == data::rows(*kind))
    };
    stage.expect(first.iter().all(is_taken), say::check_import(lang));
    let second = import_all(stage, &office)?;
    let sum = |count: fn(&ImportReport) -> u32| second.iter().map(|(_, report)| count(report)).sum::<u32>();
    let (unchanged, created, updated) = (sum(|r| r.unchanged), sum(|r| r.created), sum(|r| r.updated));
    stage.line(format!("{} {}", say::import_again(lang), say::again_line(lang, unchanged, created, updated)));
    let rows: usize = second.iter().map(|(kind, _)| data::rows(*kind)).sum();
    let changed_nothing = created == 0 && updated == 0 && usize::try_from(unchanged).is_ok_and(|lines| lines == rows);
    stage.expect(changed_nothing, say::check_again(lang));
    Ok(())
}

fn import_all(stage: &Stage<'_>, office: &Office) -> Result<Vec<(ImportKind, ImportReport)>> {
    let lang = stage.out.lang;
    let bar = stage.out.steps(String::new(), ImportKind::ALL.len());
    let reports = phone::block_on(lang, async {
        let mut reports = Vec::new();
        for kind in ImportKind::ALL {
            bar.set_message(texts::office::importing(lang, &commands::kind_text(lang, *kind)));
            reports.push((*kind, office.import(*kind, data::file(*kind).to_vec()).await?));
            bar.inc(1);
        }
        Ok::<_, CliError>(reports)
    })?;
    bar.finish_and_clear();
    reports
}
