use saha_domain::{
    Customer, Kind,
    wire::{Outcome, Rejection},
};

use super::*;
use crate::testing::*;

/// The reason of the one change, as the app shows it.
fn reason_in(phone: &Phone, lang: Lang) -> String {
    phone.store.read(|reader| list(reader, lang)).unwrap()[0].reason.clone().unwrap()
}

#[test]
fn an_edit_of_a_customer_who_is_anothers_by_now_names_the_owner() {
    let phone = Phone::new();
    let owner = Rep { id: id(101), code: "R2".into(), name: "Mehmet Demir".into(), team: None, calendar: None };
    let edited = phone.saha.customers().get(phone.customer_id()).unwrap();
    phone.saha.customers().update(Customer { note: Some("arka kapı".into()), ..edited }).unwrap();
    phone.push(|_| {
        let (code, message) = (RejectionCode::NotYourCustomer, "not yours".into());
        Outcome::Rejected(Rejection { code, field: None, message, existing: Some(owner.id.uuid()) })
    });
    assert_eq!(
        reason_in(&phone, Lang::En),
        "this customer is not assigned to you",
        "a rep of whom the phone has not heard"
    );
    phone.pull(&[phone.row(&owner)]);
    assert_eq!(reason_in(&phone, Lang::En), "this customer is not assigned to you; Mehmet Demir has him now");
    assert_eq!(reason_in(&phone, Lang::Tr), "bu müşteri size atanmış değil; onunla şimdi Mehmet Demir ilgileniyor");
    phone.pull(&[tombstone(Kind::Rep, owner.id.uuid(), phone.version())]);
    assert_eq!(reason_in(&phone, Lang::En), "this customer is not assigned to you");
}
