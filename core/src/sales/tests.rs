use saha_domain::facts::FactKind;

use super::*;
use crate::testing::*;

fn line(phone: &Phone, quantity_milli: i64) -> NewSaleLine {
    NewSaleLine { product: phone.cola(), quantity_milli, unit_price: None, discounts_bp: vec![] }
}

fn sale(phone: &Phone, lines: Vec<NewSaleLine>) -> Result<Sale, SahaError> {
    phone.saha.sales().create(NewSale { customer: phone.customer_id(), visit: None, lines, note: None })
}

#[test]
fn a_sale_takes_list_prices_and_the_next_number() {
    let phone = Phone::new();
    let first = sale(&phone, vec![line(&phone, 3_000)]).unwrap();
    assert_eq!((first.number.as_str(), first.net_minor, first.tax_minor), ("A-000001", 3_000, 600));
    let phone = phone.restart();
    assert_eq!(sale(&phone, vec![line(&phone, 1_000)]).unwrap().number, "A-000002");
    assert_eq!(phone.counted(FactKind::Sale), [0, 2, 0]);
}

#[test]
fn a_sale_that_is_refused_here_uses_up_no_number() {
    let phone = Phone::new();
    for quantity_milli in [0, -1_000, i64::MIN, i64::MAX] {
        assert!(sale(&phone, vec![line(&phone, quantity_milli)]).is_err(), "{quantity_milli}");
    }
    assert!(sale(&phone, vec![]).is_err());
    assert_eq!(sale(&phone, vec![line(&phone, 1_000)]).unwrap().number, "A-000001");
}

#[test]
fn a_price_below_the_known_floor_is_refused_at_the_door() {
    let phone = Phone::new();
    let discounted = NewSaleLine { discounts_bp: vec![1_001], ..line(&phone, 1_000) };
    let error = sale(&phone, vec![discounted]).unwrap_err();
    assert!(
        matches!(error, SahaError::InvalidInput { field, problem: Problem::OutOfRange } if field.ends_with("/unit_price"))
    );
    let allowed = NewSaleLine { discounts_bp: vec![1_000], ..line(&phone, 1_000) };
    assert_eq!(sale(&phone, vec![allowed]).unwrap().net_minor, 900);
}

#[test]
fn a_quote_says_what_the_sale_then_comes_to_and_stores_nothing() {
    let phone = Phone::new();
    let price = UnitPrice::new(7_333_333, CurrencyCode::TRY);
    let lines = vec![
        NewSaleLine { discounts_bp: vec![500, 200], ..line(&phone, 2_500) },
        NewSaleLine { product: id(SOAP), unit_price: Some(price), ..line(&phone, 1_000) },
    ];
    let quote = phone.saha.sales().quote(lines.clone()).unwrap();
    assert_eq!(phone.count("SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM sale)"), 0);
    let made = sale(&phone, lines).unwrap();
    let money = |amount_minor| Money::new(amount_minor, CurrencyCode::TRY);
    assert_eq!(quote.line_nets, [money(made.lines[0].net_minor), money(made.lines[1].net_minor)]);
    assert_eq!((quote.net, quote.tax), (money(made.net_minor), money(made.tax_minor)));
    assert_eq!(quote.total, money(made.net_minor + made.tax_minor));
    assert_eq!((quote.line_nets, made.number.as_str()), (vec![money(2_328), money(733)], "A-000001"));
}

/// The lines have ids of their own each time, so what is compared is what a rep reads: field and problem.
fn said(refused: SahaError) -> (String, Problem) {
    let SahaError::InvalidInput { field, problem } = refused else { panic!("{refused:?}") };
    (field.rsplit('/').next().unwrap().to_owned(), problem)
}

#[test]
fn a_quote_fails_as_the_sale_would() {
    let phone = Phone::new();
    let dollars = UnitPrice::new(9_000_000, "USD".parse().unwrap());
    let wrong = [
        (vec![], "lines", Problem::Missing),
        (vec![line(&phone, 1_000); 501], "lines", Problem::OutOfRange),
        (vec![line(&phone, 0)], "quantity", Problem::OutOfRange),
        (vec![line(&phone, i64::MAX)], "net_minor", Problem::Overflow),
        (vec![NewSaleLine { discounts_bp: vec![1_001], ..line(&phone, 1_000) }], "unit_price", Problem::OutOfRange),
        (vec![NewSaleLine { discounts_bp: vec![-1], ..line(&phone, 1_000) }], "discounts_bp", Problem::OutOfRange),
        (
            vec![line(&phone, 1_000), NewSaleLine { unit_price: Some(dollars), ..line(&phone, 1_000) }],
            "unit_price",
            Problem::Inconsistent,
        ),
    ];
    for (lines, field, problem) in wrong {
        let quoted = said(phone.saha.sales().quote(lines.clone()).unwrap_err());
        assert_eq!(quoted, (field.to_owned(), problem));
        assert_eq!(quoted, said(sale(&phone, lines).unwrap_err()));
    }
    let unknown = vec![NewSaleLine { product: id(999), ..line(&phone, 1_000) }];
    let quoted = phone.saha.sales().quote(unknown.clone()).unwrap_err();
    assert_eq!(quoted, products::not_found(&id::<ProductId>(999).to_string()));
    assert_eq!(quoted, sale(&phone, unknown).unwrap_err());
}

#[test]
fn a_corrected_line_moves_the_figures_by_the_difference() {
    let phone = Phone::new();
    let made =
        sale(&phone, vec![line(&phone, 3_000), NewSaleLine { product: id(SOAP), ..line(&phone, 1_000) }]).unwrap();
    let changed = phone.saha.sales().change_line(made.id, made.lines[0].id, Some(1_000), None, None).unwrap();
    assert_eq!((made.net_minor, changed.net_minor), (3_500, 1_500));
    assert_eq!(phone.count("SELECT sum(amount_minor) FROM rollup WHERE fact = 4"), 1_500);
    let patch: String = phone
        .store
        .read(|r| {
            Ok(r.conn()
                .query_row("SELECT CAST(payload AS TEXT) FROM outbox ORDER BY seq DESC", [], |row| row.get(0))?)
        })
        .unwrap();
    assert!(!patch.contains(&made.lines[1].id.to_string()), "only the line that changed travels: {patch}");
    phone.check();
}

#[test]
fn the_last_line_cannot_be_removed() {
    let phone = Phone::new();
    let made = sale(&phone, vec![line(&phone, 3_000)]).unwrap();
    let error = phone.saha.sales().remove_line(made.id, made.lines[0].id).unwrap_err();
    assert_eq!(error, SahaError::invalid("lines", Problem::Missing));
    assert_eq!(phone.saha.sales().get(made.id).unwrap(), made);
}

#[test]
fn a_cancelled_sale_is_negative_on_its_own_day_and_final() {
    let phone = Phone::new();
    let made = sale(&phone, vec![line(&phone, 3_000)]).unwrap();
    phone.host.pass_minutes(24 * 60);
    phone.saha.sales().cancel(made.id).unwrap();
    assert_eq!(phone.count("SELECT sum(amount_minor) FROM rollup WHERE fact = 3"), 0);
    assert_eq!(phone.count("SELECT count(*) FROM rollup WHERE fact = 3"), 2);
    assert!(matches!(phone.saha.sales().cancel(made.id), Err(SahaError::WrongState { .. })));
    phone.check();
}
