use saha_domain::{
    CallDirection, CallDisposition, SahaError,
    facts::FactKind,
    life::ChangeState,
    wire::{Op, Outcome, RejectionCode},
};

use super::*;
use crate::{NewCall, NewProspect, NewSale, NewSaleLine, VisitEnd, store::WriteTx, testing::*};

fn call(phone: &Phone) -> NewCall {
    NewCall {
        customer: phone.customer_id(),
        disposition: CallDisposition::Connected,
        direction: CallDirection::Outgoing,
        duration_s: 60,
        outcome: None,
        note: None,
    }
}

fn prospect(name: &str) -> NewProspect {
    NewProspect { name: name.into(), ..NewProspect::default() }
}

fn put(phone: &Phone, call: &saha_domain::Call) {
    let put = |tx: &mut WriteTx<'_>| {
        let before = tx.load(call.id.uuid())?.unwrap();
        tx.put(before, call)
    };
    phone.store.write(put).unwrap();
}

fn states(phone: &Phone) -> Vec<(String, ChangeState)> {
    let entries = phone.store.read(|r| entries(r.conn())).unwrap();
    entries.into_iter().map(|e| (format!("{} {}", e.op.name(), e.kind), e.state)).collect()
}

fn a_prospect_with_a_visit(phone: &Phone) -> saha_domain::Customer {
    let customer = phone.saha.customers().create_prospect(prospect("Yeni Büfe")).unwrap();
    let visit = phone.saha.visits().check_in(customer.id, None).unwrap();
    phone.saha.visits().check_out(visit.id, VisitEnd { outcome: "order".into(), ..VisitEnd::default() }).unwrap();
    customer
}

#[test]
fn a_visit_is_a_create_and_a_patch_that_are_never_coalesced() {
    let phone = Phone::new();
    let visit = phone.saha.visits().check_in(phone.customer_id(), None).unwrap();
    phone.saha.visits().check_out(visit.id, VisitEnd { outcome: "order".into(), ..VisitEnd::default() }).unwrap();
    assert_eq!(
        states(&phone),
        [("create visit".into(), ChangeState::Queued), ("patch visit".into(), ChangeState::Queued)]
    );
    assert_eq!(phone.counted(FactKind::Visit), [0, 1, 0]);
}

#[test]
fn a_change_goes_its_way_to_the_companys_books() {
    let phone = Phone::new();
    let call = phone.saha.calls().log(call(&phone)).unwrap();
    phone.push(|entry| phone.applied(entry));
    assert_eq!(states(&phone), [("create call".into(), ChangeState::Acked)]);
    assert_eq!(phone.counted(FactKind::Call), [1, 0, 0], "accepted counts as confirmed before its row is seen");
    phone.pull(&[phone.row(&call)]);
    assert_eq!(states(&phone), []);
    assert_eq!(phone.count("SELECT count(*) FROM outbox WHERE state = 'seen'"), 1, "kept in case of a restore");
    assert_eq!(phone.counted(FactKind::Call), [1, 0, 0]);
    let all = phone.version();
    phone.store.apply(|tx| durable_through(tx, all)).unwrap();
    assert_eq!(phone.count("SELECT count(*) FROM outbox"), 0);
}

#[test]
fn an_unanswered_request_is_sent_again_with_the_same_ids_and_bytes() {
    let phone = Phone::new();
    phone.saha.calls().log(call(&phone)).unwrap();
    let first = crate::sync::exchange::prepare(&phone.store, 10).unwrap().request;
    assert_eq!(states(&phone), [("create call".into(), ChangeState::Sent)]);
    let phone = phone.restart();
    assert_eq!(states(&phone), [("create call".into(), ChangeState::Queued)]);
    let second = crate::sync::exchange::prepare(&phone.store, 10).unwrap().request;
    assert_ne!(first.request_id, second.request_id);
    assert_eq!(first.changes[0].op_id, second.changes[0].op_id);
    assert_eq!(first.changes[0].payload_bytes(), second.changes[0].payload_bytes());
}

