//! The way between a phone and the server, as bad as a history wants it.

use std::{
    collections::VecDeque,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
};

use saha_core::{Answer, HttpRequest, HttpResponse, NoAnswer, Saha, Transport};
use saha_tests::dice::Dice;

use crate::{company::Company, files};

/// What the network does to one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// It goes through.
    None,
    /// It never arrives.
    Lost,
    /// It arrives, and the answer does not; it may come later, as the answer to something else.
    AnswerLost,
    /// It arrives twice; the phone gets the second answer.
    Twice,
    /// An answer that was lost before comes now, in place of this request's own.
    LateAnswer,
    /// A request that was sent long ago arrives once more before it.
    Echo,
    /// The phone's process is killed before the request leaves, or after the server has answered.
    Killed { is_answered: bool },
}

/// How good the network is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Network {
    /// Faults of a hundred requests.
    pub(crate) faults_percent: u64,
    /// Items of a page, at the most.
    pub(crate) page: u64,
    /// How long a request is on its way, milliseconds. Its answer takes no time: a phone that measures its clock takes the half
    /// of it for the answer's, and runs ahead by that.
    pub(crate) request_takes_ms: i64,
}

impl Network {
    pub(crate) const GOOD: Self = Self { faults_percent: 0, page: 500, request_takes_ms: 0 };
}

/// One phone's link.
pub(crate) struct Link {
    pub(crate) company: Arc<Mutex<Company>>,
    dice: Dice,
    pub(crate) network: Network,
    /// What happens to the next requests, before chance has its say again.
    script: VecDeque<Fault>,
    /// Where the phone's files are, and where a killed process leaves them.
    files: PathBuf,
    remains: PathBuf,
    /// Set when the process was killed.
    pub(crate) was_killed: bool,
    /// Set when the server has told its time in this boot.
    pub(crate) has_told_time: bool,
    saha: Weak<Saha>,
    lost_answers: Vec<HttpResponse>,
    /// Requests that were sent, with what they were sent as.
    sent: Vec<(Option<String>, Vec<u8>)>,
    pub(crate) log: Vec<String>,
}

impl Link {
    pub(crate) fn new(company: Arc<Mutex<Company>>, files: PathBuf, remains: PathBuf, seed: u64) -> Self {
        Self {
            company,
            dice: Dice::new(seed),
            network: Network::GOOD,
            script: VecDeque::new(),
            files,
            remains,
            was_killed: false,
            has_told_time: false,
            saha: Weak::new(),
            lost_answers: Vec::new(),
            sent: Vec::new(),
            log: Vec::new(),
        }
    }

    pub(crate) fn belongs_to(&mut self, saha: &Arc<Saha>) {
        self.saha = Arc::downgrade(saha);
    }

    /// The network is good from here on; says how it was.
    pub(crate) fn becomes_good(&mut self) -> Network {
        std::mem::replace(&mut self.network, Network::GOOD)
    }

    /// The next answer is heard, on a page as short as can be, and the request after it is lost.
    pub(crate) fn breaks_after_one_page(&mut self) {
        self.network.page = 1;
        self.script = VecDeque::from([Fault::None, Fault::Lost]);
    }

    /// The newest request that said `text` arrives once more, and nobody hears the answer.
    pub(crate) fn echo(&mut self, text: &str) {
        let says = |body: &[u8]| String::from_utf8_lossy(body).contains(text);
        if let Some((bearer, body)) = self.sent.iter().rev().find(|(_, body)| says(body)).cloned() {
            let _unheard = self.deliver("/v1/sync", bearer.as_deref(), &body);
        }
    }

    fn fault(&mut self) -> Fault {
        if let Some(fault) = self.script.pop_front() {
            return fault;
        }
        if !self.dice.percent(self.network.faults_percent) {
            return Fault::None;
        }
        match self.dice.below(8) {
            0 => Fault::Lost,
            1 | 2 => Fault::AnswerLost,
            3 => Fault::Twice,
            4 if !self.lost_answers.is_empty() => Fault::LateAnswer,
            4 | 5 => Fault::Echo,
            6 => Fault::Killed { is_answered: false },
            _ => Fault::Killed { is_answered: true },
        }
    }

