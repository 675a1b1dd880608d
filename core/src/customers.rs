//! Customers: finding one, knowing him, and making a prospect.

mod due;
mod nearby;
pub(crate) mod store;

pub use due::DueCustomer;
pub use nearby::NearbyCustomer;

use std::sync::Arc;

use saha_domain::{Customer, CustomerId, GeoPoint, Lifecycle, SahaError, Segment, text};
use serde_json::Value;

use crate::{
    activities::{self, StoryEntry},
    core::Core,
    error::{Error, Result},
    page::Page,
    store::{Reader, WriteTx},
};

/// A prospect as a rep writes him down. Only the name is needed.
#[derive(Debug, Clone, PartialEq, Default, serde::Deserialize, uniffi::Record)]
#[serde(deny_unknown_fields)]
pub struct NewProspect {
    /// Name as on the shop's sign.
    pub name: String,
    /// Turkish tax number, 10 or 11 digits.
    #[uniffi(default = None)]
    pub tax_no: Option<String>,
    /// In any usual spelling.
    #[uniffi(default = None)]
    pub phone: Option<String>,
    /// District.
    #[uniffi(default = None)]
    pub district: Option<String>,
    /// Street address.
    #[uniffi(default = None)]
    pub address: Option<String>,
    /// Where the door is.
    #[uniffi(default = None)]
    pub location: Option<GeoPoint>,
    /// What a rep should know at the door.
    #[uniffi(default = None)]
    pub note: Option<String>,
    /// An id that the app drew by lot when the rep began to write, so that he is never made twice; none for a new one.
    #[uniffi(default = None)]
    pub id: Option<CustomerId>,
}

/// Questions and wishes about customers. Every call is local and fast; what it writes is durable when it returns.
#[derive(uniffi::Object)]
pub struct Customers {
    core: Arc<Core>,
}

impl Customers {
    pub(crate) fn new(core: Arc<Core>) -> Self {
        Self { core }
    }
}

#[uniffi::export]
impl Customers {
    /// The customer. [`SahaError::NotFound`] where he is not on this device.
    pub fn get(&self, id: CustomerId) -> Result<Customer, SahaError> {
        let found = self.core.store.read(|reader| reader.get(id.uuid()))?;
        found.ok_or_else(|| not_found(&id.to_string()))
    }

    /// The customer by the company's code.
    pub fn get_by_code(&self, code: String) -> Result<Customer, SahaError> {
        self.core.store.read(|reader| store::by_code(reader, &code))?.ok_or_else(|| not_found(&code))
    }

    /// Customers whose name, district or code holds every word of `text`, however Turkish letters are typed; exact
    /// spelling first, then by name. An empty text lists everyone. At most 200 a page.
    pub fn search(&self, text: String, limit: i64, offset: i64) -> Result<Vec<Customer>, SahaError> {
        let page = Page::new(limit, offset)?;
        text::check("search", &text, text::NAME_MAX_CHARS)?;
        let words: Vec<String> = text::fold(&text).split_whitespace().map(str::to_owned).collect();
        Ok(self.core.store.read(|reader| store::search(reader, &words, text.trim(), page))?)
    }

    /// Customers with a known place, the nearest to `point` first. At most 200 a page.
    pub fn nearby(&self, point: GeoPoint, limit: i64, offset: i64) -> Result<Vec<NearbyCustomer>, SahaError> {
        let page = Page::new(limit, offset)?;
        point.check("location")?;
        Ok(self.core.store.read(|reader| nearby::nearby(reader, point, page))?)
    }

    /// The rep's customers of today whose next visit is due, today's included, those who are due longest first. By the call cycles
    /// of the company, without which nobody is due; customers who are lost are not visited. At most 200 a page.
    pub fn due(&self, limit: i64, offset: i64) -> Result<Vec<DueCustomer>, SahaError> {
        let page = Page::new(limit, offset)?;
        let store = &self.core.store;
        Ok(store.read(|reader| due::due(reader, store.today(reader)?, page))?)
    }

    /// What happened with a customer: visits, calls and sales by anyone in sight, newest first, each with whether the company has
    /// it. At most 200 a page.
    pub fn story(&self, customer: CustomerId, limit: i64, offset: i64) -> Result<Vec<StoryEntry>, SahaError> {
        let (page, lang) = (Page::new(limit, offset)?, self.core.lang);
        Ok(self.core.store.read(|reader| activities::story(reader, lang, customer, page))?)
    }

