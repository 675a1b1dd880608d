use saha_domain::{facts::FactKind, wire::RejectionCode};

use super::*;
use crate::testing::*;

fn said(call: &Call) -> (CallDisposition, i64, Option<&str>, Option<&str>) {
    (call.disposition, call.duration_s, call.outcome.as_deref(), call.note.as_deref())
}

#[test]
fn a_corrected_call_is_counted_as_it_is_now() {
    let phone = Phone::new();
    let call = phone.log_call();
    let calls = phone.saha.calls();
    let amended = calls.amend(call.id, CallDisposition::NoAnswer, 0, None, Some("kapalı".into())).unwrap();
    assert_eq!(said(&amended), (CallDisposition::NoAnswer, 0, None, Some("kapalı")));
    assert_eq!(calls.get(call.id).unwrap(), amended);
    assert_eq!(phone.counted(FactKind::Call), [0, 1, 0]);
    assert_eq!(phone.count("SELECT sum(duration_ms) FROM rollup WHERE fact = 2"), 0);
    phone.check();
}

#[test]
fn the_correction_of_a_refused_call_is_sent_in_its_place() {
    let phone = Phone::new();
    let call = phone.log_call();
    let refused = phone.push(|_| rejected(RejectionCode::Forbidden))[0].clone();
    assert_eq!(phone.counted(FactKind::Call), [0, 0, 1]);
    phone.saha.calls().amend(call.id, CallDisposition::Connected, 90, Some("order".into()), None).unwrap();
    let sent = phone.push(|entry| phone.applied(entry));
    assert_eq!(
        sent.iter().map(|entry| (entry.seq, entry.replaces)).collect::<Vec<_>>(),
        [(refused.seq, Some(refused.op_id))]
    );
    assert!(String::from_utf8(sent[0].payload.clone()).unwrap().contains("order"));
}

#[test]
fn nobody_corrects_a_colleagues_call_or_stores_a_wrong_one() {
    let phone = Phone::new();
    let own = phone.log_call();
    let colleagues = Call { id: id(800), rep: id(101), ..own.clone() };
    phone.pull(&[phone.row(&colleagues)]);
    let amend = |call, duration_s| phone.saha.calls().amend(call, CallDisposition::Busy, duration_s, None, None);
    assert_eq!(amend(colleagues.id, 0), Err(not_found(colleagues.id)));
    assert_eq!(amend(own.id, -1), Err(SahaError::invalid("duration_s", saha_domain::Problem::OutOfRange)));
    assert_eq!(phone.saha.calls().get(own.id).unwrap(), own);
}
