use super::{ChangeState as S, Happening as H, *};

const HAPPENINGS: &[Happening] = &[
    H::Sent,
    H::NoAnswer,
    H::Applied,
    H::Rejected,
    H::Gone,
    H::GoneSince,
    H::Conflict,
    H::Blocked,
    H::Retry,
    H::NeedFull,
    H::Seen,
    H::Durable,
    H::HistoryChanged,
    H::Resent,
    H::Fixed,
    H::Withdrawn,
];

/// The whole table; what is not in it is impossible.
const TABLE: &[(ChangeState, Happening, Next)] = &[
    (S::Queued, H::Sent, Next::State(S::Sent)),
    (S::Queued, H::HistoryChanged, Next::State(S::Queued)),
    (S::Sent, H::NoAnswer, Next::State(S::Queued)),
    (S::Sent, H::Applied, Next::State(S::Acked)),
    (S::Sent, H::Rejected, Next::State(S::Rejected)),
    (S::Sent, H::Gone, Next::State(S::Rejected)),
    (S::Sent, H::GoneSince, Next::Dropped),
    (S::Sent, H::Conflict, Next::State(S::Rejected)),
    (S::Sent, H::Blocked, Next::State(S::Queued)),
    (S::Sent, H::Retry, Next::State(S::Queued)),
    (S::Sent, H::NeedFull, Next::State(S::Queued)),
    (S::Sent, H::HistoryChanged, Next::State(S::Queued)),
    (S::Acked, H::Seen, Next::State(S::Seen)),
    (S::Acked, H::HistoryChanged, Next::State(S::Queued)),
    (S::Seen, H::Durable, Next::Dropped),
    (S::Seen, H::HistoryChanged, Next::State(S::Queued)),
    (S::Rejected, H::Resent, Next::State(S::Queued)),
    (S::Rejected, H::Fixed, Next::State(S::Queued)),
    (S::Rejected, H::Withdrawn, Next::Dropped),
    (S::Rejected, H::HistoryChanged, Next::State(S::Rejected)),
];

#[test]
fn every_state_and_happening_leads_where_the_table_says() {
    for &state in ChangeState::ALL {
        for &happening in HAPPENINGS {
            let row = TABLE.iter().find(|(from, what, _)| *from == state && *what == happening);
            let expected = row.map_or(Next::Impossible, |(_, _, next)| *next);
            assert_eq!(state.next(happening), expected, "{state:?} + {happening:?}");
        }
    }
}

#[test]
fn nothing_leaves_the_outbox_before_it_is_durable_withdrawn_or_gone_after_all() {
    for &state in ChangeState::ALL {
        for &happening in HAPPENINGS {
            if state.next(happening) == Next::Dropped {
                assert!(matches!(happening, H::Durable | H::Withdrawn | H::GoneSince), "{state:?} + {happening:?}");
            }
        }
    }
}

#[test]
fn a_state_survives_its_name() {
    for &state in ChangeState::ALL {
        assert_eq!(ChangeState::from_name(state.name()), Some(state));
    }
    assert_eq!(ChangeState::from_name("lost"), None);
}
