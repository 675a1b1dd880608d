use saha_domain::{CustomerId, wire::MAX_BLOB_PART_BYTES};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::*;
use crate::{
    Caller,
    testing::{DAY_MS, Phone, World, id, photo, visit},
};

fn bytes(seed: u8, length: usize) -> Vec<u8> {
    (0..length).map(|n| u8::try_from(n % 251).unwrap() ^ seed).collect()
}

fn hash(bytes: &[u8]) -> BlobHash {
    <[u8; 32]>::from(Sha256::digest(bytes)).into()
}

const ALL: Option<Wanted> = Some(Wanted { start: 0, max_bytes: MAX_BLOB_PART_BYTES });

/// A visit at `customer` and a photo of it, whose row names `sha256`. The photo's id.
fn take_photo(world: &World, phone: &mut Phone, n: u128, customer: CustomerId, sha256: BlobHash, size: usize) -> Uuid {
    let visited = visit(id(n), phone.rep(), customer, crate::testing::NOW_MS);
    let taken = photo(id(n + 1), id(n), phone.rep(), customer, sha256, size);
    let changes = [phone.create("visit", id(n), visited), phone.create("photo", id(n + 1), taken)];
    for result in phone.push(world, &changes) {
        crate::testing::version(&result);
    }
    id(n + 1)
}

fn path_of(world: &World, sha256: BlobHash) -> std::path::PathBuf {
    let name = sha256.to_string();
    world.dir.path().join("blobs/whole").join(name.get(..2).unwrap()).join(name)
}

fn send(world: &World, caller: &Caller, sha256: BlobHash, bytes: &[u8]) -> Result<BlobStatus, RequestError> {
    world.server.write_blob(caller, sha256, Some(0), bytes)
}

fn read(world: &World, caller: &Caller, sha256: BlobHash) -> Result<Vec<u8>, RequestError> {
    world.server.read_blob(caller, sha256, ALL).map(|part| part.bytes)
}

/// What whoever asks is told, in every way to ask.
fn refusals(world: &World, caller: &Caller, sha256: BlobHash) -> [RequestError; 5] {
    [
        world.server.blob_status(caller, sha256).unwrap_err(),
        world.server.read_blob(caller, sha256, ALL).unwrap_err(),
        world.server.read_blob(caller, sha256, None).unwrap_err(),
        world.server.write_blob(caller, sha256, Some(7), b"x").unwrap_err(),
        world.server.write_blob(caller, sha256, None, b"x").unwrap_err(),
    ]
}

#[test]
fn a_file_goes_up_in_parts_and_whoever_sees_its_row_reads_it() {
    let world = World::new();
    let (mut ayse, mehmet) = (world.phone("ayse", 1), world.phone("mehmet", 2));
    let file = bytes(1, 1_000);
    let sha256 = hash(&file);
    take_photo(&world, &mut ayse, 1, world.customer("C2"), sha256, file.len());
    let status = |received_bytes| BlobStatus { size_bytes: 1_000, received_bytes };
    assert_eq!(world.server.blob_status(&ayse.caller, sha256), Ok(status(0)));
    assert_eq!(world.server.write_blob(&ayse.caller, sha256, Some(0), &file[..600]), Ok(status(600)));
    assert_eq!(world.server.blob_status(&ayse.caller, sha256), Ok(status(600)));
    assert_eq!(read(&world, &mehmet.caller, sha256), Err(RequestError::NotFound), "not yet here");
    assert_eq!(world.server.write_blob(&ayse.caller, sha256, Some(600), &file[600..]), Ok(status(1_000)));
    assert_eq!(read(&world, &mehmet.caller, sha256).unwrap(), file);
    let part = world.server.read_blob(&mehmet.caller, sha256, Some(Wanted { start: 990, max_bytes: 100 })).unwrap();
    assert_eq!((part.start, part.bytes.as_slice(), part.size_bytes), (990, &file[990..], 1_000));
    let beyond = world.server.read_blob(&mehmet.caller, sha256, Some(Wanted { start: 1_000, max_bytes: 1 }));
    assert_eq!(beyond.unwrap_err(), BadRequest::Part.into());
}

