use std::sync::{Arc, Mutex};

use saha_domain::{
    Problem,
    wire::{Info, Limits, Role},
};

use super::*;
use crate::{
    AccountInfo, Saha, SyncReport,
    clock::tests::{MONDAY_10, TestHost},
    sync::transport::{Answer, HttpResponse},
    testing::*,
};

/// A server that a test plays: it says what to answer to each request, in order of their coming.
#[derive(Clone, Default)]
struct Played(Arc<Mutex<Play>>);

#[derive(Default)]
struct Play {
    /// Status and code of the refusal of every login, but for those that are let in.
    refuses_login: Option<(u16, &'static str)>,
    /// Refuses only this device.
    only: Option<DeviceId>,
    /// Status and code for every sync and renewal.
    refuses_sync: Option<(u16, &'static str)>,
    /// The devices that asked to sign in.
    asked: Vec<DeviceId>,
}

impl Played {
    fn play(&self) -> std::sync::MutexGuard<'_, Play> {
        self.0.lock().unwrap()
    }

    fn answer(&self, request: &HttpRequest) -> (u16, serde_json::Value) {
        let refused = |code: &str| serde_json::json!({"code": code, "message": ""});
        let mut play = self.play();
        if request.path == "/v1/info" {
            let limits = Limits::default();
            let info = Info { server: "saha".into(), versions: vec![1], limits, server_time_ms: MONDAY_10 };
            return (200, serde_json::to_value(info).unwrap());
        }
        if request.path == "/v1/auth/login" {
            let login: LoginRequest = serde_json::from_slice(request.body.bytes()).unwrap();
            play.asked.push(login.device.id);
            let is_meant = play.only.is_none_or(|only| only == login.device.id);
            return match play.refuses_login.filter(|_| is_meant) {
                Some((status, code)) => (status, refused(code)),
                None => (200, serde_json::to_value(grant()).unwrap()),
            };
        }
        let (status, code) = play.refuses_sync.unwrap();
        (status, refused(code))
    }
}

impl Transport for Played {
    fn send<'a>(&'a mut self, _server: &'a Url, request: HttpRequest) -> Answer<'a> {
        let (status, body) = self.answer(&request);
        let body = serde_json::to_vec(&body).unwrap();
        Box::pin(async move { Ok(HttpResponse { status, retry_after_s: None, body, sent_bytes: 0 }) })
    }
}

fn grant() -> TokenGrant {
    TokenGrant {
        access_token: "access".into(),
        expires_in_s: 900,
        refresh_token: "refresh".into(),
        user: id(1),
        role: Role::Rep,
        rep: Some(id(REP)),
        company: id(2),
        series: "A".into(),
        server_time_ms: MONDAY_10,
    }
}

/// A phone that speaks to a played server.
struct PlayedPhone {
    server: Played,
    saha: Arc<Saha>,
    secrets: Arc<MemorySecrets>,
    _folder: tempfile::TempDir,
}

impl PlayedPhone {
    fn new() -> Self {
        let (server, secrets, folder) = (Played::default(), Arc::default(), tempfile::tempdir().unwrap());
        let saha = open_over(&folder, &TestHost::new(), &secrets, Box::new(server.clone())).unwrap();
        Self { server, saha, secrets, _folder: folder }
    }

    fn signed_in() -> Self {
        let phone = Self::new();
        phone.sign_in().unwrap();
        phone
    }

    fn sign_in(&self) -> Result<(), SahaError> {
        self.sign_in_at("http://127.0.0.1:1")
    }

    fn sign_in_at(&self, server: &str) -> Result<(), SahaError> {
        block_on(self.saha.account().sign_in(server.into(), "ayse".into(), "password".into()))
    }

    fn sync(&self) -> Result<SyncReport, SahaError> {
        block_on(self.saha.sync().run(crate::SyncBudget::default()))
    }

    fn write_something(&self) {
        let new = crate::NewProspect { name: "Yeni Büfe".into(), ..crate::NewProspect::default() };
        self.saha.customers().create_prospect(new).unwrap();
    }

    fn waiting(&self) -> usize {
        self.saha.outbox().list().unwrap().len()
    }

