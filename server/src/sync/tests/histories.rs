//! Random histories of a company. On every page there is only what the rep may see, after it each phone has every bit of its
//! rep's own work, and after the last one all that is in sight and nothing else. What is in sight is said here once more, in the
//! plainest way.

use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use chrono::{Days, Months, NaiveDate};
use saha_domain::{
    Kind, RepId, Stamp,
    wire::{Pulled, SyncResponse, WireChange},
};
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

use crate::{
    Caller, Host as _, Server,
    sync::figures,
    testing::{DAY_MS, NOW_MS, Phone, TestHost, World, call, config, dated_at, id, visit},
};

const HISTORIES: u64 = 2_000;
const STEPS: u64 = 24;
const CUSTOMERS: [&str; 3] = ["C1", "C2", "C3"];

/// Bodies by kind and id, with their versions.
type Rows = BTreeMap<(String, Uuid), (i64, Value)>;

/// How every history begins: the company's file, two phones of its first rep and one of the second.
struct Beginning {
    file: Vec<u8>,
    admin: Caller,
    phones: [Caller; 3],
}

impl Beginning {
    fn new() -> Self {
        let world = World::new();
        let phones = [("ayse", 1), ("ayse", 2), ("mehmet", 3)].map(|(login, device)| world.phone(login, device).caller);
        let (file, copy) = (world.dir.path().join("saha-server.db"), world.dir.path().join("beginning.db"));
        rusqlite::Connection::open(file).unwrap().backup("main", &copy, None::<fn(_)>).unwrap();
        Self { file: std::fs::read(copy).unwrap(), admin: world.admin, phones }
    }

    fn company(&self, seed: u64) -> Company {
        let (dir, host) = (fast_folder(), Arc::new(TestHost::new(seed)));
        host.pass(NOW_MS - host.now_ms());
        std::fs::write(dir.path().join("saha-server.db"), &self.file).unwrap();
        let server = Server::open_on(config(&dir), host.clone()).unwrap().server;
        let phones = (1..).zip(self.phones).map(|(device, caller)| Phone::new(caller, device, host.clone())).collect();
        let file = rusqlite::Connection::open(dir.path().join("saha-server.db")).unwrap();
        let world = World { dir, host, server, admin_token: String::new(), admin: self.admin };
        let (months, day) = (13, today(NOW_MS));
        let horizon = day - Months::new(months);
        Company { world, file, phones, dice: TestHost::new(!seed), rows: 0, months, day, horizon }
    }
}

/// In memory where the system has a place for that: the files are gone in a moment.
fn fast_folder() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

fn today(now_ms: i64) -> NaiveDate {
    Stamp::place(now_ms, "Europe/Istanbul").unwrap().1
}

/// A company, and chance.
struct Company {
    world: World,
    file: rusqlite::Connection,
    phones: Vec<Phone>,
    dice: TestHost,
    rows: u128,
    /// So many months it looks back from its next midnight on.
    months: u32,
    /// The last day on which anyone synced, and its horizon.
    day: NaiveDate,
    horizon: NaiveDate,
}

impl Company {
    fn live(mut self) {
        for _ in 0..STEPS {
            match self.below(12) {
                0 | 1 => self.assign(),
                2 => self.pass(),
                3 => self.look_back(),
                4 => self.reinstall(),
                5 => self.correct(),
                6..=9 => self.work(),
                _ => {
                    let phone = self.some_phone();
                    self.sync_phone(phone, vec![]);
                }
            }
        }
        for phone in 0..self.phones.len() {
            self.pull(phone);
        }
        self.check_fingerprints();
    }

    /// What is kept of each rep's figures is what the rows give.
    fn check_fingerprints(&self) {
        let view = self.world.server.store().view().unwrap();
        let counted = figures::recounted(&*view).unwrap();
        for rep in ["R1", "R2"].map(|code| self.world.rep(code)) {
            assert_eq!(view.fingerprint(rep).unwrap(), counted.get(&rep).copied().unwrap_or_default());
        }
    }

    fn below(&mut self, end: u64) -> u64 {
        let mut bytes = [0; 8];
        self.dice.fill_random(&mut bytes).unwrap();
        u64::from_le_bytes(bytes) % end
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        self.maybe(from).unwrap()
    }

    /// One of several, if there is one.
    fn maybe<T: Clone>(&mut self, from: &[T]) -> Option<T> {
        let chosen = self.below(from.len().max(1) as u64);
        from.get(usize::try_from(chosen).unwrap()).cloned()
    }

