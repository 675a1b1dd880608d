use super::*;

/// Engines in tests cost nothing unless a test says so.
struct Played(Engine);

impl Played {
    fn handle(&mut self, event: Event) -> Instruction {
        self.0.handle(event, Spent::default())
    }
}

fn engine() -> Played {
    Played(Engine::new(Policy::default(), SyncBudget::default()))
}

/// With the clock known, and told to begin.
fn begun() -> Played {
    let mut engine = engine();
    assert_eq!(engine.handle(STARTED), EXCHANGE);
    engine
}

fn failed(failure: Failure) -> Event {
    Event::Failed { failure, sent: 0, jitter: 1_000 }
}

/// A request with so many changes got no answer.
fn lost(sent: usize) -> Event {
    Event::Failed { failure: Failure::NoAnswer("timeout"), sent, jitter: 1_000 }
}

fn too_large(sent: usize) -> Event {
    Event::Failed { failure: Failure::TooLarge, sent, jitter: 1_000 }
}

/// A request with so many changes went well, and more of them wait.
fn sent(sent: usize) -> Event {
    Event::Exchanged { sent, has_more: false, more_to_send: true, moved: true }
}

fn exchange(max_changes: usize) -> Instruction {
    Instruction::Exchange { max_changes }
}

const ANY: usize = usize::MAX;
const STARTED: Event = Event::Started { clock_known: true, most_changes: ANY };
const EXCHANGE: Instruction = Instruction::Exchange { max_changes: 100 };
const DONE: Event = Event::Exchanged { sent: 0, has_more: false, more_to_send: false, moved: true };
const MORE: Event = Event::Exchanged { sent: 0, has_more: true, more_to_send: false, moved: true };

#[test]
fn a_small_sync_is_one_request() {
    let mut engine = begun();
    assert_eq!(engine.handle(DONE), Instruction::Finish(End::Done));
}

#[test]
fn nothing_is_pushed_before_the_clock_of_this_boot_is_known() {
    let mut engine = engine();
    assert_eq!(engine.handle(Event::Started { clock_known: false, most_changes: ANY }), Instruction::MeasureClock);
    assert_eq!(engine.handle(failed(Failure::NoAnswer("timeout"))), Instruction::Sleep { ms: 250 });
    assert_eq!(engine.handle(Event::Woke), Instruction::MeasureClock);
    assert_eq!(engine.handle(Event::ClockMeasured { most_changes: ANY }), EXCHANGE);
}

#[test]
fn a_request_that_was_taken_for_an_echo_has_the_clock_measured_anew() {
    let mut engine = begun();
    assert!(matches!(engine.handle(failed(Failure::Stale)), Instruction::Sleep { .. }));
    assert_eq!(engine.handle(Event::Woke), Instruction::MeasureClock);
}

#[test]
fn pages_are_fetched_until_there_are_no_more() {
    let mut engine = begun();
    assert_eq!(engine.handle(MORE), EXCHANGE);
    assert_eq!(engine.handle(DONE), Instruction::Finish(End::Done));
}

#[test]
fn a_server_that_promises_more_for_ever_is_not_asked_for_ever() {
    let mut engine = begun();
    let stalled = Event::Exchanged { sent: 0, has_more: true, more_to_send: false, moved: false };
    assert_eq!(engine.handle(stalled), EXCHANGE);
    assert_eq!(engine.handle(stalled), EXCHANGE);
    assert!(matches!(engine.handle(stalled), Instruction::Finish(End::Failed(_))));
}

#[test]
fn an_expired_token_is_renewed_once_and_a_second_refusal_ends_the_sync() {
    let mut engine = begun();
    assert_eq!(engine.handle(failed(Failure::Unauthenticated)), Instruction::RenewToken);
    assert_eq!(engine.handle(Event::TokenRenewed), EXCHANGE);
    assert_eq!(engine.handle(failed(Failure::Unauthenticated)), Instruction::Finish(End::Failed(Failure::SignedOut)));
}

