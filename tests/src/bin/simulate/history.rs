//! One short history: three phones of two reps, their company, and what goes wrong.

use std::{
    path::Path,
    sync::{Arc, Mutex},
};

use anyhow::{Context as _, Result};
use saha_core::{NewCall, NewProspect, NewSale, NewSaleLine, Saha, VisitEnd};
use saha_domain::{CallDirection, CallDisposition, Customer, Sale, UnitPrice};
use saha_tests::dice::Dice;
use uuid::Uuid;

use crate::{
    check,
    clock::{DAY_MS, MINUTE_MS, Now, START_MS},
    company::Company,
    device::{Device, Template},
    files,
    link::{self, Network},
    model::Model,
};

mod edits;
mod sequences;

/// What every history begins with.
pub(crate) struct Beginning {
    /// Where the template's files are, for as long as it lives.
    _folder: tempfile::TempDir,
    company: Company,
    phones: Vec<Template>,
}

const LOGINS: [&str; 3] = ["ayse", "ayse", "mehmet"];

impl Beginning {
    pub(crate) fn new() -> Result<Self> {
        let folder = files::folder()?;
        let now = Arc::new(Now::at(START_MS - DAY_MS));
        let company = Company::found(&folder.path().join("server"), Arc::clone(&now))?;
        now.pass(DAY_MS - MINUTE_MS);
        let company = Arc::new(Mutex::new(company));
        let mut phones = Vec::new();
        for (number, login) in (0_u32..).zip(LOGINS) {
            let place = folder.path().join(format!("phone-{number}"));
            let seed = 1_000 + u64::from(number);
            let phone = Device::new(login, &place, Arc::clone(&now), Arc::clone(&company), seed)?;
            phones.push(phone.into_template()?);
        }
        let company = Arc::into_inner(company).context("a phone still holds the server")?;
        let mut company = company.into_inner().map_err(|_| anyhow::anyhow!("the server panicked"))?;
        company.stop()?;
        Ok(Self { _folder: folder, company, phones })
    }
}

/// A history under way.
pub(crate) struct History {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) now: Arc<Now>,
    pub(crate) company: Arc<Mutex<Company>>,
    pub(crate) phones: Vec<Device>,
    pub(crate) model: Model,
    /// Whether the server's database was ever replaced by an older copy.
    pub(crate) was_restored: bool,
    dice: Dice,
    /// What happened, for whoever has to find out why.
    pub(crate) log: Vec<String>,
}

impl History {
    /// Plays the history of `seed` and holds its end against the notebook.
    pub(crate) fn play(beginning: &Beginning, seed: u64) -> Result<(), (anyhow::Error, Vec<String>)> {
        let mut history = Self::begin(beginning, seed).map_err(|error| (error, Vec::new()))?;
        let played = history.days().and_then(|()| check::end(&mut history));
        played.map_err(|error| (error, std::mem::take(&mut history.log)))
    }

    fn begin(beginning: &Beginning, seed: u64) -> Result<Self> {
        let folder = files::folder()?;
        let now = Arc::new(Now::at(START_MS));
        let mut dice = Dice::new(seed);
        let company = beginning.company.copied(&folder.path().join("server"), Arc::clone(&now), dice.roll())?;
        let company = Arc::new(Mutex::new(company));
        let mut phones = Vec::new();
        for (number, template) in (0_u32..).zip(&beginning.phones) {
            let place = folder.path().join(format!("phone-{number}"));
            let phone = Device::copied(template, &place, Arc::clone(&now), Arc::clone(&company), dice.roll())?;
            phones.push(phone);
        }
        let mut history =
            Self { folder, now, company, phones, model: Model::default(), was_restored: false, dice, log: Vec::new() };
        history.note_customers()?;
        let (faults_percent, page) = (history.dice.below(60), 1 + history.dice.below(12));
        for phone in &history.phones {
            phone.link().network = Network { faults_percent, page, ..Network::GOOD };
        }
        Ok(history)
    }

    /// Customers were there before.
    fn note_customers(&mut self) -> Result<()> {
        for phone in &self.phones {
            for customer in customers(phone.saha()?)? {
                if !self.model.records.contains_key(&customer.id.uuid()) {
                    self.model.created(customer.id.uuid(), "customer");
                }
            }
        }
        Ok(())
    }

    fn days(&mut self) -> Result<()> {
        for _ in 0..10 + self.dice.below(25) {
            self.pass();
            self.step()?;
            self.note_changes()?;
            check::shown(self)?;
        }
        Ok(())
    }

