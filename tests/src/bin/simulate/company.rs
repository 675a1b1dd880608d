//! The company's server, called in process: the real one, without a socket.

use std::{
    collections::VecDeque,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context as _, Result, ensure};
use saha_core::HttpResponse;
use saha_domain::{catalog::Lang, wire::ErrorBody};
use saha_server::{PasswordCost, Rates, RequestError, Server, ServerConfig};
use saha_tests::live;
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    clock::{DAY_MS, MINUTE_MS, Now, ServerHost},
    files,
};

/// Older copies are not kept: durable is what the oldest backup holds that may ever be restored.
const BACKUPS_LIVE_MS: i64 = 29 * DAY_MS;
/// A restore takes longer than any request may be on its way, which is ten minutes, and less than a token lives.
const RESTORE_TAKES_MS: i64 = 11 * MINUTE_MS;

/// What the admin signs in with in the template.
pub(crate) const PASSWORD: &str = "saha-demo-2026";

pub(crate) struct Company {
    pub(crate) now: Arc<Now>,
    folder: PathBuf,
    host: Arc<ServerHost>,
    server: Option<Arc<Server>>,
    admin_token: String,
    /// When each copy was taken, and where it is.
    backups: VecDeque<(i64, PathBuf)>,
    copies: u32,
}

fn config(folder: &Path) -> ServerConfig {
    ServerConfig {
        password_cost: PasswordCost::CHEAPEST,
        rates: Rates { request_burst: 1_000_000, requests_per_s: 1_000_000, ..Rates::default() },
        ..ServerConfig::new(folder, "Örnek Dağıtım")
    }
}

impl Company {
    /// A new company with its data; what it is founded in becomes the template of every history.
    pub(crate) fn found(folder: &Path, now: Arc<Now>) -> Result<Self> {
        let host = Arc::new(ServerHost::new(Arc::clone(&now), 7));
        let opened = Server::open_on(config(folder), Arc::clone(&host) as Arc<dyn saha_server::Host>)?;
        let admin_token = opened.first_start.context("the company is not new")?.admin_token;
        let server = Some(opened.server);
        let company =
            Self { now, folder: folder.to_owned(), host, server, admin_token, backups: VecDeque::new(), copies: 0 };
        company.import("reps", "code,name\nR1,Ayşe Yılmaz\nR2,Mehmet Demir\n")?;
        let users = format!("login,password,role,rep_code\nayse,{PASSWORD},rep,R1\nmehmet,{PASSWORD},rep,R2\n");
        company.import("users", &users)?;
        company.import(
            "customers",
            "code,name,tax_no\nC1,Işık Market,2160960606\nC2,İkbal Büfe,\nC3,Çınar Kafe,6192271529\nC4,Ada Market,\n",
        )?;
        company.import("products", "code,name,group,unit,price,vat\nP1,Kola,icecek,adet,10,20\n")?;
        company.import(
            "targets",
            "rep_code,metric,period,value,currency,effective_from\nR1,visits,month,100,,2026-01-01\nR1,calls,month,100,,2026-01-01\n\
             R2,calls,month,100,,2026-01-01\nR2,revenue,month,5000.00,TRY,2026-01-01\n",
        )?;
        for (customer, rep) in [("C1", "R1"), ("C2", "R1"), ("C2", "R2"), ("C3", "R2")] {
            company.assign(customer, rep, true)?;
        }
        Ok(company)
    }

    /// The company of a template, in `folder`.
    pub(crate) fn copied(&self, folder: &Path, now: Arc<Now>, seed: u64) -> Result<Self> {
        files::copy(&self.folder, folder)?;
        let mut company = Self {
            host: Arc::new(ServerHost::new(Arc::clone(&now), seed)),
            now,
            folder: folder.to_owned(),
            server: None,
            admin_token: self.admin_token.clone(),
            backups: VecDeque::new(),
            copies: 0,
        };
        company.start()?;
        Ok(company)
    }

