//! A phone: the real core on files of its own.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use anyhow::{Context as _, Result, ensure};
use saha_core::{FiguresCheck, OutboxEntry, Platform, Saha, SecretStore};
use saha_domain::SahaError;
use saha_tests::phone;

use crate::{
    clock::{Now, PhoneHost},
    company::{Company, PASSWORD},
    files,
    link::{Link, Shared},
};

/// Secrets in memory, which a template hands on.
#[derive(Debug, Default, Clone)]
pub(crate) struct Secrets(Arc<Mutex<BTreeMap<String, String>>>);

impl Secrets {
    fn map(&self) -> MutexGuard<'_, BTreeMap<String, String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn copied(&self) -> Self {
        Self(Arc::new(Mutex::new(self.map().clone())))
    }
}

impl SecretStore for Secrets {
    fn get(&self, name: String) -> Result<Option<String>, SahaError> {
        Ok(self.map().get(&name).cloned())
    }

    fn set(&self, name: String, secret: String) -> Result<(), SahaError> {
        self.map().insert(name, secret);
        Ok(())
    }

    fn delete(&self, name: String) -> Result<(), SahaError> {
        self.map().remove(&name);
        Ok(())
    }
}

/// What a template keeps of a phone.
pub(crate) struct Template {
    pub(crate) login: &'static str,
    folder: PathBuf,
    secrets: Secrets,
}

pub(crate) struct Device {
    pub(crate) login: &'static str,
    pub(crate) host: Arc<PhoneHost>,
    pub(crate) link: Arc<Mutex<Link>>,
    folder: PathBuf,
    secrets: Secrets,
    saha: Option<Arc<Saha>>,
}

impl Device {
    /// A new phone, signed in and synced once.
    pub(crate) fn new(
        login: &'static str,
        folder: &Path,
        now: Arc<Now>,
        company: Arc<Mutex<Company>>,
        seed: u64,
    ) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        let mut device = Self::at(login, folder, now, company, Secrets::default(), seed);
        device.open()?;
        device.sign_in()?;
        phone::sync(device.saha()?)?;
        Ok(device)
    }

    fn at(
        login: &'static str,
        folder: &Path,
        now: Arc<Now>,
        company: Arc<Mutex<Company>>,
        secrets: Secrets,
        seed: u64,
    ) -> Self {
        let remains = folder.join("remains");
        let link = Arc::new(Mutex::new(Link::new(company, folder.to_owned(), remains, seed)));
        let host = Arc::new(PhoneHost::new(now, seed.wrapping_add(1)));
        Self { login, host, link, folder: folder.to_owned(), secrets, saha: None }
    }

    /// Closes it, and keeps it as what histories begin with.
    pub(crate) fn into_template(mut self) -> Result<Template> {
        self.close()?;
        files::settle(&self.folder.join(phone::DATABASE))?;
        Ok(Template { login: self.login, folder: self.folder.clone(), secrets: self.secrets.copied() })
    }

    /// A phone as the template left it.
    pub(crate) fn copied(
        template: &Template,
        folder: &Path,
        now: Arc<Now>,
        company: Arc<Mutex<Company>>,
        seed: u64,
    ) -> Result<Self> {
        files::copy(&template.folder, folder)?;
        let mut device = Self::at(template.login, folder, now, company, template.secrets.copied(), seed);
        device.host.reboot(0);
        device.open()?;
        Ok(device)
    }

    fn open(&mut self) -> Result<()> {
        let platform = Platform {
            host: Arc::clone(&self.host) as Arc<dyn saha_core::Host>,
            transport: Box::new(Shared(Arc::clone(&self.link))),
        };
        let saha = Saha::open_with(phone::config(&self.folder), Arc::new(self.secrets.clone()), platform)?;
        self.link().belongs_to(&saha);
        self.saha = Some(saha);
        Ok(())
    }

    pub(crate) fn close(&mut self) -> Result<()> {
        Ok(self.saha.take().map_or(Ok(()), |saha| saha.shutdown())?)
    }

    pub(crate) fn link(&self) -> MutexGuard<'_, Link> {
        self.link.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn saha(&self) -> Result<&Arc<Saha>> {
        self.saha.as_ref().context("the phone is off")
    }

    pub(crate) fn sign_in(&self) -> Result<()> {
        let account = self.saha()?.account();
        let signed_in = account.sign_in("http://127.0.0.1:1/".into(), self.login.into(), PASSWORD.into());
        Ok(phone::block_on(signed_in)??)
    }

    /// One sync, which may fail in any way that a network can make it fail. Whether it ended well.
    pub(crate) fn sync(&mut self) -> Result<bool> {
        let synced = phone::block_on(self.saha()?.sync().run(saha_core::SyncBudget::default()))?;
        if std::mem::take(&mut self.link().was_killed) {
            self.close()?;
            files::copy(&self.folder.join("remains"), &self.folder)?;
            self.open()?;
        }
        self.check_figures()?;
        self.check_against_company(synced.is_ok())?;
        match synced {
            Ok(_) => Ok(true),
            // Tokens that a restored server does not know any more.
            Err(SahaError::NotSignedIn) => {
                self.sign_in()?;
                Ok(false)
            }
            Err(SahaError::Cancelled | SahaError::Offline { .. }) => Ok(false),
            // The echo of a request whose time was over.
            Err(SahaError::ServerRefused { code }) if code == "stale_request" || code == "refused" => Ok(false),
            Err(other) => Err(other.into()),
        }
    }

    /// The app is closed in good order and the phone starts anew, its wall clock that far off.
    pub(crate) fn reboot(&mut self, wall_error_ms: i64) -> Result<()> {
        self.close()?;
        self.host.reboot(wall_error_ms);
        self.link().has_told_time = false;
        self.open()?;
        self.check_figures()
    }

    pub(crate) fn check_figures(&self) -> Result<()> {
        let wrong = self.saha()?.verify_figures()?;
        ensure!(wrong.is_empty(), "figures of {} differ from a recount: {wrong:?}", self.login);
        Ok(())
    }

    /// What the phone found of its figures and the company's. A sync that went through has compared them.
    fn check_against_company(&self, is_through: bool) -> Result<()> {
        let found = self.saha()?.sync().status()?.figures;
        let is_good = found == FiguresCheck::Agree || (found == FiguresCheck::NotCompared && !is_through);
        ensure!(is_good, "figures of {} and the company's: {found:?}", self.login);
        Ok(())
    }

    /// What is not settled.
    pub(crate) fn outbox(&self) -> Result<Vec<OutboxEntry>> {
        Ok(self.saha()?.outbox().list()?)
    }
}

impl Drop for Device {
    fn drop(&mut self) {
        // Whoever wants to know how it went has closed it before.
        let _ = self.close();
    }
}
