//! What the core says of itself, for the app's log: events of `tracing`, and panics.
//!
//! A thread of its own hands the lines on, so that no sink is ever called while a lock is held or a transaction is open, a slow one
//! makes nobody wait, and one that fails harms nothing.

use std::{
    fmt::{self, Write as _},
    panic::{self, PanicHookInfo},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU8, AtomicU64, Ordering},
        mpsc::{SyncSender, sync_channel},
    },
    thread,
};

use saha_domain::SahaError;
use tracing::{
    Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
    span,
    subscriber::Interest,
};

use crate::{error::Error, lock::lock_of};

/// How much a line matters, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, uniffi::Enum)]
pub enum LogLevel {
    /// A bug, or something that will not mend itself.
    Error,
    /// Something went wrong and is dealt with.
    Warn,
    /// Something rare that is as it should be.
    Info,
    /// Each step of a sync.
    Debug,
    /// Everything.
    Trace,
}

/// Takes the core's log: to `logcat`, `os_log`, a file.
///
/// Called on a thread of the core's that does nothing else, one line after the other; it may take its time and
/// may call the core. One that panics ends the log.
#[uniffi::export(foreign)]
pub trait LogSink: Send + Sync {
    /// One line. `target` is the part of the core that speaks, such as `saha_core::sync::driver`. Lines hold ids, codes and
    /// counts, never a name, a number or a text of a person's; but what a listener of the app's failed with stands in the
    /// line as the app worded it.
    fn log(&self, level: LogLevel, target: String, text: String) -> Result<(), SahaError>;
}

/// Sends the core's log to `sink` from now on: every line that is at least as grave as `level`, and every panic.
///
/// One log serves the whole process, whatever is open in it. To be called once, before [`crate::Saha::open`]; a later call takes
/// the earlier one's place. [`SahaError::Internal`] where the process has a `tracing` subscriber of another's already.
#[uniffi::export]
pub fn init_logging(level: LogLevel, sink: Arc<dyn LogSink>) -> Result<(), SahaError> {
    let outlet = outlet()?;
    *lock_of(&outlet.sink) = Some(sink);
    outlet.level.store(level as u8, Ordering::Release);
    Ok(())
}

/// Lines that may wait for a slow sink. More are dropped, and counted.
const MAX_WAITING: usize = 1_024;

struct Line {
    level: LogLevel,
    target: String,
    text: String,
}

/// Where lines leave. It is made once and stays, as a subscriber does.
struct Outlet {
    level: AtomicU8,
    sink: Mutex<Option<Arc<dyn LogSink>>>,
    lines: SyncSender<Line>,
    dropped: AtomicU64,
}

/// The process's outlet, made by the first call that can.
fn outlet() -> Result<Arc<Outlet>, SahaError> {
    static OUTLET: Mutex<Option<Arc<Outlet>>> = Mutex::new(None);
    let mut made = lock_of(&OUTLET);
    if let Some(outlet) = &*made {
        return Ok(Arc::clone(outlet));
    }
    let outlet = Outlet::start()?;
    tracing::subscriber::set_global_default(Logger(Arc::clone(&outlet))).map_err(SahaError::internal)?;
    report_panics(Arc::clone(&outlet));
    *made = Some(Arc::clone(&outlet));
    Ok(outlet)
}

impl Outlet {
    /// With its thread.
    fn start() -> Result<Arc<Self>, SahaError> {
        let (lines, waiting) = sync_channel(MAX_WAITING);
        let outlet = Arc::new(Self {
            level: AtomicU8::new(LogLevel::Error as u8),
            sink: Mutex::default(),
            lines,
            dropped: AtomicU64::new(0),
        });
        let of_thread = Arc::downgrade(&outlet);
        let hand_on = move || {
            for line in &waiting {
                let Some(outlet) = of_thread.upgrade() else { return };
                outlet.hand_on(line);
            }
        };
        thread::Builder::new()
            .name("saha-log".to_owned())
            .spawn(hand_on)
            .map_err(Error::io("start the log's thread"))?;
        Ok(outlet)
    }

    fn wants(&self, level: LogLevel) -> bool {
        level as u8 <= self.level.load(Ordering::Acquire)
    }

    /// Never waits.
    fn say(&self, line: Line) {
        if self.lines.try_send(line).is_err() {
            self.dropped.fetch_add(1, Ordering::AcqRel);
        }
    }

    fn hand_on(&self, line: Line) {
        let sink = lock_of(&self.sink).clone();
        let Some(sink) = sink else { return };
        let dropped = self.dropped.swap(0, Ordering::AcqRel);
        // A failure of the log has nowhere to be told.
        if dropped > 0 {
            let text = format!("{dropped} lines were dropped: the sink is slow");
            drop(sink.log(LogLevel::Warn, module_path!().to_owned(), text));
        }
        drop(sink.log(line.level, line.target, line.text));
    }
}

/// Panics of the whole process, besides what was done with them before. What a panic says is told only where it is a text of the
/// program's own: one that was put together at run time may quote a record.
fn report_panics(outlet: Arc<Outlet>) {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |panicked| {
        outlet.say(Line { level: LogLevel::Error, target: "panic".to_owned(), text: told(panicked) });
        before(panicked);
    }));
}

fn told(panicked: &PanicHookInfo<'_>) -> String {
    let said = panicked.payload().downcast_ref::<&'static str>().copied();
    let place = panicked.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
    format!("{} at {place}", said.unwrap_or("a panic"))
}

struct Logger(Arc<Outlet>);

impl Subscriber for Logger {
    /// What libraries say of requests and files is not known to be free of personal data.
    fn register_callsite(&self, of: &'static Metadata<'static>) -> Interest {
        let is_ours = of.is_event() && ["saha_core", "saha_domain"].iter().any(|name| of.target().starts_with(name));
        if is_ours { Interest::sometimes() } else { Interest::never() }
    }

    fn enabled(&self, of: &Metadata<'_>) -> bool {
        self.0.wants(level_of(*of.level()))
    }

    fn event(&self, event: &Event<'_>) {
        let of = event.metadata();
        let mut text = Text(String::new());
        event.record(&mut text);
        self.0.say(Line { level: level_of(*of.level()), target: of.target().to_owned(), text: text.0 });
    }

    fn new_span(&self, _span: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _span: &span::Id, _values: &span::Record<'_>) {}

    fn record_follows_from(&self, _span: &span::Id, _follows: &span::Id) {}

    fn enter(&self, _span: &span::Id) {}

    fn exit(&self, _span: &span::Id) {}
}

/// The sentence of an event, and behind it the other fields as `name=value`.
struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let written = if field.name() == "message" {
            self.0.insert_str(0, &format!("{value:?}"));
            Ok(())
        } else {
            write!(self.0, " {}={value:?}", field.name())
        };
        debug_assert!(written.is_ok(), "a string takes everything");
    }
}

fn level_of(level: Level) -> LogLevel {
    match level {
        Level::ERROR => LogLevel::Error,
        Level::WARN => LogLevel::Warn,
        Level::INFO => LogLevel::Info,
        Level::DEBUG => LogLevel::Debug,
        _ => LogLevel::Trace,
    }
}

#[cfg(test)]
mod tests;