    /// The customer's name, even of one who is out of sight and of whom only the name is left.
    pub fn name(&self, id: CustomerId) -> Result<String, SahaError> {
        self.core.store.read(|reader| name_of(reader, id))?.ok_or_else(|| not_found(&id.to_string()))
    }

    /// Writes down a prospect. He is the rep's own from now on; the office gives code and segment. [`SahaError::WrongState`] where
    /// the phone has a customer with that id already: then he was made before, and an edit is [`Customers::update`].
    pub fn create_prospect(&self, prospect: NewProspect) -> Result<Customer, SahaError> {
        Ok(self.core.store.write(|tx| create_prospect(tx, prospect))?)
    }

    /// Saves an edited customer. Of the fields, a rep may change name, tax number, phone, district, address, location and
    /// note; the server refuses the others. Where the customer's last change was refused, this repairs it.
    pub fn update(&self, customer: Customer) -> Result<Customer, SahaError> {
        Ok(self.core.store.write(|tx| {
            tx.rep()?;
            let before = tx.load(customer.id.uuid())?.ok_or_else(|| not_found(&customer.id.to_string()))?;
            let customer = Customer { phone: normalized(customer.phone.as_deref())?, ..customer };
            tx.put(before, &customer)?;
            Ok(customer)
        })?)
    }
}

/// The name of a customer in sight, or what is left of one out of sight.
pub(crate) fn name_of(reader: &Reader, id: CustomerId) -> Result<Option<String>> {
    match reader.get::<Customer>(id.uuid())? {
        Some(customer) => Ok(Some(customer.name)),
        None => store::stub_name(reader.conn(), id),
    }
}

fn create_prospect(tx: &mut WriteTx<'_>, prospect: NewProspect) -> Result<Customer> {
    tx.rep()?;
    let id = match prospect.id {
        Some(id) => unknown(tx, id)?,
        None => tx.new_id().into(),
    };
    let customer = Customer {
        id,
        code: None,
        name: prospect.name.trim().to_owned(),
        lifecycle: Lifecycle::Prospect,
        segment: Segment::Unknown,
        tax_no: prospect.tax_no.filter(|text| !text.is_empty()),
        phone: normalized(prospect.phone.as_deref())?,
        district: prospect.district,
        address: prospect.address,
        location: prospect.location,
        note: prospect.note,
    };
    tx.create(&customer)?;
    Ok(customer)
}

/// The id, where no customer has it.
fn unknown(tx: &mut WriteTx<'_>, id: CustomerId) -> Result<CustomerId> {
    let Some(known) = tx.get::<Customer>(id.uuid())? else { return Ok(id) };
    Err(SahaError::WrongState {
        kind: "customer".to_owned(),
        id: id.to_string(),
        state: known.lifecycle.name().to_owned(),
        wanted: "create_prospect".to_owned(),
    }
    .into())
}

fn normalized(phone: Option<&str>) -> Result<Option<String>> {
    Ok(phone.filter(|text| !text.trim().is_empty()).map(text::normalize_phone).transpose()?)
}

/// A customer as he is now: an activity keeps segment and lifecycle for ever.
pub(crate) struct Frozen {
    pub id: CustomerId,
    pub segment: Segment,
    pub lifecycle: Lifecycle,
    pub location: Option<GeoPoint>,
}

impl Frozen {
    /// Freezes them into the body of an activity.
    pub(crate) fn write_into(&self, body: &mut Value) -> Result<()> {
        if let Value::Object(fields) = body {
            fields.insert("segment".to_owned(), serde_json::to_value(self.segment).map_err(Error::internal)?);
            fields.insert("lifecycle".to_owned(), serde_json::to_value(self.lifecycle).map_err(Error::internal)?);
        }
        Ok(())
    }
}

/// What an activity needs of its customer.
pub(crate) fn frozen(tx: &WriteTx<'_>, id: CustomerId) -> Result<Frozen> {
    Ok(store::frozen(tx.conn(), id)?.ok_or_else(|| not_found(&id.to_string()))?)
}

fn not_found(id: &str) -> SahaError {
    SahaError::NotFound { kind: "customer".to_owned(), id: id.to_owned() }
}

#[cfg(test)]
mod tests;
