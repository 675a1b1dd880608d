use saha_domain::{Customer, Kind, Product, catalog::Lang, registry};

use super::{import, problems};
use crate::{
    ImportKind, RequestError,
    import::csv::{separator, split},
    testing::World,
};

fn product(world: &World, code: &str) -> Product {
    let view = world.server.store().view().unwrap();
    let id = view.id_of_code(Kind::Product, code).unwrap().unwrap();
    registry::read(&view.record(Kind::Product, id).unwrap().unwrap().body.unwrap()).unwrap()
}

#[test]
fn cells_may_hold_separators_quotes_and_line_ends() {
    let lines = split("a;b\r\n\"x;\"\"y\"\"\nz\";2\r\n\r\n;\r\n3;4", ';').lines;
    assert_eq!(lines.iter().map(|line| line.number).collect::<Vec<_>>(), [1, 2, 6]);
    assert_eq!(lines[1].cells, ["x;\"y\"\nz", "2"]);
    assert_eq!(lines[2].cells, ["3", "4"]);
}

#[test]
fn a_quote_inside_a_cell_is_a_quote() {
    assert_eq!(split("a,27\" monitor,b", ',').lines[0].cells, ["a", "27\" monitor", "b"]);
}

#[test]
fn an_open_quote_swallows_nothing_in_silence() {
    let split = split("a,b\n1,2\n3,\"4\n5,6\n", ',');
    assert_eq!((split.lines.len(), split.unterminated_at), (2, Some(3)));
}

#[test]
fn the_header_shows_the_separator() {
    assert_eq!(["a,b", "a;b,c;d", "a\tb\tc"].map(separator), [',', ';', '\t']);
    assert_eq!(["\na,b", "\r\n  \r\na\tb", ";;;\na,b"].map(separator), [',', '\t', ','], "after a blank line, too");
}

#[test]
fn the_decimal_mark_is_the_files_own() {
    let world = World::empty();
    for (file, micro) in [
        ("code;name;price;vat\nP1;x;1.250,5;20\n", 1_250_500_000),
        ("code;name;price;vat\nP1;x;1250.5;20\n", 1_250_500_000),
        ("code,name,price,vat\nP1,x,1250.5,20\n", 1_250_500_000),
        ("code,name,price,vat\nP1,x,\"1.250,50\",20\nP2,x,\"3,5\",20\n", 1_250_500_000),
        ("code\tname\tprice\tvat\nP1\tx\t1,5\t20\n", 1_500_000),
    ] {
        let report = import(&world, ImportKind::Products, file.as_bytes()).unwrap();
        assert_eq!(report.problems, [], "{file}");
        assert_eq!(product(&world, "P1").unit_price.amount_micro, micro, "{file}");
    }
}

#[test]
fn only_numbers_show_the_decimal_mark() {
    let world = World::empty();
    let header = "code;name;price;vat;floor_price\n";
    for (lines, code) in [
        ("153.01;Kola 2.5 L;1.250,00;20;\n", "153.01"),
        ("153.02;Kola 2.5 L;1.250;20;1.100\n", "153.02"),
        ("153,03;Kola 2,5 L;1250.0;20;\n", "153,03"),
    ] {
        let report = import(&world, ImportKind::Products, format!("{header}{lines}").as_bytes()).unwrap();
        assert_eq!(report.problems, [], "{lines}");
        assert_eq!(product(&world, code).unit_price.amount_micro, 1_250_000_000, "{lines}");
    }
}

#[test]
fn a_changed_line_changes_its_record_and_a_missing_column_nothing() {
    let world = World::new();
    let report =
        import(&world, ImportKind::Customers, "code,name\nC1,Işık Süpermarket\nC2,İkbal Büfe\n".as_bytes()).unwrap();
    assert_eq!((report.created, report.updated, report.unchanged), (0, 1, 1));
    let view = world.server.store().view().unwrap();
    let id = world.customer("C1").uuid();
    let customer: Customer = registry::read(&view.record(Kind::Customer, id).unwrap().unwrap().body.unwrap()).unwrap();
    assert_eq!((customer.name.as_str(), customer.tax_no.as_deref()), ("Işık Süpermarket", Some("2160960606")));
}

#[test]
fn an_import_keeps_what_a_rep_wrote_in_other_fields() {
    let world = World::new();
    let mut phone = world.phone("ayse", 1);
    phone.pull(&world, 500);
    let note = phone.patch("customer", world.customer("C1"), serde_json::json!({ "note": "rings twice" }));
    phone.push_one(&world, &note);
    import(&world, ImportKind::Customers, "code,name\nC1,Işık Gross\n".as_bytes()).unwrap();
    phone.pull(&world, 500);
    let body = phone.body("customer", world.customer("C1")).unwrap();
    assert_eq!((&body["name"], &body["note"]), (&"Işık Gross".into(), &"rings twice".into()));
}

#[test]
fn a_new_password_ends_the_sessions_of_the_old_one() {
    let world = World::new();
    let grant = world.login("ayse", 1).unwrap();
    let file = "login,password,role,rep_code\nayse,another-password,rep,R1\n";
    assert_eq!(import(&world, ImportKind::Users, file.as_bytes()).unwrap().updated, 1);
    let old = world.server.authenticate(&grant.access_token, Lang::En);
    assert_eq!(old, Err(RequestError::Unauthenticated));
    world.login_with("ayse", "another-password", 1).unwrap();
}

#[test]
fn another_role_or_rep_ends_the_sessions_too() {
    let world = World::new();
    let is_out = |token: &str| world.server.authenticate(token, Lang::En) == Err(RequestError::Unauthenticated);
    let header = "login,password,role,rep_code\n";
    let grant = world.login("ayse", 1).unwrap();
    import(&world, ImportKind::Users, format!("{header}ayse,,rep,R1\n").as_bytes()).unwrap();
    assert!(!is_out(&grant.access_token), "nothing changed");
    import(&world, ImportKind::Users, format!("{header}ayse,,rep,R2\n").as_bytes()).unwrap();
    assert!(is_out(&grant.access_token));
    let grant = world.login("ayse", 1).unwrap();
    import(&world, ImportKind::Users, format!("{header}ayse,,manager,\n").as_bytes()).unwrap();
    assert!(is_out(&grant.access_token));
}

#[test]
fn more_lines_than_one_commit_holds_are_all_taken() {
    let world = World::empty();
    let lines: Vec<String> = (1..=1_201).map(|n| format!("C{n},Shop {n}")).collect();
    let file = format!("code,name\n{}\nC7,Shop 7\n", lines.join("\n"));
    let report = import(&world, ImportKind::Customers, file.as_bytes()).unwrap();
    assert_eq!(report.created, 1_201);
    assert_eq!(problems(&report), [(1_203, None, "duplicate_in_file")]);
    assert!(report.problems[0].message.contains("line 8"));
}
