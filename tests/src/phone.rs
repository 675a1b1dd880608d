//! A phone: the core in a folder, with secrets in memory.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::Result;
use saha_core::{Config, Platform, Saha, SecretStore, SyncBudget, SyncReport, SystemHost, Transport};
use saha_domain::SahaError;

/// The file's name within a phone's folder.
pub const DATABASE: &str = "saha.db";
/// Where every phone and every activity is.
pub const ZONE: &str = "Europe/Istanbul";
/// The address that phones sign in at. A canned server answers for it, wherever it points.
const SERVER: &str = "http://127.0.0.1:1/";

/// Secrets in memory. They end with the process, so whoever needs a token after a restart signs in again.
#[derive(Debug, Default)]
pub struct MemorySecrets(Mutex<BTreeMap<String, String>>);

impl SecretStore for MemorySecrets {
    fn get(&self, name: String) -> Result<Option<String>, SahaError> {
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&name).cloned())
    }

    fn set(&self, name: String, secret: String) -> Result<(), SahaError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(name, secret);
        Ok(())
    }

    fn delete(&self, name: String) -> Result<(), SahaError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&name);
        Ok(())
    }
}

/// How every phone is opened.
pub fn config(folder: &Path) -> Config {
    Config { zone: Some(ZONE.to_owned()), ..Config::in_folder(folder.to_string_lossy()) }
}

/// Opens the core in `folder` by the system's clocks, with `transport` in place of a network.
pub fn open(folder: &Path, transport: impl Transport + 'static) -> Result<Arc<Saha>> {
    let host = Arc::new(SystemHost::new(Some(ZONE.to_owned())));
    let platform = Platform { host, transport: Box::new(transport) };
    Ok(Saha::open_with(config(folder), Arc::new(MemorySecrets::default()), platform)?)
}

/// Signs in, so that the phone is the rep's whom the server names.
pub fn sign_in(saha: &Saha) -> Result<()> {
    let account = saha.account();
    Ok(block_on(account.sign_in(SERVER.to_owned(), "rep".to_owned(), "password".to_owned()))??)
}

/// One sync from its start to its end.
pub fn sync(saha: &Saha) -> Result<SyncReport> {
    Ok(block_on(saha.sync().run(SyncBudget::default()))??)
}

/// Waits for what the core does on its own thread.
pub fn block_on<F: Future>(future: F) -> std::io::Result<F::Output> {
    Ok(tokio::runtime::Builder::new_current_thread().build()?.block_on(future))
}