#[test]
fn an_answer_to_another_request_is_discarded_whole() {
    let phone = Phone::new();
    phone.saha.calls().log(call(&phone)).unwrap();
    let flight = crate::sync::exchange::prepare(&phone.store, 10).unwrap();
    let foreign =
        saha_domain::wire::SyncResponse { changes: vec![phone.row(&customer(201, "X"))], ..answer(uuid::Uuid::nil()) };
    assert_eq!(crate::sync::exchange::accept(&phone.store, &flight, &foreign).unwrap(), None);
    assert_eq!(states(&phone), [("create call".into(), ChangeState::Queued)]);
    assert!(phone.saha.customers().get(id(201)).is_err());
}

#[test]
fn one_poison_change_does_not_hold_back_the_rest() {
    let phone = Phone::new();
    a_prospect_with_a_visit(&phone);
    phone.saha.calls().log(call(&phone)).unwrap();
    phone.push(|entry| match entry.kind.name() {
        "customer" => rejected(RejectionCode::DuplicateTaxNo),
        "visit" => Outcome::Blocked { by: entry.op_id },
        _ => phone.applied(entry),
    });
    let expected = [
        ("create customer".to_owned(), ChangeState::Rejected),
        ("create visit".to_owned(), ChangeState::Queued),
        ("patch visit".to_owned(), ChangeState::Queued),
        ("create call".to_owned(), ChangeState::Acked),
    ];
    assert_eq!(states(&phone), expected);
    assert_eq!(phone.push(|entry| phone.applied(entry)), [], "what hangs on the refused prospect waits");
    phone.saha.calls().log(call(&phone)).unwrap();
    assert_eq!(phone.push(|entry| phone.applied(entry)).len(), 1, "and nothing else does");
}

#[test]
fn the_next_edit_of_a_refused_record_repairs_its_change() {
    let phone = Phone::new();
    let customer = a_prospect_with_a_visit(&phone);
    let refused = phone.push(|entry| match entry.op {
        Op::Create if entry.kind.name() == "customer" => rejected(RejectionCode::DuplicateTaxNo),
        _ => Outcome::Blocked { by: entry.op_id },
    })[0]
        .clone();
    let fixed = saha_domain::Customer { tax_no: Some("1234567890".into()), ..customer };
    phone.saha.customers().update(fixed.clone()).unwrap();
    let batch = phone.push(|entry| phone.applied(entry));
    assert_eq!(batch.len(), 3, "the visit follows");
    assert_eq!(
        (batch[0].seq, batch[0].op, batch[0].hlc),
        (refused.seq, Op::Create, refused.hlc),
        "in the old one's place"
    );
    assert_eq!(batch[0].replaces, Some(refused.op_id));
    assert_ne!(batch[0].op_id, refused.op_id);
    assert!(String::from_utf8(batch[0].payload.clone()).unwrap().contains("1234567890"));
    assert_eq!(phone.saha.customers().get(fixed.id).unwrap(), fixed);
}

#[test]
fn a_resent_change_keeps_its_id_and_counts_its_attempts() {
    let phone = Phone::new();
    phone.saha.calls().log(call(&phone)).unwrap();
    let sent = phone.push(|_| rejected(RejectionCode::Forbidden))[0].clone();
    assert_eq!(phone.counted(FactKind::Call), [0, 0, 1], "a refused call is not done work");
    phone.saha.outbox().resend(sent.op_id).unwrap();
    assert_eq!(phone.counted(FactKind::Call), [0, 1, 0]);
    let again = phone.push(|entry| phone.applied(entry))[0].clone();
    assert_eq!((again.op_id, again.attempt), (sent.op_id, 2));
}

#[test]
fn a_withdrawn_change_is_gone_and_what_hangs_on_it_only_on_the_reps_word() {
    let phone = Phone::new();
    let customer = a_prospect_with_a_visit(&phone);
    let refused = phone.push(|entry| match entry.kind.name() {
        "customer" => rejected(RejectionCode::DuplicateTaxNo),
        _ => Outcome::Blocked { by: entry.op_id },
    })[0]
        .clone();
    let outbox = phone.saha.outbox();
    assert_eq!(outbox.withdraw(refused.op_id, false), Err(SahaError::UnsentWork { count: 2 }));
    assert_eq!(states(&phone).len(), 3, "nothing happened");
    outbox.withdraw(refused.op_id, true).unwrap();
    assert_eq!(states(&phone), []);
    assert!(phone.saha.customers().get(customer.id).is_err());
    assert_eq!(phone.counted(FactKind::Visit), [0, 0, 0]);
    phone.check();
}

