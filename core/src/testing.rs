//! A phone in a temporary folder whose clocks a test sets, and a server that is played by the test.

mod server;

use std::sync::{Arc, Mutex, MutexGuard};

use saha_domain::{
    Call, CallDirection, CallDisposition, Customer, CustomerId, Hlc, Kind, Lifecycle, Product, ProductId, Record,
    SahaError, Segment, UnitPrice, registry,
    wire::{ChangeResult, Outcome, PulledItem, Rejection, RejectionCode, SyncResponse},
};
use serde_json::value::RawValue;
use uuid::Uuid;

pub(crate) use self::server::{Fate, Moment, TestServer};
use crate::{
    Config, NewCall, Platform, Saha, SecretStore, SyncBudget, SyncReport,
    clock::tests::TestHost,
    outbox::{self, BatchLimits},
    store::{Key, Store},
    sync::{
        apply, exchange, sight,
        transport::{Answer, HttpRequest, NoAnswer, Transport},
    },
};

/// Secrets in memory, which can be locked as a phone's are before it is unlocked.
#[derive(Default)]
pub(crate) struct MemorySecrets {
    secrets: Mutex<std::collections::BTreeMap<String, String>>,
    pub is_locked: std::sync::atomic::AtomicBool,
}

impl MemorySecrets {
    fn unlocked(&self) -> Result<MutexGuard<'_, std::collections::BTreeMap<String, String>>, SahaError> {
        if self.is_locked.load(std::sync::atomic::Ordering::SeqCst) {
            return Err(SahaError::StorageLocked);
        }
        Ok(self.secrets.lock().unwrap())
    }
}

impl MemorySecrets {
    /// Every secret, whatever its name.
    pub(crate) fn all(&self) -> Vec<String> {
        self.secrets.lock().unwrap().values().cloned().collect()
    }
}

impl SecretStore for MemorySecrets {
    fn get(&self, name: String) -> Result<Option<String>, SahaError> {
        Ok(self.unlocked()?.get(&name).cloned())
    }

    fn set(&self, name: String, secret: String) -> Result<(), SahaError> {
        self.unlocked()?.insert(name, secret);
        Ok(())
    }

    fn delete(&self, name: String) -> Result<(), SahaError> {
        self.unlocked()?.remove(&name);
        Ok(())
    }
}

/// No network at all.
pub(crate) struct Offline;

impl Transport for Offline {
    fn send<'a>(&'a mut self, _server: &'a url::Url, _request: HttpRequest) -> Answer<'a> {
        Box::pin(async { Err(NoAnswer("connect")) })
    }
}

/// A rep's phone with one customer and two products on it.
pub(crate) struct Phone {
    pub folder: tempfile::TempDir,
    pub host: Arc<TestHost>,
    pub secrets: Arc<MemorySecrets>,
    pub saha: Arc<Saha>,
    pub store: Arc<Store>,
    server: Option<Arc<TestServer>>,
    next_version: Mutex<i64>,
}

pub(crate) const REP: u128 = 100;
pub(crate) const CUSTOMER: u128 = 200;
pub(crate) const COLA: u128 = 400;
pub(crate) const SOAP: u128 = 401;

pub(crate) fn id<T: From<Uuid>>(n: u128) -> T {
    Uuid::from_u128(n).into()
}

pub(crate) fn customer(n: u128, name: &str) -> Customer {
    Customer {
        id: id(n),
        code: Some(format!("C{n}")),
        name: name.into(),
        lifecycle: Lifecycle::Active,
        segment: Segment::A,
        tax_no: None,
        phone: None,
        district: Some("Kadıköy".into()),
        address: None,
        location: None,
        note: None,
    }
}

pub(crate) fn product(n: u128, group: &str, price_micro: i64, floor_micro: Option<i64>) -> Product {
    let lira = |amount_micro| UnitPrice { amount_micro, currency: "TRY".parse().unwrap() };
    Product {
        id: id(n),
        code: format!("P{n}"),
        name: format!("{group} {n}"),
        group: group.into(),
        unit: "adet".into(),
        unit_price: lira(price_micro),
        floor_price: floor_micro.map(lira),
        tax_bp: 2_000,
        tax_included: false,
    }
}

