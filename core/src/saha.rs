//! The façade: one object that opens the phone's database, and small ones for what a rep does with it.

use std::sync::Arc;

use saha_domain::{Kind, SahaError, catalog::Lang};

use crate::{
    account::Account,
    accounts,
    blobs::{self, Blobs},
    calls::Calls,
    changes::Outbox,
    clock::{Host, SystemHost, Time},
    core::Core,
    customers::Customers,
    lock::lock_of,
    photos::Photos,
    plan::Plan,
    products::Products,
    rollup,
    sales::Sales,
    secrets::{SecretStore, Secrets},
    session::Session,
    store::{Registration, Store, Touched},
    sync::{
        exchange,
        http::HttpTransport,
        parked,
        transport::Transport,
        worker::{Tools, Worker},
    },
    sync_api::Sync,
    targets::Targets,
    test_clock::{TestClock, TestClockHost},
    visits::Visits,
};

/// How to open the core.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Config {
    /// A folder of the app's own; made where it is missing. The operating system's backup must leave it out.
    pub folder: String,
    /// The login name of whoever works now, where several people use the phone: each has a folder of his own below
    /// `folder`, and secrets of his own, so that nobody sees another's data or touches his unsent work. To change the person,
    /// shut the core down and open it with the other's name; [`crate::known_accounts`] lists who was here. None where the
    /// phone is one person's: then `folder` itself holds his data.
    #[uniffi(default = None)]
    pub account: Option<String>,
    /// What the phone is called, for the office's list of devices.
    #[uniffi(default = "")]
    pub device_name: String,
    /// `android`, `ios`, `cli`…
    #[uniffi(default = "")]
    pub platform: String,
    /// The language of what the core says to people.
    pub lang: Lang,
    /// IANA zone; none for the system's own.
    #[uniffi(default = None)]
    pub zone: Option<String>,
}

impl Config {
    /// In `folder`, for one person, English, everything else by the system.
    pub fn in_folder(folder: impl Into<String>) -> Self {
        Self {
            folder: folder.into(),
            account: None,
            device_name: String::new(),
            platform: String::new(),
            lang: Lang::En,
            zone: None,
        }
    }
}

/// Hears that something changed, after it is durable. Called on whatever thread wrote; may call back into the core.
#[uniffi::export(foreign)]
pub trait ChangeListener: Send + std::marker::Sync {
    /// Records of these kinds changed, or, where `outbox` says so, changes moved on their way to the server, or a sync began or
    /// ended. What is shown of them is to be asked for again.
    fn changed(&self, kinds: Vec<Kind>, outbox: bool) -> Result<(), SahaError>;
}

/// Keeps a listener registered until it is dropped or cancelled.
#[derive(uniffi::Object)]
pub struct Subscription(std::sync::Mutex<Option<Registration>>);

#[uniffi::export]
impl Subscription {
    /// The listener hears nothing more.
    pub fn cancel(&self) {
        lock_of(&self.0).take();
    }
}

/// What the core otherwise takes from the system.
pub struct Platform {
    /// Clocks and randomness.
    pub host: Arc<dyn Host>,
    /// The way to the server.
    pub transport: Box<dyn Transport>,
}

/// An open core. One for each account's folder and process.
#[derive(uniffi::Object)]
pub struct Saha {
    core: Arc<Core>,
}

#[uniffi::export]
impl Saha {
    /// Opens the database, and makes it where it is missing. Never needs a network or a token. [`SahaError::Busy`] where
    /// another process holds it for more than five seconds.
    #[uniffi::constructor]
    pub fn open(config: Config, secrets: Arc<dyn SecretStore>) -> Result<Arc<Self>, SahaError> {
        let host = Arc::new(SystemHost::new(config.zone.clone()));
        Self::open_with(config, secrets, Platform { host, transport: Box::new(HttpTransport::default()) })
    }

    /// As [`Saha::open`], with clocks that a test sets. Everything else is as in the app.
    #[uniffi::constructor]
    pub fn open_with_clock(
        config: Config,
        secrets: Arc<dyn SecretStore>,
        clock: Arc<TestClock>,
    ) -> Result<Arc<Self>, SahaError> {
        let host = Arc::new(TestClockHost::new(clock, config.zone.clone()));
        Self::open_with(config, secrets, Platform { host, transport: Box::new(HttpTransport::default()) })
    }

    /// Customers.
    pub fn customers(&self) -> Arc<Customers> {
        Arc::new(Customers::new(Arc::clone(&self.core)))
    }

    /// Products.
    pub fn products(&self) -> Arc<Products> {
        Arc::new(Products::new(Arc::clone(&self.core)))
    }

