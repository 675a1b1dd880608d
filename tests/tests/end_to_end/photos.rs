//! Photos: the records at once, their files in a lane of their own.

use std::{
    fs,
    path::PathBuf,
    time::{Duration, Instant},
};

use reqwest::{Method, header};
use saha::bad_link::{Fault, Plan};
use saha_core::{NewPhoto, SyncBudget};
use saha_domain::{Photo, PhotoPurpose, SahaError};
use serde_json::json;

use crate::world::{Phone, World};

/// More than four parts.
const LENGTH: usize = 1_200_000;
const PART: i64 = 256 << 10;

/// A picture, another one for each `seed`, that no compression makes smaller.
fn picture(seed: u64, length: usize) -> Vec<u8> {
    let mut random = saha::chance::SplitMix64::new(seed);
    let noise = std::iter::repeat_with(|| u8::try_from(random.below(256)).unwrap());
    [0xff, 0xd8, 0xff, 0xe0].into_iter().chain(noise).take(length).collect()
}

fn take_photo(phone: &Phone<'_>, bytes: &[u8]) -> Photo {
    let visit = phone.visit(phone.customer("C1").id);
    let path = phone.path().join("camera.jpg");
    fs::write(&path, bytes).unwrap();
    let path = path.to_str().unwrap().to_owned();
    let photo =
        phone.saha.photos().attach(visit.id, NewPhoto { path: path.clone(), purpose: PhotoPurpose::Shelf, note: None });
    fs::remove_file(path).unwrap();
    photo.unwrap()
}

/// Where the parts of a photo's file go.
fn lane_of(photo: &Photo) -> String {
    format!("/v1/blobs/{}", photo.sha256)
}

fn fetched(world: &World, phone: &Phone<'_>, photo: &Photo) -> Result<Vec<u8>, SahaError> {
    let path = world.company.runtime.block_on(phone.saha.photos().fetch(photo.id))?;
    Ok(fs::read(path).unwrap())
}

fn waiting(phone: &Phone<'_>) -> i64 {
    phone.saha.sync().status().unwrap().files_waiting
}

/// Both reps see the first customer.
fn shared_world() -> World {
    let world = World::new();
    world.import("assignments", "customer_code,rep_code,from,to\nC1,R2,2026-01-01,\n");
    world
}

#[test]
fn a_photo_taken_offline_is_seen_by_all_and_its_file_is_fetched_by_who_wants_it() {
    let world = shared_world();
    let (ayse, mehmet) = (world.phone("ayse"), world.phone("mehmet"));
    let bytes = picture(1, LENGTH);
    let photo = take_photo(&ayse, &bytes);
    assert_eq!(waiting(&ayse), 1);
    let report = ayse.sync().unwrap();
    assert_eq!((report.applied, report.files_sent, waiting(&ayse)), (3, 1, 0));
    mehmet.sync().unwrap();
    for phone in [&mehmet, &world.phone("ayse")] {
        assert_eq!(phone.saha.photos().list_of(photo.visit, 10, 0).unwrap(), std::slice::from_ref(&photo));
        assert_eq!(phone.saha.photos().file(photo.id).unwrap().path, None, "nobody asked for it yet");
        assert_eq!(fetched(&world, phone, &photo).unwrap(), bytes);
        assert!(phone.saha.photos().file(photo.id).unwrap().path.is_some());
    }
}

#[test]
fn a_file_that_broke_off_goes_on_where_the_server_has_it() {
    let world = World::new();
    let ayse = world.phone("ayse");
    let bytes = picture(2, LENGTH);
    let photo = take_photo(&ayse, &bytes);
    // Of the third part the server hears, and the phone hears nothing of it; then the link is dead.
    let faults =
        [Fault::Pass, Fault::Pass, Fault::LoseAnswer, Fault::LoseRequest, Fault::LoseRequest, Fault::LoseRequest];
    world.link.set_on(&lane_of(&photo), Plan::script(faults.into_iter().chain([Fault::LoseRequest; 9])));
    let first = ayse.sync().unwrap();
    assert_eq!((first.applied, first.files_sent, waiting(&ayse)), (3, 0, 1));
    let file = ayse.saha.photos().file(photo.id).unwrap();
    assert_eq!((file.sent_bytes, file.problem.as_deref()), (3 * PART, Some("connect")));
    world.link.set_on(&lane_of(&photo), Plan::default());
    let ayse = ayse.reopened();
    let second = ayse.sync().unwrap();
    assert_eq!((second.files_sent, waiting(&ayse)), (1, 0));
    let rest = i64::try_from(LENGTH).unwrap() - 3 * PART;
    assert!((rest..rest + 2_000).contains(&second.sent_bytes), "{} bytes for the last {rest}", second.sent_bytes);
    assert_eq!(fetched(&world, &world.phone("ayse"), &photo).unwrap(), bytes);
}

