//! What a revoked device may still say, and that it hears nothing.

use saha_domain::{
    Hlc,
    catalog::Lang,
    wire::{Notice, RejectionCode, TokenGrant},
};

use crate::testing::{NOW_MS, Phone, World, call, device_id, id, prospect, rejection, version};

/// Ayşe's first phone, whose caller is found anew for each request as over HTTP.
struct Revoked {
    phone: Phone,
    grant: TokenGrant,
}

impl Revoked {
    /// It has pulled everything, and is revoked now.
    fn new(world: &World) -> Self {
        let grant = world.login("ayse", 1).unwrap();
        let caller = world.server.authenticate(&grant.access_token, Lang::En).unwrap();
        let mut phone = Phone::new(caller, 1, world.host.clone());
        phone.pull(world, 500);
        world.server.revoke_device(&world.admin, device_id(1)).unwrap();
        let mut revoked = Self { phone, grant };
        revoked.knock(world);
        revoked
    }

    fn knock(&mut self, world: &World) {
        self.phone.caller = world.server.authenticate_to_hand_in(&self.grant.access_token, Lang::En).unwrap();
    }
}

#[test]
fn a_revoked_device_hands_in_what_was_done_before_and_hears_nothing_else() {
    let world = World::new();
    let Revoked { mut phone, .. } = Revoked::new(&world);
    let mut mehmet = world.phone("mehmet", 2);
    let news = mehmet.create("call", id(9), call(id(9), mehmet.rep(), world.customer("C2")));
    version(&mehmet.push_one(&world, &news));

    let (cursor, head) = (phone.cursor.clone(), phone.head.clone());
    let before = phone.create("call", id(1), call(id(1), phone.rep(), world.customer("C1")));
    let answer = phone.sync(&world, vec![before]);
    version(&answer.results[0]);
    assert!(answer.changes.is_empty() && !answer.has_more, "not even the echo of its own change");
    assert_eq!((answer.next_cursor, answer.head), (cursor, head), "as they were sent");
    assert_eq!(answer.notice.unwrap().code, Notice::DEVICE_REVOKED);
    let mut second = world.phone("ayse", 3);
    second.pull(&world, 500);
    assert!(second.body("call", id(1)).is_some(), "the rep's next phone has what the old one handed in");
}

#[test]
fn what_was_written_after_the_revocation_is_forbidden_and_what_was_written_at_it_is_not() {
    let world = World::new();
    let Revoked { mut phone, .. } = Revoked::new(&world);
    let mut written = |n: u128, ms: i64| {
        let mut change = phone.create("call", id(n), call(id(n), phone.rep(), world.customer("C1")));
        change.hlc = Hlc::new(ms, 7);
        change
    };
    let changes = [written(1, NOW_MS), written(2, NOW_MS + 1)];
    world.host.pass(60_000);
    let results = phone.push(&world, &changes);
    version(&results[0]);
    assert_eq!(rejection(&results[1]).0, RejectionCode::Forbidden);
}

#[test]
fn a_lost_answer_of_a_handing_in_is_replayed() {
    let world = World::new();
    let Revoked { mut phone, .. } = Revoked::new(&world);
    let change = phone.create("call", id(1), call(id(1), phone.rep(), world.customer("C1")));
    let first = phone.push_one(&world, &change);
    let again = phone.push_one(&world, &change);
    assert!(again.replayed && again.outcome == first.outcome);
}

#[test]
fn a_rule_that_a_change_breaks_is_still_a_rule_for_a_revoked_device() {
    let world = World::new();
    let Revoked { mut phone, .. } = Revoked::new(&world);
    let taken = phone.create("customer", id(1), prospect(id(1), "Yeni Büfe", Some("6192271529")));
    assert_eq!(rejection(&phone.push_one(&world, &taken)).0, RejectionCode::DuplicateTaxNo);
}
