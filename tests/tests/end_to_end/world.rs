//! A company with a real server on a real port, behind a link that a test makes bad, and phones that sign in there.

use std::{
    fmt::Write as _,
    sync::{Arc, Mutex, Weak},
};

use saha::bad_link::{BadLink, Fault, Plan};
use saha_core::{
    ChangeListener, Config, FiguresCheck, HttpTransport, Platform, Saha, SecretStore, Subscription, SyncBudget,
    SyncReport,
};
use saha_domain::{NaiveDate, SahaError, Stamp, wire::ImportReport};
use saha_tests::{live::LiveCompany, phone::MemorySecrets};
use tempfile::TempDir;

/// The company.
pub(crate) struct World {
    pub(crate) company: LiveCompany,
    pub(crate) link: BadLink,
    _folder: TempDir,
}

impl World {
    /// With two reps, some customers and products. Access tokens live for `access_ms`.
    pub(crate) fn with_access_ms(access_ms: i64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let company = LiveCompany::start(folder.path(), |config| config.tokens.access_ms = access_ms).unwrap();
        let world = Self { link: BadLink::start(company.address).unwrap(), company, _folder: folder };
        world.import("reps", "code,name,team\nR1,Ayşe Yılmaz,anadolu\nR2,Mehmet Demir,avrupa\n");
        world.import(
            "users",
            "login,password,role,rep_code\nayse,saha-ayse-2026,rep,R1\nmehmet,saha-mehmet-2026,rep,R2\n",
        );
        world.import("customers", CUSTOMERS);
        world.import(
            "products",
            "code,name,group,unit,price,currency,vat,floor_price\nP1,Kola,icecek,adet,10.00,TRY,20,9.00\n",
        );
        world.import(
            "assignments",
            "customer_code,rep_code,from,to\nC1,R1,2026-01-01,\nC2,R1,2026-01-01,\nC3,R2,2026-01-01,\n",
        );
        world.import("targets", "rep_code,metric,period,value,currency,effective_from\nR1,visits,month,100,,2026-01-01\nR1,calls,month,100,,2026-01-01\nR1,revenue,month,5000.00,TRY,2026-01-01\n");
        world
    }

    pub(crate) fn new() -> Self {
        Self::with_access_ms(15 * 60_000)
    }

    /// The next sync requests meet these, and then nothing.
    pub(crate) fn plan(&self, faults: &[Fault]) {
        self.link.set_on(SYNC, Plan::script(faults.iter().copied()));
    }

    /// The next requests for fresh tokens meet these, and then nothing.
    pub(crate) fn plan_refresh(&self, faults: &[Fault]) {
        self.link.set_on(REFRESH, Plan::script(faults.iter().copied()));
    }

    /// Sync requests that phones made so far.
    pub(crate) fn syncs(&self) -> u64 {
        self.link.requests_to(SYNC)
    }

    /// Requests for fresh tokens that phones made so far.
    pub(crate) fn refreshes(&self) -> u64 {
        self.link.requests_to(REFRESH)
    }

    /// So many further customers of the first rep, C10 and so on.
    pub(crate) fn import_many_customers(&self, count: usize) {
        let mut customers = "code,name,status,segment\n".to_owned();
        let mut assignments = "customer_code,rep_code,from,to\n".to_owned();
        for n in 10..10 + count {
            writeln!(customers, "C{n},Market {n},active,B").unwrap();
            writeln!(assignments, "C{n},R1,2026-01-01,").unwrap();
        }
        self.import("customers", &customers);
        self.import("assignments", &assignments);
    }

    /// Imports a file, and expects every line of it to be good.
    pub(crate) fn import(&self, kind: &str, csv: &str) -> ImportReport {
        let report = self.company.import(kind, csv).unwrap();
        assert_eq!(report.problems, [], "{kind}");
        report
    }

    /// Posts JSON past the link; status and body.
    pub(crate) fn post(&self, path: &str, token: Option<&str>, json: &serde_json::Value) -> (u16, serde_json::Value) {
        let mut request = reqwest::Client::new().post(format!("{}{path}", self.company.url()));
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let request = request.header("content-type", "application/json").body(json.to_string());
        self.company.runtime.block_on(async {
            let answer = request.send().await.unwrap();
            let status = answer.status().as_u16();
            (status, serde_json::from_str(&answer.text().await.unwrap()).unwrap())
        })
    }

    /// Opens the core as an app does, on clocks that go with the server's.
    fn open(&self, folder: &TempDir, secrets: &Arc<MemorySecrets>) -> Arc<Saha> {
        self.open_config(Config::in_folder(folder.path().to_str().unwrap()), secrets)
    }

    fn open_config(&self, config: Config, secrets: &Arc<MemorySecrets>) -> Arc<Saha> {
        let host = Arc::new(self.company.time.phone(None));
        let platform = Platform { host, transport: Box::new(HttpTransport::default()) };
        Saha::open_with(config, Arc::clone(secrets) as Arc<dyn SecretStore>, platform).unwrap()
    }