fn duplicate_of(existing: u128) -> Outcome {
    let Outcome::Rejected(rejection) = rejected(RejectionCode::DuplicateTaxNo) else { unreachable!() };
    Outcome::Rejected(saha_domain::wire::Rejection { existing: Some(id(existing)), ..rejection })
}

#[test]
fn work_at_a_refused_prospect_moves_to_the_customer_whom_the_company_knows() {
    let phone = Phone::new();
    let refused = a_prospect_with_a_visit(&phone);
    let lines =
        vec![NewSaleLine { product: phone.cola(), quantity_milli: 1_000, unit_price: None, discounts_bp: vec![] }];
    let sale = NewSale { customer: refused.id, visit: None, lines, note: None };
    let sale = phone.saha.sales().create(sale).unwrap();
    phone.saha.customers().update(saha_domain::Customer { note: Some("x".into()), ..refused.clone() }).unwrap();
    let batch = phone.push(|entry| match entry.kind.name() {
        "customer" if entry.op == Op::Create => duplicate_of(CUSTOMER),
        _ => Outcome::Blocked { by: entry.op_id },
    });
    phone.saha.outbox().use_existing(batch[0].op_id).unwrap();
    phone.check();
    assert!(phone.saha.customers().get(refused.id).is_err());
    let sale = phone.saha.sales().get(sale.id).unwrap();
    assert_eq!((sale.customer, sale.segment), (phone.customer_id(), saha_domain::Segment::A));
    assert_eq!(phone.saha.visits().list_of(phone.customer_id(), 10, 0).unwrap().len(), 1);
    let moved = phone.push(|entry| phone.applied(entry));
    let told = |entry: &Entry| (format!("{} {}", entry.op.name(), entry.kind), entry.replaces.is_some());
    let expected = [("create visit", true), ("patch visit", false), ("create sale", true)];
    assert_eq!(moved.iter().map(told).collect::<Vec<_>>(), expected.map(|(what, fix)| (what.to_owned(), fix)));
    assert_eq!(moved[0].hlc, batch.iter().find(|entry| entry.id == moved[0].id).unwrap().hlc);
}

#[test]
fn a_customer_of_whom_the_phone_has_nothing_is_shown_by_the_name_that_the_rep_gave_him() {
    let phone = Phone::new();
    a_prospect_with_a_visit(&phone);
    let refused = phone.push(|entry| match entry.kind.name() {
        "customer" => duplicate_of(777),
        _ => Outcome::Blocked { by: entry.op_id },
    })[0]
        .clone();
    phone.saha.outbox().use_existing(refused.op_id).unwrap();
    assert_eq!(phone.saha.outbox().list().unwrap()[0].title, "Yeni Büfe");
}

#[test]
fn only_a_refusal_that_names_a_record_can_end_in_its_favour() {
    let phone = Phone::new();
    a_prospect_with_a_visit(&phone);
    let refused = phone.push(|entry| match entry.kind.name() {
        "customer" => rejected(RejectionCode::Forbidden),
        _ => Outcome::Blocked { by: entry.op_id },
    })[0]
        .clone();
    let error = phone.saha.outbox().use_existing(refused.op_id).unwrap_err();
    assert!(matches!(error, SahaError::WrongState { .. }), "{error}");
    assert_eq!(states(&phone).len(), 3, "nothing happened");
}

#[test]
fn only_a_refused_change_can_be_withdrawn_or_resent() {
    let phone = Phone::new();
    phone.saha.calls().log(call(&phone)).unwrap();
    let entry = phone.store.read(|r| entries(r.conn())).unwrap().remove(0);
    assert!(matches!(phone.saha.outbox().withdraw(entry.op_id, true), Err(SahaError::WrongState { .. })));
    assert!(matches!(phone.saha.outbox().resend(entry.op_id), Err(SahaError::WrongState { .. })));
    assert!(matches!(phone.saha.outbox().resend(id(1)), Err(SahaError::NotFound { .. })));
}

