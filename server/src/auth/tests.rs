use std::net::IpAddr;

use saha_domain::{
    catalog::Lang,
    wire::{RefreshRequest, Role, TokenGrant},
};

use super::sign_in::series;
use crate::{
    RequestError,
    testing::{DAY_MS, PASSWORD, World, device_id},
};

fn refresh(world: &World, grant: &TokenGrant) -> Result<TokenGrant, RequestError> {
    world.server.refresh(&RefreshRequest { refresh_token: grant.refresh_token.clone() })
}

fn is_good(world: &World, grant: &TokenGrant) -> Result<(), RequestError> {
    world.server.authenticate(&grant.access_token, Lang::En).map(|_| ())
}

#[test]
fn a_rep_and_his_device_come_from_the_token() {
    let world = World::new();
    let grant = world.login(" AYSE ", 1).unwrap();
    let caller = world.server.authenticate(&grant.access_token, Lang::Tr).unwrap();
    assert_eq!((caller.role, caller.rep), (Role::Rep, Some(world.rep("R1"))));
    assert_eq!((caller.device, caller.user), (Some(device_id(1)), Some(grant.user)));
    assert_eq!((grant.role, grant.rep, grant.company), (Role::Rep, caller.rep, world.server.company()));
}

#[test]
fn a_wrong_password_and_an_unknown_name_get_the_same_answer() {
    let world = World::new();
    assert_eq!(world.login_with("ayse", "wrong-password", 1), Err(RequestError::WrongCredentials));
    assert_eq!(world.login_with("nobody", PASSWORD, 1), Err(RequestError::WrongCredentials));
    assert_eq!(world.login_with("nobody", "nobody", 1), Err(RequestError::WrongCredentials));
}

#[test]
fn an_access_token_ends() {
    let world = World::new();
    let grant = world.login("ayse", 1).unwrap();
    world.host.pass(15 * 60_000 - 1);
    assert_eq!(is_good(&world, &grant), Ok(()));
    world.host.pass(1);
    assert_eq!(is_good(&world, &grant), Err(RequestError::Unauthenticated));
    assert_eq!(is_good(&world, &refresh(&world, &grant).unwrap()), Ok(()));
}

#[test]
fn a_refresh_token_ends() {
    let world = World::new();
    let grant = world.login("ayse", 1).unwrap();
    world.host.pass(90 * DAY_MS);
    assert_eq!(refresh(&world, &grant), Err(RequestError::Unauthenticated));
}

#[test]
fn a_lost_answer_logs_nobody_out() {
    let world = World::new();
    let first = world.login("ayse", 1).unwrap();
    let lost = refresh(&world, &first).unwrap();
    let second = refresh(&world, &first).unwrap();
    assert_ne!(lost.refresh_token, second.refresh_token);
    let third = refresh(&world, &second).unwrap();
    assert_eq!(is_good(&world, &third), Ok(()));
}

#[test]
fn a_doubled_request_logs_nobody_out_whichever_answer_arrives() {
    for uses_second in [false, true] {
        let world = World::new();
        let first = world.login("ayse", 1).unwrap();
        let answers = [refresh(&world, &first).unwrap(), refresh(&world, &first).unwrap()];
        let next = refresh(&world, &answers[usize::from(uses_second)]).unwrap();
        refresh(&world, &next).unwrap();
    }
}

#[test]
fn the_use_of_an_old_refresh_token_ends_the_session() {
    let world = World::new();
    let first = world.login("ayse", 1).unwrap();
    let second = refresh(&world, &first).unwrap();
    let third = refresh(&world, &second).unwrap();
    assert_eq!(refresh(&world, &first), Err(RequestError::Unauthenticated));
    assert_eq!(refresh(&world, &third), Err(RequestError::Unauthenticated), "whoever has the newest is out, too");
    assert_eq!(is_good(&world, &third), Err(RequestError::Unauthenticated));
    let other_device = world.login("ayse", 2).unwrap();
    assert_eq!(is_good(&world, &other_device), Ok(()));
}

#[test]
fn sessions_survive_a_restart() {
    let mut world = World::new();
    let grant = world.login("ayse", 1).unwrap();
    world.restart();
    assert_eq!(is_good(&world, &grant), Ok(()));
    refresh(&world, &grant).unwrap();
}

#[test]
fn too_many_failures_close_the_account_for_a_while_even_to_the_right_password() {
    let world = World::new();
    for _ in 0..10 {
        assert_eq!(world.login_with("ayse", "wrong-password", 1), Err(RequestError::WrongCredentials));
    }
    assert_eq!(world.login("ayse", 1), Err(RequestError::TooManyAttempts { retry_after_s: 901 }));
    world.login("mehmet", 2).unwrap();
    world.host.pass(15 * 60_000);
    world.login("ayse", 1).unwrap();
}