    /// Time goes by: seconds as a rule, and now and then more.
    fn pass(&mut self) {
        let ms = match self.dice.below(40) {
            0..=35 => 1_000 + self.dice.below_i64(9_000),
            36 | 37 => 20 * MINUTE_MS,
            38 => DAY_MS,
            _ => 10 * DAY_MS,
        };
        self.now.pass(ms);
    }

    fn step(&mut self) -> Result<()> {
        let device = usize::try_from(self.dice.below(3))?;
        if self.dice.percent(5) {
            return self.sequence();
        }
        match self.dice.below(100) {
            0..=26 => self.sync(device),
            27..=46 => self.edit(device),
            47..=51 => self.call(device),
            52..=56 => self.visit(device),
            57..=61 => self.prospect(device),
            62..=64 => self.sell(device),
            65..=67 => self.delete_call(device),
            68..=75 => self.repair(device),
            76..=85 => self.reassign(),
            86..=88 => self.reboot(device),
            89..=94 => self.back_up(),
            _ => {
                let back = usize::try_from(self.dice.below(2))?;
                self.restore(back)
            }
        }
    }

    fn say(&mut self, device: usize, what: impl std::fmt::Display) {
        self.log.push(format!("{} phone {device}: {what}", self.now.ms()));
    }

    pub(crate) fn phone(&self, device: usize) -> Result<&Device> {
        self.phones.get(device).context("no such phone")
    }

    fn saha(&self, device: usize) -> Result<Arc<Saha>> {
        self.phone(device)?.saha().map(Arc::clone)
    }

    pub(crate) fn sync(&mut self, device: usize) -> Result<()> {
        let phone = self.phones.get_mut(device).context("no such phone")?;
        let synced = phone.sync();
        let link = std::mem::take(&mut phone.link().log).join(", ");
        let end = match &synced {
            Ok(true) => "ended well",
            Ok(false) => "gave up",
            Err(_) => "failed",
        };
        self.say(device, format!("sync {end} [{link}]"));
        synced.map(|_| ())
    }

    /// People meet at the same few customers: half of the time it is the first on the list.
    fn pick_customer(&mut self, device: usize) -> Result<Option<Customer>> {
        let saha = self.saha(device)?;
        let mut known = customers(&saha)?;
        if self.dice.percent(50) {
            known.truncate(1);
        }
        Ok((!known.is_empty()).then(|| self.dice.pick(&known).clone()))
    }

    fn call(&mut self, device: usize) -> Result<()> {
        match self.pick_customer(device)? {
            Some(customer) => self.call_of(device, &customer),
            None => Ok(()),
        }
    }

    fn call_of(&mut self, device: usize, customer: &Customer) -> Result<()> {
        let call = NewCall {
            customer: customer.id,
            disposition: CallDisposition::Connected,
            direction: CallDirection::Outgoing,
            duration_s: 60,
            outcome: None,
            note: None,
        };
        let id = self.saha(device)?.calls().log(call)?.id.uuid();
        self.say(device, format!("call {id}"));
        self.model.created(id, "call");
        Ok(())
    }

    fn visit(&mut self, device: usize) -> Result<()> {
        let Some(customer) = self.pick_customer(device)? else { return Ok(()) };
        let saha = self.saha(device)?;
        if saha.visits().in_progress()?.is_some() {
            return Ok(());
        }
        let visit = saha.visits().check_in(customer.id, None)?;
        self.now.pass(5 * MINUTE_MS);
        saha.visits().check_out(visit.id, VisitEnd { outcome: "order".into(), ..VisitEnd::default() })?;
        self.say(device, format!("visit {}", visit.id));
        self.model.created(visit.id.uuid(), "visit");
        Ok(())
    }

    /// A new prospect; some have the tax number of someone whom the company knows.
    fn prospect(&mut self, device: usize) -> Result<()> {
        let tax_no = match self.dice.below(4) {
            0 => Some("6192271529"),
            1 => Some("2160960606"),
            _ => None,
        };
        self.prospect_with(device, tax_no).map(|_| ())
    }

    fn prospect_with(&mut self, device: usize, tax_no: Option<&str>) -> Result<Uuid> {
        let name = self.model.new_words();
        let prospect = NewProspect { name, tax_no: tax_no.map(str::to_owned), ..NewProspect::default() };
        let made = self.saha(device)?.customers().create_prospect(prospect)?;
        self.say(device, format!("prospect {} {:?}", made.id, made.tax_no));
        self.model.created(made.id.uuid(), "customer");
        Ok(made.id.uuid())
    }

