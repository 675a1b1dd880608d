//! A small company for tests: two reps, a manager, three customers, two products; and phones that talk to its server.

mod bodies;
mod phone;

pub(crate) use bodies::{call, photo, prospect, sale, visit};
pub(crate) use phone::{Phone, dated_at, raw, rejection, version};

use std::sync::{
    Arc,
    atomic::{AtomicI64, AtomicU64, Ordering},
};

use saha_domain::{
    CustomerId, DeviceId, Kind, ProductId, RepId,
    catalog::Lang,
    wire::{DeviceInfo, ImportReport, LoginRequest, TokenGrant},
};
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

use crate::{Caller, Host, ImportKind, NoRandomness, PasswordCost, RequestError, Server, ServerConfig, sync::Ledger};

/// 2026-11-23 09:30 in Istanbul.
pub(crate) const NOW_MS: i64 = 1_795_415_400_000;
pub(crate) const DAY_MS: i64 = 24 * 3_600_000;
pub(crate) const PASSWORD: &str = "saha-demo-2026";

/// A clock that stands still until it is moved, and randomness from a seed. It starts an hour before [`NOW_MS`], so
/// that the company's data is older than what its reps do.
pub(crate) struct TestHost {
    now_ms: AtomicI64,
    random: AtomicU64,
}

impl TestHost {
    pub(crate) fn new(seed: u64) -> Self {
        Self { now_ms: AtomicI64::new(NOW_MS - 3_600_000), random: AtomicU64::new(seed) }
    }

    pub(crate) fn pass(&self, ms: i64) {
        self.now_ms.fetch_add(ms, Ordering::Relaxed);
    }
}

impl Host for TestHost {
    fn now_ms(&self) -> i64 {
        self.now_ms.load(Ordering::Relaxed)
    }

    fn fill_random(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        for byte in bytes {
            // SplitMix64 (Steele, Lea, Flood 2014).
            let mut mixed = self.random.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            *byte = (mixed >> 56) as u8;
        }
        Ok(())
    }
}

/// A company and its server.
pub(crate) struct World {
    pub(crate) dir: TempDir,
    pub(crate) host: Arc<TestHost>,
    pub(crate) server: Arc<Server>,
    pub(crate) admin_token: String,
    pub(crate) admin: Caller,
}

impl World {
    /// A company without data.
    pub(crate) fn empty() -> Self {
        Self::founded(|_| {})
    }

    /// As [`World::empty`], by a configuration on which `adjust` has the last word.
    pub(crate) fn founded(adjust: impl FnOnce(&mut ServerConfig)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let host = Arc::new(TestHost::new(7));
        let mut config = config(&dir);
        adjust(&mut config);
        let opened = Server::open_on(config, host.clone()).unwrap();
        let admin_token = opened.first_start.unwrap().admin_token;
        let admin = opened.server.authenticate(&admin_token, Lang::En).unwrap();
        Self { dir, host, server: opened.server, admin_token, admin }
    }

    /// `C1` is Ayşe's, `C2` is shared, `C3` is Mehmet's; `P1` has a floor price of 8, `P2` has none.
    pub(crate) fn new() -> Self {
        Self::empty().filled()
    }

    /// With the data of [`World::new`].
    pub(crate) fn filled(self) -> Self {
        let world = self;
        world.import(ImportKind::Reps, "code,name\nR1,Ayşe\nR2,Mehmet\n");
        let user = |login: &str, role: &str, rep: &str| format!("{login},{PASSWORD},{role},{rep}\n");
        let users = [
            user("ayse", "rep", "R1"),
            user("mehmet", "rep", "R2"),
            user("murat", "manager", ""),
            user("it", "admin", ""),
        ];
        world.import(ImportKind::Users, &format!("login,password,role,rep_code\n{}", users.concat()));
        world.import(
            ImportKind::Customers,
            "code,name,tax_no\nC1,Işık Market,2160960606\nC2,İkbal Büfe,\nC3,Çınar Kafe,6192271529\n",
        );
        world.import(
            ImportKind::Products,
            "code,name,group,unit,price,vat,floor_price\nP1,Kola,icecek,adet,10,20,8\nP2,Su,icecek,adet,5,1,\n",
        );
        world.assign("C1,R1,2026-01-01,\nC2,R1,2026-01-01,\nC2,R2,2026-01-01,\nC3,R2,2026-01-01,\n");
        world.host.pass(3_600_000);
        world
    }