    fn info(&self) -> AccountInfo {
        self.saha.account().info().unwrap()
    }
}

const REVOKED: (u16, &str) = (403, "device_revoked");

fn revoked<T>() -> Result<T, SahaError> {
    Err(SahaError::SignInRefused { code: "device_revoked".into() })
}

#[test]
fn when_the_server_takes_nothing_more_from_a_revoked_device_everything_goes() {
    let phone = PlayedPhone::signed_in();
    phone.write_something();
    let before = phone.info();
    phone.server.play().refuses_sync = Some(REVOKED);
    assert_eq!(phone.sync(), revoked());
    let after = phone.info();
    assert_ne!(after.device, before.device);
    assert_eq!((after.is_revoked, after.is_signed_in, after.login, after.server), (true, false, None, None));
    assert_eq!(phone.waiting(), 0);
    for secret in ["access_token", "refresh_token"] {
        assert_eq!(crate::SecretStore::get(&*phone.secrets, secret.into()).unwrap(), None, "{secret}");
    }
    assert_eq!(phone.sync(), Err(SahaError::NotSignedIn));
    phone.sign_in().unwrap();
    let again = phone.info();
    assert_eq!((again.device, again.is_revoked, again.is_signed_in), (after.device, false, true));
}

#[test]
fn other_refusals_erase_nothing() {
    let phone = PlayedPhone::signed_in();
    phone.write_something();
    for refusal in [(401, "unauthenticated"), (403, "forbidden"), (404, "not_found"), (403, "device_gone"), (200, "x")]
    {
        phone.server.play().refuses_sync = Some(refusal);
        assert!(phone.sync().is_err());
        assert_eq!(phone.waiting(), 1, "{refusal:?}");
        assert!(!phone.info().is_revoked);
    }
}

#[test]
fn a_signed_out_phone_is_erased_at_its_next_sign_in_if_it_was_revoked() {
    let phone = PlayedPhone::signed_in();
    let device = phone.info().device;
    phone.saha.account().sign_out().unwrap();
    phone.server.play().refuses_login = Some(REVOKED);
    assert_eq!(phone.sign_in_at("http://127.0.0.1:2"), revoked());
    assert_eq!(phone.info().device, device, "another server has no say");
    assert_eq!(phone.sign_in(), revoked());
    let info = phone.info();
    assert!(info.device != device && info.is_revoked && info.login.is_none());
}

#[test]
fn a_sign_in_that_is_refused_erases_no_work_that_the_company_lacks() {
    let phone = PlayedPhone::signed_in();
    phone.write_something();
    phone.server.play().refuses_login = Some(REVOKED);
    assert_eq!(phone.sign_in(), revoked());
    assert_eq!(phone.waiting(), 1);
}

#[test]
fn a_device_id_that_went_to_somebody_who_was_turned_away_is_replaced() {
    let phone = PlayedPhone::new();
    let taken = phone.info().device;
    phone.server.play().refuses_login = Some((409, "device_taken"));
    phone.server.play().only = Some(taken);
    phone.sign_in().unwrap();
    let device = phone.info().device;
    assert_ne!(device, taken);
    assert_eq!(phone.server.play().asked, [taken, device]);
}

#[test]
fn the_database_of_somebody_else_is_refused_and_keeps_its_device() {
    let phone = PlayedPhone::signed_in();
    let device = phone.info().device;
    phone.server.play().refuses_login = Some((409, "device_taken"));
    assert!(matches!(phone.sign_in(), Err(SahaError::ForeignDatabase { .. })));
    assert_eq!((phone.info().device, phone.info().is_signed_in), (device, true));
}

#[test]
fn tokens_that_come_after_a_sign_out_are_not_kept() {
    let secrets: Arc<MemorySecrets> = Arc::default();
    let session = Session::new(Secrets::new(secrets, String::new()), None, Arc::new(Blobs::in_folder("".into())));
    session.keep(&grant()).unwrap();
    let used = session.refresh_request().unwrap().unwrap();
    let next = TokenGrant { refresh_token: "next".into(), ..grant() };
    session.forget().unwrap();
    assert!(!session.renewed(&used, &next).unwrap());
    assert!(!session.is_signed_in().unwrap() && session.access_token().unwrap().is_none());
    session.keep(&grant()).unwrap();
    assert!(session.renewed(&used, &next).unwrap());
    assert_eq!(session.refresh_request().unwrap().unwrap().refresh_token, "next");
}

#[test]
fn only_https_and_the_literal_loopback_are_taken() {
    for good in
        ["https://saha.example.com", "https://saha.example.com:8443/base/", "http://127.0.0.1:8787", "http://[::1]:1"]
    {
        assert!(server_url(good).is_ok(), "{good}");
    }
    for bad in [
        "http://saha.example.com",
        "http://localhost:8787",
        "http://127.0.0.1.evil.com",
        "ftp://127.0.0.1",
        "file:///etc/passwd",
    ] {
        let error: SahaError = server_url(bad).unwrap_err().into();
        assert_eq!(error, SahaError::invalid("server", Problem::OutOfRange), "{bad}");
    }
    let error: SahaError = server_url("not a url").unwrap_err().into();
    assert_eq!(error, SahaError::invalid("server", Problem::Malformed));
}