    /// A customer is someone's from about now to about then, or for ever.
    fn assign(&mut self) {
        let (customer, rep) = (self.pick(&CUSTOMERS), self.pick(&["R1", "R2"]));
        let from = if self.below(2) == 0 { "2026-01-01".parse().unwrap() } else { self.around_today() };
        let to = if self.below(3) == 0 { String::new() } else { self.around_today().max(from).to_string() };
        self.world.assign(&format!("{customer},{rep},{from},{to}\n"));
    }

    fn around_today(&mut self) -> NaiveDate {
        let days = self.below(5);
        today(self.world.host.now_ms()) + Days::new(days) - Days::new(2)
    }

    fn pass(&mut self) {
        let hours = self.pick(&[3, 24, 24, 72]);
        self.world.host.pass(hours * DAY_MS / 24);
    }

    fn look_back(&mut self) {
        self.months = self.pick(&[12, 13, 13, 14]);
        self.world.look_back(self.months);
    }

    /// A phone starts from nothing.
    fn reinstall(&mut self) {
        let phone = self.some_phone();
        let phone = &mut self.phones[phone];
        (phone.cursor, phone.head) = (None, None);
        phone.rows.clear();
        phone.stubs.clear();
    }

    /// The office says that a visit was another day's or someone else's.
    fn correct(&mut self) {
        let visits: Vec<Uuid> = self.rows().into_keys().filter(|(kind, _)| kind == "visit").map(|(_, id)| id).collect();
        let Some(row) = self.maybe(&visits) else { return };
        let rep = self.pick(&["R1", "R2"]);
        let rep = self.world.rep(rep);
        let at_some_time = visit(row, rep, self.world.customer("C1"), self.some_time());
        let fields = match self.below(2) {
            0 => json!({ "rep": rep }),
            _ => json!({ "check_in": at_some_time["check_in"] }),
        };
        self.world.office(Kind::Visit, row, fields);
    }

    /// Now, or about when activities grow too old.
    fn some_time(&mut self) -> i64 {
        let now_ms = self.world.host.now_ms();
        let horizon = self.horizon.and_hms_opt(9, 0, 0).unwrap().and_utc().timestamp_millis();
        match self.below(8) {
            0..4 => now_ms,
            days => horizon + (i64::try_from(days).unwrap() - 5) * DAY_MS,
        }
    }

    /// A rep does something, and sends it.
    fn work(&mut self) {
        let phone = self.some_phone();
        let customer = self.pick(&CUSTOMERS);
        let (customer, at_ms, rep) = (self.world.customer(customer), self.some_time(), self.phones[phone].rep());
        let own: Vec<_> = self.phones[phone].rows.iter().filter(|row| is_work_of(row, rep)).collect();
        let own: Vec<_> = own.into_iter().map(|(key, _)| key.clone()).collect();
        let (what, old) = (self.below(6), self.maybe(&own));
        self.rows += 1;
        let row = id(self.rows);
        let device = &mut self.phones[phone];
        let change = match (what, old) {
            (0, Some((kind, row))) => device.patch(&kind, row, json!({ "customer": customer })),
            (1, Some((kind, row))) => device.delete(&kind, row),
            (2, _) => device.patch("customer", customer, json!({ "note": row.to_string() })),
            (3, _) => {
                let mut body = call(row, rep, customer);
                body["at"] = visit(row, rep, customer, at_ms)["check_in"].clone();
                device.create("call", row, body)
            }
            _ => device.create("visit", row, visit(row, rep, customer, at_ms)),
        };
        self.sync_phone(phone, vec![change]);
    }

    fn some_phone(&mut self) -> usize {
        usize::try_from(self.below(3)).unwrap()
    }

    /// One round trip, and what must hold after each.
    fn sync_phone(&mut self, phone: usize, changes: Vec<WireChange>) -> SyncResponse {
        let limit = self.pick(&[1, 2, 3, 5, 500]);
        self.begin_day();
        let rep = self.phones[phone].rep();
        let before = self.phones[phone].rows.clone();
        let answer = self.phones[phone].page(&self.world, changes, limit);
        let in_sight = self.in_sight(rep);
        for item in &answer.changes {
            if let Pulled::Row { kind, id, version, body, .. } = item.read() {
                let sent = (version, serde_json::from_str(body.get()).unwrap());
                assert_eq!(in_sight.get(&(kind.to_owned(), id)), Some(&sent), "out of sight: {kind} {id}");
            }
        }
        for key in before.iter().filter(|row| is_work_of(row, rep)).map(|(key, _)| key) {
            let is_his_still = in_sight.get_key_value(key).is_some_and(|row| is_work_of(&row, rep));
            assert!(!is_his_still || self.phones[phone].rows.contains_key(key), "own work is gone: {key:?}");
        }
        let said = answer.figures.as_ref().map(|figures| (figures.seq, figures.hash.clone()));
        let own = (!answer.has_more).then(|| (answer.snapshot, self.phones[phone].fingerprint().to_string()));
        assert_eq!(said, own, "the figures of a last page are those of the rep's own rows on the phone");
        answer
    }