#[test]
fn guesses_that_are_made_at_once_count_each() {
    let world = World::new();
    let guess = |n: u128| world.login_with("ayse", "wrong-password", n);
    let answers: Vec<_> = std::thread::scope(|scope| {
        let guesses: Vec<_> = (0..30).map(|n| scope.spawn(move || guess(n))).collect();
        guesses.into_iter().map(|guess| guess.join().unwrap()).collect()
    });
    let looked_at = answers.iter().filter(|answer| **answer == Err(RequestError::WrongCredentials)).count();
    assert_eq!(looked_at, 10, "{answers:?}");
}

#[test]
fn what_is_too_long_to_be_right_is_refused_before_it_is_hashed() {
    let world = World::new();
    let bad = Err(RequestError::BadRequest(crate::BadRequest::Body));
    for _ in 0..20 {
        assert_eq!(world.login_with(&"ş".repeat(129), PASSWORD, 1), bad);
        assert_eq!(world.login_with("ayse", &"x".repeat(1_025), 1), bad);
    }
    assert_eq!(world.login_with(&"ş".repeat(128), &"x".repeat(1_024), 1), Err(RequestError::WrongCredentials));
    world.login("ayse", 1).unwrap();
}

#[test]
fn too_many_failures_close_the_address_for_a_while() {
    let world = World::new();
    for attempt in 0..50 {
        let login = format!("guess-{attempt}");
        assert_eq!(world.login_with(&login, "wrong-password", 1), Err(RequestError::WrongCredentials));
    }
    assert!(matches!(world.login("ayse", 1), Err(RequestError::TooManyAttempts { .. })));
    let request = saha_domain::wire::LoginRequest {
        login: "ayse".into(),
        password: PASSWORD.into(),
        device: saha_domain::wire::DeviceInfo { id: device_id(1), name: "p".into(), platform: "ios".into() },
    };
    let elsewhere: IpAddr = [10, 0, 0, 2].into();
    world.server.login(&request, Some(elsewhere)).unwrap();
}

#[test]
fn a_flood_of_requests_is_slowed_down() {
    let world = World::new();
    let grant = world.login("ayse", 1).unwrap();
    let passed = (0..300).filter(|_| is_good(&world, &grant).is_ok()).count();
    assert_eq!(passed, 200);
    world.host.pass(1_000);
    assert_eq!((0..300).filter(|_| is_good(&world, &grant).is_ok()).count(), 10);
}

#[test]
fn a_password_that_is_changed_while_someone_signs_in_with_it_lets_nobody_in() {
    let world = World::new();
    let sign_in = world.server.sign_in();
    let device = saha_domain::wire::DeviceInfo { id: device_id(1), name: "p".into(), platform: "ios".into() };
    let verified = sign_in.verify("ayse", PASSWORD).unwrap();
    world.import(crate::ImportKind::Users, "login,password,role,rep_code\nayse,another-password,rep,R1\n");
    assert_eq!(sign_in.begin_session(&verified, &device), Err(RequestError::WrongCredentials));
    let verified = sign_in.verify("ayse", "another-password").unwrap();
    sign_in.begin_session(&verified, &device).unwrap();
}

#[test]
fn a_new_token_brings_no_new_allowance() {
    let world = World::new();
    let grant = world.login("ayse", 1).unwrap();
    while is_good(&world, &grant).is_ok() {}
    assert_eq!(refresh(&world, &grant), Err(RequestError::TooManyAttempts { retry_after_s: 1 }));
    world.host.pass(1_000);
    let next = refresh(&world, &grant).unwrap();
    assert_eq!((0..300).filter(|_| is_good(&world, &next).is_ok()).count(), 9);
}

#[test]
fn a_token_that_is_none_does_not_wait_for_the_writer() {
    let world = World::new();
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::scope(|scope| {
        let writer = world.server.store().begin().unwrap();
        scope.spawn(|| tell.send(world.server.refresh(&RefreshRequest { refresh_token: "garbage".into() })).unwrap());
        let answer = told.recv_timeout(std::time::Duration::from_secs(5));
        drop(writer);
        assert_eq!(answer, Ok(Err(RequestError::Unauthenticated)));
    });
}