#[test]
fn a_hash_alone_is_answered_as_if_there_were_no_such_file() {
    let world = World::new();
    let (mut ayse, mehmet) = (world.phone("ayse", 1), world.phone("mehmet", 2));
    let file = bytes(2, 1_000);
    let sha256 = hash(&file);
    take_photo(&world, &mut ayse, 1, world.customer("C1"), sha256, file.len());
    let of_nothing = refusals(&world, &mehmet.caller, hash(b"nothing"));
    assert!(of_nothing.iter().all(|error| *error == RequestError::NotFound));
    assert_eq!(refusals(&world, &mehmet.caller, sha256), of_nothing, "named, out of his sight");
    send(&world, &ayse.caller, sha256, &file).unwrap();
    assert_eq!(refusals(&world, &mehmet.caller, sha256), of_nothing, "here, out of his sight");
    assert_eq!(world.server.blob_status(&world.admin, sha256), Err(RequestError::Forbidden));
}

#[test]
fn who_knows_a_hash_and_names_it_in_a_row_of_his_own_has_to_send_the_file_all_the_same() {
    let world = World::new();
    let (mut ayse, mut mehmet) = (world.phone("ayse", 1), world.phone("mehmet", 2));
    let file = bytes(3, 1_000);
    let sha256 = hash(&file);
    take_photo(&world, &mut ayse, 1, world.customer("C1"), sha256, file.len());
    send(&world, &ayse.caller, sha256, &file).unwrap();
    take_photo(&world, &mut mehmet, 11, world.customer("C3"), sha256, file.len());
    assert_eq!(read(&world, &mehmet.caller, sha256), Err(RequestError::NotFound));
    let nothing_yet = BlobStatus { size_bytes: 1_000, received_bytes: 0 };
    assert_eq!(world.server.blob_status(&mehmet.caller, sha256), Ok(nothing_yet), "as of a file that is nowhere");
    assert_eq!(send(&world, &mehmet.caller, sha256, &bytes(4, 1_000)), Err(RequestError::WrongHash));
    assert_eq!(send(&world, &mehmet.caller, sha256, &file), Ok(BlobStatus::whole(1_000)));
    assert_eq!(read(&world, &mehmet.caller, sha256).unwrap(), file);
}

#[test]
fn what_the_company_has_is_not_sent_again_by_who_may_read_it() {
    let world = World::new();
    let (mut ayse, mut mehmet) = (world.phone("ayse", 1), world.phone("mehmet", 2));
    let file = bytes(5, 1_000);
    let sha256 = hash(&file);
    let first = take_photo(&world, &mut ayse, 1, world.customer("C2"), sha256, file.len());
    send(&world, &ayse.caller, sha256, &file).unwrap();
    let second = take_photo(&world, &mut ayse, 3, world.customer("C1"), sha256, file.len());
    assert_eq!(world.server.blob_status(&ayse.caller, sha256), Ok(BlobStatus::whole(1_000)), "his own, once more");
    // Mehmet reads it at the customer whom they share, and names it at one of his own.
    take_photo(&world, &mut mehmet, 11, world.customer("C3"), sha256, file.len());
    assert_eq!(world.server.blob_status(&mehmet.caller, sha256), Ok(BlobStatus::whole(1_000)));
    for photo in [first, second] {
        let delete = ayse.delete("photo", photo);
        ayse.push_one(&world, &delete);
    }
    assert_eq!(read(&world, &ayse.caller, sha256), Err(RequestError::NotFound));
    world.assign("C3,R1,2026-01-01,\n");
    assert_eq!(read(&world, &ayse.caller, sha256).unwrap(), file, "he could read it, so his row grants it too");
}