    fn start(&mut self) -> Result<()> {
        let host = Arc::clone(&self.host) as Arc<dyn saha_server::Host>;
        self.server = Some(Server::open_on(config(&self.folder), host)?.server);
        Ok(())
    }

    pub(crate) fn stop(&mut self) -> Result<()> {
        self.server = None;
        files::settle(&self.database())
    }

    /// Where the truth is.
    pub(crate) fn database(&self) -> PathBuf {
        self.folder.join(live::DATABASE)
    }

    fn server(&self) -> Result<&Server> {
        self.server.as_deref().context("the server does not run")
    }

    pub(crate) fn import(&self, kind: &str, csv: &str) -> Result<()> {
        let server = self.server()?;
        let admin = server.authenticate(&self.admin_token, Lang::En)?;
        let report = server.import(&admin, kind.parse()?, csv.as_bytes())?;
        ensure!(report.problems.is_empty(), "{kind}: {:?}", report.problems);
        Ok(())
    }

    /// The office gives a customer to a rep, or takes him away.
    pub(crate) fn assign(&self, customer: &str, rep: &str, is_his: bool) -> Result<()> {
        let until = if is_his { "" } else { "2026-11-01" };
        self.import("assignments", &format!("customer_code,rep_code,from,to\n{customer},{rep},2026-01-01,{until}\n"))
    }

    /// A copy of the database as it is now. Copies that are too old to be restored are thrown away.
    pub(crate) fn back_up(&mut self) -> Result<()> {
        self.copies += 1;
        let copy = self.folder.join(format!("copy-{}", self.copies));
        files::copy(&self.folder, &copy)?;
        self.backups.push_back((self.now.ms(), copy));
        Ok(())
    }

    /// Puts one of the copies in place of the database, the newest or an older one.
    pub(crate) fn restore(&mut self, back: usize) -> Result<bool> {
        let now_ms = self.now.ms();
        self.backups.retain(|(taken_ms, _)| now_ms - taken_ms < BACKUPS_LIVE_MS);
        let Some(index) = self.backups.len().checked_sub(1 + back) else { return Ok(false) };
        let copy = self.backups.get(index).map(|(_, copy)| copy.clone()).context("the copy is gone")?;
        self.server = None;
        files::copy(&copy, &self.folder)?;
        self.now.pass(RESTORE_TAKES_MS);
        self.start()?;
        Ok(true)
    }

    /// Answers as the routes do.
    pub(crate) fn answer(&self, path: &str, bearer: Option<&str>, body: &[u8]) -> Result<HttpResponse> {
        let server = self.server()?;
        Ok(match path {
            "/v1/info" => respond(Ok(server.info())),
            "/v1/auth/login" => respond(parsed(body).and_then(|request| server.login(&request, None))),
            "/v1/auth/refresh" => respond(parsed(body).and_then(|request| server.refresh(&request))),
            _ => respond(
                server
                    .authenticate(bearer.unwrap_or_default(), Lang::En)
                    .and_then(|caller| server.sync(&caller, &parsed(body)?)),
            ),
        })
    }
}

fn parsed<T: DeserializeOwned>(body: &[u8]) -> Result<T, RequestError> {
    serde_json::from_slice(body).map_err(|_| RequestError::NotFound)
}

fn respond<T: Serialize>(answer: Result<T, RequestError>) -> HttpResponse {
    let (status, body) = match answer {
        Ok(value) => (200, serde_json::to_vec(&value)),
        Err(error) => {
            let body = ErrorBody { code: error.code().to_owned(), message: error.message(Lang::En) };
            (error.status(), serde_json::to_vec(&body))
        }
    };
    // What our own types can't be written as would be no JSON, and the phone takes it for a captive portal.
    HttpResponse { status, retry_after_s: None, body: body.unwrap_or_default(), sent_bytes: 0 }
}
