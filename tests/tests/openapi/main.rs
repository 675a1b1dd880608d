//! `docs/openapi.json` is held to the code: to samples of every message, and to what a live server takes and answers.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by them")]

mod document;
mod samples;
mod session;

use std::collections::BTreeSet;

use document::Document;
use saha_domain::wire::{DeviceInfo, LoginRequest, RefreshRequest, RejectionCode, SyncRequest, WireChange};
use saha_server::ImportKind;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

#[test]
fn every_message_is_as_the_document_says_and_the_document_says_nothing_else() {
    let document = Document::read();
    for (schema, sample) in samples::all() {
        document.check_named(schema, &sample).unwrap_or_else(|wrong| panic!("{schema}: {wrong}\n{sample:#}"));
    }
    assert_eq!(document.never_met(), BTreeSet::new(), "no message has these");
    assert_eq!(document.always_met(), BTreeSet::new(), "every message has these, and they are not required");
}

#[test]
fn a_field_that_the_document_does_not_have_is_found() {
    let document = Document::read();
    for (schema, sample) in samples::all() {
        let Some(fields) = sample.as_object() else { continue };
        let mut longer = fields.clone();
        longer.insert("new_field".to_owned(), json!(1));
        assert!(document.check_named(schema, &longer.into()).is_err(), "{schema}");
    }
}

#[test]
fn a_request_may_leave_out_exactly_what_the_document_says() {
    check_absence::<LoginRequest>("LoginRequest");
    check_absence::<DeviceInfo>("DeviceInfo");
    check_absence::<RefreshRequest>("RefreshRequest");
    check_absence::<SyncRequest>("SyncRequest");
    check_absence::<WireChange>("WireChange");
}

/// Takes away one field after the other, and sets it to null: the server's code and the document must say the same to it.
fn check_absence<T: DeserializeOwned>(schema: &str) {
    let document = Document::read();
    let full = samples::all().into_iter().find(|(name, _)| *name == schema).unwrap().1;
    for field in full.as_object().unwrap().keys() {
        let (mut absent, mut null) = (full.clone(), full.clone());
        absent.as_object_mut().unwrap().remove(field);
        null[field] = Value::Null;
        for sample in [absent, null] {
            let is_taken = serde_json::from_str::<T>(&sample.to_string()).is_ok();
            assert_eq!(document.check_named(schema, &sample).is_ok(), is_taken, "{schema} {field}: {sample}");
        }
    }
}

#[test]
fn every_refusal_of_a_request_has_its_status_and_its_code() {
    let document = Document::read();
    let responses = document.at("/components/responses").as_object().unwrap();
    let mut met = BTreeSet::new();
    for error in samples::every_request_error() {
        let status = error.status().to_string();
        let response = responses.get(&status).unwrap_or_else(|| panic!("{status} of {error:?}"));
        let told = response["description"].as_str().unwrap();
        assert!(told.contains(&format!("`{}`", error.code())), "{error:?}: {told}");
        assert_eq!(error.retry_after_s().is_some(), response["headers"].get("Retry-After").is_some(), "{error:?}");
        met.insert(status);
    }
    assert!(responses.keys().eq(met.iter()), "{met:?}");
}

#[test]
fn every_code_of_a_rejection_is_listed() {
    let document = Document::read();
    let listed = document.at("/components/schemas/Rejection/properties/code/examples").as_array().unwrap().clone();
    let ours: Vec<Value> = samples::every_rejection_code().iter().map(|code| json!(code)).collect();
    assert_eq!(listed, ours);
    assert!(!listed.iter().any(|name| matches!(name.as_str().unwrap().into(), RejectionCode::Other(_))));
}

#[test]
fn every_kind_of_import_is_listed() {
    let document = Document::read();
    let listed = &document.at("/paths/~1v1~1import~1{kind}/parameters/0/schema/enum");
    let ours: Vec<&str> = ImportKind::ALL.iter().map(|kind| kind.name()).collect();
    assert_eq!(**listed, json!(ours));
}
