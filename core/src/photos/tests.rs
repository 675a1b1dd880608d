use saha_domain::{
    facts::FactKind,
    wire::{Outcome, PulledItem, RejectionCode},
};

use super::*;
use crate::{
    blobs::tests::{attach, picture, shot},
    testing::*,
};

fn new(path: impl Into<String>) -> NewPhoto {
    NewPhoto { path: path.into(), purpose: PhotoPurpose::Storefront, note: Some("köşe".into()) }
}

fn open_visit(phone: &Phone) -> Visit {
    phone.saha.visits().check_in(phone.customer_id(), None).unwrap()
}

#[test]
fn a_photo_of_a_running_visit_is_listed_with_it() {
    let phone = Phone::new();
    let visit = open_visit(&phone);
    let path = shot(&phone, &picture(1, 1_000));
    let photo = phone.saha.photos().attach(visit.id, new(path)).unwrap();
    assert_eq!((photo.visit, photo.customer, photo.rep), (visit.id, visit.customer, visit.rep));
    assert_eq!((photo.size_bytes, photo.media_type.as_str()), (1_000, "image/jpeg"));
    assert_eq!(phone.saha.photos().get(photo.id).unwrap(), photo);
    assert_eq!(phone.saha.photos().list_of(visit.id, 10, 0).unwrap(), [photo]);
    phone.check();
}

#[test]
fn a_photo_is_one_change_and_counts_nothing() {
    let phone = Phone::new();
    attach(&phone, &picture(1, 1_000));
    assert_eq!(phone.counted(FactKind::Visit), [0, 1, 0]);
    let kinds: Vec<_> = phone.saha.outbox().list().unwrap().into_iter().map(|entry| entry.kind).collect();
    assert_eq!(kinds, ["visit", "visit", "photo"]);
}

#[test]
fn what_is_no_picture_is_refused_and_leaves_nothing() {
    let phone = Phone::new();
    let visit = open_visit(&phone);
    let folder = phone.folder.path().join("folder.jpg");
    std::fs::create_dir(&folder).unwrap();
    let huge = phone.folder.path().join("huge.jpg");
    File::create(&huge).unwrap().set_len(u64::try_from(Photo::MAX_BYTES).unwrap() + 1).unwrap();
    let cases = [
        (phone.folder.path().join("missing.jpg").to_str().unwrap().to_owned(), "path", Problem::Unknown),
        ("a\0b".to_owned(), "path", Problem::Unknown),
        (folder.to_str().unwrap().to_owned(), "path", Problem::Malformed),
        (huge.to_str().unwrap().to_owned(), "size_bytes", Problem::OutOfRange),
        (shot(&phone, b""), "size_bytes", Problem::OutOfRange),
    ];
    for (path, field, problem) in cases {
        assert_eq!(
            phone.saha.photos().attach(visit.id, new(path.as_str())),
            Err(SahaError::invalid(field, problem)),
            "{path}"
        );
    }
    let script = shot(&phone, b"#!/bin/sh");
    assert_eq!(
        phone.saha.photos().attach(visit.id, new(script)),
        Err(SahaError::invalid("media_type", Problem::Unknown))
    );
    assert!(!phone.folder.path().join("blobs").exists());
    assert_eq!(phone.count("SELECT count(*) FROM outbox WHERE kind = 'photo'"), 0);
}

#[test]
fn a_file_is_what_its_first_bytes_say() {
    let phone = Phone::new();
    let visit = open_visit(&phone);
    let heads: [(&[u8], &str); 3] = [
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x18ftypheic\0\0", "image/heic"),
    ];
    for (head, media_type) in heads {
        let photo = phone.saha.photos().attach(visit.id, new(shot(&phone, head))).unwrap();
        assert_eq!(photo.media_type, media_type);
    }
}

#[test]
fn only_the_own_visits_that_stand_take_photos() {
    let phone = Phone::new();
    let path = shot(&phone, &picture(1, 1_000));
    let visit = open_visit(&phone);
    let other = Visit { id: id(900), rep: id(101), ..visit.clone() };
    phone.pull(&[phone.row(&other)]);
    assert!(matches!(phone.saha.photos().attach(other.id, new(path.as_str())), Err(SahaError::NotFound { .. })));
    assert!(matches!(phone.saha.photos().attach(id(901), new(path.as_str())), Err(SahaError::NotFound { .. })));
    phone.saha.visits().void(visit.id).unwrap();
    assert!(matches!(phone.saha.photos().attach(visit.id, new(path.as_str())), Err(SahaError::WrongState { .. })));
}

#[test]
fn a_photo_is_corrected_and_deleted_by_who_took_it() {
    let phone = Phone::new();
    let photo = attach(&phone, &picture(1, 1_000));
    let edited = phone.saha.photos().edit(photo.id, PhotoPurpose::Signature, Some("imza".into())).unwrap();
    assert_eq!((edited.purpose, edited.note.as_deref()), (PhotoPurpose::Signature, Some("imza")));
    let theirs = Photo { id: id(900), rep: id(101), ..edited.clone() };
    phone.pull(&[phone.row(&theirs)]);
    assert!(phone.saha.photos().edit(theirs.id, PhotoPurpose::Other, None).is_err());
    assert!(phone.saha.photos().delete(theirs.id).is_err());
    phone.saha.photos().delete(photo.id).unwrap();
    assert_eq!(phone.saha.photos().list_of(photo.visit, 10, 0).unwrap(), [theirs]);
    phone.check();
}

#[test]
fn a_photo_waits_for_its_visit() {
    let phone = Phone::new();
    let photo = attach(&phone, &picture(1, 1_000));
    phone.push(|entry| match entry.kind {
        Kind::Visit => rejected(RejectionCode::Invalid),
        _ => Outcome::Blocked { by: entry.op_id },
    });
    let listed = phone.saha.outbox().list().unwrap();
    let entry = listed.iter().find(|entry| entry.kind == "photo").unwrap();
    assert!(entry.is_held_back && entry.title == "Ihlamur Kafe");
    assert!(phone.saha.photos().file(photo.id).unwrap().path.is_some());
}

#[test]
fn the_own_photos_of_a_customer_who_left_stay() {
    let phone = Phone::new();
    let photo = attach(&phone, &picture(1, 1_000));
    phone.push(|entry| phone.applied(entry));
    phone.pull(&[PulledItem { left: Some(photo.customer), ..PulledItem::default() }]);
    assert_eq!(phone.saha.photos().get(photo.id).unwrap(), photo);
    blobs::tidy(&phone.blobs(), &phone.store).unwrap();
    assert!(phone.saha.photos().file(photo.id).unwrap().path.is_some());
}

#[test]
fn nobody_signs_out_while_a_file_waits_unless_its_photo_is_deleted() {
    let phone = Phone::new();
    let photo = attach(&phone, &picture(1, 1_000));
    phone.push(|entry| phone.applied(entry));
    phone.pull(&[phone.row(&photo)]);
    assert_eq!(phone.saha.account().sign_out(), Err(SahaError::UnsentWork { count: 1 }));
    phone.saha.photos().delete(photo.id).unwrap();
    phone.push(|entry| phone.applied(entry));
    assert_eq!(phone.saha.sync().status().unwrap().files_waiting, 0);
    assert_eq!(phone.saha.account().sign_out(), Ok(()));
}
