//! Who the phone is: tokens that get lost, a device that the office revokes, a copied phone, and several people on one.

use std::{collections::BTreeSet, fs, time::Duration};

use saha::bad_link::Fault;
use saha_core::{Config, SyncBudget};
use saha_domain::SahaError;
use serde_json::json;

use crate::world::{Phone, TAX_NO_OF_C3, World};

/// Longer than the access tokens of [`short_tokens`] live.
const EXPIRY: Duration = Duration::from_millis(1_600);

fn short_tokens() -> World {
    World::with_access_ms(1_500)
}

fn revoked<T>() -> Result<T, SahaError> {
    Err(SahaError::SignInRefused { code: "device_revoked".into() })
}

/// The ids of a rep's devices, as the office lists them, and whether each is revoked.
fn devices(world: &World) -> BTreeSet<(String, bool)> {
    let listed = world.company.devices().unwrap();
    let listed = listed.as_array().unwrap();
    listed.iter().map(|d| (d["id"].as_str().unwrap().to_owned(), !d["revoked_at_ms"].is_null())).collect()
}

fn device_of(phone: &Phone<'_>) -> String {
    phone.saha.account().info().unwrap().device.to_string()
}

#[test]
fn fresh_tokens_that_are_lost_with_the_process_sign_nobody_out() {
    let world = short_tokens();
    let phone = world.phone("ayse");
    phone.log_call("C1");
    std::thread::sleep(EXPIRY);
    // The server gave new tokens, their answer is lost, the link is dead for the rest of this process's life.
    let dead = [Fault::LoseRequest; 4];
    world.plan_refresh(&[&[Fault::LoseAnswer], &dead[..]].concat());
    assert!(matches!(phone.sync(), Err(SahaError::Offline { .. })));
    let phone = phone.reopened();
    assert_eq!(phone.sync().unwrap().applied, 1);
    std::thread::sleep(EXPIRY);
    phone.log_call("C1");
    assert_eq!(phone.reopened().sync().unwrap().applied, 1, "and the tokens that came are good ones");
}

#[test]
fn syncs_that_are_asked_for_at_once_renew_the_tokens_once() {
    let world = short_tokens();
    let phone = world.phone("ayse");
    phone.log_call("C1");
    std::thread::sleep(EXPIRY);
    let before = world.refreshes();
    let (one, two) = (phone.saha.sync(), phone.saha.sync());
    let (first, second) = world.company.runtime.block_on(async {
        // Two that want the same would be served by one.
        let metered = SyncBudget { is_metered: true, ..SyncBudget::default() };
        tokio::join!(one.run(SyncBudget::default()), two.run(metered))
    });
    assert_eq!(first.unwrap().applied + second.unwrap().applied, 1);
    assert_eq!(world.refreshes() - before, 1);
}

#[test]
fn an_old_refresh_token_ends_the_sign_in_and_the_work_waits_for_the_next() {
    let world = short_tokens();
    let phone = world.phone("ayse");
    let stolen = phone.secret("refresh_token").unwrap();
    for _ in 0..2 {
        std::thread::sleep(EXPIRY);
        phone.sync().unwrap();
    }
    let (status, _) = world.post("/v1/auth/refresh", None, &json!({ "refresh_token": stolen }));
    assert_eq!(status, 401);
    phone.log_call("C1");
    assert_eq!(phone.sync(), Err(SahaError::NotSignedIn), "whoever has the newest is out, too");
    assert_eq!(phone.saha.sync().status().unwrap().waiting, 1);
    phone.sign_in("ayse").unwrap();
    assert_eq!(phone.sync().unwrap().applied, 1);
}