    /// Lets days pass at the server and on every phone.
    pub(crate) fn pass_days(&self, days: i64) {
        self.company.time.pass(days * DAY_MS);
    }

    /// Waits for the company's next noon, so that no midnight comes by itself while a test goes on.
    pub(crate) fn wait_for_noon(&self) {
        let since_noon_ms = (self.company.time.now_ms() + OFFSET_MS - DAY_MS / 2).rem_euclid(DAY_MS);
        self.company.time.pass(DAY_MS - since_noon_ms);
    }

    /// The company's date so many days from now.
    pub(crate) fn date(&self, days_from_now: i64) -> NaiveDate {
        Stamp::place(self.company.time.now_ms() + days_from_now * DAY_MS, "Europe/Istanbul").unwrap().1
    }

    /// A customer is a rep's from a date to another, or for ever.
    pub(crate) fn assign(&self, customer: &str, rep: &str, from: &str, to: Option<NaiveDate>) {
        let to = to.map(|date| date.to_string()).unwrap_or_default();
        self.import("assignments", &format!("customer_code,rep_code,from,to\n{customer},{rep},{from},{to}\n"));
    }

    /// A new phone, signed in and synced.
    pub(crate) fn phone(&self, login: &str) -> Phone<'_> {
        let phone = self.signed_in(login);
        phone.sync().unwrap();
        phone
    }

    /// A new phone, signed in.
    pub(crate) fn signed_in(&self, login: &str) -> Phone<'_> {
        let (folder, secrets) = (tempfile::tempdir().unwrap(), Arc::default());
        let phone = Phone { world: self, saha: self.open(&folder, &secrets), secrets, folder };
        phone.sign_in(login).unwrap();
        phone
    }

    /// A phone that a test opens as it likes, in a folder of the test's own.
    pub(crate) fn over(&self, config: Config, secrets: &Arc<MemorySecrets>) -> Phone<'_> {
        let (saha, secrets) = (self.open_config(config, secrets), Arc::clone(secrets));
        Phone { world: self, saha, secrets, folder: tempfile::tempdir().unwrap() }
    }
}

const DAY_MS: i64 = 86_400_000;
/// Istanbul is three hours ahead of UTC the whole year.
const OFFSET_MS: i64 = 3 * 3_600_000;
const SYNC: &str = "/v1/sync";
const REFRESH: &str = "/v1/auth/refresh";

/// Whose customer the first rep can't see.
pub(crate) const TAX_NO_OF_C3: &str = "4540536920";
const CUSTOMERS: &str = "code,name,status,segment,tax_no,district,latitude,longitude
C1,Ihlamur Kafe,active,A,1234567890,Kadıköy,40.99,29.03
C2,Işık Market,active,B,,Kadıköy,40.991,29.031
C3,Beyoğlu Büfe,active,C,4540536920,Beyoğlu,41.03,28.98
";

/// A rep's phone. Whenever it was synced its figures are those of its rows, and of the company.
pub(crate) struct Phone<'w> {
    world: &'w World,
    pub(crate) saha: Arc<Saha>,
    secrets: Arc<MemorySecrets>,
    folder: TempDir,
}

