//! The server as one object: everything that a request can ask for, as plain synchronous methods. The web layer is a
//! skin around it, and a simulation calls it without one.

use std::{net::IpAddr, path::PathBuf, sync::Arc};

use saha_domain::{
    BlobHash, Company, CompanyId, DeviceId, Record, RepId, WorkCalendar,
    catalog::Lang,
    wire::{
        BlobStatus, ImportReport, Info, LoginRequest, PROTOCOL_VERSION, RefreshRequest, Role, SyncRequest,
        SyncResponse, TokenGrant,
    },
};

use crate::{
    auth::{self, Caller, DeviceView, Gate, LoginAttempts, Passwords, RequestRates, Secret, SignIn},
    blobs::{BlobDesk, Files, Part, Wanted},
    config::ServerConfig,
    error::{RequestError, ServerError},
    folder::make_private_folder,
    host::{self, Host, SystemHost},
    import::{self, ImportKind},
    store::{SqliteStore, Store, StoreError},
    sync::{self, Ledger, Syncer},
};

/// The file in the data folder.
const DATABASE: &str = "saha-server.db";
/// The folder of files that rows name, in the data folder.
const BLOBS: &str = "blobs";

/// A company's server.
pub struct Server {
    store: Box<dyn Store>,
    host: Arc<dyn Host>,
    config: ServerConfig,
    company: CompanyId,
    passwords: Passwords,
    gate: Gate,
    login_attempts: LoginAttempts,
    request_rates: RequestRates,
    files: Files,
}

/// A server that was opened.
pub struct Opened {
    /// The server.
    pub server: Arc<Server>,
    /// What its first start brought; none at any later one.
    pub first_start: Option<FirstStart>,
}

/// What exists only once. It has no `Debug`, as it is a secret.
pub struct FirstStart {
    /// The token by which the company's data is imported. It is not kept anywhere: whoever starts the server must.
    pub admin_token: String,
}

impl Server {
    /// Opens the server on this machine's clock and randomness. The data folder is made if it is missing.
    pub fn open(config: ServerConfig) -> Result<Opened, ServerError> {
        Self::open_on(config, Arc::new(SystemHost))
    }

    /// As [`Server::open`], on a host of the caller's.
    pub fn open_on(config: ServerConfig, host: Arc<dyn Host>) -> Result<Opened, ServerError> {
        make_private_folder(&config.data_dir).map_err(StoreError::Folder)?;
        let store = SqliteStore::open(&database_path(&config))?;
        let known = store.view()?.company()?;
        let (company, first_start) = match known {
            Some(company) => {
                keep_figures_up(&store)?;
                (company, None)
            }
            None => found_company(&store, &*host, &config).map(|(company, first)| (company, Some(first)))?,
        };
        let server = Self {
            passwords: Passwords::new(config.password_cost, &*host)?,
            gate: Gate::of_this_machine(),
            login_attempts: LoginAttempts::new(config.rates),
            request_rates: RequestRates::new(config.rates),
            files: Files::in_folder(&config.data_dir.join(BLOBS)).map_err(StoreError::Folder)?,
            store: Box::new(store),
            host,
            config,
            company,
        };
        server.blobs().tidy()?;
        Ok(Opened { server: Arc::new(server), first_start })
    }

    /// Whose data this is.
    pub fn company(&self) -> CompanyId {
        self.company
    }

    /// How the server is set up.
    pub fn config(&self) -> &ServerConfig {
        &self.config
    }

    /// Makes a new admin token; the one before is no longer good.
    pub fn replace_admin_token(&self) -> Result<String, ServerError> {
        let secret = Secret::new(&*self.host)?;
        let tx = self.store.begin()?;
        tx.replace_admin_token(&secret.hash)?;
        tx.commit()?;
        Ok(secret.text)
    }

    /// What the server is; open to anyone.
    pub fn info(&self) -> Info {
        Info {
            server: "saha".to_owned(),
            versions: vec![PROTOCOL_VERSION],
            limits: self.config.limits,
            server_time_ms: self.host.now_ms(),
        }
    }

    /// Signs in by name and password, from `address` where the caller knows it.
    pub fn login(&self, request: &LoginRequest, address: Option<IpAddr>) -> Result<TokenGrant, RequestError> {
        self.sign_in().login(request, address)
    }

    /// Gives the next pair of tokens for a refresh token.
    pub fn refresh(&self, request: &RefreshRequest) -> Result<TokenGrant, RequestError> {
        self.sign_in().refresh(request)
    }

    /// Finds out whom an access token speaks for, and takes one request off its allowance. A revoked device is refused.
    pub fn authenticate(&self, access_token: &str, lang: Lang) -> Result<Caller, RequestError> {
        self.admit(auth::authenticate(&*self.store.view()?, access_token, lang, self.host.now_ms())?)
    }

    /// As [`Server::authenticate`], for [`Server::sync`] alone: a revoked device is let in for 14 days, to hand in the work
    /// that was done on it before.
    pub fn authenticate_to_hand_in(&self, access_token: &str, lang: Lang) -> Result<Caller, RequestError> {
        self.admit(auth::authenticate_to_hand_in(&*self.store.view()?, access_token, lang, self.host.now_ms())?)
    }

