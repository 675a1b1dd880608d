use saha_domain::catalog::Lang;

use super::{data, import, in_turkish, problems};
use crate::{BadRequest, ImportKind, RequestError, testing::World};

#[test]
fn bad_customers_are_named_and_good_ones_taken() {
    let world = World::empty();
    let file = data("broken/customers-broken.csv");
    let report = import(&world, ImportKind::Customers, &file).unwrap();
    assert_eq!(
        problems(&report),
        [
            (3, Some("name"), "missing"),
            (5, Some("tax_no"), "malformed"),
            (6, Some("latitude"), "out_of_range"),
            (7, Some("latitude"), "malformed"),
            (9, None, "duplicate_in_file"),
            (10, Some("tax_no"), "duplicate_tax_no"),
            (11, None, "column_count"),
            (12, Some("segment"), "unknown_value"),
            (14, Some("phone"), "malformed"),
            (15, None, "unterminated_quote"),
        ]
    );
    assert_eq!(report.created, 4);
    let again = import(&world, ImportKind::Customers, &file).unwrap();
    assert_eq!((again.created, again.updated, again.unchanged, again.problems.len()), (0, 0, 4, 10));
}

#[test]
fn bad_products_are_named_and_good_ones_taken() {
    let world = World::empty();
    let report = import(&world, ImportKind::Products, &data("broken/products-broken.csv")).unwrap();
    assert_eq!(
        problems(&report),
        [
            (3, Some("price"), "out_of_range"),
            (5, Some("currency"), "unknown_value"),
            (6, Some("floor_price"), "out_of_range"),
            (8, Some("vat"), "out_of_range"),
        ]
    );
    assert_eq!(report.created, 4);
}

#[test]
fn a_file_that_is_not_utf8_is_refused_whole_and_the_encoding_named() {
    let world = World::empty();
    let error = import(&world, ImportKind::Customers, &data("broken/customers-latin5.csv")).unwrap_err();
    assert_eq!(error, RequestError::BadRequest(BadRequest::NotUtf8));
    assert!(error.message(Lang::Tr).contains("UTF-8"));
    assert_eq!(world.server.store().view().unwrap().customer_with_tax_no("3344559679").unwrap(), None);
}

#[test]
fn a_header_that_lacks_columns_is_refused_and_they_are_named() {
    let world = World::empty();
    let error = import(&world, ImportKind::Products, b"kod;ad\nP1;Kola\n").unwrap_err();
    assert_eq!(error, RequestError::BadRequest(BadRequest::MissingColumns { columns: "price, vat".into() }));
    assert!(import(&world, ImportKind::Reps, b"").is_err());
}

#[test]
fn problems_are_told_in_the_language_of_the_request_with_the_files_own_header() {
    let world = World::empty();
    let file = "kod;ad;fiyat;kdv\nP1;Kola;12,x;20\n";
    let report = world.server.import(&in_turkish(&world), ImportKind::Products, file.as_bytes()).unwrap();
    assert_eq!(report.problems[0].message, "fiyat: geçersiz");
    let report = import(&world, ImportKind::Products, file.as_bytes()).unwrap();
    assert_eq!(report.problems[0].message, "fiyat: is not valid");
}

#[test]
fn codes_that_nobody_has_are_named() {
    let world = World::new();
    let lines = ["C9,R1,2026-01-01,", "C1,R9,1.1.2026,", "C1,R1,2026-31-01,", "C1,R2,2026-02-01,2026-01-01"];
    let file = format!("customer_code,rep_code,from,to\n{}", lines.join("\n"));
    let report = import(&world, ImportKind::Assignments, file.as_bytes());
    assert_eq!(
        problems(&report.unwrap()),
        [
            (2, Some("customer_code"), "unknown_code"),
            (3, Some("rep_code"), "unknown_code"),
            (4, Some("from"), "malformed"),
            (5, Some("to"), "end_before_start"),
        ]
    );
}

#[test]
fn a_rep_without_a_code_a_manager_with_one_and_a_short_password_are_named() {
    let world = World::new();
    let lines = ["a,long-enough,rep,", "b,long-enough,manager,R1", "c,short,rep,R1", "d,long-enough,boss,"];
    let file = format!("login,password,role,rep_code\n{}", lines.join("\n"));
    let report = import(&world, ImportKind::Users, file.as_bytes()).unwrap();
    assert_eq!(
        problems(&report),
        [
            (2, Some("rep_code"), "missing"),
            (3, Some("rep_code"), "inconsistent"),
            (4, Some("password"), "out_of_range"),
            (5, Some("role"), "unknown_value"),
        ]
    );
}