impl Phone<'_> {
    /// Signs in, with the password that is his.
    pub(crate) fn sign_in(&self, login: &str) -> Result<(), SahaError> {
        let password = format!("saha-{login}-2026");
        let account = self.saha.account();
        self.world.company.runtime.block_on(account.sign_in(self.world.link.url(), login.into(), password))
    }

    /// What the key store holds.
    pub(crate) fn secret(&self, name: &str) -> Option<String> {
        self.secrets.get(name.to_owned()).unwrap()
    }

    /// Whether the text stands anywhere in the phone's files, deleted or not.
    pub(crate) fn can_be_read_in_its_files(&self, text: &str) -> bool {
        let files = std::fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().path());
        let has = |bytes: Vec<u8>| bytes.windows(text.len()).any(|window| window == text.as_bytes());
        files.filter(|path| path.is_file()).any(|file| has(std::fs::read(file).unwrap()))
    }

    /// The phone, and another with a copy of its folder. Key stores do not travel.
    pub(crate) fn copied(self) -> (Self, Self) {
        self.saha.shutdown().unwrap();
        let (folder, secrets) = (tempfile::tempdir().unwrap(), Arc::default());
        for entry in std::fs::read_dir(self.folder.path()).unwrap().map(Result::unwrap) {
            std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
        }
        let copy = Self { world: self.world, saha: self.world.open(&folder, &secrets), secrets, folder };
        (self.reopened(), copy)
    }

    /// The app is closed and started again.
    pub(crate) fn reopened(self) -> Self {
        self.saha.shutdown().unwrap();
        Self { saha: self.world.open(&self.folder, &self.secrets), ..self }
    }

    /// Notes down a customer's note after every commit, as a screen would draw it.
    pub(crate) fn watch_note(&self, code: &str) -> Watch {
        let seen = Arc::default();
        let listener =
            NoteListener { saha: Arc::downgrade(&self.saha), code: code.to_owned(), seen: Arc::clone(&seen) };
        Watch { seen, _subscription: self.saha.observe(Arc::new(listener)).unwrap() }
    }

    /// Where it keeps its data.
    pub(crate) fn path(&self) -> &std::path::Path {
        self.folder.path()
    }

    pub(crate) fn sync(&self) -> Result<SyncReport, SahaError> {
        self.sync_within(SyncBudget::default())
    }

    pub(crate) fn sync_within(&self, budget: SyncBudget) -> Result<SyncReport, SahaError> {
        let report = self.sync_unchecked(budget);
        assert_eq!(self.saha.verify_figures().unwrap(), Vec::<String>::new());
        let (figures, is_through) = (self.figures(), report.as_ref().is_ok_and(|report| report.is_complete));
        let is_good = figures == FiguresCheck::Agree || (!is_through && figures == FiguresCheck::NotCompared);
        assert!(is_good, "{figures:?} after {report:?}");
        report
    }

    /// A sync after which anything may be wrong.
    pub(crate) fn sync_unchecked(&self, budget: SyncBudget) -> Result<SyncReport, SahaError> {
        self.world.company.runtime.block_on(self.saha.sync().run(budget))
    }

    /// What it found of its figures and the company's.
    pub(crate) fn figures(&self) -> FiguresCheck {
        self.saha.sync().status().unwrap().figures
    }

    /// The rep types his password once more: his sign-in has expired.
    pub(crate) fn sign_in_again(&self, login: &str) {
        self.sign_in(login).unwrap();
    }

    pub(crate) fn customer(&self, code: &str) -> saha_domain::Customer {
        self.saha.customers().get_by_code(code.into()).unwrap()
    }

    pub(crate) fn log_call(&self, code: &str) -> saha_domain::Call {
        let call = saha_core::NewCall {
            customer: self.customer(code).id,
            disposition: saha_domain::CallDisposition::Connected,
            direction: saha_domain::CallDirection::Outgoing,
            duration_s: 60,
            outcome: None,
            note: None,
        };
        self.saha.calls().log(call).unwrap()
    }

    pub(crate) fn prospect(&self, name: &str, tax_no: Option<&str>) -> saha_domain::Customer {
        let tax_no = tax_no.map(str::to_owned);
        let prospect = saha_core::NewProspect { name: name.into(), tax_no, ..Default::default() };
        self.saha.customers().create_prospect(prospect).unwrap()
    }

    pub(crate) fn visit(&self, customer: saha_domain::CustomerId) -> saha_domain::Visit {
        let visit = self.saha.visits().check_in(customer, None).unwrap();
        let end = saha_core::VisitEnd { outcome: "order".into(), ..Default::default() };
        self.saha.visits().check_out(visit.id, end).unwrap()
    }

    pub(crate) fn sell(
        &self,
        customer: saha_domain::CustomerId,
        price_micro: Option<i64>,
    ) -> Result<saha_domain::Sale, SahaError> {
        let product = self.saha.products().get_by_code("P1".into()).unwrap();
        let unit_price = price_micro.map(|amount_micro| saha_domain::UnitPrice { amount_micro, ..product.unit_price });
        let line =
            saha_core::NewSaleLine { product: product.id, quantity_milli: 2_000, unit_price, discounts_bp: vec![] };
        self.saha.sales().create(saha_core::NewSale { customer, visit: None, lines: vec![line], note: None })
    }

    /// Calls with a customer, as this phone knows them.
    pub(crate) fn calls_of(&self, code: &str) -> usize {
        self.saha.calls().list_of(self.customer(code).id, 200, 0).unwrap().len()
    }
}

type Notes = Arc<Mutex<Vec<Option<String>>>>;

/// What a screen showed, commit by commit.
pub(crate) struct Watch {
    seen: Notes,
    _subscription: Arc<Subscription>,
}

impl Watch {
    /// What was shown since the last time that this was asked.
    pub(crate) fn take(&self) -> Vec<Option<String>> {
        std::mem::take(&mut self.seen.lock().unwrap())
    }
}

struct NoteListener {
    saha: Weak<Saha>,
    code: String,
    seen: Notes,
}

impl ChangeListener for NoteListener {
    fn changed(&self, _kinds: Vec<saha_domain::Kind>, _outbox: bool) -> Result<(), SahaError> {
        if let Some(saha) = self.saha.upgrade() {
            self.seen.lock().unwrap().push(saha.customers().get_by_code(self.code.clone())?.note);
        }
        Ok(())
    }
}
