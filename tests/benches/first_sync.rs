//! A hundred thousand rows onto a new phone, against the same pages parsed and the same rows inserted by hand, into the same
//! tables with the same indexes; and what that takes of memory and of the disk.
//!
//! By hand nothing is checked, converted or counted: each page is parsed, and the values that the core stored for its rows are
//! bound. No code of one's own can do less.

use std::{
    collections::HashMap,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::{Context as _, Result, ensure};
use rusqlite::{Connection, params_from_iter, types::Value as Sql};
use saha_domain::{Kind, RepId};
use saha_tests::{
    canned::{CannedServer, Pages},
    measure::{Figure, Pair, Unit, count, tell, timed},
    office::{Office, Plan},
    phone::{self, DATABASE},
    raw,
};
use serde_json::Value;
use uuid::Uuid;

const PLAN: Plan = Plan { activities: 95_402, reps: 5, days: 1_100, customers: 2_000, products: 580 };
const ROUNDS: usize = 3;
/// Where this program, started once more, is told to sync and to say how much memory it had.
const CHILD: &str = "SAHA_FIRST_SYNC_OF";

fn main() -> Result<()> {
    if let Some(folder) = env::var_os(CHILD) {
        return child(&PathBuf::from(folder));
    }
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let stage = Stage::build(folder.path())?;
    stage.core()?;
    let by_hand = ByHand::read(&stage.folder.join("core").join(DATABASE))?;
    let pair = Pair::measure(ROUNDS, || stage.core(), || stage.by_hand(&by_hand))?;
    tell(&format!("by hand: {:.2} s", Unit::Second.of(pair.raw)))?;
    pair.figure("first sync of 100 000 rows", Unit::Second).bounded(2.0, 1.4).tell()?;
    stage.tell_disk()?;
    stage.tell_memory()
}

/// Pages on the disk, and folders for phones that come and go.
struct Stage<'a> {
    folder: &'a Path,
    pages: Pages,
    rep: RepId,
    /// Pages before the first activity.
    base: usize,
    rows: usize,
}

impl<'a> Stage<'a> {
    fn build(folder: &'a Path) -> Result<Self> {
        let mut office = Office::new(PLAN, 5)?;
        let mut pages = Pages::in_folder(folder.join("pages"))?;
        let base = office.base()?;
        let rows = base.len() + PLAN.activities;
        ensure!(rows == 100_000, "{rows} rows");
        pages.extend(base)?;
        let base = pages.count();
        pages.extend(office.activities())?;
        let rep = office.rep()?;
        fs::write(folder.join("rep"), rep.to_string())?;
        Ok(Self { folder, pages, rep, base, rows })
    }

    fn fresh(&self, name: &str) -> Result<PathBuf> {
        let folder = self.folder.join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir(&folder)?;
        Ok(folder)
    }

    fn core(&self) -> Result<Duration> {
        let saha = phone::open(&self.fresh("core")?, CannedServer::new(self.rep, self.pages.clone()))?;
        phone::sign_in(&saha)?;
        let (report, time) = timed(|| phone::sync(&saha))?;
        ensure!(usize::try_from(report.pulled)? == self.rows, "{} of {} rows came", report.pulled, self.rows);
        saha.shutdown()?;
        Ok(time)
    }

    fn by_hand(&self, rows: &ByHand) -> Result<Duration> {
        let mut conn = raw::open(&self.fresh("raw")?.join(DATABASE))?;
        conn.execute_batch(raw::SCHEMA)?;
        let pull = || {
            (0..self.pages.count())
                .map(|page| rows.insert(&mut conn, &self.pages.answer(page, Uuid::nil(), &[])?))
                .sum()
        };
        let (rows, time): (usize, Duration) = timed(pull)?;
        ensure!(rows == self.rows, "{rows} of {} rows were inserted", self.rows);
        Ok(time)
    }

    /// What the activities add to a file that holds everything else, with all indexes and figures.
    fn tell_disk(&self) -> Result<()> {
        let full = fs::metadata(self.folder.join("core").join(DATABASE))?.len();
        let mut few = Pages::in_folder(self.folder.join("base-pages"))?;
        for page in 0..self.base {
            few.adopt(&self.pages, page)?;
        }
        let folder = self.fresh("base")?;
        let saha = phone::open(&folder, CannedServer::new(self.rep, few))?;
        phone::sign_in(&saha)?;
        phone::sync(&saha)?;
        saha.shutdown()?;
        let added = full - fs::metadata(folder.join(DATABASE))?.len();
        let bytes = f64::from(u32::try_from(added)?) / count(PLAN.activities)?;
        Figure::new("disk bytes of a synced activity", bytes, "B").aimed(300.0).tell()
    }