#[test]
fn withdrawing_an_edit_shows_what_the_company_has() {
    let phone = Phone::new();
    let customer = phone.saha.customers().get(phone.customer_id()).unwrap();
    phone
        .saha
        .customers()
        .update(saha_domain::Customer { note: Some("arka kapı".into()), ..customer.clone() })
        .unwrap();
    let refused = phone.push(|_| rejected(RejectionCode::NotYourCustomer))[0].clone();
    assert_eq!(phone.saha.customers().get(customer.id).unwrap().note.as_deref(), Some("arka kapı"));
    phone.saha.outbox().withdraw(refused.op_id, false).unwrap();
    assert_eq!(phone.saha.customers().get(customer.id).unwrap(), customer);
    assert_eq!(phone.count("SELECT count(*) FROM shadow"), 0);
}

#[test]
fn a_deletion_waits_for_what_names_the_row() {
    let phone = Phone::new();
    let call = phone.saha.calls().log(call(&phone)).unwrap();
    phone.saha.calls().delete(call.id).unwrap();
    assert_eq!(phone.counted(FactKind::Call), [0, 0, 0]);
    let batch = phone.push(|entry| phone.applied(entry));
    assert_eq!(batch.iter().map(|e| e.op).collect::<Vec<_>>(), [Op::Create, Op::Delete]);
    let version = phone.version();
    phone.pull(&[tombstone(saha_domain::Kind::Call, call.id.uuid(), version)]);
    assert_eq!(states(&phone), []);
}

#[test]
fn the_base_version_is_that_of_the_last_applied_body_and_never_an_acknowledgements() {
    let phone = Phone::new();
    let base = phone.count(&format!("SELECT version FROM customer WHERE hex(id) LIKE '%{CUSTOMER:X}'"));
    let mut customer = phone.saha.customers().get(phone.customer_id()).unwrap();
    for note in ["bir", "iki"] {
        customer.note = Some(note.into());
        phone.saha.customers().update(customer.clone()).unwrap();
        phone.push(|entry| {
            assert_eq!(entry.base_version, Some(base));
            phone.applied(entry)
        });
    }
}

#[test]
fn a_restored_server_gets_every_kept_change_again_in_order() {
    let phone = Phone::new();
    let first = phone.saha.calls().log(call(&phone)).unwrap();
    let sent = phone.push(|entry| phone.applied(entry));
    phone.pull(&[phone.row(&first)]);
    phone.saha.calls().log(call(&phone)).unwrap();
    phone.store.apply(crate::sync::sight::history_changed).unwrap();
    phone.check();
    assert_eq!(phone.counted(FactKind::Call), [1, 1, 0]);
    let again = phone.push(|entry| phone.applied(entry));
    assert_eq!((again[0].op_id, &again[0].payload), (sent[0].op_id, &sent[0].payload));
    assert_eq!(again.len(), 2);
    assert!(again.iter().all(|entry| entry.base_version.is_none()));
}

#[test]
fn a_restore_lays_every_kept_change_of_a_row_over_it_and_the_rep_sees_no_difference() {
    let phone = Phone::new();
    let visit = phone.saha.visits().check_in(phone.customer_id(), None).unwrap();
    let visit = phone.saha.visits().check_out(visit.id, VisitEnd { outcome: "order".into(), ..VisitEnd::default() });
    let visit = visit.unwrap();
    phone.push(|entry| phone.applied(entry));
    phone.pull(&[phone.row(&visit)]);
    phone.store.apply(crate::sync::sight::history_changed).unwrap();
    phone.check();
    assert_eq!(states(&phone).len(), 2);
    assert_eq!(phone.saha.visits().get(visit.id).unwrap(), visit);
}

#[test]
fn a_sale_waits_for_the_visit_and_the_prospect_that_it_names() {
    let phone = Phone::new();
    let customer = phone.saha.customers().create_prospect(prospect("Yeni")).unwrap();
    let visit = phone.saha.visits().check_in(customer.id, None).unwrap();
    let lines =
        vec![NewSaleLine { product: phone.cola(), quantity_milli: 1_000, unit_price: None, discounts_bp: vec![] }];
    phone.saha.sales().create(NewSale { customer: customer.id, visit: Some(visit.id), lines, note: None }).unwrap();
    assert_eq!(phone.count("SELECT count(*) FROM outbox_dependency WHERE seq = (SELECT max(seq) FROM outbox)"), 2);
}