#[test]
fn a_token_that_expires_again_later_in_the_same_sync_is_renewed_again() {
    let mut engine = begun();
    engine.handle(failed(Failure::Unauthenticated));
    engine.handle(Event::TokenRenewed);
    engine.handle(MORE);
    assert_eq!(engine.handle(failed(Failure::Unauthenticated)), Instruction::RenewToken);
}

#[test]
fn a_renewal_without_an_answer_is_tried_again_and_signs_nobody_out() {
    let mut engine = begun();
    assert_eq!(engine.handle(failed(Failure::Unauthenticated)), Instruction::RenewToken);
    assert_eq!(engine.handle(failed(Failure::NoAnswer("timeout"))), Instruction::Sleep { ms: 250 });
    assert_eq!(engine.handle(Event::Woke), Instruction::RenewToken);
    engine.handle(Event::TokenRenewed);
    assert_eq!(engine.handle(failed(Failure::Unauthenticated)), Instruction::Finish(End::Failed(Failure::SignedOut)));
}

#[test]
fn pauses_double_up_to_a_limit_and_then_the_sync_gives_up() {
    let mut engine = begun();
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
    let failed = Event::Failed { failure: Failure::NoAnswer("connect"), sent: 0, jitter: 0 };
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
    let mut engine = begun();
    let (mut in_it, mut sizes) = (100, Vec::new());
    loop {
        match engine.handle(too_large(in_it)) {
            Instruction::Exchange { max_changes } => sizes.push(max_changes),
            other => break assert_eq!(other, Instruction::RefuseOversized),
        }
        in_it = sizes[sizes.len() - 1];
    }
    assert_eq!(sizes, [50, 25, 13, 7, 4, 2, 1]);
    assert_eq!(engine.handle(Event::OversizedRefused), exchange(1));
}

#[test]
fn what_is_halved_is_what_was_too_large_and_not_what_might_have_been_sent() {
    assert_eq!(begun().handle(too_large(3)), exchange(2));
    let nothing_in_it = Instruction::Finish(End::Failed(Failure::TooLarge));
    assert_eq!(begun().handle(too_large(0)), nothing_in_it, "no change is to blame");
}

#[test]
fn batches_grow_while_full_ones_go_through_and_shrink_where_they_get_lost() {
    let mut engine = begun();
    let mut sizes = Vec::new();
    let mut play = |event: Event| {
        let next = match engine.handle(event) {
            Instruction::Sleep { .. } => engine.handle(Event::Woke),
            next => next,
        };
        let Instruction::Exchange { max_changes } = next else { panic!("{next:?}") };
        sizes.push(max_changes);
    };
    for event in [sent(100), sent(200), sent(400), sent(500), lost(500), lost(250), sent(125), sent(30), MORE] {
        play(event);
    }
    assert_eq!(sizes, [200, 400, 500, 500, 250, 125, 250, 250, 250]);
}

#[test]
fn a_batch_that_gets_lost_again_and_again_never_shrinks_below_one_change() {
    let policy = Policy { max_failures: 100, ..Policy::default() };
    let mut engine = Played(Engine::new(policy, SyncBudget::default()));
    engine.handle(STARTED);
    for _ in 0..20 {
        assert!(matches!(engine.handle(lost(1)), Instruction::Sleep { .. }));
    }
    assert_eq!(engine.handle(Event::Woke), exchange(1));
    assert_eq!(engine.handle(sent(1)), exchange(2), "and grows again");
}

#[test]
fn a_failure_that_says_nothing_of_the_size_leaves_it_as_it_is() {
    let mut engine = begun();
    for event in [lost(0), failed(Failure::Busy { retry_after_ms: None })] {
        assert!(matches!(engine.handle(event), Instruction::Sleep { .. }));
        assert_eq!(engine.handle(Event::Woke), EXCHANGE);
    }
}

#[test]
fn no_more_changes_are_sent_than_the_server_takes() {
    let mut engine = engine();
    assert_eq!(engine.handle(Event::Started { clock_known: true, most_changes: 150 }), EXCHANGE);
    assert_eq!(engine.handle(sent(100)), exchange(150));
    let mut engine = self::engine();
    engine.handle(Event::Started { clock_known: false, most_changes: ANY });
    assert_eq!(engine.handle(Event::ClockMeasured { most_changes: 20 }), exchange(20));
    assert_eq!(engine.handle(sent(20)), exchange(20));
    let none = Event::Started { clock_known: true, most_changes: 0 };
    assert_eq!(self::engine().handle(none), exchange(1), "a server that takes none is not believed");
}

