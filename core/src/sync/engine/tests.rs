use super::*;

fn engine() -> Engine {
    Engine::new(Policy::default())
}

fn failed(failure: Failure) -> Event {
    Event::Failed { failure, jitter: 1_000 }
}

const EXCHANGE: Instruction = Instruction::Exchange { max_changes: 500 };
const DONE: Event = Event::Exchanged { has_more: false, more_to_send: false, moved: true };
const MORE: Event = Event::Exchanged { has_more: true, more_to_send: false, moved: true };

#[test]
fn a_small_sync_is_one_request() {
    let mut engine = engine();
    assert_eq!(engine.handle(Event::Started { clock_known: true }), EXCHANGE);
    assert_eq!(engine.handle(DONE), Instruction::Finish(End::Done));
}

#[test]
fn nothing_is_pushed_before_the_clock_of_this_boot_is_known() {
    let mut engine = engine();
    assert_eq!(engine.handle(Event::Started { clock_known: false }), Instruction::MeasureClock);
    assert_eq!(engine.handle(failed(Failure::NoAnswer("timeout"))), Instruction::Sleep { ms: 250 });
    assert_eq!(engine.handle(Event::Woke), Instruction::MeasureClock);
    assert_eq!(engine.handle(Event::ClockMeasured), EXCHANGE);
}

#[test]
fn pages_are_fetched_until_there_are_no_more() {
    let mut engine = engine();
    engine.handle(Event::Started { clock_known: true });
    assert_eq!(engine.handle(MORE), EXCHANGE);
    assert_eq!(engine.handle(DONE), Instruction::Finish(End::Done));
}

#[test]
fn a_server_that_promises_more_for_ever_is_not_asked_for_ever() {
    let mut engine = engine();
    engine.handle(Event::Started { clock_known: true });
    let stalled = Event::Exchanged { has_more: true, more_to_send: false, moved: false };
    assert_eq!(engine.handle(stalled), EXCHANGE);
    assert_eq!(engine.handle(stalled), EXCHANGE);
    assert!(matches!(engine.handle(stalled), Instruction::Finish(End::Failed(_))));
}

#[test]
fn an_expired_token_is_renewed_once_and_a_second_refusal_ends_the_sync() {
    let mut engine = engine();
    engine.handle(Event::Started { clock_known: true });
    assert_eq!(engine.handle(failed(Failure::Unauthenticated)), Instruction::RenewToken);
    assert_eq!(engine.handle(Event::TokenRenewed), EXCHANGE);
    assert_eq!(engine.handle(failed(Failure::Unauthenticated)), Instruction::Finish(End::Failed(Failure::SignedOut)));
}

#[test]
fn a_token_that_expires_again_later_in_the_same_sync_is_renewed_again() {
    let mut engine = engine();
    engine.handle(Event::Started { clock_known: true });
    engine.handle(failed(Failure::Unauthenticated));
    engine.handle(Event::TokenRenewed);
    engine.handle(MORE);
    assert_eq!(engine.handle(failed(Failure::Unauthenticated)), Instruction::RenewToken);
}

#[test]
fn a_renewal_without_an_answer_is_tried_again_and_signs_nobody_out() {
    let mut engine = engine();
    engine.handle(Event::Started { clock_known: true });
    assert_eq!(engine.handle(failed(Failure::Unauthenticated)), Instruction::RenewToken);
    assert_eq!(engine.handle(failed(Failure::NoAnswer("timeout"))), Instruction::Sleep { ms: 250 });
    assert_eq!(engine.handle(Event::Woke), Instruction::RenewToken);
    engine.handle(Event::TokenRenewed);
    assert_eq!(engine.handle(failed(Failure::Unauthenticated)), Instruction::Finish(End::Failed(Failure::SignedOut)));
}

#[test]
fn pauses_double_up_to_a_limit_and_then_the_sync_gives_up() {
    let mut engine = engine();
    engine.handle(Event::Started { clock_known: true });
    let mut pauses = Vec::new();
    loop {
        match engine.handle(failed(Failure::NoAnswer("connect"))) {
            Instruction::Sleep { ms } => pauses.push(ms),
            other => break assert_eq!(other, Instruction::Finish(End::Failed(Failure::NoAnswer("connect")))),
        }
        engine.handle(Event::Woke);
    }
    assert_eq!(pauses, [250, 500, 1_000, 2_000]);
}

#[test]
fn jitter_never_takes_more_than_half_of_a_pause() {
    let mut engine = engine();
    let failed = Event::Failed { failure: Failure::NoAnswer("connect"), jitter: 0 };
    assert_eq!(engine.handle(failed), Instruction::Sleep { ms: 125 });
}

#[test]
fn retry_after_is_obeyed_and_a_long_one_ends_the_sync_for_now() {
    let mut engine = engine();
    let busy = |ms| failed(Failure::Busy { retry_after_ms: Some(ms) });
    assert_eq!(engine.handle(busy(3_000)), Instruction::Sleep { ms: 3_000 });
    let ten_years = 10 * 365 * 86_400_000;
    assert_eq!(
        engine.handle(busy(ten_years)),
        Instruction::Finish(End::Failed(Failure::Busy { retry_after_ms: Some(ten_years) }))
    );
}

#[test]
fn a_request_that_is_too_large_is_halved_down_to_one_change_which_is_then_refused() {
    let mut engine = engine();
    engine.handle(Event::Started { clock_known: true });
    let mut sizes = Vec::new();
    loop {
        match engine.handle(failed(Failure::TooLarge)) {
            Instruction::Exchange { max_changes } => sizes.push(max_changes),
            other => break assert_eq!(other, Instruction::RefuseOversized),
        }
    }
    assert_eq!(sizes, [250, 125, 63, 32, 16, 8, 4, 2, 1]);
    assert_eq!(engine.handle(Event::OversizedRefused), Instruction::Exchange { max_changes: 1 });
}

#[test]
fn a_cancelled_sync_ends_at_once() {
    assert_eq!(engine().handle(Event::Stopped), Instruction::Finish(End::Stopped));
}

#[test]
fn an_app_that_is_too_old_and_a_plain_refusal_are_not_tried_again() {
    for failure in [Failure::UpgradeRequired, Failure::Refused, Failure::SignedOut] {
        assert_eq!(engine().handle(failed(failure)), Instruction::Finish(End::Failed(failure)));
    }
}