    pub(crate) fn import(&self, kind: ImportKind, text: &str) -> ImportReport {
        let report = self.server.import(&self.admin, kind, text.as_bytes()).unwrap();
        assert_eq!(report.problems, []);
        report
    }

    pub(crate) fn assign(&self, lines: &str) {
        self.import(ImportKind::Assignments, &format!("customer_code,rep_code,from,to\n{lines}"));
    }

    /// The office changes fields of a record, in a way that no import can yet.
    pub(crate) fn office(&self, kind: Kind, row: Uuid, fields: Value) {
        let store = self.server.store();
        let zone = crate::sync::company(&*store.view().unwrap()).unwrap().zone;
        let tx = store.begin().unwrap();
        let before = tx.record(kind, row).unwrap().unwrap();
        let body = before.body.clone().unwrap();
        Ledger::new(&*tx, &*self.host, &zone).update(&before, body, fields).unwrap();
        tx.commit().unwrap();
    }

    /// From the next midnight on the company looks so many months back.
    pub(crate) fn look_back(&self, months: u32) {
        self.office(Kind::Company, self.server.company().uuid(), json!({ "horizon_months": months }));
    }

    /// The one number that a query gives.
    pub(crate) fn count(&self, sql: &str) -> i64 {
        let connection = rusqlite::Connection::open(self.dir.path().join("saha-server.db")).unwrap();
        connection.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    /// The same database in a server that was just started.
    pub(crate) fn restart(&mut self) {
        let opened = Server::open_on(config(&self.dir), self.host.clone()).unwrap();
        assert!(opened.first_start.is_none());
        self.server = opened.server;
    }

    pub(crate) fn login(&self, login: &str, device: u128) -> Result<TokenGrant, RequestError> {
        self.login_with(login, PASSWORD, device)
    }

    pub(crate) fn login_with(&self, login: &str, password: &str, device: u128) -> Result<TokenGrant, RequestError> {
        let device = DeviceInfo { id: device_id(device), name: "phone".into(), platform: "android".into() };
        let request = LoginRequest { login: login.into(), password: password.into(), device };
        self.server.login(&request, Some([10, 0, 0, 1].into()))
    }

    pub(crate) fn phone(&self, login: &str, device: u128) -> Phone {
        let grant = self.login(login, device).unwrap();
        Phone::new(self.server.authenticate(&grant.access_token, Lang::En).unwrap(), device, self.host.clone())
    }

    pub(crate) fn customer(&self, code: &str) -> CustomerId {
        self.id_of(Kind::Customer, code).into()
    }

    pub(crate) fn product(&self, code: &str) -> ProductId {
        self.id_of(Kind::Product, code).into()
    }

    pub(crate) fn rep(&self, code: &str) -> RepId {
        self.id_of(Kind::Rep, code).into()
    }

    fn id_of(&self, kind: Kind, code: &str) -> Uuid {
        self.server.store().view().unwrap().id_of_code(kind, code).unwrap().unwrap()
    }
}

pub(crate) fn config(dir: &TempDir) -> ServerConfig {
    ServerConfig { password_cost: PasswordCost::CHEAPEST, ..ServerConfig::new(dir.path(), "Örnek Dağıtım") }
}

pub(crate) fn device_id(n: u128) -> DeviceId {
    Uuid::from_u128(0xdeb1_ce00 + n).into()
}

/// An id that a test chooses.
pub(crate) fn id(n: u128) -> Uuid {
    Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0000 + n)
}
