//! The lane of files: runs when the records are through, sends what waits, and fetches what somebody wants to see. A file
//! that fails never fails a sync; it is left alone for a while, longer each time.

use std::path::PathBuf;

use saha_domain::{BlobHash, Kind, SahaError, wire::BlobStatus};

pub(crate) use super::link::Link;
use super::{
    Blobs,
    link::Trouble,
    store::{self, Waiting},
};
use crate::{
    error::{Error, Result},
    store::Store,
    sync::{driver, engine::Failure, transport::ByteRange},
};

/// So much goes at a time: a bad link loses little with it.
const PART_BYTES: u64 = 256 << 10;
/// Requests for one part that may bring nothing before the lane gives up for now.
const MAX_STALLS: u32 = 3;
/// The first pause between two of them; each doubles it.
const BASE_PAUSE_MS: u64 = 250;
/// A file that failed is left alone for so long; each failure doubles it.
const BASE_REST_MS: i64 = 15_000;
/// The longest that a file is left alone.
const MAX_REST_MS: i64 = 3_600_000;

/// How a run of the lane ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LaneEnd {
    /// Everything that could go now went.
    Through,
    /// The caller cancelled, or his budget ended.
    Stopped,
}

/// One run of the lane.
pub(crate) struct Lane<'a> {
    pub store: &'a Store,
    pub blobs: &'a Blobs,
    pub link: Link<'a>,
    /// Bytes that may still be sent; none where nobody counts.
    pub left_bytes: Option<u64>,
}

impl Lane<'_> {
    /// Sends the files that wait and whose records the server has. Fails only where the phone's own storage does.
    pub(crate) async fn run(&mut self) -> Result<LaneEnd> {
        let now_ms = self.store.time().reading().utc_ms;
        let due = self.store.read(|reader| store::due(reader.conn(), now_ms, MAX_REST_MS))?;
        for mut waiting in due {
            let had_bytes = waiting.sent_bytes;
            let trouble = match self.send(&mut waiting).await {
                Ok(()) => {
                    self.settle(|conn| store::set_sent(conn, waiting.sha256))?;
                    self.link.report.files_sent += 1;
                    continue;
                }
                Err(trouble) => trouble,
            };
            let made_way = waiting.sent_bytes > had_bytes;
            self.remember(waiting, made_way, &trouble)?;
            match trouble {
                Trouble::Refused(_) => {}
                Trouble::Stopped => return Ok(LaneEnd::Stopped),
                Trouble::Link(_) | Trouble::Own(_) => break,
            }
        }
        Ok(LaneEnd::Through)
    }

    /// Sends one file from where the server has it.
    async fn send(&mut self, waiting: &mut Waiting) -> Result<(), Trouble> {
        let (mut stalls, mut furthest_bytes) = (0, 0);
        let mut known: Option<BlobStatus> = None;
        loop {
            let step = match known {
                None => self.link.status(waiting.sha256).await,
                Some(status) => self.send_part(waiting.sha256, status).await,
            };
            match step {
                Ok(status) => {
                    if status.received_bytes > furthest_bytes {
                        (stalls, furthest_bytes) = (0, status.received_bytes);
                    }
                    waiting.sent_bytes = status.received_bytes;
                    if status.is_whole() {
                        return Ok(());
                    }
                    known = Some(status);
                }
                Err(trouble) if stalls < MAX_STALLS && is_passing(&trouble) => {
                    let jitter = u64::from(self.store.time().jitter());
                    self.link.pause((BASE_PAUSE_MS << stalls) * (500 + jitter / 2) / 1_000).await?;
                    // The part may have arrived all the same.
                    (stalls, known) = (stalls + 1, None);
                }
                Err(trouble) => return Err(trouble),
            }
        }
    }

    async fn send_part(&mut self, sha256: BlobHash, known: BlobStatus) -> Result<BlobStatus, Trouble> {
        let read = self.blobs.read_part(sha256, known.received_bytes, PART_BYTES);
        let part = read.map_err(Error::io("read a file"))?;
        if part.is_empty() {
            return Err(Trouble::Refused("too_short".to_owned()));
        }
        let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
        if self.left_bytes.is_some_and(|left| left < length) {
            return Err(Trouble::Stopped);
        }
        self.left_bytes = self.left_bytes.map(|left| left - length);
        self.link.send(sha256, known.received_bytes, part).await
    }

    /// Fetches a file, from where an earlier try left off. Its path on this device.
    pub(crate) async fn fetch(&mut self, sha256: BlobHash, size_bytes: u64) -> Result<PathBuf> {
        if let Some(path) = self.blobs.find(sha256) {
            return Ok(path);
        }
        let on_disk = Error::io("save a file");
        let fetching = self.blobs.fetching(sha256).map_err(on_disk)?;
        let mut received_bytes = fetching.received_bytes().map_err(Error::io("save a file"))?;
        if received_bytes > size_bytes {
            fetching.start_over().map_err(Error::io("save a file"))?;
            received_bytes = 0;
        }
        let mut stalls = 0;
        while received_bytes < size_bytes {
            let range = ByteRange { first: received_bytes, last: (received_bytes + PART_BYTES).min(size_bytes) - 1 };
            match self.link.fetch(sha256, range).await {
                Ok(part) => {
                    fetching.append(&part).map_err(Error::io("save a file"))?;
                    (stalls, received_bytes) = (0, range.last + 1);
                }
                Err(trouble) if stalls < MAX_STALLS && is_passing(&trouble) => {
                    self.link.pause(BASE_PAUSE_MS << stalls).await.map_err(told)?;
                    stalls += 1;
                }
                Err(trouble) => return Err(told(trouble)),
            }
        }
        let not_ours = || SahaError::Offline { reason: "not_our_server".to_owned() };
        let path = fetching.finish().map_err(Error::io("save a file"))?.ok_or_else(not_ours)?;
        self.settle(|conn| store::put_fetched(conn, sha256, size_bytes))?;
        Ok(path)
    }

    /// Notes why a file did not get through, and when it is tried again. One that made some way goes on with the next sync.
    fn remember(&self, mut failed: Waiting, made_way: bool, trouble: &Trouble) -> Result<()> {
        let Some(problem) = problem(trouble) else { return Ok(()) };
        tracing::warn!(sha256 = %failed.sha256, problem, failed.sent_bytes, failed.size_bytes, "a file did not get through");
        failed.failures = if made_way { 0 } else { failed.failures.saturating_add(1) };
        failed.problem = Some(problem.to_owned());
        let time = self.store.time();
        let rest_ms = (BASE_REST_MS << failed.failures.saturating_sub(1).min(16)).min(MAX_REST_MS);
        // Half fixed and half random, so that phones do not come back together.
        let rest_ms = rest_ms / 2 + rest_ms / 2 * i64::from(time.jitter()) / 1_000;
        let retry_at_ms = (failed.failures > 0).then(|| time.reading().utc_ms.saturating_add(rest_ms));
        self.settle(|conn| store::set_failed(conn, &failed, retry_at_ms))
    }

    /// Saves what is known of a file, and lets screens hear of it.
    fn settle(&self, write: impl FnOnce(&rusqlite::Connection) -> Result<()>) -> Result<()> {
        self.store.apply(|tx| {
            write(tx.conn())?;
            tx.touch(Kind::Photo);
            Ok(())
        })
    }
}

