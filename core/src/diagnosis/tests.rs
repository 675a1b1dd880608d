use std::{collections::HashSet, sync::Arc};

use saha_domain::{
    SahaError,
    wire::{Op, Outcome, RejectionCode},
};

use super::*;
use crate::{NewProspect, SyncBudget, testing::*};

struct Case {
    code: WaitCause,
    en: &'static str,
    tr: &'static str,
    phone: Phone,
}

fn say(phone: &Phone, lang: Lang) -> SyncDiagnosis {
    diagnose(phone.saha.core(), lang).unwrap()
}

/// A phone that was synced a minute before a call was logged.
fn with_a_call(server: &Arc<TestServer>) -> Phone {
    let phone = Phone::signed_in(server);
    phone.sync().unwrap();
    phone.host.pass_minutes(1);
    phone.log_call();
    phone
}

/// Five minutes after a sync that met these.
fn after(fates: &[Fate]) -> Phone {
    let server = TestServer::new();
    let phone = with_a_call(&server);
    server.plan(fates);
    // No time for a second try.
    let hurried = SyncBudget { max_ms: Some(1_050), ..SyncBudget::default() };
    phone.sync_within(hurried).unwrap_err();
    phone.host.pass_minutes(5);
    phone
}

/// Five minutes after a sync that ended like this.
fn ended(ending: Ending) -> Phone {
    let phone = with_a_call(&TestServer::new());
    let begun = attempt::begin(&phone.store).unwrap();
    attempt::end(&phone.store, begun, ending, None).unwrap();
    phone.host.pass_minutes(5);
    phone
}

/// After a sync that went well, and in which the server gave the change this answer.
fn answered(outcome: &Outcome) -> Phone {
    let phone = with_a_call(&TestServer::new());
    let begun = attempt::begin(&phone.store).unwrap();
    phone.push(|_| outcome.clone());
    attempt::end(&phone.store, begun, Ending::Complete, None).unwrap();
    phone
}

fn put_off(reason: &str) -> Phone {
    answered(&Outcome::Retry { reason: reason.into() })
}

fn refused() -> Phone {
    let phone = Phone::new();
    phone.log_call();
    phone.push(|_| rejected(RejectionCode::Forbidden));
    phone
}

fn held_back() -> Phone {
    let phone = Phone::new();
    let new = NewProspect { name: "Yeni Büfe".into(), ..NewProspect::default() };
    let prospect = phone.saha.customers().create_prospect(new).unwrap();
    phone.saha.visits().check_in(prospect.id, None).unwrap();
    phone.push(|entry| match entry.op {
        Op::Create if entry.kind.name() == "customer" => rejected(RejectionCode::DuplicateTaxNo),
        _ => Outcome::Blocked { by: entry.op_id },
    });
    phone
}

/// The phone was restarted since a sync that was stopped.
fn rebooted() -> Phone {
    let phone = ended(Ending::Cancelled);
    phone.host.reboot("boot-2");
    phone
}

fn interrupted() -> Phone {
    let phone = with_a_call(&TestServer::new());
    attempt::begin(&phone.store).unwrap();
    phone.host.pass_minutes(5);
    phone.restart()
}

fn not_signed_in() -> Phone {
    let phone = Phone::new();
    phone.log_call();
    phone
}

fn synced() -> Phone {
    let phone = with_a_call(&TestServer::new());
    phone.sync().unwrap();
    phone
}

fn never_tried() -> Phone {
    let phone = Phone::signed_in(&TestServer::new());
    phone.log_call();
    phone.host.pass_minutes(180);
    phone
}

fn case(code: WaitCause, phone: Phone, en: &'static str, tr: &'static str) -> Case {
    Case { code, en, tr, phone }
}

