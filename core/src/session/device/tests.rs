use std::sync::atomic::Ordering;

use saha_domain::{OpId, SahaError, Sale};

use crate::{NewSale, NewSaleLine, testing::*};

fn sell(phone: &Phone) -> Sale {
    let line = NewSaleLine { product: phone.cola(), quantity_milli: 1_000, unit_price: None, discounts_bp: vec![] };
    let sale = NewSale { customer: phone.customer_id(), visit: None, lines: vec![line], note: None };
    phone.saha.sales().create(sale).unwrap()
}

/// Op ids and bytes of what waits.
fn waiting(phone: &Phone) -> Vec<(OpId, Vec<u8>)> {
    let entries = phone.store.read(|reader| crate::outbox::entries(reader.conn())).unwrap();
    entries.into_iter().map(|entry| (entry.op_id, entry.payload)).collect()
}

#[test]
fn an_installation_keeps_its_id_and_its_series() {
    let phone = Phone::new();
    let device = phone.saha.account().info().unwrap().device;
    assert_eq!(sell(&phone).number, "A-000001");
    let phone = phone.restart();
    assert_eq!(sell(&phone).number, "A-000002");
    assert_eq!(phone.saha.account().info().unwrap().device, device);
}

#[test]
fn a_copied_database_is_a_new_device_with_the_same_changes() {
    let phone = Phone::new();
    let device = phone.saha.account().info().unwrap().device;
    sell(&phone);
    let before = waiting(&phone);
    let copy = phone.copied();
    let info = copy.saha.account().info().unwrap();
    assert_ne!(info.device, device);
    assert!(!info.is_signed_in && !info.is_revoked);
    assert_eq!(waiting(&copy), before);
    let copy = copy.restart();
    assert_eq!(copy.saha.account().info().unwrap().device, info.device, "once, and not at every start");
}

#[test]
fn a_copied_database_gives_no_number_twice_and_work_goes_on() {
    let phone = Phone::new();
    let first = sell(&phone);
    let copy = phone.copied();
    // Nobody asked who this is before the sale.
    let sales = [sell(&copy), sell(&copy)];
    assert!(sales.iter().all(|sale| sale.number.starts_with("0-") && sale.number.len() == 14), "{sales:?}");
    assert!(sales[0].number != sales[1].number && sales[0].number != first.number);
    copy.check();
}

#[test]
fn a_fresh_database_beside_an_old_key_store_is_a_new_device() {
    let phone = Phone::new();
    let device = phone.saha.account().info().unwrap().device;
    let (folder, secrets) = (tempfile::tempdir().unwrap(), phone.secrets.clone());
    let again = open(&folder, &phone.host, &secrets).unwrap();
    assert_ne!(again.account().info().unwrap().device, device, "its document numbers would begin again");
}

#[test]
fn a_locked_key_store_stops_neither_the_opening_nor_a_sale() {
    let phone = Phone::new();
    sell(&phone);
    phone.secrets.is_locked.store(true, Ordering::SeqCst);
    let phone = phone.restart();
    assert_eq!(phone.saha.account().info(), Err(SahaError::StorageLocked));
    assert!(sell(&phone).number.starts_with("0-"), "whether the series is still this phone's is not known");
    phone.secrets.is_locked.store(false, Ordering::SeqCst);
    assert_eq!(sell(&phone).number, "A-000002");
}