#[test]
fn each_device_has_a_series_of_its_own_and_keeps_it() {
    let world = World::new();
    assert_eq!(world.login("ayse", 1).unwrap().series, "A");
    assert_eq!(world.login("mehmet", 2).unwrap().series, "B");
    assert_eq!(world.login("ayse", 1).unwrap().series, "A");
    assert_eq!([0, 25, 26, 51, 52, 701, 702].map(series), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
}

#[test]
fn a_device_is_one_users() {
    let world = World::new();
    world.login("ayse", 1).unwrap();
    assert_eq!(world.login("mehmet", 1), Err(RequestError::DeviceTaken));
}

fn may_hand_in(world: &World, grant: &TokenGrant) -> Result<(), RequestError> {
    world.server.authenticate_to_hand_in(&grant.access_token, Lang::En).map(|_| ())
}

#[test]
fn a_revoked_device_may_only_hand_in_and_can_not_sign_in_again() {
    let world = World::new();
    let (grant, other) = (world.login("ayse", 1).unwrap(), world.login("ayse", 2).unwrap());
    world.server.revoke_device(&world.admin, device_id(1)).unwrap();
    assert_eq!(is_good(&world, &grant), Err(RequestError::DeviceRevoked));
    assert_eq!(may_hand_in(&world, &grant), Ok(()));
    assert_eq!(world.login("ayse", 1), Err(RequestError::DeviceRevoked));
    assert_eq!(is_good(&world, &other), Ok(()));
}

#[test]
fn a_revoked_device_renews_its_tokens_for_14_days_and_is_then_out() {
    let world = World::new();
    let mut grant = world.login("ayse", 1).unwrap();
    world.server.revoke_device(&world.admin, device_id(1)).unwrap();
    for _ in 0..14 {
        world.host.pass(DAY_MS - 1);
        assert_eq!(may_hand_in(&world, &grant), Err(RequestError::Unauthenticated), "an access token ends as ever");
        grant = refresh(&world, &grant).unwrap();
        assert_eq!(may_hand_in(&world, &grant), Ok(()));
    }
    world.server.revoke_device(&world.admin, device_id(1)).unwrap();
    world.host.pass(14);
    assert_eq!(may_hand_in(&world, &grant), Err(RequestError::DeviceRevoked), "a second revocation gives no more time");
    assert_eq!(refresh(&world, &grant), Err(RequestError::DeviceRevoked));
}

#[test]
fn the_list_of_devices_says_when_one_was_revoked() {
    let world = World::new();
    world.login("ayse", 1).unwrap();
    world.login("ayse", 2).unwrap();
    world.server.revoke_device(&world.admin, device_id(1)).unwrap();
    let mut devices = world.server.devices(&world.admin).unwrap();
    devices.sort_by_key(|device| device.id);
    let revoked: Vec<_> = devices.iter().map(|device| (device.id, device.revoked_at_ms)).collect();
    assert_eq!(revoked, [(device_id(1), Some(crate::testing::NOW_MS)), (device_id(2), None)]);
}

#[test]
fn a_rep_sees_and_ends_his_own_devices_only() {
    let world = World::new();
    let ayse = world.phone("ayse", 1).caller;
    world.phone("mehmet", 2);
    let ids = |caller| world.server.devices(caller).unwrap().iter().map(|device| device.id).collect::<Vec<_>>();
    assert_eq!(ids(&ayse), [device_id(1)]);
    assert_eq!(ids(&world.admin).len(), 2);
    assert_eq!(world.server.revoke_device(&ayse, device_id(2)), Err(RequestError::NotFound));
    assert_eq!(world.server.revoke_device(&ayse, device_id(99)), Err(RequestError::NotFound));
    world.server.revoke_device(&ayse, device_id(1)).unwrap();
}

#[test]
fn the_admin_token_comes_once_and_can_be_replaced() {
    let world = World::empty();
    let next = world.server.replace_admin_token().unwrap();
    let good = |token: &str| world.server.authenticate(token, Lang::En).map(|caller| caller.role);
    assert_eq!(good(&world.admin_token), Err(RequestError::Unauthenticated));
    assert_eq!(good(&next), Ok(Role::Admin));
}

#[test]
fn neither_tokens_nor_passwords_stand_in_the_database() {
    let world = World::new();
    let grant = world.login("ayse", 1).unwrap();
    let secrets: [&str; 4] = [&grant.access_token, &grant.refresh_token, &world.admin_token, PASSWORD];
    for file in ["saha-server.db", "saha-server.db-wal"] {
        let bytes = std::fs::read(world.dir.path().join(file)).unwrap();
        for secret in secrets {
            assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "in {file}");
        }
    }
}