    /// A company that changed how far it looks back does so from the first sync of a day on.
    fn begin_day(&mut self) {
        let today = today(self.world.host.now_ms());
        if self.day < today {
            (self.day, self.horizon) = (today, today - Months::new(self.months));
        }
    }

    /// Pulls to the end, and compares with what is in sight.
    fn pull(&mut self, phone: usize) {
        while self.sync_phone(phone, vec![]).has_more {}
        let phone = &self.phones[phone];
        let in_sight = self.in_sight(phone.rep());
        assert_eq!(phone.rows, in_sight);
        for ((kind, row), (_, body)) in in_sight.iter().filter(|row| is_work_of(row, phone.rep())) {
            let customer: Uuid = body["customer"].as_str().unwrap().parse().unwrap();
            let is_seen = in_sight.contains_key(&("customer".to_owned(), customer));
            assert!(
                is_seen || phone.stubs.contains_key(&customer.into()),
                "{kind} {row} is at a customer without a name"
            );
        }
    }

    fn rows(&self) -> Rows {
        let sql = "SELECT kind, id, version, body FROM record WHERE body IS NOT NULL";
        let mut statement = self.file.prepare_cached(sql).unwrap();
        let rows = statement.query_map([], |row| {
            let (body, id): (String, [u8; 16]) = (row.get(3)?, row.get(1)?);
            Ok(((row.get(0)?, Uuid::from_bytes(id)), (row.get(2)?, serde_json::from_str(&body).unwrap())))
        });
        rows.unwrap().map(Result::unwrap).collect()
    }

    /// What the rep may see now.
    fn in_sight(&self, rep: RepId) -> Rows {
        let rows = self.rows();
        let (rep, today, horizon) = (rep.to_string(), self.day.to_string(), self.horizon.to_string());
        let assignments = rows.iter().filter(|((kind, _), _)| kind == "assignment").map(|(_, (_, body))| body);
        let his: Vec<String> = assignments
            .filter(|body| text(body, "/rep") == Some(&rep) && text(body, "/from").unwrap() <= today.as_str())
            .filter(|body| text(body, "/to").is_none_or(|to| today.as_str() <= to))
            .map(|body| text(body, "/customer").unwrap().to_owned())
            .collect();
        let is_beneath_his =
            |body: &Value| text(body, "/customer").is_some_and(|customer| his.iter().any(|his| his == customer));
        let sees = |kind: &str, id: Uuid, body: &Value| match kind {
            "company" | "work_calendar" | "rep" | "product" => true,
            "customer" => his.contains(&id.to_string()),
            "assignment" => is_beneath_his(body),
            activity => {
                let date = text(body, dated_at(activity).unwrap()).unwrap();
                text(body, "/rep") == Some(&rep) || (is_beneath_his(body) && date >= horizon.as_str())
            }
        };
        rows.into_iter().filter(|((kind, id), (_, body))| sees(kind, *id, body)).collect()
    }
}

fn text<'b>(body: &'b Value, path: &str) -> Option<&'b str> {
    body.pointer(path).and_then(Value::as_str)
}

/// Whether a row is an activity of the rep's own.
fn is_work_of(row: &(&(String, Uuid), &(i64, Value)), rep: RepId) -> bool {
    let ((kind, _), (_, body)) = row;
    dated_at(kind).is_some() && body.get("rep").is_some_and(|named| *named == *rep.to_string())
}

#[test]
fn a_phone_holds_what_its_rep_may_see_whatever_happens() {
    let beginning = Beginning::new();
    let workers = std::thread::available_parallelism().map_or(1, |count| count.get() as u64);
    std::thread::scope(|scope| {
        for worker in 0..workers {
            let beginning = &beginning;
            scope.spawn(move || {
                for seed in (worker..HISTORIES).step_by(usize::try_from(workers).unwrap()) {
                    let history = AssertUnwindSafe(|| beginning.company(seed).live());
                    assert!(catch_unwind(history).is_ok(), "history {seed}");
                }
            });
        }
    });
}