/// Every cause but a sync that runs.
fn cases() -> Vec<Case> {
    use WaitCause as Cause;
    vec![
        case(
            Cause::NothingWaits,
            synced(),
            "nothing waits: the company has every change",
            "bekleyen yok: her değişiklik şirkette",
        ),
        case(
            Cause::OnlyRefused,
            refused(),
            "nothing waits to be sent, but the company refused call “Ihlamur Kafe”: you are not allowed to change this",
            "gönderilmeyi bekleyen yok; ancak şirket reddetti: arama “Ihlamur Kafe” (bunu değiştirme yetkiniz yok)",
        ),
        case(
            Cause::HeldBack,
            held_back(),
            "visit “Yeni Büfe” waits for customer “Yeni Büfe”, which the company refused: another customer has the same tax number",
            "ziyaret “Yeni Büfe” bekliyor: önce reddedilen müşteri “Yeni Büfe” düzeltilmeli (aynı vergi numarasına sahip başka bir müşteri var)",
        ),
        case(
            Cause::NotSignedIn,
            not_signed_in(),
            "call “Ihlamur Kafe” waits: nobody is signed in",
            "arama “Ihlamur Kafe” bekliyor: oturum açılmamış",
        ),
        case(
            Cause::NotSignedIn,
            after(&[Fate::Status(401, None), Fate::Status(401, None)]),
            "call “Ihlamur Kafe” waits: nobody is signed in",
            "arama “Ihlamur Kafe” bekliyor: oturum açılmamış",
        ),
        case(
            Cause::DeviceRevoked,
            // What the server puts off, on a device that hands in its work.
            ended(Ending::DeviceRevoked),
            "call “Ihlamur Kafe” waits: at the last sync, 5 minutes ago, this device was revoked",
            "arama “Ihlamur Kafe” bekliyor: 5 dakika önce yapılan son eşitlemede bu cihazın yetkisi kaldırılmıştı",
        ),
        case(
            Cause::UpgradeRequired,
            after(&[Fate::Status(426, None)]),
            "call “Ihlamur Kafe” waits: at the last sync, 5 minutes ago, the server wanted a newer version of the app",
            "arama “Ihlamur Kafe” bekliyor: 5 dakika önce yapılan son eşitlemede sunucu uygulamanın daha yeni bir sürümünü istedi",
        ),
        case(
            Cause::AskedToWait,
            after(&[Fate::Status(503, Some(900))]),
            "call “Ihlamur Kafe” waits: the server is busy and wants to be asked in 10 minutes",
            "arama “Ihlamur Kafe” bekliyor: sunucu meşgul, 10 dakika sonra gelinmesini istedi",
        ),
        case(
            Cause::NotTried,
            never_tried(),
            "call “Ihlamur Kafe” waits: no sync was begun since it was written down 3 hours ago",
            "arama “Ihlamur Kafe” bekliyor: 3 saat önce yazıldı, o zamandan beri eşitleme başlatılmadı",
        ),
        case(
            Cause::NotTried,
            with_a_call(&TestServer::new()),
            "call “Ihlamur Kafe” waits: no sync was begun since it was written down just now",
            "arama “Ihlamur Kafe” bekliyor: az önce yazıldı, o zamandan beri eşitleme başlatılmadı",
        ),
    ]
}

fn later_cases() -> Vec<Case> {
    use WaitCause as Cause;
    vec![
        case(
            Cause::Failed,
            after(&[Fate::Lost]),
            "call “Ihlamur Kafe” waits: the last sync, 5 minutes ago, failed: no network, or the address is wrong",
            "arama “Ihlamur Kafe” bekliyor: 5 dakika önce yapılan son eşitleme başarısız oldu: ağ yok veya adres yanlış",
        ),
        case(
            Cause::Failed,
            after(&[Fate::Says(400, "bad_request")]),
            "call “Ihlamur Kafe” waits: the last sync, 5 minutes ago, failed: the server refused the request",
            "arama “Ihlamur Kafe” bekliyor: 5 dakika önce yapılan son eşitleme başarısız oldu: sunucu isteği reddetti",
        ),
        case(
            Cause::Failed,
            ended(Ending::Broken),
            "call “Ihlamur Kafe” waits: the last sync, 5 minutes ago, failed: the phone could not store or read something",
            "arama “Ihlamur Kafe” bekliyor: 5 dakika önce yapılan son eşitleme başarısız oldu: telefon bir şeyi yazamadı veya okuyamadı",
        ),
        case(
            Cause::ClockUnknown,
            rebooted(),
            "call “Ihlamur Kafe” waits: since the phone was restarted the server has not told the time, which changes need",
            "arama “Ihlamur Kafe” bekliyor: telefon yeniden başlatıldığından beri sunucudan saat alınamadı; değişiklikler ondan sonra gider",
        ),
        case(
            Cause::Cancelled,
            ended(Ending::Cancelled),
            "call “Ihlamur Kafe” waits: the last sync, 5 minutes ago, was stopped before its turn",
            "arama “Ihlamur Kafe” bekliyor: 5 dakika önce yapılan son eşitleme, sırası gelmeden durduruldu",
        ),
        case(
            Cause::Interrupted,
            interrupted(),
            "call “Ihlamur Kafe” waits: the app was closed during the last sync, 5 minutes ago",
            "arama “Ihlamur Kafe” bekliyor: 5 dakika önce yapılan son eşitleme sırasında uygulama kapandı",
        ),
        case(
            Cause::BudgetSpent,
            ended(Ending::BudgetSpent),
            "call “Ihlamur Kafe” waits: the last sync, 5 minutes ago, ran out of its time or data before its turn",
            "arama “Ihlamur Kafe” bekliyor: 5 dakika önce yapılan son eşitlemenin süresi ya da veri hakkı, sırası gelmeden bitti",
        ),
        case(
            Cause::NeedsServer,
            put_off("needs_server"),
            "call “Ihlamur Kafe” waits: the company's server is too old for it",
            "arama “Ihlamur Kafe” bekliyor: şirketin sunucusu bunun için eski",
        ),
        case(
            Cause::ParentUnknown,
            put_off("parent_unknown"),
            "call “Ihlamur Kafe” waits: the server does not know a record that it refers to",
            "arama “Ihlamur Kafe” bekliyor: sunucu, bağlı olduğu kaydı tanımıyor",
        ),
        case(
            Cause::NeedFull,
            answered(&Outcome::NeedFull { parent: None }),
            "call “Ihlamur Kafe” waits: the server asked for the whole record, which goes with the next sync",
            "arama “Ihlamur Kafe” bekliyor: sunucu kaydın tamamını istedi; sonraki eşitlemede gider",
        ),
        case(
            Cause::Blocked,
            answered(&Outcome::Blocked { by: id(1) }),
            "call “Ihlamur Kafe” waits: the server wants another change of yours first",
            "arama “Ihlamur Kafe” bekliyor: sunucu önce başka bir değişikliğinizi istiyor",
        ),
        case(
            Cause::PutOff,
            put_off("busy"),
            "call “Ihlamur Kafe” waits: the server put it off (busy)",
            "arama “Ihlamur Kafe” bekliyor: sunucu erteledi (busy)",
        ),
    ]
}

