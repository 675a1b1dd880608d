//! The rep's phone: the core, opened in `<data>/phone`.

use std::{future::Future, sync::Arc};

use saha_core::{Config, Host as _, Saha, SystemHost};
use saha_domain::{NaiveDate, Stamp};

use crate::{
    exit::{CliError, Result},
    secrets::TokenFile,
    settings::Settings,
    texts,
};

/// Opens the core. Another process that has it open is waited for, five seconds at most.
pub fn open(settings: &Settings) -> Result<Arc<Saha>> {
    let folder = settings.phone();
    let secrets = TokenFile::in_folder(&folder)?;
    let config = Config {
        device_name: device_name(),
        platform: "cli".to_owned(),
        lang: settings.lang,
        zone: settings.zone.clone(),
        ..Config::in_folder(folder.to_string_lossy())
    };
    Ok(Saha::open(config, Arc::new(secrets))?)
}

fn device_name() -> String {
    let named = ["HOSTNAME", "COMPUTERNAME"].iter().find_map(|name| std::env::var(name).ok());
    named.filter(|name| !name.is_empty()).unwrap_or_else(|| "terminal".to_owned())
}

/// Waits for what the core does on its own thread, or for HTTP.
pub fn block_on<T>(lang: saha_domain::catalog::Lang, work: impl Future<Output = T>) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| CliError::Failed(texts::errors::system(lang, &error.to_string())))?;
    Ok(runtime.block_on(work))
}

/// The date on the wall.
pub fn today(settings: &Settings) -> Result<NaiveDate> {
    let host = SystemHost::new(settings.zone.clone());
    let (_, date) = Stamp::place(host.now().utc_ms, &host.zone()).map_err(saha_domain::SahaError::from)?;
    Ok(date)
}