/// Whether the next try may go better at once: a part was lost, or another device of the rep sent one meanwhile.
fn is_passing(trouble: &Trouble) -> bool {
    match trouble {
        Trouble::Link(Failure::NoAnswer(_)) => true,
        Trouble::Refused(code) => code == "wrong_offset",
        _ => false,
    }
}

/// Why a file waits, for programs; none where it was only stopped.
fn problem(trouble: &Trouble) -> Option<&str> {
    match trouble {
        Trouble::Stopped => None,
        Trouble::Refused(code) => Some(code),
        Trouble::Link(Failure::NoAnswer(reason)) => Some(reason),
        Trouble::Link(Failure::Busy { .. } | Failure::Stale) => Some("server_busy"),
        Trouble::Link(Failure::Unauthenticated | Failure::SignedOut) => Some("not_signed_in"),
        Trouble::Link(Failure::Revoked) => Some("device_revoked"),
        Trouble::Link(Failure::UpgradeRequired) => Some("upgrade_required"),
        Trouble::Link(Failure::TooLarge | Failure::Refused) => Some("refused"),
        Trouble::Own(_) => Some("storage"),
    }
}

/// The same for whoever asked for a file.
fn told(trouble: Trouble) -> Error {
    match trouble {
        Trouble::Own(error) => error,
        Trouble::Stopped => SahaError::Cancelled.into(),
        Trouble::Refused(code) => SahaError::ServerRefused { code }.into(),
        Trouble::Link(failure) => driver::told(failure).into(),
    }
}