#[test]
fn a_revoked_device_hands_in_its_work_and_forgets_everything() {
    let world = World::new();
    let phone = world.phone("ayse");
    let (visit, sale) = (phone.visit(phone.customer("C1").id), phone.sell(phone.customer("C1").id, None).unwrap());
    let old = device_of(&phone);
    world.company.revoke_device(&old).unwrap();
    // News of the company: none of it comes.
    world.import_many_customers(20);
    assert_eq!(phone.sync(), revoked());

    let info = phone.saha.account().info().unwrap();
    assert!(info.is_revoked && !info.is_signed_in && info.login.is_none() && info.rep.is_none());
    assert_ne!(info.device.to_string(), old);
    assert_eq!(phone.saha.customers().search(String::new(), 200, 0).unwrap(), []);
    assert_eq!(phone.saha.outbox().list().unwrap(), []);
    assert_eq!(phone.sync(), Err(SahaError::NotSignedIn));
    for name in ["Ihlamur Kafe", "ayse", &sale.number] {
        assert!(!phone.can_be_read_in_its_files(name), "{name}");
    }

    // A new sign-in starts from nothing, be it another person's.
    let phone = phone.reopened();
    assert!(phone.saha.account().info().unwrap().is_revoked, "it still knows why it is empty");
    phone.sign_in("mehmet").unwrap();
    phone.sync().unwrap();
    assert!(!phone.saha.account().info().unwrap().is_revoked);
    assert_eq!(phone.customer("C3").name, "Beyoğlu Büfe");
    assert_eq!(devices(&world), BTreeSet::from([(old, true), (device_of(&phone), false)]));
    let next = world.phone("ayse");
    assert_eq!(next.saha.visits().get(visit.id).unwrap(), visit, "the company has what was handed in");
    assert_eq!(next.saha.sales().get(sale.id).unwrap(), sale);
}

#[test]
fn a_handing_in_goes_on_over_expired_tokens_lost_answers_and_a_restart() {
    let world = short_tokens();
    let phone = world.phone("ayse");
    for _ in 0..3 {
        phone.log_call("C1");
    }
    let old = device_of(&phone);
    world.company.revoke_device(&old).unwrap();
    std::thread::sleep(EXPIRY);
    let dead = [Fault::LoseRequest; 4];
    world.plan(&[&[Fault::Pass, Fault::LoseAnswer], &dead[..]].concat());
    assert!(matches!(phone.sync(), Err(SahaError::Offline { .. })));
    assert_eq!(phone.calls_of("C1"), 3, "nothing goes before everything is handed in");
    std::thread::sleep(EXPIRY);
    let phone = phone.reopened();
    assert_eq!(phone.sync(), revoked());
    assert_ne!(device_of(&phone), old);
    assert_eq!(world.phone("ayse").calls_of("C1"), 3);
}

#[test]
fn what_is_refused_while_handing_in_goes_with_the_rest() {
    let world = World::new();
    let phone = world.phone("ayse");
    // Its tax number is that of a customer whom this rep can't see, and the visit hangs on it.
    let prospect = phone.prospect("Yeni Büfe", Some(TAX_NO_OF_C3));
    phone.visit(prospect.id);
    phone.log_call("C1");
    world.company.revoke_device(&device_of(&phone)).unwrap();
    assert_eq!(phone.sync(), revoked());
    assert_eq!(phone.saha.outbox().list().unwrap(), []);
    let next = world.phone("ayse");
    assert_eq!(next.calls_of("C1"), 1);
    assert!(next.saha.customers().get(prospect.id).is_err());
}

#[test]
fn after_14_days_a_revoked_device_only_hears_that_it_is_over() {
    let world = World::new();
    let phone = world.phone("ayse");
    phone.log_call("C1");
    let old = device_of(&phone);
    world.company.revoke_device(&old).unwrap();
    world.pass_days(14);
    assert_eq!(phone.sync(), revoked());
    assert_ne!(device_of(&phone), old);
    assert_eq!(phone.saha.outbox().list().unwrap(), []);
    assert_eq!(world.phone("ayse").calls_of("C1"), 0);
}

