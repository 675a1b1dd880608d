//! The watchdog: why the oldest change that waits still does. It answers by evidence alone: what the outbox says, and how the
//! last sync ended. A change that nothing explains was not tried, and that is what it says.

use saha_domain::{
    OpId,
    catalog::{Lang, kind_name, spans, waits as say, words},
};
use url::Url;

use crate::{
    changes,
    core::Core,
    error::Result,
    outbox::{self, Entry},
    store::{Key, Reader, local},
    sync::{
        attempt::{self, Attempt, Ending},
        exchange,
    },
};

/// Why the oldest change that waits still does.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, uniffi::Record)]
pub struct SyncDiagnosis {
    /// For programs.
    pub code: WaitCause,
    /// One sentence for people, in the app's language.
    pub sentence: String,
    /// The change; none where nothing waits.
    pub oldest_op_id: Option<OpId>,
    /// When it was captured, Unix milliseconds by the device's clock.
    pub oldest_captured_ms: Option<i64>,
}

macro_rules! causes {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// What a change can wait for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, uniffi::Enum)]
        #[serde(rename_all = "snake_case")]
        pub enum WaitCause {
            $($(#[$doc])* $variant,)*
        }

        impl WaitCause {
            /// Every cause.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name in `--json`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

causes! {
    /// The company has every change.
    NothingWaits = "nothing_waits",
    /// Nothing waits to be sent, but a change was refused and wants the rep's word.
    OnlyRefused = "only_refused",
    /// It rests on a refused change.
    HeldBack = "held_back",
    /// A sync is under way.
    Syncing = "syncing",
    /// Nobody is signed in, or the server does not take the sign-in any more.
    NotSignedIn = "not_signed_in",
    /// The office has revoked this device.
    DeviceRevoked = "device_revoked",
    /// The app is too old for the server.
    UpgradeRequired = "upgrade_required",
    /// The server asked to be left alone for a while.
    AskedToWait = "asked_to_wait",
    /// No sync was begun since it was captured.
    NotTried = "not_tried",
    /// The last sync failed.
    Failed = "failed",
    /// The server has not told its time in this boot of the phone.
    ClockUnknown = "clock_unknown",
    /// The last sync was stopped before its turn.
    Cancelled = "cancelled",
    /// The app ended during the last sync.
    Interrupted = "interrupted",
    /// The last sync ran out of its budget before its turn.
    BudgetSpent = "budget_spent",
    /// The server is too old for it.
    NeedsServer = "needs_server",
    /// The server does not know a record that it refers to.
    ParentUnknown = "parent_unknown",
    /// The server asked for the whole record.
    NeedFull = "need_full",
    /// The server wants another change first.
    Blocked = "blocked",
    /// The server put it off for another reason.
    PutOff = "put_off",
}

/// What there is to know, beside the change itself.
struct Evidence {
    is_syncing: bool,
    is_signed_in: bool,
    clock_known: bool,
    last: Option<Attempt>,
    now_ms: i64,
    lang: Lang,
}

/// Why the oldest change that waits still does.
pub(crate) fn diagnose(core: &Core, lang: Lang) -> Result<SyncDiagnosis> {
    // The key store is the app's: it is asked before anything is open.
    let has_token = core.session.is_signed_in()?;
    let clock_known = exchange::clock_is_known(&core.store)?;
    let (is_syncing, now_ms) = (core.worker.is_syncing(), core.store.time().reading().utc_ms);
    core.store.read(|reader| {
        let conn = reader.conn();
        let Some(oldest) = outbox::oldest_waiting(conn)? else { return nothing_waits(reader, lang) };
        let is_signed_in = has_token && local::get::<Url>(conn, Key::ServerUrl)?.is_some();
        let evidence = Evidence { is_syncing, is_signed_in, clock_known, last: attempt::last(conn)?, now_ms, lang };
        let what = name_of(reader, lang, &oldest)?;
        let (cause, sentence) = match held_back(reader, lang, &oldest, &what)? {
            Some(sentence) => (WaitCause::HeldBack, sentence),
            None => evidence.explain(&oldest, &what),
        };
        let (oldest_op_id, oldest_captured_ms) = (Some(oldest.op_id), Some(oldest.captured_ms));
        Ok(SyncDiagnosis { code: cause, sentence, oldest_op_id, oldest_captured_ms })
    })
}

fn nothing_waits(reader: &Reader, lang: Lang) -> Result<SyncDiagnosis> {
    let refused = outbox::refused(reader.conn())?.into_iter().next();
    let (code, sentence) = match refused {
        Some(refused) => {
            let (what, reason) = (name_of(reader, lang, &refused)?, reason_of(reader, lang, &refused)?);
            (WaitCause::OnlyRefused, say::only_refused(lang, &what, &reason))
        }
        None => (WaitCause::NothingWaits, say::nothing(lang)),
    };
    Ok(SyncDiagnosis { code, sentence, oldest_op_id: None, oldest_captured_ms: None })
}

fn held_back(reader: &Reader, lang: Lang, oldest: &Entry, what: &str) -> Result<Option<String>> {
    let Some(refused) = outbox::held_by(reader.conn(), oldest)? else { return Ok(None) };
    let (by, reason) = (name_of(reader, lang, &refused)?, reason_of(reader, lang, &refused)?);
    Ok(Some(say::held_back(lang, what, &by, &reason)))
}

/// A change by the kind and the name of its record.
fn name_of(reader: &Reader, lang: Lang, entry: &Entry) -> Result<String> {
    let (kind, title) = (kind_name(lang, entry.kind.name()), changes::title(reader, entry)?);
    Ok(if title.is_empty() { kind.to_owned() } else { say::named(lang, kind, &title) })
}

fn reason_of(reader: &Reader, lang: Lang, refused: &Entry) -> Result<String> {
    Ok(changes::reason(reader, lang, refused)?.unwrap_or_default())
}

/// A cause and its sentence.
type Explained = (WaitCause, String);

impl Evidence {
    fn explain(&self, oldest: &Entry, what: &str) -> Explained {
        if self.is_syncing {
            return (WaitCause::Syncing, say::syncing(self.lang, what));
        }
        let Some(last) = &self.last else {
            return if self.is_signed_in { self.not_tried(oldest, what) } else { self.not_signed_in(what) };
        };
        let ago = spans::ago(self.lang, self.now_ms.saturating_sub(last.ended_ms));
        let not_tried_since = (oldest.captured_ms > last.begun_ms).then(|| self.not_tried(oldest, what));
        self.shut_out(last, what, &ago)
            .or_else(|| self.asked_to_wait(last, what))
            .or(not_tried_since)
            .or_else(|| self.failed(last, what, &ago))
            .or_else(|| self.server_said(oldest, what))
            .or_else(|| self.ended_early(last, what, &ago))
            // A sync that went well leaves nothing unsaid of what it sent.
            .unwrap_or_else(|| self.not_tried(oldest, what))
    }

    fn not_signed_in(&self, what: &str) -> Explained {
        (WaitCause::NotSignedIn, say::not_signed_in(self.lang, what))
    }

    fn not_tried(&self, oldest: &Entry, what: &str) -> Explained {
        let written = spans::ago(self.lang, self.now_ms.saturating_sub(oldest.captured_ms));
        (WaitCause::NotTried, say::not_tried(self.lang, what, &written))
    }

    /// What stands against this phone, or this app, until somebody does something.
    fn shut_out(&self, last: &Attempt, what: &str, ago: &str) -> Option<Explained> {
        match last.ending {
            Ending::DeviceRevoked => Some((WaitCause::DeviceRevoked, say::device_revoked(self.lang, what, ago))),
            Ending::NotSignedIn => Some(self.not_signed_in(what)),
            _ if !self.is_signed_in => Some(self.not_signed_in(what)),
            Ending::UpgradeRequired => Some((WaitCause::UpgradeRequired, say::upgrade_required(self.lang, what, ago))),
            _ => None,
        }
    }

    fn asked_to_wait(&self, last: &Attempt, what: &str) -> Option<Explained> {
        let until_ms = last.held_until_ms(self.now_ms)?;
        let span = spans::span(self.lang, until_ms.saturating_sub(self.now_ms));
        Some((WaitCause::AskedToWait, say::asked_to_wait(self.lang, what, &span)))
    }

    fn failed(&self, last: &Attempt, what: &str, ago: &str) -> Option<Explained> {
        let reason = match &last.ending {
            Ending::Offline(reason) => words::offline_reason(self.lang, reason).to_owned(),
            Ending::Refused => say::reason_refused(self.lang),
            Ending::Broken => say::reason_broken(self.lang),
            _ => return None,
        };
        Some((WaitCause::Failed, say::failed(self.lang, what, ago, &reason)))
    }

    /// What the server answered when it had the change before it.
    fn server_said(&self, oldest: &Entry, what: &str) -> Option<Explained> {
        Some(match oldest.code.as_deref()? {
            "needs_app" => (WaitCause::UpgradeRequired, say::needs_app(self.lang, what)),
            "needs_server" => (WaitCause::NeedsServer, say::needs_server(self.lang, what)),
            "parent_unknown" => (WaitCause::ParentUnknown, say::parent_unknown(self.lang, what)),
            "need_full" => (WaitCause::NeedFull, say::need_full(self.lang, what)),
            "blocked" => (WaitCause::Blocked, say::blocked(self.lang, what)),
            code => (WaitCause::PutOff, say::put_off(self.lang, what, code)),
        })
    }

    fn ended_early(&self, last: &Attempt, what: &str, ago: &str) -> Option<Explained> {
        Some(match last.ending {
            _ if !self.clock_known => (WaitCause::ClockUnknown, say::clock_unknown(self.lang, what)),
            Ending::Cancelled => (WaitCause::Cancelled, say::cancelled(self.lang, what, ago)),
            Ending::Interrupted => (WaitCause::Interrupted, say::interrupted(self.lang, what, ago)),
            Ending::BudgetSpent => (WaitCause::BudgetSpent, say::budget_spent(self.lang, what, ago)),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests;
