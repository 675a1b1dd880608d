//! What people name on the command line, found on a phone.

use saha::{exit::CliError, find};
use saha_domain::{NaiveDate, catalog::Lang};

use crate::world::World;

#[test]
fn a_sale_of_any_age_is_found_by_its_number() {
    let world = World::new();
    let phone = world.phone("ayse");
    let sale = phone.sell(phone.customer("C1").id, None).unwrap();
    let later = |days| sale.at.local_date.iter_days().nth(days).unwrap();
    let found = |wanted: &str, today: NaiveDate| find::sale(&phone.saha, Lang::En, today, wanted);
    for days in [0, 40, 3_650] {
        assert_eq!(found(&sale.number.to_lowercase(), later(days)).unwrap(), sale, "after {days} days");
    }
    let id = sale.id.to_string();
    assert_eq!(found(id.get(28..).unwrap(), later(0)).unwrap(), sale);
    assert!(matches!(found("A-999999", later(0)), Err(CliError::NotFound { .. })));
}

#[test]
fn nothing_names_nothing() {
    let world = World::new();
    let phone = world.phone("ayse");
    let today = phone.visit(phone.customer("C1").id).check_in.local_date;
    for nothing in ["", "  "] {
        let saha = &phone.saha;
        for found in [
            find::customer(saha, Lang::En, nothing).map(drop),
            find::product(saha, Lang::En, nothing).map(drop),
            find::visit(saha, Lang::En, today, nothing).map(drop),
            find::call(saha, Lang::En, today, nothing).map(drop),
            find::sale(saha, Lang::En, today, nothing).map(drop),
            find::change(saha, Lang::En, nothing).map(drop),
        ] {
            assert!(matches!(found, Err(CliError::NotFound { .. })), "{found:?}");
        }
    }
}