#[test]
fn the_file_of_a_row_that_is_too_old_for_others_is_its_doers_alone() {
    let world = World::new();
    let (mut ayse, mut mehmet) = (world.phone("ayse", 1), world.phone("mehmet", 2));
    let file = bytes(14, 1_000);
    let sha256 = hash(&file);
    take_photo(&world, &mut ayse, 1, world.customer("C2"), sha256, file.len());
    send(&world, &ayse.caller, sha256, &file).unwrap();
    world.look_back(1);
    assert!(read(&world, &mehmet.caller, sha256).is_ok());
    world.host.pass(40 * DAY_MS);
    mehmet.sync(&world, vec![]);
    assert_eq!(read(&world, &mehmet.caller, sha256), Err(RequestError::NotFound));
    assert_eq!(read(&world, &ayse.caller, sha256).unwrap(), file);
}

#[test]
fn a_part_that_does_not_go_on_where_the_last_one_ended_changes_nothing() {
    let world = World::new();
    let mut ayse = world.phone("ayse", 1);
    let file = bytes(6, 1_000);
    let sha256 = hash(&file);
    take_photo(&world, &mut ayse, 1, world.customer("C1"), sha256, file.len());
    let write = |offset, part: &[u8]| world.server.write_blob(&ayse.caller, sha256, Some(offset), part);
    write(0, &file[..400]).unwrap();
    for offset in [0, 399, 401, u64::MAX] {
        assert_eq!(write(offset, &file[..400]), Err(RequestError::WrongOffset), "{offset}");
    }
    assert_eq!(write(400, &[]), Err(RequestError::TooLarge));
    assert_eq!(write(400, &bytes(6, 601)), Err(RequestError::TooLarge), "longer than its row says");
    assert_eq!(write(400, &file[400..]), Ok(BlobStatus::whole(1_000)));
    assert_eq!(write(400, b"late"), Ok(BlobStatus::whole(1_000)), "a second copy of a part that came");
    assert_eq!(read(&world, &ayse.caller, sha256).unwrap(), file);
}

#[test]
fn two_devices_that_send_one_file_at_once_do_not_spoil_it() {
    let world = World::new();
    let mut first = world.phone("ayse", 1);
    let second = world.phone("ayse", 2);
    let file = bytes(7, 64_000);
    let sha256 = hash(&file);
    take_photo(&world, &mut first, 1, world.customer("C1"), sha256, file.len());
    let send_all = |caller: Caller| {
        let (server, file) = (world.server.clone(), file.clone());
        std::thread::spawn(move || {
            loop {
                let status = match server.blob_status(&caller, sha256) {
                    Err(RequestError::Busy) => continue,
                    status => status.unwrap(),
                };
                let Some(rest) = file.get(usize::try_from(status.received_bytes).unwrap()..).filter(|r| !r.is_empty())
                else {
                    break;
                };
                let part = &rest[..rest.len().min(1_000)];
                let sent = server.write_blob(&caller, sha256, Some(status.received_bytes), part);
                assert!(matches!(sent, Ok(_) | Err(RequestError::WrongOffset | RequestError::Busy)), "{sent:?}");
            }
        })
    };
    let threads = [send_all(first.caller), send_all(second.caller)];
    for thread in threads {
        thread.join().unwrap();
    }
    assert_eq!(read(&world, &first.caller, sha256).unwrap(), file);
}

#[test]
fn wrong_bytes_under_a_hash_are_refused_and_forgotten() {
    let world = World::new();
    let mut ayse = world.phone("ayse", 1);
    let (file, wrong) = (bytes(8, 1_000), bytes(9, 1_000));
    let sha256 = hash(&file);
    take_photo(&world, &mut ayse, 1, world.customer("C1"), sha256, file.len());
    assert_eq!(send(&world, &ayse.caller, sha256, &wrong), Err(RequestError::WrongHash));
    assert_eq!(read(&world, &ayse.caller, sha256), Err(RequestError::NotFound));
    assert_eq!(world.server.blob_status(&ayse.caller, sha256).unwrap().received_bytes, 0);
    assert_eq!(send(&world, &ayse.caller, sha256, &file), Ok(BlobStatus::whole(1_000)));
}