#[test]
fn every_cause_is_told_by_its_evidence_in_one_sentence() {
    let mut told: HashSet<WaitCause> = HashSet::from([WaitCause::Syncing]);
    for Case { code, en, tr, phone } in cases().into_iter().chain(later_cases()) {
        let said = say(&phone, Lang::En);
        assert_eq!((said.code, said.sentence.as_str()), (code, en));
        assert_eq!(say(&phone, Lang::Tr), SyncDiagnosis { sentence: tr.into(), ..said.clone() });
        let waits = phone.saha.sync().status().unwrap().waiting > 0;
        assert_eq!((said.oldest_op_id.is_some(), said.oldest_captured_ms.is_some()), (waits, waits), "{en}");
        told.insert(code);
    }
    assert_eq!(told, WaitCause::ALL.iter().copied().collect());
}

#[test]
fn while_a_sync_runs_the_change_is_on_its_way() {
    let server = TestServer::new();
    let phone = with_a_call(&server);
    let (told, heard) = std::sync::mpsc::channel();
    server.plan(&[Fate::Hangs]);
    server.on_request(move |_, moment| {
        if moment == Moment::Hanging {
            let _nobody_hears = told.send(());
        }
    });
    let sync = phone.saha.sync();
    let running = std::thread::spawn(move || block_on(sync.run(SyncBudget::default())));
    heard.recv().unwrap();
    let said = phone.saha.sync().diagnosis().unwrap();
    assert_eq!(
        (said.code, said.sentence.as_str()),
        (WaitCause::Syncing, "call “Ihlamur Kafe” waits: a sync is under way")
    );
    phone.saha.sync().cancel().unwrap();
    assert_eq!(running.join().unwrap(), Err(SahaError::Cancelled));
    assert_eq!(phone.saha.sync().diagnosis().unwrap().code, WaitCause::Cancelled);
}

#[test]
fn the_newest_evidence_holds() {
    let server = TestServer::new();
    let phone = with_a_call(&server);
    let begun = attempt::begin(&phone.store).unwrap();
    phone.push(|_| Outcome::Retry { reason: "needs_server".into() });
    attempt::end(&phone.store, begun, Ending::Complete, None).unwrap();
    let begun = attempt::begin(&phone.store).unwrap();
    attempt::end(&phone.store, begun, Ending::Offline("connect".into()), None).unwrap();
    assert_eq!(say(&phone, Lang::En).code, WaitCause::Failed, "whether the server is still too old is not known");
    let begun = attempt::begin(&phone.store).unwrap();
    attempt::end(&phone.store, begun, Ending::Cancelled, None).unwrap();
    assert_eq!(say(&phone, Lang::En).code, WaitCause::NeedsServer, "nothing newer is known");
    phone.host.pass_minutes(1);
    phone.saha.calls().delete(phone.log_call().id).unwrap();
    assert_eq!(say(&phone, Lang::En).code, WaitCause::NeedsServer, "the oldest change is meant");
}

#[test]
fn a_failure_from_before_the_change_was_written_explains_nothing() {
    let server = TestServer::new();
    let phone = Phone::signed_in(&server);
    server.plan(&[Fate::Says(400, "bad_request")]);
    phone.sync().unwrap_err();
    phone.host.pass_minutes(1);
    phone.log_call();
    assert_eq!(say(&phone, Lang::En).code, WaitCause::NotTried);
}
