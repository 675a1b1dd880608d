use saha_core::{Host as _, SystemHost};
use saha_domain::{SahaError, Stamp};
use saha_server::DeviceView;
use serde_json::json;

use crate::{
    args::office::DeskArgs,
    exit::{Code, Result},
    find, format,
    office::Office,
    output::{Out, Tone},
    phone,
    settings::Settings,
    table::{Align, Table},
    texts::office as say,
};

pub(super) fn list(settings: &Settings, out: &Out, desk: &DeskArgs) -> Result<Code> {
    let office = Office::of(desk, out.lang)?;
    let devices = phone::block_on(out.lang, office.devices())??;
    out.document(&json!({ "devices": devices }));
    if devices.is_empty() {
        out.line(say::no_devices(out.lang));
    }
    let mut table = Table::new(&[Align::Left; 5], 1);
    for device in &devices {
        let id = device.id.to_string();
        let signed_in = say::last_sign_in(out.lang, &date(settings, out, device.last_login_ms)?);
        let revoked = device.revoked_at_ms.map(|ms| date(settings, out, ms)).transpose()?;
        let revoked = revoked.map(|date| out.paint(Tone::Bad, say::revoked_on(out.lang, &date)));
        let (id, name) = (format::short_id(&id).to_owned(), device.name.clone());
        table.row([id, name, device.platform.clone(), signed_in, revoked.unwrap_or_default()]);
    }
    for line in table.lines(out.width()) {
        out.line(line);
    }
    Ok(Code::Ok)
}

pub(super) fn revoke(out: &Out, wanted: &str, desk: &DeskArgs) -> Result<Code> {
    let office = Office::of(desk, out.lang)?;
    let device = phone::block_on(out.lang, async {
        let device = find::device(office.devices().await?, out.lang, wanted)?;
        office.revoke(device.id).await?;
        Ok::<DeviceView, crate::exit::CliError>(device)
    })??;
    out.document(&json!({ "revoked": device.id }));
    out.line(say::revoked(out.lang, &device.name));
    Ok(Code::Ok)
}

/// The date of an instant where the office is.
fn date(settings: &Settings, out: &Out, utc_ms: i64) -> Result<String> {
    let zone = SystemHost::new(settings.zone.clone()).zone();
    let (_, date) = Stamp::place(utc_ms, &zone).map_err(SahaError::from)?;
    Ok(format::date(out.lang, date))
}