#[test]
fn a_file_outlives_the_server_and_not_the_last_row_that_names_it() {
    let mut world = World::new();
    let mut ayse = world.phone("ayse", 1);
    let file = bytes(10, 1_000);
    let sha256 = hash(&file);
    let (one, two) = (
        take_photo(&world, &mut ayse, 1, world.customer("C1"), sha256, file.len()),
        take_photo(&world, &mut ayse, 3, world.customer("C1"), sha256, file.len()),
    );
    send(&world, &ayse.caller, sha256, &file).unwrap();
    let mut after_deleting = |photo| {
        let delete = ayse.delete("photo", photo);
        ayse.push_one(&world, &delete);
        world.restart();
        read(&world, &ayse.caller, sha256)
    };
    assert_eq!(after_deleting(one).unwrap(), file);
    assert_eq!(after_deleting(two), Err(RequestError::NotFound));
    assert!(!path_of(&world, sha256).exists());
}

#[test]
fn a_file_that_was_lost_beside_its_database_is_taken_again() {
    let world = World::new();
    let mut ayse = world.phone("ayse", 1);
    let file = bytes(11, 1_000);
    let sha256 = hash(&file);
    take_photo(&world, &mut ayse, 1, world.customer("C1"), sha256, file.len());
    send(&world, &ayse.caller, sha256, &file).unwrap();
    std::fs::remove_file(path_of(&world, sha256)).unwrap();
    assert_eq!(read(&world, &ayse.caller, sha256), Err(RequestError::NotFound));
    assert_eq!(send(&world, &ayse.caller, sha256, &file), Ok(BlobStatus::whole(1_000)));
    assert_eq!(read(&world, &ayse.caller, sha256).unwrap(), file);
}

#[test]
fn parts_that_nobody_goes_on_with_are_dropped_after_a_week() {
    let world = World::new();
    let mut ayse = world.phone("ayse", 1);
    let (old, new) = (bytes(12, 1_000), bytes(13, 1_000));
    take_photo(&world, &mut ayse, 1, world.customer("C1"), hash(&old), old.len());
    take_photo(&world, &mut ayse, 3, world.customer("C1"), hash(&new), new.len());
    let received = |file: &[u8]| world.server.blob_status(&ayse.caller, hash(file)).unwrap().received_bytes;
    send(&world, &ayse.caller, hash(&old), &old[..100]).unwrap();
    world.host.pass(6 * DAY_MS);
    assert_eq!(received(&old), 100);
    world.host.pass(2 * DAY_MS);
    send(&world, &ayse.caller, hash(&new), &new[..100]).unwrap();
    assert_eq!((received(&old), received(&new)), (0, 100));
}

#[test]
fn a_sender_has_a_handful_of_files_on_their_way_at_the_most() {
    let world = World::new();
    let mut ayse = world.phone("ayse", 1);
    let files: Vec<Vec<u8>> = (20..30).map(|seed| bytes(seed, 1_000)).collect();
    for (n, file) in (0..).zip(&files) {
        take_photo(&world, &mut ayse, 2 * n + 1, world.customer("C1"), hash(file), file.len());
        world.host.pass(1_000);
        send(&world, &ayse.caller, hash(file), &file[..100]).unwrap();
    }
    let received = |file: &Vec<u8>| world.server.blob_status(&ayse.caller, hash(file)).unwrap().received_bytes;
    assert_eq!(files.iter().map(received).collect::<Vec<_>>(), [0, 0, 100, 100, 100, 100, 100, 100, 100, 100]);
}
