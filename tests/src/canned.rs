//! A server within the process: it signs everyone in as one rep, hands out pages that were made before, and takes every
//! change. It judges nothing and stores nothing, so what a bench measures is the phone.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::{Context as _, Result};
use saha_core::{Answer, HttpRequest, HttpResponse, NoAnswer, Transport};
use saha_domain::{
    CompanyId, Hlc, OpId, RepId, UserId,
    wire::{ChangeResult, Info, Limits, Outcome, PROTOCOL_VERSION, PulledItem, Role, TokenGrant},
};
use serde::Deserialize;
use uuid::Uuid;

/// Items of one page, as a phone asks for them.
const PAGE: usize = 500;
/// A sequence above every version that is given out.
const SNAPSHOT: i64 = 1 << 40;

/// Milliseconds since 1970, UTC.
pub fn now_ms() -> i64 {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX)
}

/// Pages of pulled items, one file each: the JSON array that stands in an answer. Files, so that a hundred thousand rows do
/// not lie in the memory that is measured.
#[derive(Debug, Clone)]
pub struct Pages {
    folder: PathBuf,
    count: usize,
}

impl Pages {
    /// The pages that are in `folder`, which is made where it is missing.
    pub fn in_folder(folder: impl Into<PathBuf>) -> Result<Self> {
        let folder = folder.into();
        fs::create_dir_all(&folder)?;
        let count = fs::read_dir(&folder)?.count();
        Ok(Self { folder, count })
    }

    /// Writes items behind the pages that are there.
    pub fn extend(&mut self, items: impl IntoIterator<Item = Result<PulledItem>>) -> Result<()> {
        let mut page = Vec::with_capacity(PAGE);
        for item in items {
            page.push(item?);
            if page.len() == PAGE {
                self.put(&page)?;
                page.clear();
            }
        }
        if page.is_empty() { Ok(()) } else { self.put(&page) }
    }

    /// Takes over a page of another folder.
    pub fn adopt(&mut self, from: &Self, page: usize) -> Result<()> {
        fs::copy(from.file(page), self.file(self.count))?;
        self.count += 1;
        Ok(())
    }

    fn put(&mut self, page: &[PulledItem]) -> Result<()> {
        let path = self.file(self.count);
        fs::write(&path, serde_json::to_vec(page)?).with_context(|| format!("cannot write {}", path.display()))?;
        self.count += 1;
        Ok(())
    }

    fn file(&self, page: usize) -> PathBuf {
        self.folder.join(format!("{page:06}.json"))
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The whole answer to a request at that page, with the results of what was sent.
    pub fn answer(&self, page: usize, request_id: Uuid, results: &[ChangeResult]) -> Result<Vec<u8>> {
        let items = if page < self.count { fs::read(self.file(page))? } else { b"[]".to_vec() };
        let next = (page + 1).min(self.count);
        let head = format!(
            r#"{{"request_id":"{request_id}","next_cursor":"{next}","head":"canned","snapshot":{SNAPSHOT},"has_more":{},"durable_through":0,"server_time_ms":{},"results":{},"changes":"#,
            next < self.count,
            now_ms(),
            serde_json::to_string(results)?,
        );
        let mut body = Vec::with_capacity(head.len() + items.len() + 1);
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(&items);
        body.push(b'}');
        Ok(body)
    }
}

/// The server, as one phone's transport.
#[derive(Debug)]
pub struct CannedServer {
    rep: RepId,
    pages: Pages,
    version: i64,
}

/// What the server needs of a request.
#[derive(Deserialize)]
struct Asked {
    request_id: Uuid,
    cursor: Option<String>,
    changes: Vec<AskedChange>,
}

#[derive(Deserialize)]
struct AskedChange {
    op_id: OpId,
    hlc: Hlc,
}

impl CannedServer {
    /// Signs everyone in as `rep` and gives out `pages`.
    pub fn new(rep: RepId, pages: Pages) -> Self {
        Self { rep, pages, version: SNAPSHOT / 2 }
    }

    /// With the pages of a folder.
    pub fn in_folder(rep: RepId, folder: &Path) -> Result<Self> {
        Ok(Self::new(rep, Pages::in_folder(folder)?))
    }

    fn answer(&mut self, request: &HttpRequest) -> Result<HttpResponse> {
        let body = match request.path.as_str() {
            "/v1/info" => serde_json::to_vec(&info())?,
            "/v1/auth/login" | "/v1/auth/refresh" => serde_json::to_vec(&self.grant())?,
            "/v1/sync" => self.sync(request.body.bytes())?,
            other => anyhow::bail!("no answer is canned for {other}"),
        };
        Ok(HttpResponse { status: 200, retry_after_s: None, body, sent_bytes: travelled_bytes(request) })
    }

    fn sync(&mut self, body: &[u8]) -> Result<Vec<u8>> {
        let asked: Asked = serde_json::from_slice(body)?;
        let page = asked.cursor.map_or(Ok(0), |cursor| cursor.parse())?;
        let results: Vec<ChangeResult> = asked.changes.iter().map(|change| self.take(change)).collect();
        self.pages.answer(page, asked.request_id, &results)
    }

    fn take(&mut self, change: &AskedChange) -> ChangeResult {
        self.version += 1;
        let outcome = Outcome::Applied { version: self.version, hlc: change.hlc, superseded: Vec::new() };
        ChangeResult { op_id: change.op_id, replayed: false, outcome }
    }

    fn grant(&self) -> TokenGrant {
        TokenGrant {
            access_token: "access".to_owned(),
            expires_in_s: 3_600,
            refresh_token: "refresh".to_owned(),
            user: UserId::from(self.rep.uuid()),
            role: Role::Rep,
            rep: Some(self.rep),
            company: CompanyId::from(self.rep.uuid()),
            series: "K9".to_owned(),
            server_time_ms: now_ms(),
        }
    }
}

impl Transport for CannedServer {
    fn send<'a>(&'a mut self, _server: &'a url::Url, request: HttpRequest) -> Answer<'a> {
        // A bench whose server fails sees a sync that fails.
        let answer = self.answer(&request).map_err(|_| NoAnswer("not_our_server"));
        Box::pin(async move { answer })
    }
}

/// No network at all.
#[derive(Debug)]
pub struct Offline;

impl Transport for Offline {
    fn send<'a>(&'a mut self, _server: &'a url::Url, _request: HttpRequest) -> Answer<'a> {
        Box::pin(async { Err(NoAnswer("connect")) })
    }
}

fn info() -> Info {
    let (server, versions) = ("saha".to_owned(), vec![PROTOCOL_VERSION]);
    Info { server, versions, limits: Limits::default(), server_time_ms: now_ms() }
}

/// As many bytes as the core's own transport would have sent.
fn travelled_bytes(request: &HttpRequest) -> u64 {
    let bytes = request.compressed().map_or(request.body.bytes().len(), |small| small.len());
    u64::try_from(bytes).unwrap_or(u64::MAX)
}