#[test]
fn a_copied_phone_becomes_a_device_of_its_own_and_doubles_nothing() {
    let world = World::new();
    let first = world.phone("ayse");
    let visit = first.visit(first.customer("C1").id);
    let sale = first.sell(first.customer("C1").id, None).unwrap();
    first.log_call("C1");
    let (first, copy) = first.copied();

    // Both work on, and neither knows of the other.
    let on_first = first.sell(first.customer("C2").id, None).unwrap();
    let on_copy = copy.sell(copy.customer("C2").id, None).unwrap();
    assert_eq!(copy.sync(), Err(SahaError::NotSignedIn), "tokens do not come along");
    copy.sign_in("ayse").unwrap();
    let numbered = copy.sell(copy.customer("C2").id, None).unwrap();
    for phone in [&first, &copy, &first, &copy] {
        let report = phone.sync().unwrap();
        assert_eq!(report.rejected, 0);
    }

    assert_eq!(devices(&world), BTreeSet::from([(device_of(&first), false), (device_of(&copy), false)]));
    let third = world.phone("ayse");
    let as_of = 1 + numbered.at.utc_ms();
    let progress = first.saha.targets().progress_at(as_of).unwrap();
    assert_eq!(progress.iter().map(|p| p.actual).collect::<Vec<_>>(), [1, 1, 8_000], "visits, calls, four sales");
    for phone in [&first, &copy, &third] {
        assert_eq!(phone.saha.outbox().list().unwrap(), []);
        assert_eq!(phone.saha.visits().get(visit.id).unwrap(), visit);
        assert_eq!(phone.calls_of("C1"), 1);
        let sales = phone.saha.sales().list_on(sale.at.local_date, 200, 0).unwrap();
        let ids: BTreeSet<_> = sales.iter().map(|sale| sale.id.to_string()).collect();
        let made = [&sale, &on_first, &on_copy, &numbered];
        assert_eq!(ids, made.iter().map(|sale| sale.id.to_string()).collect());
        let numbers: BTreeSet<_> = sales.iter().map(|sale| sale.number.as_str()).collect();
        assert_eq!(numbers, BTreeSet::from(["A-000001", "A-000002", "B-000001", on_copy.number.as_str()]));
        assert_eq!(phone.saha.targets().progress_at(as_of).unwrap(), progress);
    }
}

#[test]
fn a_second_rep_on_the_same_phone_touches_nothing_of_the_first() {
    let world = World::new();
    let folder = tempfile::tempdir().unwrap();
    let secrets = std::sync::Arc::default();
    let open_as = |login: &str| {
        let config = Config { account: Some(login.into()), ..Config::in_folder(folder.path().to_str().unwrap()) };
        world.over(config, &secrets)
    };
    let ayse = open_as("ayse");
    ayse.sign_in("ayse").unwrap();
    ayse.sync().unwrap();
    ayse.log_call("C1");
    assert!(matches!(ayse.sign_in("mehmet"), Err(SahaError::ForeignDatabase { .. })));
    let ayses_device = device_of(&ayse);
    ayse.saha.shutdown().unwrap();

    let mehmet = open_as(" Mehmet");
    assert_eq!(mehmet.saha.customers().search(String::new(), 200, 0).unwrap(), []);
    assert!(!mehmet.saha.account().info().unwrap().is_signed_in);
    mehmet.sign_in("mehmet").unwrap();
    mehmet.sync().unwrap();
    mehmet.log_call("C3");
    assert!(mehmet.saha.customers().get_by_code("C1".into()).is_err());
    assert_eq!(mehmet.sync().unwrap().applied, 1);
    assert_ne!(device_of(&mehmet), ayses_device);
    mehmet.saha.account().sign_out().unwrap();
    mehmet.saha.shutdown().unwrap();

    let root = folder.path().to_str().unwrap().to_owned();
    assert_eq!(saha_core::known_accounts(root).unwrap(), ["ayse", "mehmet"]);
    let ayse = open_as("AYSE");
    assert!(ayse.saha.account().info().unwrap().is_signed_in, "another's sign-out is not hers");
    assert_eq!(device_of(&ayse), ayses_device);
    assert_eq!(ayse.saha.sync().status().unwrap().waiting, 1);
    assert_eq!(ayse.sync().unwrap().applied, 1);
    assert!(ayse.saha.customers().get_by_code("C3".into()).is_err());
    ayse.saha.shutdown().unwrap();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nobody's data lies beside the accounts");
}
