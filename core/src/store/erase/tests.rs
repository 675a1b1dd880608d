use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use saha_domain::{Kind, SahaError};

use crate::{ChangeListener, NewCall, NewProspect, NewSale, NewSaleLine, testing::*};

const TOLD: &str = "anahtar paspasin altinda";

/// Work of every sort, all of which names [`TOLD`], enough of it to fill many pages.
fn busy_phone() -> Phone {
    let phone = Phone::new();
    let note = Some(TOLD.repeat(20));
    for n in 0..60 {
        phone.pull(&[phone.row(&customer(1_000 + n, &format!("{TOLD} {n}")))]);
        let new = NewProspect { name: format!("{TOLD} {n}"), note: note.clone(), ..NewProspect::default() };
        phone.saha.customers().create_prospect(new).unwrap();
        let call = NewCall {
            customer: phone.customer_id(),
            disposition: saha_domain::CallDisposition::Connected,
            direction: saha_domain::CallDirection::Outgoing,
            duration_s: 60,
            outcome: None,
            note: note.clone(),
        };
        phone.saha.calls().log(call).unwrap();
    }
    let line = NewSaleLine { product: phone.cola(), quantity_milli: 1_000, unit_price: None, discounts_bp: vec![] };
    let sale = NewSale { customer: phone.customer_id(), visit: None, lines: vec![line], note };
    phone.saha.sales().create(sale).unwrap();
    phone.push(|entry| match entry.kind {
        Kind::Call => phone.applied(entry),
        _ => rejected(saha_domain::wire::RejectionCode::Forbidden),
    });
    phone
}

/// Files of the folder in which `text` can still be read.
fn files_that_tell(folder: &tempfile::TempDir, text: &str) -> Vec<String> {
    let files = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
    let tells = |bytes: Vec<u8>| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    let telling = files.filter(|file| tells(std::fs::read(file).unwrap()));
    telling.map(|file| file.file_name().unwrap().to_string_lossy().into_owned()).collect()
}

#[test]
fn nothing_that_was_erased_can_be_read_out_of_the_files() {
    let phone = busy_phone();
    assert!(!files_that_tell(&phone.folder, TOLD).is_empty(), "the test can see it");
    phone.store.erase().unwrap();
    assert_eq!(files_that_tell(&phone.folder, TOLD), Vec::<String>::new());
    assert_eq!(files_that_tell(&phone.folder, "Ihlamur Kafe"), Vec::<String>::new());
    for table in ["customer", "call", "sale", "sale_line", "shadow", "outbox", "outbox_dependency", "rollup", "word"] {
        assert_eq!(phone.count(&format!("SELECT count(*) FROM {table}")), 0, "{table}");
    }
    assert_eq!(phone.count("SELECT count(*) FROM local WHERE key <> 'revoked'"), 0);
    phone.check();
}

#[test]
fn an_erasure_that_somebody_still_read_through_is_finished_by_the_next_opening() {
    let phone = busy_phone();
    let store = phone.store.clone();
    let (tell, told) = std::sync::mpsc::channel();
    let (stop, stopped) = std::sync::mpsc::channel::<()>();
    let reading = std::thread::spawn(move || {
        store.read(|reader| {
            let count = |sql| Ok::<i64, crate::error::Error>(reader.conn().query_row(sql, [], |row| row.get(0))?);
            let before = count("SELECT count(*) FROM call")?;
            tell.send(()).unwrap();
            stopped.recv().ok();
            assert_eq!(count("SELECT count(*) FROM call")?, before, "it reads what it began to read");
            Ok(())
        })
    });
    told.recv().unwrap();
    phone.store.erase().unwrap();
    assert_eq!(phone.count("SELECT count(*) FROM customer"), 0);
    assert!(!files_that_tell(&phone.folder, TOLD).is_empty());
    stop.send(()).unwrap();
    reading.join().unwrap().unwrap();
    let phone = phone.restart();
    assert_eq!(files_that_tell(&phone.folder, TOLD), Vec::<String>::new());
    assert_eq!(phone.count("SELECT count(*) FROM local WHERE key = 'scrub'"), 0);
}

#[derive(Default)]
struct Screens(AtomicUsize);

impl ChangeListener for Screens {
    fn changed(&self, kinds: Vec<Kind>, outbox: bool) -> Result<(), SahaError> {
        if kinds == Kind::ALL && outbox {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
        Ok(())
    }
}

#[test]
fn who_listens_hears_that_everything_changed() {
    let phone = Phone::new();
    let screens = Arc::new(Screens::default());
    let _subscription = phone.saha.observe(screens.clone()).unwrap();
    let heard = screens.0.load(Ordering::SeqCst);
    phone.store.erase().unwrap();
    assert_eq!(screens.0.load(Ordering::SeqCst), heard + 1);
}

#[test]
fn words_of_the_time_before_are_not_remembered() {
    let phone = busy_phone();
    // A reader that stays open has learned them.
    assert_eq!(phone.saha.calls().list_of(phone.customer_id(), 200, 0).unwrap().len(), 60);
    phone.store.erase().unwrap();
    phone.store.write(|tx| tx.become_rep(id(REP))).unwrap();
    // Other words get the numbers that the old ones had.
    let kept = product(SOAP, "temizlik", 5_000_000, None);
    phone.pull(&[phone.row(&kept), phone.row(&customer(CUSTOMER, "Ihlamur Kafe"))]);
    let visit = phone.saha.visits().check_in(phone.customer_id(), None).unwrap();
    assert_eq!(phone.saha.visits().get(visit.id).unwrap(), visit);
    let visit_again = phone.restart().saha.visits().get(visit.id).unwrap();
    assert_eq!(visit_again, visit);
}
