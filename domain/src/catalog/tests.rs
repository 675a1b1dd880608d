use super::*;
use crate::{Kind, Problem, SahaError, records::samples, wire::RejectionCode};

#[test]
fn a_locale_chooses_the_language() {
    for (locale, lang) in [
        ("tr_TR.UTF-8", Lang::Tr),
        ("tr", Lang::Tr),
        ("TR-tr,en;q=0.5", Lang::Tr),
        ("en_US", Lang::En),
        ("C", Lang::En),
        ("", Lang::En),
    ] {
        assert_eq!(Lang::of(locale), lang, "{locale}");
    }
}

#[test]
fn errors_speak_both_languages_and_name_the_field() {
    let error = SahaError::invalid("lines/0198c0de/unit_price", Problem::OutOfRange);
    assert_eq!(error.text(Lang::En), "unit price: is outside the allowed range");
    assert_eq!(error.text(Lang::Tr), "birim fiyat: izin verilen aralığın dışında");
    assert_eq!(error.to_string(), "lines/0198c0de/unit_price: out_of_range");
}

#[test]
fn a_refusal_of_a_newer_server_has_no_words_of_ours() {
    assert_eq!(RejectionCode::from("credit_limit").text(Lang::Tr), None);
    assert_eq!(
        RejectionCode::from("duplicate_tax_no").text(Lang::En).as_deref(),
        Some("another customer has the same tax number")
    );
}

#[test]
fn unknown_words_are_shown_as_they_came() {
    assert_eq!(kind_name(Lang::Tr, "promotion"), "promotion");
    assert_eq!(words::outcome_name(Lang::Tr, "order"), "sipariş");
}

/// Words that are the same in Turkish as on the wire.
const SAME: &[&str] = &["segment"];

fn lacks_words(name: fn(Lang, &str) -> &str, key: &str) -> bool {
    name(Lang::Tr, key) == key && !SAME.contains(&key)
}

#[test]
fn every_field_of_every_kind_has_words_in_both_languages() {
    let mut lacking = Vec::new();
    for (kind, body) in samples::bodies() {
        for (field, value) in body.as_object().unwrap() {
            lacking.extend(lacks_words(field_name, field).then(|| format!("{kind}.{field}")));
            let children = value.as_object().filter(|_| kind.spec().children.contains(&field.as_str()));
            for child in children.into_iter().flat_map(|children| children.values()) {
                let parts = child.as_object().unwrap().keys().filter(|part| lacks_words(field_name, part));
                lacking.extend(parts.map(|part| format!("{kind}.{field}.{part}")));
            }
        }
    }
    assert_eq!(lacking, Vec::<String>::new());
    assert_eq!(samples::bodies().map(|(kind, _)| kind).as_slice(), Kind::ALL);
}

#[test]
fn what_a_check_names_beside_the_fields_has_words_too() {
    for field in ["device", "group", "time", "progress", "lang", "latitude", "body", "payload", "server", "limit"] {
        assert!(!lacks_words(field_name, field), "{field}");
    }
}

#[test]
fn every_state_and_outcome_has_words_in_both_languages() {
    use crate::{
        CallDisposition as D, Lifecycle, Metric, PhotoPurpose as P, SaleState as S, VisitState as V, life::ChangeState,
    };
    let visits = [V::InProgress, V::Completed, V::Voided, V::Unknown].map(V::name);
    let sales = [S::Draft, S::Confirmed, S::Cancelled, S::Unknown].map(S::name);
    let changes = ChangeState::ALL.iter().map(|state| state.name());
    for state in visits.into_iter().chain(sales).chain(changes).chain(["active", "closed", "blocked"]) {
        assert!(!lacks_words(state_name, state), "{state}");
    }
    let calls = [D::Connected, D::NoAnswer, D::Busy, D::WrongNumber, D::Voicemail, D::Unknown].map(D::name);
    let visits = ["order", "no_need", "closed", "follow_up", "not_there", "not_recorded"];
    for outcome in calls.into_iter().chain(visits) {
        assert!(!lacks_words(words::outcome_name, outcome), "{outcome}");
    }
    let purposes = [P::Shelf, P::Storefront, P::Signature, P::Other, P::Unknown];
    assert!(purposes.iter().all(|purpose| !lacks_words(words::purpose_name, purpose.name())));
    assert!(Lifecycle::ALL.iter().all(|stage| !lacks_words(words::lifecycle_name, stage.name())));
    assert!(!lacks_words(words::metric_name, Metric::Unknown.name()));
}

#[test]
fn a_missing_connection_says_why_in_words() {
    for reason in ["connect", "timeout", "tls", "not_our_server", "server_busy", "server_error"] {
        let error = SahaError::Offline { reason: reason.into() };
        for lang in [Lang::En, Lang::Tr] {
            assert!(!error.text(lang).contains(&format!("({reason})")), "{}", error.text(lang));
        }
    }
    let busy = SahaError::Offline { reason: "server_busy".into() };
    assert_eq!(busy.text(Lang::Tr), "sunucuya bağlanılamadı (sunucu meşgul); kayıtlarınız saklandı, sonra gönderilir");
}

#[test]
fn a_whole_child_is_named_by_its_collection() {
    let line = "lines/01980000-0000-7000-8000-000000000001";
    assert_eq!((field_name(Lang::En, line), field_name(Lang::Tr, line)), ("lines", "satırlar"));
    assert_eq!(field_name(Lang::En, &format!("{line}/quantity")), "quantity");
}