#[test]
fn a_fix_takes_in_the_patches_that_wait_behind_the_refused_change() {
    let phone = Phone::new();
    let lines =
        vec![NewSaleLine { product: phone.cola(), quantity_milli: 1_000, unit_price: None, discounts_bp: vec![] }];
    let sales = phone.saha.sales();
    let sale = sales.create(NewSale { customer: phone.customer_id(), visit: None, lines, note: None }).unwrap();
    let line = sale.lines[0].id;
    sales.change_line(sale.id, line, Some(3_000), None, None).unwrap();
    phone.push(|entry| match entry.op {
        Op::Create => rejected(RejectionCode::PriceBelowFloor),
        _ => Outcome::Blocked { by: entry.op_id },
    });
    let price = saha_domain::UnitPrice { amount_micro: 12_000_000, ..sale.lines[0].unit_price };
    let fixed = sales.change_line(sale.id, line, None, Some(price), None).unwrap();
    assert_eq!((fixed.lines[0].quantity.amount_milli, fixed.net_minor), (3_000, 3_600));
    assert_eq!(sales.get(sale.id).unwrap(), fixed, "the screen shows it");
    assert_eq!(states(&phone), [("create sale".into(), ChangeState::Queued)]);
    assert_eq!(phone.count("SELECT sum(amount_minor) FROM rollup WHERE fact = 3 AND status = 2"), 3_600);
    let batch = phone.push(|entry| phone.applied(entry));
    let body = serde_json::from_slice(&batch[0].payload).unwrap();
    assert_eq!(saha_domain::Kind::Sale.check(&body), Ok(()));
    phone.pull(&[phone.row(&fixed)]);
    assert_eq!(sales.get(sale.id).unwrap(), fixed);
}

#[test]
fn who_waited_for_a_folded_change_waits_for_the_fix() {
    let phone = Phone::new();
    let first = phone.saha.calls().log(call(&phone)).unwrap();
    let amended = |note: &str| saha_domain::Call { note: Some(note.into()), ..first.clone() };
    put(&phone, &amended("bir"));
    let ops: Vec<_> = phone.store.read(|r| entries(r.conn())).unwrap().iter().map(|e| e.op_id).collect();
    phone.saha.calls().log(call(&phone)).unwrap();
    let waiting = phone.count("SELECT max(seq) FROM outbox");
    phone.store.write(|tx| ops.iter().try_for_each(|op| store::insert_dependency(tx.conn(), waiting, *op))).unwrap();
    phone.push(|entry| match entry.op {
        Op::Create if entry.id == first.id.uuid() => rejected(RejectionCode::Forbidden),
        _ => Outcome::Blocked { by: entry.op_id },
    });
    put(&phone, &amended("iki"));
    assert_eq!(phone.count("SELECT count(*) FROM outbox_dependency"), 1);
    assert_eq!(phone.count("SELECT count(*) FROM outbox JOIN outbox_dependency ON op_id = on_op"), 1);
}

#[test]
fn gone_ends_a_change_that_was_accepted_before_and_refuses_any_other() {
    let phone = Phone::new();
    let accepted = phone.saha.calls().log(call(&phone)).unwrap();
    phone.push(|entry| phone.applied(entry));
    phone.pull(&[phone.row(&accepted)]);
    phone.saha.calls().log(call(&phone)).unwrap();
    phone.store.apply(crate::sync::sight::history_changed).unwrap();
    // The process ends without an answer: what was accepted once is remembered all the same.
    crate::sync::exchange::prepare(&phone.store, 10).unwrap();
    let phone = phone.restart();
    assert_eq!(phone.push(|_| Outcome::Gone).len(), 2);
    let left = phone.store.read(|r| entries(r.conn())).unwrap();
    assert_eq!(
        left.iter().map(|entry| (entry.state, entry.was_acked)).collect::<Vec<_>>(),
        [(ChangeState::Rejected, false)]
    );
    assert_ne!(left[0].id, accepted.id.uuid());
    assert_eq!(phone.saha.calls().get(accepted.id).unwrap(), accepted, "shown until its tombstone comes");
    let version = phone.version();
    phone.pull(&[tombstone(saha_domain::Kind::Call, accepted.id.uuid(), version)]);
    assert!(phone.saha.calls().get(accepted.id).is_err());
}