    fn send(&mut self, request: HttpRequest) -> Result<HttpResponse, NoAnswer> {
        if request.path != "/v1/sync" {
            return self.deliver(&request.path, request.bearer.as_deref(), request.body.bytes());
        }
        let (bearer, body) = (request.bearer, self.with_page(request.body.bytes().to_vec()));
        let fault = self.fault();
        self.log.push(format!("{fault:?}"));
        let answer = match fault {
            Fault::None => self.deliver("/v1/sync", bearer.as_deref(), &body),
            Fault::Lost => Err(NoAnswer("timeout")),
            Fault::AnswerLost => {
                let answer = self.deliver("/v1/sync", bearer.as_deref(), &body)?;
                self.lost_answers.push(answer);
                Err(NoAnswer("timeout"))
            }
            Fault::Twice => {
                self.deliver("/v1/sync", bearer.as_deref(), &body)?;
                self.deliver("/v1/sync", bearer.as_deref(), &body)
            }
            Fault::LateAnswer => {
                let place = self.dice.below(u64::try_from(self.lost_answers.len()).unwrap_or(0));
                Ok(self.lost_answers.swap_remove(usize::try_from(place).unwrap_or(0)))
            }
            Fault::Echo => {
                // One of the last few: older ones are refused for their age.
                let recent = self.sent.len().saturating_sub(4);
                if let Some(recent) = self.sent.get(recent..).filter(|recent| !recent.is_empty()) {
                    let (bearer, body) = self.dice.pick(recent).clone();
                    // Whatever it answers is heard by nobody.
                    let _unheard = self.deliver("/v1/sync", bearer.as_deref(), &body);
                }
                self.deliver("/v1/sync", bearer.as_deref(), &body)
            }
            Fault::Killed { is_answered } => {
                if is_answered {
                    self.deliver("/v1/sync", bearer.as_deref(), &body)?;
                }
                files::copy(&self.files, &self.remains).map_err(|_| NoAnswer("connect"))?;
                self.was_killed = true;
                Err(NoAnswer("timeout"))
            }
        };
        self.sent.push((bearer, body));
        let is_usable = matches!(fault, Fault::None | Fault::Twice | Fault::Echo) && answer.is_ok();
        if !is_usable && let Some(saha) = self.saha.upgrade() {
            // Patience takes real time, and this sync has had its answer: the next one is the history's to begin.
            let _is_open = saha.sync().cancel();
        }
        answer
    }

    fn deliver(&mut self, path: &str, bearer: Option<&str>, body: &[u8]) -> Result<HttpResponse, NoAnswer> {
        let company = company(&self.company);
        company.now.pass(self.network.request_takes_ms);
        let answer = company.answer(path, bearer, body).map_err(|_| NoAnswer("connect"))?;
        self.has_told_time |= answer.status == 200;
        Ok(answer)
    }

    /// The request, asking for a page as small as the history wants it. Its changes keep their bytes, which op ids stand for.
    fn with_page(&self, body: Vec<u8>) -> Vec<u8> {
        match String::from_utf8(body) {
            Ok(text) => text
                .replacen(r#""limit":500,"changes""#, &format!(r#""limit":{},"changes""#, self.network.page), 1)
                .into_bytes(),
            Err(error) => error.into_bytes(),
        }
    }
}

pub(crate) fn company(company: &Mutex<Company>) -> MutexGuard<'_, Company> {
    company.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The link as the core sees it.
pub(crate) struct Shared(pub(crate) Arc<Mutex<Link>>);

impl Transport for Shared {
    fn send<'a>(&'a mut self, _server: &'a url::Url, request: HttpRequest) -> Answer<'a> {
        let answer = self.0.lock().unwrap_or_else(PoisonError::into_inner).send(request);
        Box::pin(async move { answer })
    }
}
