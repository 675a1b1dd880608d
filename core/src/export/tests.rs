use std::{fs, path::Path};

use saha_domain::{Call, wire::RejectionCode};

use super::*;
use crate::{NewProspect, VisitEnd, testing::*};

fn exported(phone: &Phone, path: &Path) -> (Export, Value) {
    let export = phone.saha.account().export(path.to_str().unwrap().into()).unwrap();
    let text = fs::read_to_string(path).unwrap();
    assert_eq!(export.bytes, i64::try_from(text.len()).unwrap());
    (export, serde_json::from_str(&text).unwrap())
}

#[test]
fn the_document_holds_the_reps_own_work_whatever_became_of_it() {
    let phone = Phone::new();
    let visit = phone.saha.visits().check_in(phone.customer_id(), None).unwrap();
    let end = VisitEnd { outcome: "order".into(), ..VisitEnd::default() };
    phone.saha.visits().check_out(visit.id, end).unwrap();
    phone.push(|entry| phone.applied(entry));
    phone.pull(&[]);
    let prospect =
        phone.saha.customers().create_prospect(NewProspect { name: "Yeni".into(), ..NewProspect::default() });
    phone.push(|_| rejected(RejectionCode::DuplicateTaxNo));
    let call = phone.log_call();
    let colleagues = Call { id: id(5_000), rep: id(101), ..call.clone() };
    phone.pull(&[phone.row(&colleagues)]);

    let out = tempfile::tempdir().unwrap();
    let (export, document) = exported(&phone, &out.path().join("mine.json"));
    assert_eq!((document["schema"].as_str(), document["version"].as_i64()), (Some("saha.export"), Some(1)));
    assert_eq!(export.records, 3);
    let list = |name: &str| {
        let entries = document[name].as_array().unwrap();
        entries.iter().map(|e| (e["state"].as_str().unwrap(), e["record"]["id"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(list("visits"), [("confirmed", json!(visit.id))]);
    assert_eq!(list("calls"), [("waiting", json!(call.id))]);
    assert_eq!(list("prospects"), [("refused", json!(prospect.unwrap().id))]);
    assert_eq!((list("sales"), list("photos")), (vec![], vec![]));
    assert_eq!(document["visits"][0]["customer_name"], "Ihlamur Kafe");
    assert_eq!(document["calls"][0]["record"]["duration_s"], 60, "units are in the names");
    assert_eq!(fs::read_dir(out.path()).unwrap().count(), 1, "no part is left");
}

#[test]
fn a_second_export_takes_the_place_of_the_first() {
    let phone = Phone::new();
    let out = tempfile::tempdir().unwrap();
    let path = out.path().join("mine.json");
    exported(&phone, &path);
    phone.log_call();
    assert_eq!(exported(&phone, &path).0.records, 1);
}

#[test]
fn where_it_cannot_be_written_nothing_is_there() {
    let phone = Phone::new();
    let out = tempfile::tempdir().unwrap();
    let refused = |path: &Path| {
        let error = phone.saha.account().export(path.to_str().unwrap().into()).unwrap_err();
        assert_eq!(error, SahaError::invalid("path", Problem::Unknown), "{}", path.display());
    };
    fs::create_dir(out.path().join("folder")).unwrap();
    refused(&out.path().join("missing/mine.json"));
    refused(&out.path().join("folder"));
    refused(Path::new(""));
    refused(&phone.folder.path().join("saha.db"));
    refused(&phone.folder.path().join("mine.json"));
    assert_eq!(fs::read_dir(out.path()).unwrap().count(), 1);
    phone.check();
    phone.saha.shutdown().unwrap();
    let closed = phone.saha.account().export(out.path().join("mine.json").to_str().unwrap().into());
    assert_eq!(closed, Err(SahaError::Closed));
    assert_eq!(fs::read_dir(out.path()).unwrap().count(), 1, "what was begun is taken away");
}

#[test]
fn nothing_that_signs_in_is_in_it() {
    let server = TestServer::new();
    let phone = Phone::signed_in(&server);
    phone.log_call();
    let out = tempfile::tempdir().unwrap();
    let path = out.path().join("mine.json");
    exported(&phone, &path);
    let text = fs::read_to_string(&path).unwrap();
    let secrets = phone.secrets.all();
    assert!(!secrets.is_empty());
    assert!(secrets.iter().all(|secret| !text.contains(secret.as_str())), "{secrets:?}");
}
