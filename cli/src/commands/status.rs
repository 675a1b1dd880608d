use saha_core::{AccountInfo, FiguresCheck, Host as _, SyncDiagnosis, SyncStatus, SystemHost};
use saha_domain::catalog::{Lang, spans};
use serde_json::{Value, json};

use crate::{
    exit::{Code, Result},
    format,
    output::Out,
    phone,
    settings::Settings,
    table::{Align, Table, wrap},
    texts::account as say,
};

const SENTENCE_WIDTH: usize = 78;

pub(super) fn show(settings: &Settings, out: &Out) -> Result<Code> {
    let saha = phone::open(settings)?;
    let (account, sync, diagnosis) = (saha.account().info()?, saha.sync().status()?, saha.sync().diagnosis()?);
    out.document(&document(&account, &sync, &diagnosis));
    let lang = out.lang;
    let login = match (account.login, account.is_signed_in) {
        (login, _) if account.is_revoked => {
            format!("{} {}", login.unwrap_or_default(), say::status_revoked(lang)).trim_start().to_owned()
        }
        (Some(login), true) => login,
        (Some(login), false) => format!("{login} {}", say::status_signed_out(lang)),
        (None, _) => say::status_nobody(lang),
    };
    let rep = account.rep.map_or_else(|| say::status_unknown(lang), |rep| format!("{} ({})", rep.name, rep.code));
    let now_ms = SystemHost::new(None).now().utc_ms;
    let last = sync.last_success_ms.map_or_else(|| say::status_never(lang), |ms| spans::ago(lang, now_ms - ms));
    let last = if sync.is_complete || sync.last_success_ms.is_none() {
        last
    } else {
        format!("{last} {}", say::incomplete(lang))
    };
    let mut table = Table::new(&[Align::Left; 2], 1);
    table.row([say::status_rep(lang), rep]);
    table.row([say::status_login(lang), login]);
    table.row([say::status_server(lang), account.server.unwrap_or_default()]);
    table.row([say::status_last(lang), last]);
    table.row([say::status_waiting(lang), format::count(lang, sync.waiting)]);
    table.row([say::status_refused(lang), format::count(lang, sync.rejected)]);
    table.row([say::status_files(lang), format::count(lang, sync.files_waiting)]);
    table.row([say::status_figures(lang), figures(sync.figures, lang, now_ms)]);
    table.row([say::status_device(lang), account.device.to_string()]);
    table.row([say::status_data(lang), settings.phone().display().to_string()]);
    for line in table.lines(None) {
        out.line(line);
    }
    out.line("");
    for line in wrap(&diagnosis.sentence, SENTENCE_WIDTH) {
        out.line(line);
    }
    Ok(Code::Ok)
}

fn figures(check: FiguresCheck, lang: Lang, now_ms: i64) -> String {
    match check {
        FiguresCheck::NotCompared => say::figures_not_compared(lang),
        FiguresCheck::Agree => say::figures_agree(lang),
        FiguresCheck::Differ { since_ms } => say::figures_differ(lang, &spans::ago(lang, now_ms - since_ms)),
    }
}

fn document(account: &AccountInfo, sync: &SyncStatus, diagnosis: &SyncDiagnosis) -> Value {
    json!({
        "device": account.device,
        "login": account.login,
        "rep": account.rep,
        "server": account.server,
        "is_signed_in": account.is_signed_in,
        "is_revoked": account.is_revoked,
        "is_complete": sync.is_complete,
        "received": sync.received,
        "received_bp": sync.received_bp,
        "last_success_ms": sync.last_success_ms,
        "next_try_ms": sync.next_try_ms,
        "waiting": sync.waiting,
        "rejected": sync.rejected,
        "accepted": sync.accepted,
        "files_waiting": sync.files_waiting,
        "figures": sync.figures,
        "diagnosis": {
            "code": diagnosis.code.name(),
            "sentence": diagnosis.sentence,
            "oldest_op_id": diagnosis.oldest_op_id,
            "oldest_captured_ms": diagnosis.oldest_captured_ms,
        },
    })
}