#[test]
fn spans_are_told_as_roughly_as_people_do() {
    const MINUTE: i64 = 60_000;
    for (ms, en, tr) in [
        (-5 * MINUTE, "just now", "az önce"),
        (MINUTE - 1, "just now", "az önce"),
        (MINUTE, "1 minute ago", "1 dakika önce"),
        (119 * MINUTE, "119 minutes ago", "119 dakika önce"),
        (120 * MINUTE, "2 hours ago", "2 saat önce"),
        (48 * 60 * MINUTE, "2 days ago", "2 gün önce"),
    ] {
        assert_eq!((spans::ago(Lang::En, ms), spans::ago(Lang::Tr, ms)), (en.to_owned(), tr.to_owned()));
    }
    assert_eq!(spans::span(Lang::En, 1), "1 minute");
}

#[test]
fn a_target_is_called_by_what_it_counts_how_often_and_of_what_only() {
    use crate::{Lifecycle, Metric, Segment, Target, TargetFilter, period::Period};
    let everyone = samples::target(Metric::Visits, Period::Week, &[]);
    assert_eq!(titles::of_target(Lang::En, &everyone), "Weekly visits");
    assert_eq!(titles::of_target(Lang::Tr, &everyone), "Haftalık ziyaret");
    let filter = TargetFilter { lifecycle: Some(Lifecycle::Prospect), ..TargetFilter::default() };
    let prospects = Target { filter, ..everyone.clone() };
    assert_eq!(titles::of_target(Lang::Tr, &prospects), "Haftalık ziyaret · aday müşteriler");
    let filter = TargetFilter {
        segment: Some(Segment::A),
        lifecycle: Some(Lifecycle::Active),
        product_group: Some("icecek".to_owned()),
        outcome: Some("order".to_owned()),
    };
    assert_eq!(
        titles::of_target(Lang::En, &Target { filter, ..everyone }),
        "Weekly visits · active customers · segment A · outcome “order” · goods “icecek”"
    );
    for period in [Period::Day, Period::Week, Period::Month, Period::Unknown] {
        assert!(!lacks_words(words::period_rhythm, period.name()) && !lacks_words(words::period_name, period.name()));
    }
    for metric in [Metric::Visits, Metric::Calls, Metric::Sales, Metric::Revenue, Metric::Unknown] {
        assert!(!lacks_words(words::counted_name, metric.name()) && !lacks_words(words::metric_name, metric.name()));
    }
}

#[test]
fn an_activity_is_called_by_what_came_of_it() {
    use crate::{Call, CallDisposition, Sale, SaleState, Visit, VisitState};
    let visit = samples::visit("2026-11-23");
    assert_eq!(titles::of_visit(Lang::Tr, &visit), "Ziyaret: sipariş");
    let voided = Visit { state: VisitState::Voided, ..visit.clone() };
    assert_eq!(titles::of_visit(Lang::En, &voided), "Visit: voided");
    let own_code = Visit { outcome: Some("tasting".into()), ..visit };
    assert_eq!(titles::of_visit(Lang::Tr, &own_code), "Ziyaret: tasting");
    let busy = Call { disposition: CallDisposition::Busy, ..samples::call("2026-11-23") };
    assert_eq!(titles::of_call(Lang::Tr, &busy), "Arama: meşgul");
    assert_eq!(titles::of_call(Lang::En, &Call { outcome: Some("order".into()), ..busy }), "Call: order");
    let sale = samples::sale("2026-11-23");
    assert_eq!(titles::of_sale(Lang::Tr, &sale), "Satış A-1");
    let cancelled = Sale { state: SaleState::Cancelled, ..sale };
    assert_eq!(titles::of_sale(Lang::Tr, &cancelled), "Satış A-1: iptal edildi");
}

#[test]
fn every_value_that_a_screen_shows_has_words_in_both_languages() {
    use crate::{
        CallDirection as D, CallDisposition, CheckoutKind as C, PhotoPurpose, Visit, facts::RecordState,
        geo::GeoVerdict as G, wire::Op,
    };
    let verdicts =
        [G::Inside, G::Outside, G::Uncertain, G::NoFix, G::Stale, G::Mocked, G::NoCustomerLocation, G::Unknown];
    assert!(verdicts.iter().all(|verdict| verdict.text(Lang::Tr) != verdict.name()));
    assert!(RecordState::ALL.iter().all(|state| state.text(Lang::Tr) != state.name()));
    assert!([Op::Create, Op::Patch, Op::Delete].iter().all(|op| op.text(Lang::Tr) != op.name()));
    assert!([D::Outgoing, D::Incoming, D::Unknown].iter().all(|way| way.text(Lang::Tr) != way.name()));
    assert!([C::Explicit, C::Inferred, C::Forced, C::Unknown].iter().all(|kind| kind.text(Lang::Tr) != kind.name()));
    assert!(crate::StopState::ALL.iter().all(|state| state.text(Lang::Tr) != state.name()));
    assert!(CallDisposition::PICKED.iter().all(|picked| picked.text(Lang::Tr) != picked.name()));
    assert!(PhotoPurpose::PICKED.iter().all(|picked| picked.text(Lang::Tr) != picked.name()));
    let outcomes = Visit::OUTCOMES.iter().chain(crate::Call::OUTCOMES);
    assert!(outcomes.into_iter().all(|outcome| !lacks_words(words::outcome_name, outcome)));
}
