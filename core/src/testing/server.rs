//! A company's server within a test. It takes every change once, and a test says what happens to each request.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex},
};

use saha_domain::{
    CompanyId, OpId, UserId,
    wire::{
        ChangeResult, ErrorBody, Info, Limits, Outcome, PROTOCOL_VERSION, Role, SyncRequest, SyncResponse, TokenGrant,
    },
};
use uuid::Uuid;

use super::{REP, answer, id};
use crate::{
    clock::tests::TestHost,
    sync::transport::{Answer, HttpRequest, HttpResponse, NoAnswer, Transport},
};

/// What happens to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    Pass,
    /// It never arrives.
    Lost,
    /// The server handles it, and nobody hears of it.
    AnswerLost,
    /// Something on the way answers for the server, with seconds of `Retry-After`.
    Status(u16, Option<u64>),
    /// The server refuses the request as a whole, with this status and code.
    Says(u16, &'static str),
    /// It neither arrives nor fails.
    Hangs,
    /// The server handles it, and its answer neither comes nor fails.
    AnswerHangs,
}

/// Where a request stands when a test hears of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    /// It is made, and the server does not have it.
    Sent,
    /// The server has handled it, and the phone does not know.
    Handled,
    /// It will never end.
    Hanging,
}

type Hear = Box<dyn FnMut(&'static str, Moment) + Send>;

/// The server.
pub(crate) struct TestServer {
    pub host: Arc<TestHost>,
    state: Mutex<State>,
    hear: Mutex<Option<Hear>>,
}

#[derive(Default)]
struct State {
    fates: VecDeque<Fate>,
    /// Each change at its version, and how often it was judged.
    applied: BTreeMap<OpId, (i64, u32)>,
    requests: Vec<(&'static str, usize)>,
    access_token: u32,
    more_pages: u32,
    max_changes: u32,
    bytes_of_a_page: usize,
}

impl TestServer {
    pub(crate) fn new() -> Arc<Self> {
        let state = State { max_changes: Limits::default().max_changes, ..State::default() };
        Arc::new(Self { host: TestHost::new(), state: Mutex::new(state), hear: Mutex::default() })
    }

    pub(crate) fn link(self: &Arc<Self>) -> Box<dyn Transport> {
        Box::new(Link(Arc::clone(self)))
    }

    /// The next requests meet these, and then nothing.
    pub(crate) fn plan(&self, fates: &[Fate]) {
        self.state.lock().unwrap().fates = fates.iter().copied().collect();
    }

    /// Calls `hear` at each moment of each request, on the core's own thread.
    pub(crate) fn on_request(&self, hear: impl FnMut(&'static str, Moment) + Send + 'static) {
        *self.hear.lock().unwrap() = Some(Box::new(hear));
    }

    /// The access token that was given out is not good any more.
    pub(crate) fn expire_token(&self) {
        self.state.lock().unwrap().access_token += 1;
    }

    /// So many pages come before the last one, each with so many bytes.
    pub(crate) fn have_pages(&self, more_pages: u32, bytes: usize) {
        let mut state = self.state.lock().unwrap();
        (state.more_pages, state.bytes_of_a_page) = (more_pages, bytes);
    }

    pub(crate) fn limit_changes(&self, max_changes: u32) {
        self.state.lock().unwrap().max_changes = max_changes;
    }

    /// How many changes each sync request held that was made since this was asked.
    pub(crate) fn batches(&self) -> Vec<usize> {
        self.requests().into_iter().filter(|(path, _)| *path == "/v1/sync").map(|(_, changes)| changes).collect()
    }

    /// The paths of the requests that were made since this was asked.
    pub(crate) fn paths(&self) -> Vec<&'static str> {
        self.requests().into_iter().map(|(path, _)| path).collect()
    }

    fn requests(&self) -> Vec<(&'static str, usize)> {
        std::mem::take(&mut self.state.lock().unwrap().requests)
    }

    /// How many changes the company has, each of which it applied once.
    pub(crate) fn applied(&self) -> usize {
        let state = self.state.lock().unwrap();
        assert!(state.applied.values().all(|(_, times)| *times == 1), "a change has two effects");
        state.applied.len()
    }

    fn tell(&self, path: &'static str, moment: Moment) {
        // Whoever hears of it may make the phone ask again.
        let hear = self.hear.lock().unwrap().take();
        if let Some(mut hear) = hear {
            hear(path, moment);
            self.hear.lock().unwrap().get_or_insert(hear);
        }
    }

    fn handle(&self, request: &HttpRequest) -> HttpResponse {
        let mut state = self.state.lock().unwrap();
        let (status, body) = match request.path.as_str() {
            "/v1/info" => (200, serde_json::to_vec(&info(state.max_changes))),
            "/v1/auth/login" | "/v1/auth/refresh" => (200, serde_json::to_vec(&grant(state.access_token))),
            "/v1/sync" if request.bearer != Some(grant(state.access_token).access_token) => (401, Ok(Vec::new())),
            _ => {
                let asked: SyncRequest = serde_json::from_slice(request.body.bytes()).unwrap();
                let too_many = asked.changes.len() > usize::try_from(state.max_changes).unwrap();
                if too_many { (413, Ok(Vec::new())) } else { (200, serde_json::to_vec(&state.sync(asked))) }
            }
        };
        let sent_bytes = u64::try_from(request.body.bytes().len()).unwrap();
        HttpResponse { status, retry_after_s: None, body: body.unwrap(), sent_bytes }
    }

    async fn meet(&self, request: HttpRequest) -> Result<HttpResponse, NoAnswer> {
        let path = route(&request);
        let fate = {
            let mut state = self.state.lock().unwrap();
            let changes = match path {
                "/v1/sync" => serde_json::from_slice::<SyncRequest>(request.body.bytes()).unwrap().changes.len(),
                _ => 0,
            };
            state.requests.push((path, changes));
            state.fates.pop_front().unwrap_or(Fate::Pass)
        };
        self.tell(path, Moment::Sent);
        match fate {
            Fate::Lost => return Err(NoAnswer("connect")),
            Fate::Status(status, retry_after_s) => {
                return Ok(HttpResponse { status, retry_after_s, body: Vec::new(), sent_bytes: 0 });
            }
            Fate::Says(status, code) => {
                let error = ErrorBody { code: code.into(), message: String::new() };
                let body = serde_json::to_vec(&error).unwrap();
                return Ok(HttpResponse { status, retry_after_s: None, body, sent_bytes: 0 });
            }
            Fate::Hangs => self.hang(path).await,
            Fate::Pass | Fate::AnswerLost | Fate::AnswerHangs => {}
        }
        let answer = self.handle(&request);
        self.tell(path, Moment::Handled);
        match fate {
            Fate::AnswerLost => Err(NoAnswer("timeout")),
            Fate::AnswerHangs => self.hang(path).await,
            _ => Ok(answer),
        }
    }

    async fn hang<T>(&self, path: &'static str) -> T {
        self.tell(path, Moment::Hanging);
        std::future::pending().await
    }
}

impl State {
    fn sync(&mut self, asked: SyncRequest) -> SyncResponse {
        let results = asked.changes.iter().map(|change| {
            let next = i64::try_from(self.applied.len()).unwrap() + 1_000;
            let replayed = self.applied.contains_key(&change.op_id);
            let (version, times) = self.applied.entry(change.op_id).or_insert((next, 0));
            *times += u32::from(!replayed);
            let outcome = Outcome::Applied { version: *version, hlc: change.hlc, superseded: vec![] };
            ChangeResult { op_id: change.op_id, replayed, outcome }
        });
        let results = results.collect();
        let page: u32 = asked.cursor.as_deref().and_then(|cursor| cursor.parse().ok()).unwrap_or(0);
        SyncResponse {
            results,
            has_more: page < self.more_pages,
            next_cursor: Some((page + 1).min(self.more_pages).to_string()),
            snapshot: i64::try_from(self.applied.len()).unwrap() + 1_000,
            notice: (self.bytes_of_a_page > 0).then(|| saha_domain::wire::Notice {
                code: "padding".into(),
                message: "x".repeat(self.bytes_of_a_page),
            }),
            ..answer(asked.request_id)
        }
    }
}

struct Link(Arc<TestServer>);

impl Transport for Link {
    fn send<'a>(&'a mut self, _server: &'a url::Url, request: HttpRequest) -> Answer<'a> {
        Box::pin(self.0.meet(request))
    }
}

/// What is asked for; nothing else is answered here.
fn route(request: &HttpRequest) -> &'static str {
    let routes = ["/v1/info", "/v1/auth/login", "/v1/auth/refresh", "/v1/sync"];
    routes.into_iter().find(|route| request.path == *route).unwrap()
}

fn info(max_changes: u32) -> Info {
    Info {
        server: "saha".into(),
        versions: vec![PROTOCOL_VERSION],
        limits: Limits { max_changes, ..Limits::default() },
        server_time_ms: crate::clock::tests::MONDAY_10,
    }
}

fn grant(number: u32) -> TokenGrant {
    TokenGrant {
        access_token: format!("access-{number}"),
        expires_in_s: 900,
        refresh_token: format!("refresh-{number}"),
        user: UserId::from(Uuid::from_u128(1)),
        role: Role::Rep,
        rep: Some(id(REP)),
        company: CompanyId::from(Uuid::from_u128(2)),
        series: "A".into(),
        server_time_ms: crate::clock::tests::MONDAY_10,
    }
}
