//! Things that follow each other as they do on an unlucky day. Chance alone would bring them together in one history of
//! thousands; here a history begins one, with whoever and whatever it finds there, and goes on with what is left.

use anyhow::{Context as _, Result};
use saha_domain::{Customer, SahaError, life::ChangeState, wire::Op};
use uuid::Uuid;

use super::{History, customers};
use crate::{
    clock::{DAY_MS, MINUTE_MS},
    link,
    model::Field,
};

/// A valid tax number that nobody has when a history begins.
const FREE_TAX_NO: &str = "4812037566";
/// So often a phone tries to sync: once it may have to sign in, as a restored server forgot its tokens.
const TRIES: usize = 3;

/// Two phones that know one customer, and what they agree to write into.
struct Meeting {
    /// The phone that has bad luck.
    one: usize,
    other: usize,
    customer: Customer,
    field: Field,
    second_field: Field,
}

impl Meeting {
    fn id(&self) -> Uuid {
        self.customer.id.uuid()
    }
}

impl History {
    pub(super) fn sequence(&mut self) -> Result<()> {
        let which = self.dice.below(9);
        self.log.push(format!("{} sequence {which}", self.now.ms()));
        let networks: Vec<_> = self.phones.iter().map(|phone| phone.link().becomes_good()).collect();
        match which {
            0 => self.words_come_again(),
            1 => self.refusal_comes_again(),
            2 => self.colleague_comes_first(),
            3 => self.numbers_are_used_again(),
            4 => self.request_outlives_its_history(),
            5 => self.phone_runs_ahead(),
            6 => self.phone_nobody_can_date(),
            7 => self.page_breaks_off(),
            _ => self.line_is_taken_out(),
        }?;
        for (phone, network) in self.phones.iter().zip(networks) {
            phone.link().network = network;
        }
        Ok(())
    }

