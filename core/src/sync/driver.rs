//! Does what the engine says: the requests, the pauses, the store.

use std::{sync::Arc, time::Duration};

use saha_domain::{
    SahaError,
    catalog::Lang,
    wire::{ErrorBody, Info, Notice, SyncResponse},
};
use serde::{Serialize, de::DeserializeOwned};
use tokio::{sync::watch, time::Instant};
use url::Url;

use super::{
    attempt::{self, Attempt, Ending},
    budget::{Spent, SyncBudget},
    engine::{End, Engine, Event, Failure, Instruction, Policy},
    exchange::{self, Effect},
    transport::{HttpRequest, HttpResponse, NoAnswer, Transport},
};
use crate::{
    blobs::{
        self, Blobs,
        lane::{Lane, LaneEnd, Link},
    },
    count::signed,
    error::{Error, Result},
    session::Session,
    store::{Key, Store, local},
};

/// What a sync did.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, uniffi::Record)]
pub struct SyncReport {
    /// Whether nothing was left to send or to fetch. False where the budget ended first: the next sync goes on from there. A
    /// file that waits for another network, or rests after it failed, is not counted.
    pub is_complete: bool,
    /// Requests that were made.
    pub requests: i64,
    /// Changes that the company took.
    pub applied: i64,
    /// Changes that it refused: see the outbox.
    pub rejected: i64,
    /// Rows and messages that came.
    pub pulled: i64,
    /// Files that the company has since: photos, after all changes.
    pub files_sent: i64,
    /// Bytes of request bodies as they travelled.
    pub sent_bytes: i64,
    /// Bytes of answers after decompression.
    pub received_bytes: i64,
}

impl SyncReport {
    fn add(&mut self, effect: &Effect) {
        self.applied += effect.applied;
        self.rejected += effect.rejected;
        self.pulled += effect.pulled;
    }

    /// Counts the bytes of a request that was answered.
    pub(crate) fn count_bytes(&mut self, answer: &HttpResponse) {
        self.sent_bytes = self.sent_bytes.saturating_add(signed(answer.sent_bytes));
        self.received_bytes = self.received_bytes.saturating_add(signed(answer.body.len()));
    }
}

/// What a sync works with.
pub(crate) struct Driver<'a> {
    pub store: &'a Arc<Store>,
    pub blobs: &'a Blobs,
    pub session: &'a Session,
    pub transport: &'a mut dyn Transport,
    pub lang: Lang,
    /// Turns true when the caller cancels.
    pub stop: watch::Receiver<bool>,
    pub policy: Policy,
    pub budget: SyncBudget,
    /// What the clock since boot showed when the sync was asked for.
    pub asked_ms: i64,
    pub report: SyncReport,
}

/// What is known before a sync.
struct Known {
    server: Url,
    last: Option<Attempt>,
    start: Event,
}

impl Known {
    fn of(store: &Store) -> Result<Self> {
        let clock_known = exchange::clock_is_known(store)?;
        store.read(|reader| {
            let server: Option<Url> = local::get(reader.conn(), Key::ServerUrl)?;
            let most_changes: Option<usize> = local::get(reader.conn(), Key::MostChanges)?;
            Ok(Self {
                server: server.ok_or(SahaError::NotSignedIn)?,
                last: attempt::last(reader.conn())?,
                start: Event::Started { clock_known, most_changes: most_changes.unwrap_or(usize::MAX) },
            })
        })
    }
}