    fn tell_memory(&self) -> Result<()> {
        self.fresh("child")?;
        let output = Command::new(env::current_exe()?).env(CHILD, self.folder).output()?;
        ensure!(output.status.success(), "the child failed: {}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stdout)?;
        let Ok(peak_kib) = text.trim().parse::<u32>() else {
            return tell("this system does not say how much memory a process had");
        };
        Figure::new("peak memory of a first sync", f64::from(peak_kib) / 1024.0, "MiB").bounded(64.0, 64.0).tell()
    }
}

/// A process that does nothing but the sync, and prints the most memory that it ever held, KiB.
fn child(folder: &Path) -> Result<()> {
    let rep = fs::read_to_string(folder.join("rep"))?.parse()?;
    let saha = phone::open(&folder.join("child"), CannedServer::in_folder(rep, &folder.join("pages"))?)?;
    phone::sign_in(&saha)?;
    phone::sync(&saha)?;
    saha.shutdown()?;
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    tell(peak.and_then(|peak| peak.split_whitespace().next()).unwrap_or("unknown"))
}

/// The rows as the core stored them, by their ids: a statement and its values.
struct ByHand {
    inserts: HashMap<String, String>,
    values: HashMap<Uuid, Vec<Sql>>,
    insert_line: String,
    /// Lines by the ids of their sales. The first value is the number of the sale's row, which is another by hand.
    lines: HashMap<Uuid, Vec<Vec<Sql>>>,
}

impl ByHand {
    fn read(database: &Path) -> Result<Self> {
        let conn = raw::open(database)?;
        let (mut inserts, mut values) = (HashMap::new(), HashMap::new());
        for kind in Kind::ALL {
            let mut statement = conn.prepare(&format!("SELECT * FROM {kind}"))?;
            // The first column is the row's number, which is left to `SQLite`; the second one is the id.
            let columns: Vec<String> = statement.column_names().skip(1).map(str::to_owned).collect();
            let places: Vec<String> = (1..=columns.len()).map(|place| format!("?{place}")).collect();
            let insert = format!("INSERT INTO {kind} ({}) VALUES ({})", columns.join(", "), places.join(", "));
            inserts.insert(kind.name().to_owned(), insert);
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let stored = (1..=columns.len()).map(|index| row.get(index)).collect::<rusqlite::Result<_>>()?;
                values.insert(Uuid::from_bytes(row.get(1)?), stored);
            }
        }
        let mut statement =
            conn.prepare("SELECT sale.id, sale_line.* FROM sale_line JOIN sale ON sale.no = sale_line.sale")?;
        let count = statement.column_count() - 1;
        let places: Vec<String> = (1..=count).map(|place| format!("?{place}")).collect();
        let mut lines: HashMap<Uuid, Vec<Vec<Sql>>> = HashMap::new();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let stored = (1..=count).map(|index| row.get(index)).collect::<rusqlite::Result<_>>()?;
            lines.entry(Uuid::from_bytes(row.get(0)?)).or_default().push(stored);
        }
        let insert_line = format!("INSERT INTO sale_line VALUES ({})", places.join(", "));
        Ok(Self { inserts, values, insert_line, lines })
    }

    /// Parses a page and inserts its rows as one transaction.
    fn insert(&self, conn: &mut Connection, page: &[u8]) -> Result<usize> {
        let page: Value = serde_json::from_slice(page)?;
        let items = page.get("changes").and_then(Value::as_array).context("a page without changes")?;
        let tx = conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        for item in items {
            let text = |field: &str| item.get(field).and_then(Value::as_str).context("a row without kind or id");
            let insert = self.inserts.get(text("kind")?).context("a kind without a table")?;
            let id: Uuid = text("id")?.parse()?;
            let values = self.values.get(&id).context("a row that the core does not have")?;
            tx.prepare_cached(insert)?.execute(params_from_iter(values))?;
            let number = Sql::Integer(tx.last_insert_rowid());
            for line in self.lines.get(&id).into_iter().flatten() {
                let values = std::iter::once(&number).chain(line.iter().skip(1));
                tx.prepare_cached(&self.insert_line)?.execute(params_from_iter(values))?;
            }
        }
        tx.commit()?;
        Ok(items.len())
    }
}
