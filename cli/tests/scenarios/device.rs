//! A phone of a scenario: what of it outlasts a core.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use saha_core::{Config, Saha, SecretStore, TestClock};
use saha_domain::{SahaError, catalog::Lang};

const ZONE: &str = "Europe/Istanbul";

/// A phone: its folder, its clock, its key store, and the core that was opened last.
pub(crate) struct Device {
    pub(crate) folder: PathBuf,
    pub(crate) clock: Arc<TestClock>,
    pub(crate) secrets: Arc<KeyStore>,
    pub(crate) core: Option<Arc<Saha>>,
}

impl Device {
    pub(crate) fn new(folder: PathBuf, now_ms: i64) -> Self {
        Self { folder, clock: TestClock::new(now_ms), secrets: Arc::default(), core: None }
    }

    pub(crate) fn open(
        &mut self,
        folder: &std::path::Path,
        account: Option<String>,
        lang: Lang,
    ) -> Result<(), SahaError> {
        let zone = Some(ZONE.to_owned());
        let config = Config { account, lang, zone, ..Config::in_folder(folder.to_string_lossy()) };
        self.core = Some(Saha::open_with_clock(config, self.secrets.clone(), Arc::clone(&self.clock))?);
        Ok(())
    }
}

/// Secrets in memory, which can be locked as a phone's are before it is unlocked.
#[derive(Default)]
pub(crate) struct KeyStore {
    secrets: Mutex<BTreeMap<String, String>>,
    pub(crate) is_locked: AtomicBool,
}

impl KeyStore {
    fn with<T>(&self, act: impl FnOnce(&mut BTreeMap<String, String>) -> T) -> Result<T, SahaError> {
        if self.is_locked.load(Ordering::SeqCst) {
            return Err(SahaError::StorageLocked);
        }
        Ok(act(&mut self.secrets.lock().unwrap()))
    }
}

impl SecretStore for KeyStore {
    fn get(&self, name: String) -> Result<Option<String>, SahaError> {
        self.with(|secrets| secrets.get(&name).cloned())
    }

    fn set(&self, name: String, secret: String) -> Result<(), SahaError> {
        self.with(|secrets| drop(secrets.insert(name, secret)))
    }

    fn delete(&self, name: String) -> Result<(), SahaError> {
        self.with(|secrets| drop(secrets.remove(&name)))
    }
}