#[test]
fn a_fetched_file_goes_on_where_it_broke_off() {
    let world = World::new();
    let (ayse, bytes) = (world.phone("ayse"), picture(3, LENGTH));
    let photo = take_photo(&ayse, &bytes);
    ayse.sync().unwrap();
    let second = world.phone("ayse");
    let faults = [Fault::Pass, Fault::CutAnswer, Fault::Pass].into_iter().chain([Fault::CutAnswer; 9]);
    world.link.set_on(&lane_of(&photo), Plan::script(faults));
    assert!(matches!(fetched(&world, &second, &photo), Err(SahaError::Offline { .. })));
    world.link.set_on(&lane_of(&photo), Plan::default());
    let before = world.link.requests_to(&lane_of(&photo));
    assert_eq!(fetched(&world, &second, &photo).unwrap(), bytes);
    assert_eq!(world.link.requests_to(&lane_of(&photo)) - before, 3, "two of five parts were there");
}

#[test]
fn the_same_picture_is_sent_once() {
    let world = World::new();
    let ayse = world.phone("ayse");
    let bytes = picture(4, LENGTH);
    let (one, two) = (take_photo(&ayse, &bytes), take_photo(&ayse, &bytes));
    assert!(ayse.sync().unwrap().sent_bytes < i64::try_from(LENGTH + 4_000).unwrap());
    let three = take_photo(&ayse, &bytes);
    let again = ayse.sync().unwrap();
    assert_eq!(again.files_sent, 1);
    assert!(again.sent_bytes < 4_000, "{} bytes", again.sent_bytes);
    // The other phone of the rep took the same picture.
    let second = world.phone("ayse");
    let four = take_photo(&second, &bytes);
    assert!(second.sync().unwrap().sent_bytes < 4_000);
    assert_eq!([one.sha256, two.sha256, three.sha256, four.sha256], [one.sha256; 4]);
}

/// What the server says to whoever asks for a file by its hash alone.
fn knock(world: &World, token: &str, method: Method, path: &str) -> (u16, String) {
    let request = reqwest::Client::new().request(method, format!("{}{path}", world.company.url()));
    let request = request.bearer_auth(token).header(header::RANGE, "bytes=0-9").body("x");
    world.company.runtime.block_on(async {
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    })
}

#[test]
fn a_stranger_with_a_hash_is_answered_as_if_there_were_no_such_file() {
    let world = World::new();
    let ayse = world.phone("ayse");
    let photo = take_photo(&ayse, &picture(5, 1_000));
    ayse.sync().unwrap();
    let login = json!({"login": "mehmet", "password": "saha-mehmet-2026",
        "device": {"id": "0198c0de-0000-7000-8000-0000000000d1", "name": "raw", "platform": "test"}});
    let (_, grant) = world.post("/v1/auth/login", None, &login);
    let token = grant["access_token"].as_str().unwrap();
    for (method, query) in [
        (Method::GET, "/status"),
        (Method::GET, ""),
        (Method::HEAD, ""),
        (Method::PUT, "?offset=0"),
        (Method::PUT, "?offset=5"),
    ] {
        let of_file = knock(&world, token, method.clone(), &format!("{}{query}", lane_of(&photo)));
        let of_nothing = knock(&world, token, method.clone(), &format!("/v1/blobs/{}{query}", "00".repeat(32)));
        assert_eq!(of_file.0, 404, "{method}{query}");
        assert_eq!(of_file, of_nothing, "{method}{query}");
    }
}

#[test]
fn records_go_through_while_a_file_does_not() {
    let world = shared_world();
    let (ayse, mehmet) = (world.phone("ayse"), world.phone("mehmet"));
    let bytes = picture(6, 1_000);
    let photo = take_photo(&ayse, &bytes);
    world.link.set_on(&lane_of(&photo), Plan::Always(Fault::Status { status: 500, retry_after_s: None }));
    let report = ayse.sync().unwrap();
    assert_eq!((report.applied, report.files_sent, waiting(&ayse)), (3, 0, 1));
    assert_eq!(ayse.saha.photos().file(photo.id).unwrap().problem.as_deref(), Some("server_busy"));
    ayse.log_call("C1");
    assert_eq!(ayse.sync().unwrap().applied, 1);
    assert_eq!(ayse.saha.outbox().list().unwrap(), []);
    world.link.set_on(&lane_of(&photo), Plan::default());
    mehmet.sync().unwrap();
    assert_eq!(mehmet.saha.photos().get(photo.id).unwrap(), photo, "the record is there before its file");
    assert_eq!(fetched(&world, &mehmet, &photo), Err(SahaError::ServerRefused { code: "not_found".into() }));
}

#[test]
fn on_a_metered_network_records_go_and_files_wait() {
    let world = World::new();
    let ayse = world.phone("ayse");
    let photo = take_photo(&ayse, &picture(13, 1_000));
    let metered = SyncBudget { is_metered: true, ..SyncBudget::default() };
    let report = ayse.sync_within(metered).unwrap();
    assert_eq!((report.applied, report.files_sent, waiting(&ayse)), (3, 0, 1));
    assert!(report.is_complete, "what waits for another network is no reason to come again");
    assert_eq!(world.link.requests_to(&format!("{}/status", lane_of(&photo))), 0);
    assert_eq!(ayse.sync().unwrap().files_sent, 1);
}