#[expect(clippy::unused_self, reason = "a test reads better when it asks the phone")]
impl Phone {
    pub(crate) fn new() -> Self {
        Self::with_server(None)
    }

    /// Signed in at a server, of which it has heard nothing since.
    pub(crate) fn signed_in(server: &Arc<TestServer>) -> Self {
        let phone = Self::with_server(Some(Arc::clone(server)));
        let account = phone.saha.account();
        block_on(account.sign_in("http://127.0.0.1:1".into(), "ayse".into(), "secret".into())).unwrap();
        server.paths();
        phone
    }

    fn with_server(server: Option<Arc<TestServer>>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let host = server.as_ref().map_or_else(TestHost::new, |server| Arc::clone(&server.host));
        let secrets = Arc::default();
        let saha = open_online(&folder, &host, &secrets, server.as_ref()).unwrap();
        let store = saha.store();
        // The series below is this device's.
        saha.account().info().unwrap();
        store
            .write(|tx| {
                tx.become_rep(id(REP))?;
                tx.set(Key::Series, &"A")
            })
            .unwrap();
        let phone = Self { folder, host, secrets, saha, store, server, next_version: Mutex::new(1) };
        phone.pull(&[
            phone.row(&customer(CUSTOMER, "Ihlamur Kafe")),
            phone.row(&product(COLA, "icecek", 10_000_000, Some(9_000_000))),
            phone.row(&product(SOAP, "temizlik", 5_000_000, None)),
        ]);
        phone
    }

    /// The process ends without a goodbye, and the app is started again.
    pub(crate) fn restart(self) -> Self {
        let Self { folder, host, saha, store, secrets, server, next_version } = self;
        saha.shutdown().unwrap();
        drop((saha, store));
        let saha = open_online(&folder, &host, &secrets, server.as_ref()).unwrap();
        Self { store: saha.store(), folder, host, saha, secrets, server, next_version }
    }

    /// One sync with all the time in the world.
    pub(crate) fn sync(&self) -> Result<SyncReport, SahaError> {
        self.sync_within(SyncBudget::default())
    }

    pub(crate) fn sync_within(&self, budget: SyncBudget) -> Result<SyncReport, SahaError> {
        let report = block_on(self.saha.sync().run(budget));
        self.check();
        report
    }

    /// A call is logged with the customer.
    pub(crate) fn log_call(&self) -> Call {
        let call = NewCall {
            customer: self.customer_id(),
            disposition: CallDisposition::Connected,
            direction: CallDirection::Outgoing,
            duration_s: 60,
            outcome: None,
            note: None,
        };
        self.saha.calls().log(call).unwrap()
    }

    pub(crate) fn blobs(&self) -> Arc<crate::blobs::Blobs> {
        self.saha.blobs()
    }

    /// The same database over a key store that has nothing: on another phone, or out of a backup.
    pub(crate) fn copied(self) -> Self {
        Self { secrets: Arc::default(), ..self }.restart()
    }

    pub(crate) fn version(&self) -> i64 {
        let mut version = self.next_version.lock().unwrap();
        *version += 1;
        *version
    }

    /// A row as the server sends it, at the next version.
    pub(crate) fn row<R: Record>(&self, record: &R) -> PulledItem {
        self.row_at(record, self.version())
    }

    pub(crate) fn row_at<R: Record>(&self, record: &R, version: i64) -> PulledItem {
        let body = RawValue::from_string(registry::body(record).unwrap().to_string()).unwrap();
        PulledItem::row(R::KIND.name(), record.uuid(), version, Hlc::new(1, 0), body)
    }

    /// The last page of a pull.
    pub(crate) fn pull(&self, items: &[PulledItem]) {
        let snapshot = *self.next_version.lock().unwrap();
        self.page(items, false, snapshot);
    }

    pub(crate) fn page(&self, items: &[PulledItem], has_more: bool, snapshot: i64) {
        let answer = SyncResponse { has_more, snapshot, changes: items.to_vec(), ..answer(Uuid::nil()) };
        self.store.apply(|tx| apply::page(tx, &answer)).unwrap();
        sight::sweep(&self.store).unwrap();
        self.check();
    }

