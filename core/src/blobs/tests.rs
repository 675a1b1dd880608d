mod server;

use std::{
    fs,
    io::{self, Read},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use saha_domain::{Kind, Photo, PhotoPurpose, SahaError, VisitId, catalog::Lang};
use server::FileServer;
use tokio::sync::watch;

use super::{lane::*, *};
use crate::{
    NewPhoto, VisitEnd,
    secrets::Secrets,
    session::Session,
    sync::{
        driver::SyncReport,
        transport::{Answer, HttpRequest, NoAnswer, Transport},
    },
    testing::*,
};

/// A picture of so many bytes, another one for each `seed`.
pub(crate) fn picture(seed: u8, length: usize) -> Vec<u8> {
    let noise = (0..length - 4).map(|n| u8::try_from(n * 31 % 251).unwrap() ^ seed);
    [0xff, 0xd8, 0xff, 0xe0].into_iter().chain(noise).collect()
}

/// The file of a camera.
pub(crate) fn shot(phone: &Phone, bytes: &[u8]) -> String {
    let path = phone.folder.path().join("camera.jpg");
    fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_owned()
}

/// A photo at a visit that is over by then.
pub(crate) fn attach(phone: &Phone, bytes: &[u8]) -> Photo {
    let visit = phone.saha.visits().check_in(phone.customer_id(), None).unwrap();
    phone.saha.visits().check_out(visit.id, VisitEnd { outcome: "order".into(), ..VisitEnd::default() }).unwrap();
    attach_to(phone, visit.id, bytes)
}

fn attach_to(phone: &Phone, visit: VisitId, bytes: &[u8]) -> Photo {
    let new = NewPhoto { path: shot(phone, bytes), purpose: PhotoPurpose::Shelf, note: None };
    phone.saha.photos().attach(visit, new).unwrap()
}

/// The server takes every change, and its rows come back.
fn accept_all(phone: &Phone, photos: &[&Photo]) {
    phone.push(|entry| phone.applied(entry));
    let visits = photos.iter().map(|photo| phone.saha.visits().get(photo.visit).unwrap());
    let visits: Vec<_> = visits.map(|visit| phone.row(&visit)).collect();
    let photos: Vec<_> = photos.iter().map(|photo| phone.row(*photo)).collect();
    phone.pull(&[visits, photos].concat());
}

/// What is in the folder of files, sorted.
fn on_disk(phone: &Phone) -> Vec<String> {
    let Ok(entries) = fs::read_dir(phone.folder.path().join("blobs")) else { return vec![] };
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn tidy(phone: &Phone) {
    super::tidy(&phone.blobs(), &phone.store).unwrap();
}

fn session(phone: &Phone) -> Session {
    Session::new(Secrets::new(Arc::new(MemorySecrets::default()), String::new()), None, phone.blobs())
}

/// Runs `work` in a lane to `server`.
fn in_lane<T>(
    phone: &Phone,
    server: &FileServer,
    left_bytes: Option<u64>,
    work: impl AsyncFnOnce(&mut Lane<'_>) -> T,
) -> (T, SyncReport) {
    let session = session(phone);
    let (mut transport, mut report) = (server.clone(), SyncReport::default());
    let (_keep_open, stop) = watch::channel(false);
    let link = Link {
        transport: &mut transport,
        session: &session,
        server: "http://127.0.0.1:1/".parse().unwrap(),
        lang: Lang::En,
        stop,
        ends: None,
        report: &mut report,
    };
    let blobs = phone.blobs();
    let mut lane = Lane { store: &phone.store, blobs: &blobs, link, left_bytes };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    let done = runtime.block_on(work(&mut lane));
    (done, report)
}

fn run(phone: &Phone, server: &FileServer) -> SyncReport {
    run_with(phone, server, None)
}

fn run_with(phone: &Phone, server: &FileServer, left_bytes: Option<u64>) -> SyncReport {
    let (done, report) = in_lane(phone, server, left_bytes, async |lane| lane.run().await);
    done.unwrap();
    tidy(phone);
    report
}

fn problem(phone: &Phone, photo: &Photo) -> Option<String> {
    phone.saha.photos().file(photo.id).unwrap().problem
}

#[test]
fn the_same_picture_is_kept_once_whoever_deletes_the_cameras_file() {
    let phone = Phone::new();
    let bytes = picture(1, 200_000);
    let (one, two) = (attach(&phone, &bytes), attach(&phone, &bytes));
    fs::remove_file(phone.folder.path().join("camera.jpg")).unwrap();
    assert_eq!((one.sha256, one.size_bytes), (two.sha256, 200_000));
    assert_eq!(on_disk(&phone), [one.sha256.to_string()]);
    let file = phone.saha.photos().file(two.id).unwrap();
    assert_eq!(fs::read(file.path.unwrap()).unwrap(), bytes);
    assert!(file.is_waiting);
    assert_eq!(phone.saha.sync().status().unwrap().files_waiting, 1);
}

#[test]
fn what_a_kill_left_between_the_copy_and_the_record_is_tidied_away() {
    let phone = Phone::new();
    let kept = attach(&phone, &picture(1, 1_000));
    // Killed after the copy, and in the middle of another one.
    drop(phone.blobs().take_in(&mut picture(2, 1_000).as_slice()).unwrap());
    fs::write(phone.folder.path().join("blobs/7.new"), b"half").unwrap();
    let phone = phone.restart();
    assert_eq!(on_disk(&phone).len(), 3);
    run(&phone, &FileServer::default());
    assert_eq!(on_disk(&phone), [kept.sha256.to_string()]);
}

#[test]
fn a_file_is_not_tidied_away_before_its_record_is_there() {
    let phone = Phone::new();
    let blobs = phone.blobs();
    let taken = blobs.take_in(&mut picture(1, 1_000).as_slice()).unwrap();
    tidy(&phone);
    assert_eq!(on_disk(&phone), [taken.sha256.to_string()]);
    drop(taken);
    tidy(&phone);
    assert_eq!(on_disk(&phone), [""; 0]);
}

/// A disk that is full after a few bytes.
struct Full(usize);

impl Read for Full {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0 = self.0.checked_sub(1).ok_or(io::ErrorKind::StorageFull)?;
        Ok(buffer.len())
    }
}

#[test]
fn a_copy_that_fails_leaves_nothing() {
    let phone = Phone::new();
    let error = phone.blobs().take_in(&mut Full(3)).err().map(Error::io("copy")).map(SahaError::from);
    assert_eq!(error, Some(SahaError::StorageFull));
    assert_eq!(on_disk(&phone), [""; 0]);
}

#[test]
fn the_file_of_a_deleted_photo_stays_for_as_long_as_a_kept_change_names_it() {
    let phone = Phone::new();
    let photo = attach(&phone, &picture(1, 1_000));
    accept_all(&phone, &[&photo]);
    phone.saha.photos().delete(photo.id).unwrap();
    tidy(&phone);
    assert_eq!(on_disk(&phone).len(), 1, "the company may refuse the deletion");
    phone.push(|entry| phone.applied(entry));
    let version = phone.version();
    phone.pull(&[tombstone(Kind::Photo, photo.id.uuid(), version)]);
    tidy(&phone);
    assert_eq!(on_disk(&phone).len(), 1, "a restored server may be told of the photo again");
    phone.store.apply(|tx| outbox::durable_through(tx, version)).unwrap();
    tidy(&phone);
    assert_eq!(on_disk(&phone), [""; 0]);
    assert_eq!(phone.count("SELECT count(*) FROM blob"), 0);
}

#[test]
fn files_go_in_parts_once_their_records_are_accepted() {
    let phone = Phone::new();
    let bytes = picture(1, 600_000);
    let photo = attach(&phone, &bytes);
    let server = FileServer::expecting(&[&photo]);
    run(&phone, &server);
    assert_eq!(server.asked(), [""; 0], "the server does not know the photo yet");
    accept_all(&phone, &[&photo]);
    assert_eq!(run(&phone, &server).files_sent, 1);
    assert_eq!(server.asked(), ["status", "send 0", "send 262144", "send 524288"]);
    assert_eq!(server.received(&photo), bytes);
    let file = phone.saha.photos().file(photo.id).unwrap();
    assert_eq!((file.is_waiting, file.path.is_some()), (false, true));
    assert_eq!(run(&phone, &server).requests, 0);
}

#[test]
fn a_file_that_broke_off_goes_on_where_the_server_has_it() {
    let phone = Phone::new();
    let bytes = picture(1, 600_000);
    let photo = attach(&phone, &bytes);
    accept_all(&phone, &[&photo]);
    let server = FileServer::expecting(&[&photo]);
    server.holds(&photo, &bytes[..300_000]);
    run(&phone, &server);
    assert_eq!(server.asked(), ["status", "send 300000", "send 562144"]);
    assert_eq!(server.received(&photo), bytes);
}

#[test]
fn what_the_company_has_is_not_sent_again() {
    let phone = Phone::new();
    let bytes = picture(1, 1_000);
    let one = attach(&phone, &bytes);
    accept_all(&phone, &[&one]);
    let server = FileServer::expecting(&[&one]);
    run(&phone, &server);
    assert_eq!(server.asked(), ["status", "send 0"]);
    let two = attach(&phone, &bytes);
    accept_all(&phone, &[&two]);
    assert_eq!(run(&phone, &server).files_sent, 1);
    assert_eq!(server.asked(), ["status"], "it is asked, as another record names the file now");
}

#[test]
fn a_lost_part_is_sent_again_from_where_the_server_has_it() {
    let phone = Phone::new();
    let bytes = picture(1, 600_000);
    let photo = attach(&phone, &bytes);
    accept_all(&phone, &[&photo]);
    let server = FileServer::expecting(&[&photo]);
    server.meet([Err(NoAnswer("timeout")), Err(NoAnswer("timeout"))]);
    assert_eq!(run(&phone, &server).files_sent, 1);
    assert_eq!(server.received(&photo), bytes);
    let asked = ["status", "send 0", "status", "send 0", "status", "send 0", "send 262144", "send 524288"];
    assert_eq!(server.asked(), asked);
}

#[test]
fn a_file_that_fails_rests_longer_each_time_and_the_others_go_first() {
    let phone = Phone::new();
    let (poison, good) = (attach(&phone, &picture(1, 1_000)), attach(&phone, &picture(2, 1_000)));
    accept_all(&phone, &[&poison, &good]);
    // The server knows nothing of the first one.
    let server = FileServer::expecting(&[&good]);
    assert_eq!(run(&phone, &server).files_sent, 1);
    assert_eq!(problem(&phone, &poison).as_deref(), Some("not_found"));
    server.asked();
    run(&phone, &server);
    assert_eq!(server.asked(), [""; 0], "it rests");
    let mut tries = 0;
    for _ in 0..60 {
        phone.host.pass_minutes(1);
        run(&phone, &server);
        tries += server.asked().len();
    }
    assert!((5..=9).contains(&tries), "{tries} tries in an hour");
    server.lock().files.insert(poison.sha256, (1_000, vec![]));
    phone.host.pass_minutes(60);
    assert_eq!(run(&phone, &server).files_sent, 1);
    assert_eq!(problem(&phone, &poison), None);
}

#[test]
fn a_dead_link_ends_the_lane_and_is_noted() {
    let phone = Phone::new();
    let (one, two) = (attach(&phone, &picture(1, 1_000)), attach(&phone, &picture(2, 1_000)));
    accept_all(&phone, &[&one, &two]);
    let server = FileServer::expecting(&[&one, &two]);
    server.meet([Err(NoAnswer("connect")); 20]);
    assert_eq!(run(&phone, &server).files_sent, 0);
    assert_eq!((problem(&phone, &one).as_deref(), problem(&phone, &two)), (Some("connect"), None));
    server.meet([]);
    assert_eq!(run(&phone, &server).files_sent, 1, "the one that did not fail");
    server.meet([Ok(503)]);
    phone.host.pass_minutes(1);
    run(&phone, &server);
    assert_eq!(problem(&phone, &one).as_deref(), Some("server_busy"));
}

#[test]
fn a_file_that_made_some_way_goes_on_with_the_next_sync() {
    let phone = Phone::new();
    let photo = attach(&phone, &picture(1, 600_000));
    accept_all(&phone, &[&photo]);
    let server = FileServer::expecting(&[&photo]);
    assert_eq!(run_with(&phone, &server, Some(300_000)).files_sent, 0, "the budget of bytes ends it");
    assert_eq!(server.asked(), ["status", "send 0"]);
    assert_eq!(problem(&phone, &photo), None);
    server.meet([Err(NoAnswer("connect")); 20]);
    run(&phone, &server);
    let file = phone.saha.photos().file(photo.id).unwrap();
    assert_eq!((file.sent_bytes, file.problem.as_deref()), (262_144, Some("connect")));
    server.meet([]);
    server.asked();
    assert_eq!(run(&phone, &server).files_sent, 1);
    assert_eq!(server.asked(), ["status", "send 262144", "send 524288"]);
}

#[test]
fn a_cancelled_lane_stops_at_once_and_notes_no_failure() {
    struct Hanging;
    impl Transport for Hanging {
        fn send<'a>(&'a mut self, _server: &'a url::Url, _request: HttpRequest) -> Answer<'a> {
            Box::pin(std::future::pending())
        }
    }
    let phone = Phone::new();
    let photo = attach(&phone, &picture(1, 1_000));
    accept_all(&phone, &[&photo]);
    let session = session(&phone);
    for is_cancelled in [true, false] {
        let (_keep_open, stop) = watch::channel(is_cancelled);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
        runtime.block_on(async {
            let ends = Some(tokio::time::Instant::now() + Duration::from_secs(5)).filter(|_| !is_cancelled);
            let server = "http://127.0.0.1:1/".parse().unwrap();
            let report = &mut SyncReport::default();
            let link = Link { transport: &mut Hanging, session: &session, server, lang: Lang::En, stop, ends, report };
            let blobs = phone.blobs();
            let mut lane = Lane { store: &phone.store, blobs: &blobs, link, left_bytes: None };
            assert_eq!(lane.run().await.unwrap(), LaneEnd::Stopped);
        });
        assert_eq!(problem(&phone, &photo), None);
    }
    assert_eq!(phone.saha.sync().status().unwrap().files_waiting, 1);
}

#[test]
fn a_restored_server_is_asked_for_every_file_again() {
    let phone = Phone::new();
    let bytes = picture(1, 1_000);
    let visit = phone.saha.visits().check_in(phone.customer_id(), None).unwrap();
    let photo = attach_to(&phone, visit.id, &bytes);
    accept_all(&phone, &[&photo]);
    run(&phone, &FileServer::expecting(&[&photo]));
    phone.store.apply(crate::sync::sight::history_changed).unwrap();
    accept_all(&phone, &[&photo]);
    let restored = FileServer::expecting(&[&photo]);
    assert_eq!(run(&phone, &restored).files_sent, 1);
    assert_eq!(restored.received(&photo), bytes);
}

/// A colleague's photo, whose file is at the company alone.
fn colleagues_photo(phone: &Phone, bytes: &[u8]) -> Photo {
    let own = attach(phone, bytes);
    let photo = Photo { id: id(900), rep: id(101), ..own.clone() };
    phone.pull(&[phone.row(&photo)]);
    phone.saha.photos().delete(own.id).unwrap();
    fs::remove_file(phone.folder.path().join("blobs").join(own.sha256.to_string())).unwrap();
    photo
}

fn fetch(phone: &Phone, server: &FileServer, photo: &Photo) -> Result<PathBuf, SahaError> {
    let size_bytes = u64::try_from(photo.size_bytes).unwrap();
    let fetch = async |lane: &mut Lane<'_>| lane.fetch(photo.sha256, size_bytes).await;
    in_lane(phone, server, None, fetch).0.map_err(SahaError::from)
}

#[test]
fn a_file_that_is_fetched_goes_on_where_it_broke_off() {
    let phone = Phone::new();
    let bytes = picture(1, 600_000);
    let photo = colleagues_photo(&phone, &bytes);
    let server = FileServer::expecting(&[&photo]);
    assert_eq!(fetch(&phone, &server, &photo), Err(SahaError::ServerRefused { code: "not_found".into() }));
    server.holds(&photo, &bytes);
    server.asked();
    server.meet([Err(NoAnswer("timeout"))]);
    server.lock().faults.extend([Err(NoAnswer("connect")); 4]);
    assert_eq!(fetch(&phone, &server, &photo), Err(SahaError::Offline { reason: "connect".into() }));
    assert_eq!(phone.saha.photos().file(photo.id).unwrap().path, None, "not in part");
    server.meet([]);
    server.asked();
    let path = fetch(&phone, &server, &photo).unwrap();
    assert_eq!(fs::read(&path).unwrap(), bytes);
    assert_eq!(server.asked(), ["fetch 0", "fetch 262144", "fetch 524288"]);
    assert_eq!(phone.saha.photos().file(photo.id).unwrap().path.as_deref(), path.to_str());
    assert_eq!(fetch(&phone, &FileServer::default(), &photo).unwrap(), path, "it is here now");
}

#[test]
fn a_part_that_was_fetched_is_not_fetched_again() {
    let phone = Phone::new();
    let bytes = picture(1, 600_000);
    let photo = colleagues_photo(&phone, &bytes);
    let server = FileServer::expecting(&[&photo]);
    server.holds(&photo, &bytes);
    phone.blobs().fetching(photo.sha256).unwrap().append(&bytes[..300_000]).unwrap();
    assert_eq!(fs::read(fetch(&phone, &server, &photo).unwrap()).unwrap(), bytes);
    assert_eq!(server.asked(), ["fetch 300000", "fetch 562144"]);
}

#[test]
fn wrong_bytes_from_the_server_are_not_taken_for_the_file() {
    let phone = Phone::new();
    let bytes = picture(1, 1_000);
    let photo = colleagues_photo(&phone, &bytes);
    let server = FileServer::expecting(&[&photo]);
    server.holds(&photo, &picture(2, 1_000));
    let wrong = Err(SahaError::Offline { reason: "not_our_server".into() });
    assert_eq!(fetch(&phone, &server, &photo), wrong);
    assert_eq!(phone.saha.photos().file(photo.id).unwrap().path, None);
    server.holds(&photo, &bytes);
    assert!(fetch(&phone, &server, &photo).is_ok(), "from the beginning");
}

#[test]
fn a_portals_page_is_no_part_of_a_file() {
    let phone = Phone::new();
    let photo = colleagues_photo(&phone, &picture(1, 1_000));
    let server = FileServer::expecting(&[&photo]);
    server.meet([Ok(200), Ok(206), Ok(200), Ok(206)]);
    assert_eq!(fetch(&phone, &server, &photo), Err(SahaError::Offline { reason: "not_our_server".into() }));
    assert_eq!(phone.blobs().fetching(photo.sha256).unwrap().received_bytes().unwrap(), 0);
}

#[test]
fn an_erasure_takes_the_files_too_and_goes_on_at_the_next_opening() {
    let phone = Phone::new();
    attach(&phone, &picture(1, 1_000));
    session(&phone).erase(&phone.store).unwrap();
    assert_eq!(on_disk(&phone), Vec::<String>::new());
    // The process ended between the rows and the files.
    let phone = Phone::new();
    attach(&phone, &picture(2, 1_000));
    phone.store.erase().unwrap();
    assert_eq!(on_disk(&phone).len(), 1);
    assert_eq!(on_disk(&phone.restart()), Vec::<String>::new());
}
