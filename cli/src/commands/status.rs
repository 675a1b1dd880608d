use saha_core::{Host as _, SystemHost};
use saha_domain::catalog::Lang;
use serde_json::json;

use crate::{
    exit::{Code, Result},
    format,
    output::Out,
    phone,
    settings::Settings,
    table::{Align, Table},
    texts::account as say,
};

pub(super) fn show(settings: &Settings, out: &Out) -> Result<Code> {
    let saha = phone::open(settings)?;
    let (account, sync) = (saha.account().info()?, saha.sync().status()?);
    out.document(&json!({
        "device": account.device,
        "login": account.login,
        "rep": account.rep,
        "server": account.server,
        "is_signed_in": account.is_signed_in,
        "is_complete": sync.is_complete,
        "last_success_ms": sync.last_success_ms,
        "waiting": sync.waiting,
        "rejected": sync.rejected,
        "accepted": sync.accepted,
    }));
    let lang = out.lang;
    let login = match (account.login, account.is_signed_in) {
        (Some(login), true) => login,
        (Some(login), false) => format!("{login} {}", say::status_signed_out(lang)),
        (None, _) => say::status_nobody(lang),
    };
    let rep = account.rep.map_or_else(|| say::status_unknown(lang), |rep| format!("{} ({})", rep.name, rep.code));
    let last = sync.last_success_ms.map_or_else(|| say::status_never(lang), |ms| ago(lang, ms));
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
    table.row([say::status_waiting(lang), format::count(lang, sync.waiting.into())]);
    table.row([say::status_refused(lang), format::count(lang, sync.rejected.into())]);
    table.row([say::status_device(lang), account.device.to_string()]);
    table.row([say::status_data(lang), settings.phone().display().to_string()]);
    for line in table.lines(None) {
        out.line(line);
    }
    Ok(Code::Ok)
}

fn ago(lang: Lang, then_ms: i64) -> String {
    let minutes = (SystemHost::new(None).now().utc_ms - then_ms) / 60_000;
    match minutes {
        i64::MIN..=0 => say::just_now(lang),
        1..=119 => say::minutes_ago(lang, minutes),
        120..=2_879 => say::hours_ago(lang, minutes / 60),
        _ => say::days_ago(lang, minutes / 1_440),
    }
}
