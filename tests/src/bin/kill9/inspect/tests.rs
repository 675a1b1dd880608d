//! A count that could not see a loss or a double would prove nothing.

use saha_core::{NewCall, VisitEnd};
use saha_domain::{CallDirection, CallDisposition};
use saha_tests::live::{self, LiveCompany};
use tempfile::TempDir;

use super::*;

/// A settled phone with a call, a visit that is over and one that is not.
struct Settled {
    saha: Arc<Saha>,
    company: LiveCompany,
    acknowledged: Acknowledged,
    open_visit: Uuid,
    _folder: TempDir,
}

impl Settled {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let company = crate::company(&folder.path().join("server")).unwrap();
        let phone = folder.path().join("phone");
        crate::sign_in(&phone, &company).unwrap();
        let saha = live::open(&phone).unwrap();
        let customer = saha.customers().get_by_code("C1".into()).unwrap().id;
        let call = NewCall {
            customer,
            disposition: CallDisposition::NoAnswer,
            direction: CallDirection::Outgoing,
            duration_s: 0,
            outcome: None,
            note: None,
        };
        let call = saha.calls().log(call).unwrap().id.uuid();
        let visit = saha.visits().check_in(customer, None).unwrap().id;
        let end = VisitEnd { outcome: "order".into(), ..VisitEnd::default() };
        saha.visits().check_out(visit, end).unwrap();
        let open_visit = saha.visits().check_in(customer, None).unwrap().id.uuid();
        saha.shutdown().unwrap();
        let acknowledged =
            [("call", call), ("visit", visit.uuid()), ("completed", visit.uuid()), ("visit", open_visit)];
        let acknowledged = acknowledged.map(|(what, id)| (what.to_owned(), id)).to_vec();
        Self { saha: settled(&phone).unwrap(), company, acknowledged, open_visit, _folder: folder }
    }

    fn count(&self, acknowledged: &Acknowledged) -> (u32, u32) {
        let server = self.company.folder.join(live::DATABASE);
        let verdict = count(&self.saha, &server, acknowledged, 0).unwrap();
        (verdict.lost, verdict.doubled)
    }
}

#[test]
fn what_was_written_is_there_once() {
    let settled = Settled::new();
    assert_eq!(settled.count(&settled.acknowledged), (0, 0));
    assert!(taken(&settled.company.folder.join(live::DATABASE)).unwrap() >= 3);
}

#[test]
fn a_write_that_is_nowhere_is_lost() {
    let settled = Settled::new();
    let mut acknowledged = settled.acknowledged.clone();
    acknowledged.push(("sale".into(), Uuid::now_v7()));
    assert_eq!(settled.count(&acknowledged), (1, 0));
}

#[test]
fn a_visit_that_is_still_open_is_not_completed() {
    let settled = Settled::new();
    let mut acknowledged = settled.acknowledged.clone();
    acknowledged.push(("completed".into(), settled.open_visit));
    assert_eq!(settled.count(&acknowledged), (1, 0));
}

#[test]
fn a_record_that_nobody_wrote_is_a_double() {
    let settled = Settled::new();
    assert_eq!(settled.count(&settled.acknowledged[1..].to_vec()), (0, 1));
}
