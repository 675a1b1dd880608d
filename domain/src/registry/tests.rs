use serde_json::json;

use super::*;
use crate::records::samples::*;

#[test]
fn a_kind_survives_its_name_and_an_unknown_one_is_said() {
    for &kind in Kind::ALL {
        assert_eq!(kind.name().parse(), Ok(kind));
    }
    assert_eq!("promotion".parse::<Kind>().unwrap_err().problem, Problem::Unknown);
}

#[test]
fn every_kind_has_a_name_in_both_languages() {
    use crate::catalog::{Lang, kind_name};
    for kind in Kind::ALL {
        let (en, tr) = (kind_name(Lang::En, kind.name()), kind_name(Lang::Tr, kind.name()));
        assert_ne!(en, tr, "{kind} has no words in the catalogue");
    }
}

#[test]
fn parents_stand_before_what_names_them() {
    for (position, kind) in Kind::ALL.iter().enumerate() {
        for reference in kind.spec().references {
            let parent = Kind::ALL.iter().position(|other| *other == reference.to).unwrap();
            // A company names its calendar, which is the one exception: the two are made together.
            assert!(parent < position || *kind == Kind::Company, "{kind} names {}", reference.to);
        }
    }
}

#[test]
fn a_sale_names_its_customer_visit_and_products() {
    let body = body(&sale("2026-11-23")).unwrap();
    let named = Kind::Sale.spec().named_by(&body);
    assert!(named.contains(&(Kind::Customer, Uuid::from_u128(200))));
    assert!(named.contains(&(Kind::Visit, Uuid::from_u128(1))));
    assert_eq!(named.iter().filter(|(kind, _)| *kind == Kind::Product).count(), 3);
    assert_eq!(Kind::Sale.spec().named_by(&json!({"note": "x"})), []);
    let patch = json!({"lines": {"a": {"product": Uuid::from_u128(7)}, "b": null}});
    let product = Named { field: "lines/a/product".into(), kind: Kind::Product, id: Uuid::from_u128(7) };
    assert_eq!(Kind::Sale.spec().named_in(&patch), [product]);
}

#[test]
fn fields_that_a_rep_may_patch_exist() {
    let bodies = [(Kind::Visit, body(&visit("2026-11-23")).unwrap()), (Kind::Sale, body(&sale("2026-11-23")).unwrap())];
    for (kind, body) in bodies {
        for field in kind.spec().rep.patch {
            assert!(body.get(field).is_some(), "{kind}.{field}");
        }
    }
}

#[test]
fn a_bad_or_nil_id_is_not_taken_for_a_fields_name() {
    let error_of = |id: &str| {
        let mut body = body(&visit("2026-11-23")).unwrap();
        body["customer"] = json!(id);
        Kind::Visit.check(&body).unwrap_err()
    };
    for bad in ["x0000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-000000000000"] {
        let error = error_of(bad);
        assert_eq!((error.field.as_str(), error.problem), ("body", Problem::Malformed), "{bad}");
    }
}

#[test]
fn the_fields_of_a_kind_are_those_of_its_bodies() {
    let bodies = [(Kind::Visit, body(&visit("2026-11-23")).unwrap()), (Kind::Sale, body(&sale("2026-11-23")).unwrap())];
    for (kind, body) in bodies {
        let mut fields = kind.fields().to_vec();
        fields.sort_unstable();
        assert_eq!(fields, body.as_object().unwrap().keys().collect::<Vec<_>>(), "{kind}");
    }
    for kind in Kind::ALL {
        assert!(kind.fields().contains(&"id"), "{kind}");
        assert!(kind.spec().rep.patch.iter().all(|field| kind.fields().contains(field)), "{kind}");
    }
}

#[test]
fn every_stamp_of_a_body_is_found_and_nothing_else_is_touched() {
    let tomorrow = |stamp: &Stamp| stamp.corrected(86_400_000, 1).ok();
    for (kind, body) in bodies() {
        let mut moved = body.clone();
        let has_moved = kind.spec().replace_stamps(&mut moved, tomorrow);
        assert_eq!(has_moved, !kind.spec().stamps.is_empty(), "{kind}");
        for (field, value) in body.as_object().unwrap() {
            let is_stamp = value.get("boot_id").is_some();
            assert_eq!(moved[field] != *value, is_stamp, "{kind}.{field}");
        }
        assert!(kind.spec().stamps.iter().all(|field| kind.fields().contains(field)), "{kind}");
        assert!(!kind.spec().replace_stamps(&mut moved, |_| None), "{kind}");
    }
    let mut patch = json!({"check_out": null, "note": "x"});
    assert!(!Kind::Visit.spec().replace_stamps(&mut patch, tomorrow));
}