impl Driver<'_> {
    /// One sync from its start to its end. What was exchanged by then is saved, however it ends.
    pub(crate) async fn run(mut self) -> Result<SyncReport> {
        let known = Known::of(self.store)?;
        // Tokens that lie beside a copied database are not this device's.
        self.session.device_id(self.store)?;
        let now_ms = self.store.time().reading().utc_ms;
        if self.budget.is_background && known.last.is_some_and(|last| last.held_until_ms(now_ms).is_some()) {
            return Err(SahaError::Offline { reason: "server_busy".to_owned() }.into());
        }
        let mut engine = Engine::new(self.policy, self.budget);
        let first = engine.handle(known.start, self.spent());
        if let Instruction::Finish(end) = first {
            // The budget does not last for one request: nothing was tried, so nothing is remembered.
            return self.report(end);
        }
        let begun = attempt::begin(self.store)?;
        let ended = self.rows(&mut engine, first, &known.server).await;
        let ending = match &ended {
            Ok(End::Done) if exchange::is_revoked(self.store)? => Ending::DeviceRevoked,
            Ok(end) => Ending::from(*end),
            Err(_) => Ending::Broken,
        };
        let kept = attempt::end(self.store, begun, ending, engine.wait_ms());
        // A storage that failed the sync may fail this too; the first reason is the one to tell.
        let end = ended?;
        kept?;
        // The office takes records from a revoked device, and nothing else.
        let is_through = end == End::Done && !exchange::is_revoked(self.store)?;
        let end = if is_through { self.files(known.server).await } else { end };
        self.report(end)
    }

    /// Exchanges rows until the engine has enough.
    async fn rows(&mut self, engine: &mut Engine, first: Instruction, server: &Url) -> Result<End> {
        let mut instruction = first;
        loop {
            if let Instruction::Finish(end) = instruction {
                return Ok(end);
            }
            let mut stop = self.stop.clone();
            let event = tokio::select! {
                biased;
                _ = stop.wait_for(|stop| *stop) => Event::Stopped,
                event = self.carry_out(instruction, server) => event?,
            };
            instruction = engine.handle(event, self.spent());
            tracing::debug!(?event, ?instruction, "sync");
        }
    }

    /// The rows are through: now the files. Whether they get through is nothing to the sync.
    async fn files(&mut self, server: Url) -> End {
        let (budget, spent) = (self.budget, self.spent());
        let link = Link {
            transport: self.transport,
            session: self.session,
            server,
            lang: self.lang,
            stop: self.stop.clone(),
            ends: budget.left_ms(spent).map(|ms| Instant::now() + Duration::from_millis(ms)),
            report: &mut self.report,
        };
        let left_bytes = budget.left_bytes(spent);
        let mut files = Lane { store: self.store, blobs: self.blobs, link, left_bytes };
        let ended = if budget.is_metered { Ok(LaneEnd::Through) } else { files.run().await };
        let ended = ended.and_then(|end| blobs::tidy(self.blobs, self.store).map(|()| end));
        match ended {
            Ok(LaneEnd::Through) => End::Done,
            Ok(LaneEnd::Stopped) if *self.stop.borrow() => End::Stopped,
            Ok(LaneEnd::Stopped) => End::BudgetSpent,
            Err(error) => {
                tracing::warn!(error = &error as &dyn std::error::Error, "the lane of files stopped");
                End::Done
            }
        }
    }

    fn report(mut self, end: End) -> Result<SyncReport> {
        let error = match end {
            End::Done if exchange::is_revoked(self.store)? => {
                if !exchange::can_send_more(self.store)? {
                    self.session.erase(self.store)?;
                }
                revoked()
            }
            End::Done | End::BudgetSpent => {
                self.report.is_complete = end == End::Done;
                return Ok(self.report);
            }
            End::Stopped => SahaError::Cancelled,
            End::Failed(Failure::Revoked) => {
                self.session.erase(self.store)?;
                revoked()
            }
            End::Failed(failure) => told(failure),
        };
        Err(error.into())
    }

    /// What the sync has cost by now.
    fn spent(&self) -> Spent {
        let passed_ms = self.store.time().reading().monotonic_ms.saturating_sub(self.asked_ms);
        let bytes = self.report.sent_bytes.saturating_add(self.report.received_bytes);
        Spent { ms: u64::try_from(passed_ms).unwrap_or(0), bytes: u64::try_from(bytes).unwrap_or(0) }
    }

    async fn carry_out(&mut self, instruction: Instruction, server: &Url) -> Result<Event> {
        match instruction {
            Instruction::MeasureClock => self.measure_clock(server).await,
            Instruction::Exchange { max_changes } => self.exchange(server, max_changes).await,
            Instruction::RenewToken => self.renew(server).await,
            Instruction::RefuseOversized => {
                exchange::refuse_oversized(self.store)?;
                Ok(Event::OversizedRefused)
            }
            Instruction::Sleep { ms } => {
                tokio::time::sleep(Duration::from_millis(ms)).await;
                Ok(Event::Woke)
            }
            Instruction::Finish(_) => Err(Error::internal("a finished sync goes on")),
        }
    }

    async fn measure_clock(&mut self, server: &Url) -> Result<Event> {
        let sent = self.store.time().reading();
        let request = HttpRequest::get("/v1/info", None, self.lang);
        match self.send::<Info>(server, request).await {
            Ok(info) if info.server == "saha" => {
                exchange::save_clock(self.store, info.server_time_ms, sent)?;
                let most_changes = info.limits.max_changes;
                self.store.write(|tx| tx.set(Key::MostChanges, &most_changes))?;
                Ok(Event::ClockMeasured { most_changes: usize::try_from(most_changes).unwrap_or(usize::MAX) })
            }
            Ok(_) => Ok(self.failed(Failure::NoAnswer("not_our_server"), 0)),
            Err(failure) => Ok(self.failed(failure, 0)),
        }
    }

    async fn exchange(&mut self, server: &Url, max_changes: usize) -> Result<Event> {
        let Some(token) = self.session.access_token()? else { return Ok(self.failed(Failure::Unauthenticated, 0)) };
        let flight = exchange::prepare(self.store, max_changes)?;
        let sent = flight.request.changes.len();
        tracing::debug!(request = %flight.id(), changes = sent, "exchange");
        let request = self.post("/v1/sync", Some(token), &flight.request)?;
        match self.send::<SyncResponse>(server, request).await {
            Ok(answer) => match exchange::accept(self.store, &flight, &answer)? {
                Some(effect) => {
                    self.report.add(&effect);
                    Ok(Event::Exchanged {
                        sent,
                        has_more: effect.has_more,
                        more_to_send: effect.more_to_send,
                        moved: effect.moved,
                    })
                }
                None => Ok(self.failed(Failure::NoAnswer("not_our_server"), sent)),
            },
            Err(failure) => {
                exchange::give_up(self.store)?;
                Ok(self.failed(failure, sent))
            }
        }
    }

    async fn renew(&mut self, server: &Url) -> Result<Event> {
        let Some(refresh) = self.session.refresh_request()? else { return Ok(self.failed(Failure::SignedOut, 0)) };
        let request = self.post("/v1/auth/refresh", None, &refresh)?;
        match self.send(server, request).await {
            Ok(grant) if self.session.renewed(&refresh, &grant)? => Ok(Event::TokenRenewed),
            Ok(_) | Err(Failure::Unauthenticated) => Ok(self.failed(Failure::SignedOut, 0)),
            Err(failure) => Ok(self.failed(failure, 0)),
        }
    }

    fn post(&self, path: &'static str, bearer: Option<String>, body: &impl Serialize) -> Result<HttpRequest> {
        HttpRequest::post(path, bearer, self.lang, body).map_err(Error::internal)
    }

    /// Sends, and makes sense of the answer: exactly our server's success, or how it failed. No answer is waited for longer
    /// than the budget lasts.
    async fn send<T: DeserializeOwned>(&mut self, server: &Url, request: HttpRequest) -> Result<T, Failure> {
        self.report.requests += 1;
        let left_ms = self.budget.left_ms(self.spent());
        let answer = self.transport.send(server, request);
        let answer = match left_ms {
            Some(ms) => {
                tokio::time::timeout(Duration::from_millis(ms), answer).await.unwrap_or(Err(NoAnswer("timeout")))
            }
            None => answer.await,
        };
        let answer = answer.map_err(|NoAnswer(reason)| Failure::NoAnswer(reason))?;
        self.report.count_bytes(&answer);
        understand(&answer)
    }

    /// A request with so many changes failed.
    fn failed(&self, failure: Failure, sent: usize) -> Event {
        Event::Failed { failure, sent, jitter: self.store.time().jitter() }
    }
}