    fn admit(&self, caller: Caller) -> Result<Caller, RequestError> {
        self.request_rates.take(caller.session, self.host.now_ms())?;
        Ok(caller)
    }

    /// Judges a rep's changes and tells him what happened. What is reported as applied is durable. From a revoked device,
    /// only what was written before its revocation is judged, and it is told nothing else.
    pub fn sync(&self, caller: &Caller, request: &SyncRequest) -> Result<SyncResponse, RequestError> {
        let rep = rep_of(caller)?;
        let Caller { device_no, lang, revoked_at_ms, .. } = *caller;
        let syncer = Syncer { rep, device_no, lang, revoked_at_ms };
        sync::sync(&*self.store, &*self.host, &self.config.limits, syncer, request)
    }

    /// How much of a file the server has of this caller.
    pub fn blob_status(&self, caller: &Caller, sha256: BlobHash) -> Result<BlobStatus, RequestError> {
        self.blobs().status(rep_of(caller)?, sha256)
    }

    /// A part of a file that a row in the caller's sight names.
    pub(crate) fn read_blob(
        &self,
        caller: &Caller,
        sha256: BlobHash,
        wanted: Option<Wanted>,
    ) -> Result<Part, RequestError> {
        self.blobs().read(rep_of(caller)?, sha256, wanted)
    }

    /// Takes the next part of a file that a row of the caller's names. What is reported as whole is durable.
    pub fn write_blob(
        &self,
        caller: &Caller,
        sha256: BlobHash,
        offset: Option<u64>,
        part: &[u8],
    ) -> Result<BlobStatus, RequestError> {
        let blobs = self.blobs();
        blobs.tidy()?;
        blobs.write(rep_of(caller)?, sha256, offset, part)
    }

    /// Imports a file of the company's data. Good lines are durable when it returns, and the others are named in the
    /// report.
    pub fn import(&self, caller: &Caller, kind: ImportKind, file: &[u8]) -> Result<ImportReport, RequestError> {
        if caller.role != Role::Admin {
            return Err(RequestError::Forbidden);
        }
        let desk =
            import::Desk { store: &*self.store, host: &*self.host, passwords: &self.passwords, lang: caller.lang };
        import::import(&desk, kind, file)
    }

    /// The devices that the caller may see: an admin all, anyone else his own.
    pub fn devices(&self, caller: &Caller) -> Result<Vec<DeviceView>, RequestError> {
        auth::list(&*self.store, caller)
    }

    /// Ends a device for good. For 14 days it may still hand in what was done on it before.
    pub fn revoke_device(&self, caller: &Caller, device: DeviceId) -> Result<(), RequestError> {
        auth::revoke(&*self.store, caller, device, self.host.now_ms())
    }

    fn blobs(&self) -> BlobDesk<'_> {
        BlobDesk { store: &*self.store, host: &*self.host, files: &self.files }
    }

    #[cfg(test)]
    pub(crate) fn store(&self) -> &dyn Store {
        &*self.store
    }

    pub(crate) fn sign_in(&self) -> SignIn<'_> {
        SignIn {
            store: &*self.store,
            host: &*self.host,
            passwords: &self.passwords,
            gate: &self.gate,
            attempts: &self.login_attempts,
            rates: &self.request_rates,
            life: self.config.tokens,
            company: self.company,
        }
    }
}

/// The rep who asks.
fn rep_of(caller: &Caller) -> Result<RepId, RequestError> {
    caller.rep.filter(|_| caller.role == Role::Rep).ok_or(RequestError::Forbidden)
}

fn database_path(config: &ServerConfig) -> PathBuf {
    config.data_dir.join(DATABASE)
}

/// A server that counts figures by other rules than the one before it counts them anew before anyone asks.
fn keep_figures_up(store: &dyn Store) -> Result<(), StoreError> {
    let tx = store.begin()?;
    sync::keep_figures_up(&*tx)?;
    tx.commit()
}

/// The first start: the company, its calendar and the admin token come to be together, or not at all.
fn found_company(
    store: &dyn Store,
    host: &dyn Host,
    config: &ServerConfig,
) -> Result<(CompanyId, FirstStart), ServerError> {
    let calendar = WorkCalendar { zone: config.zone.clone(), ..WorkCalendar::default_of(host::new_id(host)?.into()) };
    let company = Company {
        id: host::new_id(host)?.into(),
        name: config.company_name.clone(),
        currency: config.currency,
        zone: config.zone.clone(),
        visit_radius_m: 150,
        horizon_months: 13,
        calendar: Some(calendar.id),
    };
    company.check().map_err(|error| ServerError::Config { field: error.field })?;
    let admin = Secret::new(host)?;
    let tx = store.begin()?;
    tx.create_company(company.id)?;
    let ledger = Ledger::new(&*tx, host, &company.zone);
    ledger.create(&calendar)?;
    ledger.create(&company)?;
    sync::refresh_scope(&ledger)?;
    sync::keep_figures_up(&*tx)?;
    tx.replace_admin_token(&admin.hash)?;
    tx.commit()?;
    Ok((company.id, FirstStart { admin_token: admin.text }))
}