    /// The phone syncs over a good network. Whether it has nothing on its way after that.
    fn catches_up(&mut self, device: usize) -> Result<bool> {
        for _ in 0..TRIES {
            self.now.pass(1_000);
            self.sync(device)?;
            let outbox = self.phone(device)?.outbox()?;
            if outbox.iter().all(|entry| entry.state == ChangeState::Rejected || entry.is_held_back) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn all_catch_up(&mut self) -> Result<bool> {
        let mut are_all = true;
        // What the last one brought has to reach the first, too.
        for device in [0, 1, 2, 0, 1, 2] {
            are_all &= self.catches_up(device)?;
        }
        Ok(are_all)
    }

    /// Everyone has seen everything, and two phones that know one customer are found; none where chance has none.
    fn meeting(&mut self) -> Result<Option<Meeting>> {
        if !self.all_catch_up()? {
            return Ok(None);
        }
        let one = usize::try_from(self.dice.below(3))?;
        let other = (one + 1 + usize::try_from(self.dice.below(2))?) % 3;
        let known = customers(self.phone(other)?.saha()?)?;
        let mut both = customers(self.phone(one)?.saha()?)?;
        both.retain(|customer| known.iter().any(|there| there.id == customer.id));
        // An edit of a refused change is its correction, and counts as written when that was.
        let mut free = Vec::new();
        for customer in both {
            let id = customer.id.uuid();
            let is_told = self.model.records.get(&id).is_some_and(|record| record.withdrawn.is_empty());
            if is_told && !self.is_refused(one, id)? && !self.is_refused(other, id)? {
                free.push(customer);
            }
        }
        if free.is_empty() {
            return Ok(None);
        }
        let customer = self.dice.pick(&free).clone();
        let (field, second_field) =
            *self.dice.pick(&[(Field::Note, Field::Address), (Field::Address, Field::District)]);
        Ok(Some(Meeting { one, other, customer, field, second_field }))
    }

    /// New words of a phone in a field of the customer, as the phone shows him now.
    fn writes(&mut self, device: usize, customer: &Customer, field: Field) -> Result<String> {
        self.now.pass(1_000);
        let shown = self.phone(device)?.saha()?.customers().get(customer.id)?;
        let words = self.edit_field(device, shown, field)?;
        self.note_changes()?;
        Ok(words)
    }

    /// A prospect of the phone, with that tax number.
    fn finds(&mut self, device: usize, tax_no: Option<&str>) -> Result<Uuid> {
        self.now.pass(1_000);
        let id = self.prospect_with(device, tax_no)?;
        self.note_changes()?;
        Ok(id)
    }

    fn backs_up(&mut self) -> Result<()> {
        self.now.pass(1_000);
        self.back_up()
    }

    /// The server's database is replaced by the newest copy.
    fn falls_back(&mut self) -> Result<()> {
        self.restore(0)
    }

    /// A request arrives once more, after later words of the same phone.
    fn words_come_again(&mut self) -> Result<()> {
        let Some(meeting) = self.meeting()? else { return Ok(()) };
        let first = self.writes(meeting.one, &meeting.customer, meeting.field)?;
        self.catches_up(meeting.one)?;
        self.writes(meeting.one, &meeting.customer, meeting.field)?;
        self.catches_up(meeting.one)?;
        self.echo(meeting.one, &first)
    }

    fn echo(&mut self, device: usize, text: &str) -> Result<()> {
        self.say(device, format!("what said {text} arrives once more"));
        self.phone(device)?.link().echo(&format!("\"{text}\""));
        Ok(())
    }

    /// An edit is refused, as the customer was taken away, and taken back. Its request arrives once more when he is there again.
    fn refusal_comes_again(&mut self) -> Result<()> {
        let Some(meeting) = self.meeting()? else { return Ok(()) };
        let Some(code) = meeting.customer.code.clone() else { return Ok(()) };
        let rep = if meeting.one == 2 { "R2" } else { "R1" };
        link::company(&self.company).assign(&code, rep, false)?;
        let words = self.writes(meeting.one, &meeting.customer, meeting.field)?;
        self.catches_up(meeting.one)?;
        let refused = self.phone(meeting.one)?.outbox()?.into_iter().find(|entry| {
            entry.state == ChangeState::Rejected && entry.op == Op::Patch && entry.record_id == meeting.id().to_string()
        });
        if let Some(entry) = &refused {
            self.withdraw(meeting.one, entry)?;
        }
        link::company(&self.company).assign(&code, rep, true)?;
        self.catches_up(meeting.one)?;
        if refused.is_some() { self.echo(meeting.one, &words) } else { Ok(()) }
    }

    /// After a restore a rep's second phone brings back what his first one made. Then that state is restored once more.
    fn colleague_comes_first(&mut self) -> Result<()> {
        if !self.all_catch_up()? {
            return Ok(());
        }
        self.backs_up()?;
        let id = self.finds(0, None)?;
        self.catches_up(0)?;
        self.catches_up(1)?;
        let Some(seen) = self.shown(1, id)? else { return Ok(()) };
        self.writes(1, &seen, Field::Note)?;
        self.catches_up(1)?;
        self.falls_back()?;
        self.catches_up(1)?;
        self.backs_up()?;
        self.catches_up(0)?;
        self.falls_back()?;
        self.catches_up(1)?;
        self.catches_up(0)?;
        Ok(())
    }

    /// After a restore the numbers that one phone has seen mean something else, which it has not.
    fn numbers_are_used_again(&mut self) -> Result<()> {
        let Some(meeting) = self.meeting()? else { return Ok(()) };
        self.backs_up()?;
        for field in [meeting.second_field, meeting.second_field, meeting.field] {
            self.writes(meeting.one, &meeting.customer, field)?;
            self.catches_up(meeting.one)?;
        }
        self.falls_back()?;
        self.writes(meeting.other, &meeting.customer, meeting.field)?;
        self.catches_up(meeting.other)?;
        self.catches_up(meeting.one)?;
        Ok(())
    }

    /// A prospect is a duplicate of one whom the server then forgets, and is taken back. Its request arrives once more.
    fn request_outlives_its_history(&mut self) -> Result<()> {
        // Everyone gets a new token, which is good for longer than the restore takes.
        self.now.pass(20 * MINUTE_MS);
        let Some(Meeting { one, other, .. }) = self.meeting()? else { return Ok(()) };
        self.backs_up()?;
        self.finds(other, Some(FREE_TAX_NO))?;
        self.catches_up(other)?;
        let id = self.finds(one, Some(FREE_TAX_NO))?;
        self.catches_up(one)?;
        let mut outbox = self.phone(one)?.outbox()?;
        outbox.retain(|entry| entry.record_id == id.to_string() && entry.state == ChangeState::Rejected);
        let Some(refused) = outbox.first() else { return Ok(()) };
        self.withdraw(one, refused)?;
        self.falls_back()?;
        self.echo(one, &id.to_string())
    }

    /// A phone whose clock was measured over a slow network runs ahead. Then the server forgets what it made of that.
    fn phone_runs_ahead(&mut self) -> Result<()> {
        let Some(meeting) = self.meeting()? else { return Ok(()) };
        let is_empty = self.phone(meeting.one)?.outbox()?.is_empty();
        if !is_empty {
            return Ok(());
        }
        self.backs_up()?;
        self.starts_anew(meeting.one, 0)?;
        self.phone(meeting.one)?.link().network.request_takes_ms = MINUTE_MS;
        self.catches_up(meeting.one)?;
        self.phone(meeting.one)?.link().network.request_takes_ms = 0;
        for _ in 0..2 {
            self.writes(meeting.one, &meeting.customer, meeting.field)?;
        }
        self.catches_up(meeting.one)?;
        self.catches_up(meeting.other)?;
        self.writes(meeting.other, &meeting.customer, meeting.field)?;
        self.catches_up(meeting.other)?;
        self.falls_back()?;
        self.catches_up(meeting.one)?;
        self.catches_up(meeting.other)?;
        Ok(())
    }

    /// A phone overrides what it sees in a boot of which nobody can say how far its clock was off. Then the server forgets what
    /// it saw.
    fn phone_nobody_can_date(&mut self) -> Result<()> {
        let Some(meeting) = self.meeting()? else { return Ok(()) };
        self.backs_up()?;
        self.writes(meeting.other, &meeting.customer, meeting.field)?;
        self.catches_up(meeting.other)?;
        self.catches_up(meeting.one)?;
        self.starts_anew(meeting.one, -365 * DAY_MS)?;
        self.writes(meeting.one, &meeting.customer, meeting.field)?;
        self.starts_anew(meeting.one, 0)?;
        self.falls_back()?;
        self.catches_up(meeting.other)?;
        self.catches_up(meeting.one)?;
        Ok(())
    }

    /// An edit is accepted, and the page that would show what others wrote before breaks off. What the rep writes then, in a
    /// boot that nobody can date, counts as written after what he saw, and he did not see them.
    fn page_breaks_off(&mut self) -> Result<()> {
        let Some(meeting) = self.meeting()? else { return Ok(()) };
        self.writes(meeting.one, &meeting.customer, meeting.field)?;
        self.now.pass(1_000);
        let before_ms = self.now.ms();
        for _ in 0..2 {
            self.call_of(meeting.other, &meeting.customer)?;
        }
        let unseen = self.writes(meeting.other, &meeting.customer, meeting.second_field)?;
        self.catches_up(meeting.other)?;
        self.phone(meeting.one)?.link().breaks_after_one_page();
        self.sync(meeting.one)?;
        self.phone(meeting.one)?.link().becomes_good();
        let shown = self.shown(meeting.one, meeting.id())?.context("a customer whom the rep has just edited")?;
        let is_accepted =
            self.changes_of(meeting.one, meeting.id())?.iter().all(|entry| entry.state == ChangeState::Acked);
        if !is_accepted || meeting.second_field.of(&shown) == Some(&unseen) {
            return Ok(());
        }
        self.starts_anew(meeting.one, -365 * DAY_MS)?;
        let words = self.writes(meeting.one, &meeting.customer, meeting.second_field)?;
        self.model.counts_as_of(meeting.id(), &words, before_ms);
        self.starts_anew(meeting.one, 0)?;
        self.catches_up(meeting.one)?;
        Ok(())
    }

    /// One phone of a rep changes a line, the other takes it out. Then the server forgets the sale, and has it back without the
    /// line from the one who changed it.
    fn line_is_taken_out(&mut self) -> Result<()> {
        if !self.all_catch_up()? {
            return Ok(());
        }
        self.backs_up()?;
        let Some(sale) = self.sell_lines(0, 2)? else { return Ok(()) };
        let line = sale.lines.first().context("a sale of two lines has none")?.id;
        self.catches_up(0)?;
        self.catches_up(1)?;
        match self.saha(1)?.sales().change_line(sale.id, line, Some(5_000), None, None) {
            Err(SahaError::NotFound { .. }) => return Ok(()),
            changed => changed?,
        };
        self.catches_up(1)?;
        self.catches_up(0)?;
        self.saha(0)?.sales().remove_line(sale.id, line)?;
        self.catches_up(0)?;
        self.catches_up(1)?;
        self.falls_back()?;
        self.catches_up(1)?;
        self.catches_up(0)?;
        Ok(())
    }
}