/// What a caller is told of a request that failed.
pub(crate) fn told(failure: Failure) -> SahaError {
    match failure {
        Failure::NoAnswer(reason) => SahaError::Offline { reason: reason.to_owned() },
        Failure::Busy { .. } | Failure::Stale => SahaError::Offline { reason: "server_busy".to_owned() },
        Failure::Unauthenticated | Failure::SignedOut => SahaError::NotSignedIn,
        Failure::Revoked => SahaError::SignInRefused { code: "device_revoked".to_owned() },
        Failure::UpgradeRequired => SahaError::UpgradeRequired,
        Failure::TooLarge => SahaError::ServerRefused { code: "too_large".to_owned() },
        Failure::Refused => SahaError::ServerRefused { code: "refused".to_owned() },
    }
}

/// Exact success only: a captive portal's 200 with HTML acknowledges nothing.
pub(crate) fn understand<T: DeserializeOwned>(answer: &HttpResponse) -> Result<T, Failure> {
    let retry_after_ms = answer.retry_after_s.map(|seconds| seconds.saturating_mul(1_000));
    match answer.status {
        200 => serde_json::from_slice(&answer.body).map_err(|_| Failure::NoAnswer("not_our_server")),
        401 => Err(Failure::Unauthenticated),
        413 => Err(Failure::TooLarge),
        426 => Err(Failure::UpgradeRequired),
        408 | 429 | 503 => Err(Failure::Busy { retry_after_ms }),
        500..=599 => Err(Failure::Busy { retry_after_ms: retry_after_ms.or(Some(0)) }),
        // A refusal counts only in our server's own words; anything else stands between us.
        400..=499 if serde_json::from_slice::<ErrorBody>(&answer.body).is_ok() => Err(refused(&answer.body)),
        _ => Err(Failure::NoAnswer("not_our_server")),
    }
}

fn revoked() -> SahaError {
    SahaError::SignInRefused { code: Notice::DEVICE_REVOKED.to_owned() }
}

fn refused(body: &[u8]) -> Failure {
    match serde_json::from_slice::<ErrorBody>(body).as_ref().map(|error| error.code.as_str()) {
        Ok("stale_request") => Failure::Stale,
        Ok(Notice::DEVICE_REVOKED) => Failure::Revoked,
        _ => Failure::Refused,
    }
}

#[cfg(test)]
mod tests;