    fn sell(&mut self, device: usize) -> Result<()> {
        self.sell_lines(device, 1).map(|_| ())
    }

    /// A sale of so many lines; none where the phone knows no customer.
    fn sell_lines(&mut self, device: usize, lines: usize) -> Result<Option<Sale>> {
        let Some(customer) = self.pick_customer(device)? else { return Ok(None) };
        let saha = self.saha(device)?;
        let product = saha.products().get_by_code("P1".into())?;
        let price = UnitPrice { amount_micro: 12_000_000, ..product.unit_price };
        let line = NewSaleLine {
            product: product.id,
            quantity_milli: 1_000 + self.dice.below_i64(9_000),
            unit_price: Some(price),
            discounts_bp: vec![],
        };
        let sale = NewSale { customer: customer.id, visit: None, lines: vec![line; lines], note: None };
        let sale = saha.sales().create(sale)?;
        self.say(device, format!("sale {}", sale.id));
        self.model.created(sale.id.uuid(), "sale");
        Ok(Some(sale))
    }

    fn delete_call(&mut self, device: usize) -> Result<()> {
        let saha = self.saha(device)?;
        let own = saha.account().info()?.rep.map(|rep| rep.id);
        let mut calls = Vec::new();
        for customer in customers(&saha)? {
            calls.extend(saha.calls().list_of(customer.id, 50, 0)?);
        }
        calls.retain(|call| Some(call.rep) == own);
        if calls.is_empty() {
            return Ok(());
        }
        let call = self.dice.pick(&calls).clone();
        if self.is_refused(device, call.id.uuid())? {
            return Ok(());
        }
        saha.calls().delete(call.id)?;
        self.say(device, format!("delete {}", call.id));
        self.model.gone(call.id.uuid());
        Ok(())
    }

    /// The office moves a customer. Most of the time it hits where it hurts: it takes him from a rep who has just edited him, or
    /// gives him back to one whose edit was refused.
    fn reassign(&mut self) -> Result<()> {
        let edited = self.edited_customers()?;
        let (customer, rep, is_his) = if !edited.is_empty() && self.dice.percent(70) {
            self.dice.pick(&edited).clone()
        } else {
            let customer = (*self.dice.pick(&["C1", "C2", "C3", "C4"])).to_owned();
            (customer, *self.dice.pick(&["R1", "R2"]), self.dice.percent(50))
        };
        self.log.push(format!("{} office: {customer} {} {rep}", self.now.ms(), if is_his { "to" } else { "from" }));
        link::company(&self.company).assign(&customer, rep, is_his)?;
        Ok(())
    }

    /// A phone starts anew, and its clock may be years off from then on. What was captured by a clock of which nobody knows
    /// how far it was off can't be told from what is later: that much a phone has to have heard.
    fn reboot(&mut self, device: usize) -> Result<()> {
        let has_told_time = self.phone(device)?.link().has_told_time;
        let is_empty = self.phone(device)?.outbox()?.is_empty();
        let wall_error_ms = match self.dice.below(4) {
            _ if !has_told_time && !is_empty => self.phone(device)?.host.wall_error_ms(),
            0 => 365 * DAY_MS,
            1 => -365 * DAY_MS,
            2 => 3 * 60 * MINUTE_MS,
            _ => 0,
        };
        self.starts_anew(device, wall_error_ms)
    }

    fn starts_anew(&mut self, device: usize, wall_error_ms: i64) -> Result<()> {
        self.say(device, format!("reboots, wall clock off by {wall_error_ms} ms"));
        self.phones.get_mut(device).context("no such phone")?.reboot(wall_error_ms)
    }

    fn back_up(&mut self) -> Result<()> {
        self.log.push(format!("{} backup", self.now.ms()));
        link::company(&self.company).back_up()
    }

    /// Puts a copy of the server's database in its place: the newest, or one that is `back` older.
    fn restore(&mut self, back: usize) -> Result<()> {
        let is_restored = link::company(&self.company).restore(back)?;
        self.was_restored |= is_restored;
        self.log.push(format!("{} restore of copy {back} from the newest: {is_restored}", self.now.ms()));
        Ok(())
    }

    /// Where files of this history may be put.
    pub(crate) fn place(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(Path::new(name))
    }
}

/// Every customer whom a phone shows.
pub(crate) fn customers(saha: &Saha) -> Result<Vec<Customer>> {
    Ok(saha.customers().search(String::new(), 200, 0)?)
}
