//! The store: one database file, one writer, many readers.
//!
//! A write is acknowledged when [`Store::write`] returns: `synchronous=FULL` has it on the disk by then. Readers never wait
//! for the writer, and no transaction is ever held across the network.

pub(crate) mod codec;
mod connection;
mod erase;
pub(crate) mod local;
mod lock;
mod migrations;
mod observe;
mod row;
mod table;
mod transaction;
mod tx;

use std::{
    path::{Path, PathBuf},
    sync::{
        Mutex, MutexGuard,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use rusqlite::{Connection, OptionalExtension};
use saha_domain::{Hlc, Kind, NaiveDate, Record, SahaError, facts::RecordState, registry};
use serde_json::Value;
use uuid::Uuid;

pub(crate) use codec::{Codec, Words, column, date_of, days_of, field, location, stamp};
pub(crate) use local::Key;
pub(crate) use observe::{Registration, Touched};
pub(crate) use row::{Confirmed, Pending, RowState, UNANNOUNCED};
pub(crate) use table::{ChildTable, Content, Derived, Statements, StoredRow, Table, damaged};
use tx::Memory;
pub(crate) use tx::{Loaded, RemoteTx, Tx, WriteTx, queued, serialised};

use crate::{
    clock::Time,
    error::{Error, Result},
    lock::lock_of,
    outbox,
};

/// The file's name within the app's folder.
const FILE_NAME: &str = "saha.db";

/// The one connection that writes, with what it knows between transactions.
struct Writer {
    conn: Connection,
    memory: Memory,
}

impl Writer {
    fn new(conn: Connection) -> Result<Self> {
        let (hlc, correction) = (newest_hlc(&conn)?, local::get(&conn, Key::Correction)?);
        Ok(Self { conn, memory: Memory { hlc, correction, words: Words::default(), rep: None, company: None } })
    }
}

/// An open database.
pub(crate) struct Store {
    path: PathBuf,
    time: Time,
    /// None after `close`.
    writer: Mutex<Option<Writer>>,
    readers: Mutex<Vec<Reader>>,
    /// How often everything was erased: a reader is of the time in which it was opened.
    generation: AtomicU64,
    /// Apart from the writer, so that a reader need not wait for one to see it.
    is_closed: AtomicBool,
    observers: observe::Observers,
    lock: Mutex<Option<lock::ProcessLock>>,
}

impl Store {
    /// Opens the database in `folder`, and makes both where they are missing. Waits up to five seconds for another process
    /// to let go of it, then says [`SahaError::Busy`].
    pub(crate) fn open(folder: &Path, time: Time) -> Result<Self> {
        make_folder(folder).map_err(Error::io("make the app's folder"))?;
        let path = folder.join(FILE_NAME);
        let lock = lock::ProcessLock::acquire(&folder.join("saha.lock"))?;
        let mut conn = connection::open_writer(&path)?;
        migrations::migrate(&mut conn)?;
        let store = Self {
            path,
            time,
            writer: Mutex::new(Some(Writer::new(conn)?)),
            readers: Mutex::new(Vec::new()),
            generation: AtomicU64::new(0),
            is_closed: AtomicBool::new(false),
            observers: observe::Observers::default(),
            lock: Mutex::new(Some(lock)),
        };
        let is_half_erased = store.write(|tx| {
            tx.requeue_unanswered()?;
            local::get(tx.conn(), Key::Scrub)
        })?;
        if is_half_erased == Some(true) {
            store.scrub();
        }
        store.turn_writer_into_reader()?;
        Ok(store)
    }

    /// An app that was opened shows a screen before it writes. Reading the schema is most of what a connection costs, so
    /// the one that opened the file goes on as the first reader, and the first write opens its own.
    fn turn_writer_into_reader(&self) -> Result<()> {
        if let Some(writer) = lock_of(&self.writer).take() {
            connection::refuse_writes(&writer.conn)?;
            self.keep(Reader { conn: writer.conn, words: writer.memory.words.into() }, 0);
        }
        Ok(())
    }

    /// Where the database is.
    pub(crate) fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(&self.path)
    }

    /// The clocks and ids.
    pub(crate) fn time(&self) -> &Time {
        &self.time
    }

    /// Runs `work` as one transaction of the rep: all of it is durable when this returns `Ok`, else none of it.
    pub(crate) fn write<T>(&self, work: impl FnOnce(&mut WriteTx<'_>) -> Result<T>) -> Result<T> {
        self.transact(|tx| {
            let mut write = WriteTx::new(tx);
            let done = work(&mut write);
            (write.into_inner(), done)
        })
    }

    /// Runs `work` as one transaction of the sync: it can save what the server said, and can't enqueue.
    pub(crate) fn apply<T>(&self, work: impl FnOnce(&mut RemoteTx<'_>) -> Result<T>) -> Result<T> {
        self.transact(|tx| {
            let mut remote = RemoteTx::new(tx);
            let done = work(&mut remote);
            (remote.into_inner(), done)
        })
    }

    fn transact<T>(&self, work: impl for<'tx> FnOnce(Tx<'tx>) -> (Tx<'tx>, Result<T>)) -> Result<T> {
        let mut guard = lock_of(&self.writer);
        let ran = run(self.writer(&mut guard)?, &self.time, work);
        if ran.as_ref().is_err_and(Error::spoils_connection) {
            self.let_go(&mut guard);
        }
        let ran = ran?;
        if let Err(error) = ran.committed {
            self.let_go(&mut guard);
            let Some(op_id) = ran.left.witness else { return Err(Error::CommitUnknown(error)) };
            if !has_op(&self.writer(&mut guard)?.conn, op_id)? {
                return Err(error.into());
            }
        }
        if let Some(writer) = guard.as_mut() {
            writer.memory = ran.left.memory;
        }
        drop(guard);
        self.observers.tell(&ran.left.touched);
        Ok(ran.done)
    }

    /// The writer. One that was let go is opened again.
    fn writer<'g>(&self, guard: &'g mut MutexGuard<'_, Option<Writer>>) -> Result<&'g mut Writer> {
        self.refuse_closed()?;
        match &mut **guard {
            Some(writer) => Ok(writer),
            none => Ok(none.insert(Writer::new(connection::open_writer(&self.path)?)?)),
        }
    }

    /// A handle that failed is never used again, nor is any that shares its file.
    fn let_go(&self, writer: &mut MutexGuard<'_, Option<Writer>>) {
        **writer = None;
        lock_of(&self.readers).clear();
    }

    /// Runs `work` on a reader. It sees the newest commit, and the same one throughout where it asks more than once. It
    /// never waits for the writer.
    pub(crate) fn read<T>(&self, work: impl FnOnce(&Reader) -> Result<T>) -> Result<T> {
        self.refuse_closed()?;
        let generation = self.generation.load(Ordering::Acquire);
        let idle = lock_of(&self.readers).pop();
        let reader = idle.map_or_else(|| Reader::open(&self.path), Ok)?;
        let (result, is_fit) = transaction::reading(&reader.conn, || work(&reader))?;
        if is_fit && !result.as_ref().is_err_and(Error::spoils_connection) {
            self.keep(reader, generation);
        }
        result
    }

    /// Keeps a reader for the next reading, unless the store was closed or erased meanwhile.
    fn keep(&self, reader: Reader, generation: u64) {
        let mut readers = lock_of(&self.readers);
        if !self.is_closed.load(Ordering::Acquire) && self.generation.load(Ordering::Acquire) == generation {
            readers.push(reader);
        }
    }

    /// The date where the device is, by the best clock that is known: the day of whatever is written now.
    pub(crate) fn today(&self, reader: &Reader) -> Result<NaiveDate> {
        let correction = local::get(reader.conn(), Key::Correction)?;
        Ok(self.time.stamp(correction.as_ref())?.local_date)
    }

    /// Calls `hear` after each commit that touched something, until the registration is dropped.
    pub(crate) fn observe(&self, hear: impl Fn(&Touched) + Send + Sync + 'static) -> Result<Registration> {
        self.refuse_closed()?;
        Ok(self.observers.register(hear))
    }

    /// Tells listeners that the way to the server changed, though nothing was written: a sync began or ended.
    pub(crate) fn tell_of_sync(&self) {
        self.observers.tell(&Touched { outbox: true, ..Touched::default() });
    }

    fn refuse_closed(&self) -> Result<()> {
        if self.is_closed.load(Ordering::Acquire) { Err(SahaError::Closed.into()) } else { Ok(()) }
    }

    /// Closes the database and lets other processes at it. Everything later says [`SahaError::Closed`].
    pub(crate) fn close(&self) {
        self.is_closed.store(true, Ordering::Release);
        *lock_of(&self.writer) = None;
        lock_of(&self.readers).clear();
        *lock_of(&self.lock) = None;
    }
}

/// A connection that reads.
pub(crate) struct Reader {
    conn: Connection,
    words: std::cell::RefCell<Words>,
}

impl Reader {
    fn open(path: &Path) -> Result<Self> {
        Ok(Self { conn: connection::open_reader(path)?, words: Words::default().into() })
    }

    /// The connection, for the statements of a store.
    pub(crate) fn conn(&self) -> &Connection {
        &self.conn
    }

    /// The words that this connection has met.
    pub(crate) fn words(&self) -> std::cell::RefMut<'_, Words> {
        self.words.borrow_mut()
    }

    /// The record, if the device has it.
    pub(crate) fn get<R: Record>(&self, id: Uuid) -> Result<Option<R>> {
        let row = crate::kinds::statements(R::KIND).get(&self.conn, &mut self.words.borrow_mut(), id)?;
        row.map(|row| read_record(&row)).transpose()
    }

    /// The record as a body, if the device has it.
    pub(crate) fn body(&self, kind: Kind, id: Uuid) -> Result<Option<Value>> {
        let row = crate::kinds::statements(kind).get(&self.conn, &mut self.words.borrow_mut(), id)?;
        Ok(row.map(|row| row.body))
    }

    /// The row with everything that is known of it.
    pub(crate) fn row(&self, kind: Kind, id: Uuid) -> Result<RowState> {
        let overlay = outbox::overlay(&self.conn, id)?;
        row::beneath(&self.conn, &mut self.words.borrow_mut(), (kind, id), overlay)
    }

    /// How sure a record is.
    pub(crate) fn state_of(&self, id: Uuid) -> Result<RecordState> {
        Ok(RecordState::of_record(outbox::overlay(&self.conn, id)?.iter().map(|pending| pending.state)))
    }

    /// Records by a condition that stands behind the kind's own `SELECT`: `WHERE … ORDER BY … LIMIT …`.
    pub(crate) fn list<R: Record>(&self, condition: &str, params: impl rusqlite::Params) -> Result<Vec<R>> {
        let statements = crate::kinds::statements(R::KIND);
        let mut statement = self.conn.prepare_cached(&format!("{} {condition}", statements.select))?;
        let raw = statement.query_map(params, |row| statements.raw(row))?.collect::<rusqlite::Result<Vec<_>>>()?;
        let mut words = self.words.borrow_mut();
        raw.into_iter().map(|raw| read_record(&statements.read(&self.conn, &mut words, raw)?)).collect()
    }
}

/// The ids that a statement selects.
pub(crate) fn ids(conn: &Connection, sql: &str, params: impl rusqlite::Params) -> Result<Vec<Uuid>> {
    let mut statement = conn.prepare_cached(sql)?;
    let ids = statement.query_map(params, |row| row.get::<_, [u8; 16]>(0))?;
    Ok(ids.map(|id| id.map(Uuid::from_bytes)).collect::<rusqlite::Result<_>>()?)
}

/// A stored row as a record. What was stored was readable then, so a failure means damage.
pub(crate) fn read_record<R: Record>(row: &StoredRow) -> Result<R> {
    registry::read(&row.body).map_err(|error| {
        SahaError::StorageDamaged { reason: format!("{} {}: field {}", R::KIND, row.id, error.field) }.into()
    })
}

/// What a transaction did, and how its commit went.
struct Ran<T> {
    done: T,
    left: tx::Left,
    committed: rusqlite::Result<()>,
}

fn run<T>(
    writer: &mut Writer,
    time: &Time,
    work: impl for<'tx> FnOnce(Tx<'tx>) -> (Tx<'tx>, Result<T>),
) -> Result<Ran<T>> {
    let memory = writer.memory.lend();
    let transaction = transaction::Transaction::begin(&mut writer.conn)?;
    let (tx, done) = work(Tx::new(transaction, time, memory));
    let done = done?; // an error drops, and so rolls back, the transaction
    let (left, committed) = tx.commit()?;
    Ok(Ran { done, left, committed })
}

fn has_op(conn: &Connection, op_id: Uuid) -> rusqlite::Result<bool> {
    let found = conn.query_row("SELECT 1 FROM outbox WHERE op_id = ?1", [op_id.as_bytes()], |_| Ok(())).optional()?;
    Ok(found.is_some())
}

/// The highest clock in the file: the last change's, as they rise with the order of writing, or the highest that the server
/// showed. What was given but rolled back does not matter: nobody saw it.
fn newest_hlc(conn: &Connection) -> Result<Hlc> {
    let last = "SELECT hlc FROM outbox ORDER BY seq DESC LIMIT 1";
    let written: Option<i64> = conn.query_row(last, [], |row| row.get(0)).optional()?;
    let seen: Option<i64> = local::get(conn, Key::HlcSeen)?;
    Ok(Hlc::from_packed(written.unwrap_or(0).max(seen.unwrap_or(0))))
}

/// Whether a database lies in `folder`.
pub(crate) fn is_in(folder: &Path) -> bool {
    folder.join(FILE_NAME).is_file()
}

/// A folder that is missing is made so that only its owner may enter.
pub(crate) fn make_folder(path: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

#[cfg(test)]
pub(crate) fn migrations_for_tests(conn: &mut Connection) {
    assert!(migrations::migrate(conn).is_ok());
}