fn within(max_ms: Option<i64>, max_bytes: Option<i64>) -> Engine {
    Engine::new(Policy::default(), SyncBudget { max_ms, max_bytes, ..SyncBudget::default() })
}

const SPENT: Instruction = Instruction::Finish(End::BudgetSpent);

fn spent(ms: u64, bytes: u64) -> Spent {
    Spent { ms, bytes }
}

#[test]
fn no_request_is_begun_with_too_little_time_for_it() {
    let mut engine = within(Some(30_000), None);
    assert_eq!(engine.handle(STARTED, spent(0, 0)), EXCHANGE);
    assert_eq!(engine.handle(MORE, spent(29_000, 0)), EXCHANGE);
    assert_eq!(engine.handle(MORE, spent(29_001, 0)), SPENT);
    for max_ms in [0, -5, 999] {
        assert_eq!(within(Some(max_ms), None).handle(STARTED, spent(0, 0)), SPENT);
    }
    let clock_unknown = Event::Started { clock_known: false, most_changes: ANY };
    assert_eq!(within(Some(5_000), None).handle(clock_unknown, spent(4_500, 0)), SPENT);
}

#[test]
fn what_is_done_is_done_however_late() {
    let mut engine = within(Some(30_000), Some(10));
    engine.handle(STARTED, spent(0, 0));
    assert_eq!(engine.handle(DONE, spent(31_000, 500)), Instruction::Finish(End::Done));
}

#[test]
fn a_pause_that_leaves_no_time_for_a_request_is_not_begun() {
    let busy = failed(Failure::Busy { retry_after_ms: Some(20_000) });
    let mut engine = within(Some(30_000), None);
    engine.handle(STARTED, spent(0, 0));
    engine.handle(MORE, spent(1_000, 0));
    assert_eq!(engine.handle(busy, spent(9_000, 0)), Instruction::Sleep { ms: 20_000 });
    assert_eq!(engine.handle(busy, spent(9_001, 0)), SPENT, "a part was brought");
    assert_eq!(engine.wait_ms(), Some(20_000), "and the server's wish is known");
}

#[test]
fn a_sync_that_exchanged_nothing_says_why_rather_than_that_its_time_is_up() {
    let mut engine = within(Some(5_000), None);
    engine.handle(STARTED, spent(0, 0));
    let unreached = Instruction::Finish(End::Failed(Failure::NoAnswer("timeout")));
    assert_eq!(engine.handle(lost(3), spent(5_000, 0)), unreached);
    let mut engine = within(Some(5_000), None);
    engine.handle(STARTED, spent(0, 0));
    assert_eq!(engine.handle(failed(Failure::Unauthenticated), spent(5_000, 0)), SPENT, "it was reached");
}

#[test]
fn a_request_as_large_as_the_largest_so_far_has_to_fit_into_the_bytes_that_are_left() {
    let mut engine = within(None, Some(100_000));
    assert_eq!(engine.handle(STARTED, spent(0, 0)), EXCHANGE);
    assert_eq!(engine.handle(MORE, spent(0, 40_000)), EXCHANGE);
    assert_eq!(engine.handle(MORE, spent(0, 60_000)), EXCHANGE, "40 000 are left, and the first took as many");
    assert_eq!(engine.handle(MORE, spent(0, 60_001)), SPENT);
    assert_eq!(within(None, Some(0)).handle(STARTED, spent(0, 0)), SPENT);
}

#[test]
fn a_cancelled_sync_ends_at_once() {
    assert_eq!(engine().handle(Event::Stopped), Instruction::Finish(End::Stopped));
}

#[test]
fn an_app_that_is_too_old_and_a_plain_refusal_are_not_tried_again() {
    for failure in [Failure::UpgradeRequired, Failure::Refused, Failure::SignedOut, Failure::Revoked] {
        assert_eq!(engine().handle(failed(failure)), Instruction::Finish(End::Failed(failure)));
    }
}
