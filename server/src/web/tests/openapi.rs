use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::web::{guard::Access, routes};

/// What `docs/openapi.json` says of each method and path.
fn documented() -> BTreeMap<(String, String), Value> {
    let document: Value = serde_json::from_str(include_str!("../../../../docs/openapi.json")).unwrap();
    let mut operations = BTreeMap::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap().iter().filter(|(key, _)| *key != "parameters") {
            let mut operation = operation.clone();
            let security = operation.get("security").unwrap_or(&document["security"]).clone();
            operation["security"] = security;
            operations.insert((method.to_uppercase(), path.clone()), operation);
        }
    }
    operations
}

#[test]
fn the_document_has_every_route_and_no_other() {
    let served = routes::table().into_iter().map(|route| (route.method.to_string(), route.path.to_owned()));
    let mut served: Vec<_> = served.collect();
    served.sort();
    assert_eq!(documented().into_keys().collect::<Vec<_>>(), served);
}

#[test]
fn the_document_says_whom_each_route_takes_and_how_it_refuses_others() {
    let documented = documented();
    for route in routes::table() {
        let operation = &documented[&(route.method.to_string(), route.path.to_owned())];
        let security = match route.access {
            Access::Anyone => json!([]),
            Access::SignedIn => json!([{"bearer": []}]),
            Access::Reps => json!([{"bearer": ["rep"]}]),
            Access::Admins => json!([{"bearer": ["admin"]}]),
        };
        assert_eq!(operation["security"], security, "{} {}", route.method, route.path);
        let refusals: &[&str] = if route.access == Access::Anyone { &["503"] } else { &["401", "403", "429", "503"] };
        for status in refusals {
            assert!(operation["responses"].get(status).is_some(), "{status} of {} {}", route.method, route.path);
        }
    }
}