    /// Visits.
    pub fn visits(&self) -> Arc<Visits> {
        Arc::new(Visits::new(Arc::clone(&self.core)))
    }

    /// Calls.
    pub fn calls(&self) -> Arc<Calls> {
        Arc::new(Calls::new(Arc::clone(&self.core)))
    }

    /// Sales.
    pub fn sales(&self) -> Arc<Sales> {
        Arc::new(Sales::new(Arc::clone(&self.core)))
    }

    /// Photos of visits.
    pub fn photos(&self) -> Arc<Photos> {
        Arc::new(Photos::new(Arc::clone(&self.core)))
    }

    /// The plan.
    pub fn plan(&self) -> Arc<Plan> {
        Arc::new(Plan::new(Arc::clone(&self.core)))
    }

    /// Targets.
    pub fn targets(&self) -> Arc<Targets> {
        Arc::new(Targets::new(Arc::clone(&self.core)))
    }

    /// What waits, what was refused, and what can be done about it.
    pub fn outbox(&self) -> Arc<Outbox> {
        Arc::new(Outbox::new(Arc::clone(&self.core)))
    }

    /// Syncing.
    pub fn sync(&self) -> Arc<Sync> {
        Arc::new(Sync::new(Arc::clone(&self.core)))
    }

    /// Signing in and out.
    pub fn account(&self) -> Arc<Account> {
        Arc::new(Account::new(Arc::clone(&self.core)))
    }

    /// Hears of every change from now on. The first call comes at once, with every kind, so that a screen can draw itself
    /// by the same path.
    pub fn observe(&self, listener: Arc<dyn ChangeListener>) -> Result<Arc<Subscription>, SahaError> {
        let tell = Arc::new(move |touched: &Touched| {
            if let Err(error) = listener.changed(touched.kinds.iter().copied().collect(), touched.outbox) {
                tracing::warn!(%error, "a listener failed");
            }
        });
        let by_store = Arc::clone(&tell);
        // Registered first: what is written between the two would be missed by a screen that drew itself in the first call.
        let registration = self.core.store.observe(move |touched| by_store(touched))?;
        tell(&Touched { kinds: Kind::ALL.iter().copied().collect(), outbox: true });
        Ok(Arc::new(Subscription(std::sync::Mutex::new(Some(registration)))))
    }

    /// Compares every figure with a recount of the records. An empty answer is a healthy database; each line names a cell
    /// that differs. Reads everything, so it is for support, not for a screen.
    pub fn verify_figures(&self) -> Result<Vec<String>, SahaError> {
        Ok(rollup::verify(&self.core.store)?)
    }

    /// Stops the sync and closes the database. Later calls say [`SahaError::Closed`]; a second shutdown does nothing.
    pub fn shutdown(&self) -> Result<(), SahaError> {
        self.core.worker.shutdown();
        self.core.store.close();
        Ok(())
    }
}

impl Saha {
    /// As [`Saha::open`], with clocks, randomness and network of the caller's: for tests and simulations.
    pub fn open_with(
        config: Config,
        secrets: Arc<dyn SecretStore>,
        platform: Platform,
    ) -> Result<Arc<Self>, SahaError> {
        let place = accounts::place(&config.folder, config.account.as_deref())?;
        let store = Arc::new(Store::open(&place.folder, Time::new(platform.host))?);
        parked::use_known(&store)?;
        let blobs = Arc::new(Blobs::in_folder(place.folder.join("blobs")));
        if exchange::is_revoked(&store)? {
            // The process may have ended between the rows and the files.
            blobs::tidy(&blobs, &store)?;
        }
        let secrets = Secrets::new(secrets, place.secret_prefix);
        let session = Arc::new(Session::new(secrets, place.account, Arc::clone(&blobs)));
        let (of_worker, by_worker) = (Arc::clone(&store), Arc::clone(&session));
        let tools = Tools { store: of_worker, blobs: Arc::clone(&blobs), session: by_worker, lang: config.lang };
        let worker = Worker::new(tools, platform.transport);
        let Config { device_name, platform, lang, .. } = config;
        let core = Core { store, blobs, session, worker, lang, device_name, platform };
        Ok(Arc::new(Self { core: Arc::new(core) }))
    }
}

#[cfg(test)]
impl Saha {
    pub(crate) fn store(&self) -> Arc<Store> {
        Arc::clone(&self.core.store)
    }

    pub(crate) fn core(&self) -> &Core {
        &self.core
    }

    pub(crate) fn blobs(&self) -> Arc<Blobs> {
        Arc::clone(&self.core.blobs)
    }
}

#[cfg(test)]
mod tests;