#[test]
fn a_file_stops_with_the_budget_and_goes_on_with_the_next_sync() {
    let world = World::new();
    let ayse = world.phone("ayse");
    let photo = take_photo(&ayse, &picture(14, LENGTH));
    let slow = Fault::Delay(Duration::from_millis(1_500));
    world.link.set_on(&lane_of(&photo), Plan::script([slow; 3]));
    let begun = Instant::now();
    let report = ayse.sync_within(SyncBudget { max_ms: Some(4_000), ..SyncBudget::default() }).unwrap();
    assert!(begun.elapsed() < Duration::from_millis(4_500), "{:?}", begun.elapsed());
    assert_eq!((report.is_complete, report.applied, report.files_sent), (false, 3, 0));
    let file = ayse.saha.photos().file(photo.id).unwrap();
    assert_eq!((file.is_waiting, file.problem), (true, None), "to be stopped is no failure");
    let rest = ayse.sync().unwrap();
    assert!(rest.is_complete && rest.files_sent == 1 && rest.sent_bytes < i64::try_from(LENGTH).unwrap() - PART);
}

#[test]
fn a_file_outlives_a_lossy_link() {
    let world = World::new();
    let ayse = world.phone("ayse");
    let bytes = picture(7, LENGTH);
    let photo = take_photo(&ayse, &bytes);
    let faults =
        [Fault::LoseRequest, Fault::SendTwice, Fault::LoseAnswer, Fault::Portal, Fault::CutAnswer, Fault::Pass];
    world.link.set_on(&lane_of(&photo), Plan::deck(faults, 7));
    assert_eq!(ayse.sync().unwrap().files_sent, 1);
    let second = world.phone("ayse");
    let mut tries = (0..10).map(|_| fetched(&world, &second, &photo));
    assert_eq!(tries.find_map(Result::ok).unwrap(), bytes);
}

#[test]
fn wrong_bytes_under_a_hash_are_refused_and_shown_to_nobody() {
    let world = shared_world();
    let (ayse, mehmet) = (world.phone("ayse"), world.phone("mehmet"));
    let photo = take_photo(&ayse, &picture(8, 1_000));
    fs::write(blob_folder(&ayse).join(photo.sha256.to_string()), picture(9, 1_000)).unwrap();
    assert_eq!(ayse.sync().unwrap().files_sent, 0);
    assert_eq!(ayse.saha.photos().file(photo.id).unwrap().problem.as_deref(), Some("wrong_hash"));
    mehmet.sync().unwrap();
    assert_eq!(fetched(&world, &mehmet, &photo), Err(SahaError::ServerRefused { code: "not_found".into() }));
}

fn blob_folder(phone: &Phone<'_>) -> PathBuf {
    phone.path().join("blobs")
}

#[test]
fn what_a_kill_left_between_copy_and_record_is_gone_after_the_next_sync() {
    let world = World::new();
    let ayse = world.phone("ayse");
    let photo = take_photo(&ayse, &picture(10, 1_000));
    fs::write(blob_folder(&ayse).join("00".repeat(32)), b"copied").unwrap();
    fs::write(blob_folder(&ayse).join("3.new"), b"half").unwrap();
    let ayse = ayse.reopened();
    ayse.sync().unwrap();
    let left: Vec<_> = fs::read_dir(blob_folder(&ayse)).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, [photo.sha256.to_string().as_str()]);
}

#[test]
fn a_token_that_ends_in_the_middle_of_a_file_is_renewed() {
    let world = World::with_access_ms(3_000);
    let ayse = world.phone("ayse");
    let bytes = picture(11, LENGTH);
    let photo = take_photo(&ayse, &bytes);
    let before = world.refreshes();
    world.link.set_on(&lane_of(&photo), Plan::script([Fault::Pass, Fault::Delay(Duration::from_millis(3_100))]));
    assert_eq!(ayse.sync().unwrap().files_sent, 1);
    assert!(world.refreshes() > before);
}

#[test]
fn a_deleted_photo_takes_its_file_along() {
    let world = shared_world();
    let (ayse, mehmet) = (world.phone("ayse"), world.phone("mehmet"));
    let photo = take_photo(&ayse, &picture(12, 1_000));
    ayse.sync().unwrap();
    mehmet.sync().unwrap();
    fetched(&world, &mehmet, &photo).unwrap();
    ayse.saha.photos().delete(photo.id).unwrap();
    ayse.sync().unwrap();
    mehmet.sync().unwrap();
    assert!(mehmet.saha.photos().get(photo.id).is_err());
    assert_eq!(fs::read_dir(blob_folder(&mehmet)).unwrap().count(), 0);
    let fresh = world.phone("ayse");
    assert!(fresh.saha.photos().get(photo.id).is_err());
}