    /// Sends everything that may go, and gives each change the answer that `judge` says. Nothing is pulled.
    pub(crate) fn push(&self, judge: impl Fn(&outbox::Entry) -> Outcome) -> Vec<outbox::Entry> {
        let batch =
            self.store.read(|r| outbox::next_batch(r.conn(), BatchLimits { changes: 500, bytes: 1 << 20 })).unwrap();
        let flight = exchange::prepare(&self.store, 500).unwrap();
        let results =
            batch.iter().map(|e| ChangeResult { op_id: e.op_id, replayed: false, outcome: judge(e) }).collect();
        let answer = SyncResponse { results, has_more: true, ..answer(flight.request.request_id) };
        exchange::accept(&self.store, &flight, &answer).unwrap().unwrap();
        self.check();
        batch
    }

    pub(crate) fn applied(&self, entry: &outbox::Entry) -> Outcome {
        Outcome::Applied { version: self.version(), hlc: entry.hlc, superseded: vec![] }
    }

    /// Figures equal a recount, and the file is sound.
    pub(crate) fn check(&self) {
        assert_eq!(self.saha.verify_figures().unwrap(), Vec::<String>::new());
        let sound: String =
            self.store.read(|r| Ok(r.conn().query_row("PRAGMA integrity_check", [], |row| row.get(0))?)).unwrap();
        assert_eq!(sound, "ok");
    }

    pub(crate) fn count(&self, sql: &str) -> i64 {
        self.store.read(|r| Ok(r.conn().query_row(sql, [], |row| row.get(0))?)).unwrap()
    }

    /// (confirmed, waiting, rejected) of a kind of fact, over everything.
    pub(crate) fn counted(&self, fact: saha_domain::facts::FactKind) -> [i64; 3] {
        let of = |status: i64| {
            self.count(&format!(
                "SELECT coalesce(sum(count), 0) FROM rollup WHERE fact = {} AND status = {status}",
                fact.code()
            ))
        };
        [of(1), of(2), of(3)]
    }

    pub(crate) fn customer_id(&self) -> CustomerId {
        id(CUSTOMER)
    }

    pub(crate) fn cola(&self) -> ProductId {
        id(COLA)
    }
}

pub(crate) fn open(
    folder: &tempfile::TempDir,
    host: &Arc<TestHost>,
    secrets: &Arc<MemorySecrets>,
) -> Result<Arc<Saha>, SahaError> {
    open_over(folder, host, secrets, Box::new(Offline))
}

fn open_online(
    folder: &tempfile::TempDir,
    host: &Arc<TestHost>,
    secrets: &Arc<MemorySecrets>,
    server: Option<&Arc<TestServer>>,
) -> Result<Arc<Saha>, SahaError> {
    let transport = server.map_or_else(|| Box::new(Offline) as Box<dyn Transport>, TestServer::link);
    open_over(folder, host, secrets, transport)
}

pub(crate) fn open_over(
    folder: &tempfile::TempDir,
    host: &Arc<TestHost>,
    secrets: &Arc<MemorySecrets>,
    transport: Box<dyn Transport>,
) -> Result<Arc<Saha>, SahaError> {
    let config = Config::in_folder(folder.path().to_str().unwrap());
    Saha::open_with(config, secrets.clone(), Platform { host: host.clone(), transport })
}

/// Waits for what the core does on its own thread.
pub(crate) fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}

pub(crate) fn rejected(code: RejectionCode) -> Outcome {
    Outcome::Rejected(Rejection { code, field: None, message: "no".into(), existing: None })
}

pub(crate) fn answer(request_id: Uuid) -> SyncResponse {
    SyncResponse {
        request_id,
        history_changed: false,
        resync_required: false,
        results: vec![],
        changes: vec![],
        next_cursor: Some("c".into()),
        head: Some("h".into()),
        snapshot: 0,
        has_more: false,
        durable_through: 0,
        server_time_ms: crate::clock::tests::MONDAY_10,
        figures: None,
        notice: None,
    }
}

pub(crate) fn tombstone(kind: Kind, row: Uuid, version: i64) -> PulledItem {
    PulledItem::tombstone(kind.name(), row, version, Hlc::new(1, 0))
}
