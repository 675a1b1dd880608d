use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Gate, MAX_WAITING};
use crate::error::RequestError;

#[test]
fn no_more_are_inside_than_there_are_places() {
    let gate = Gate::new(2);
    let (inside, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| {
                let _pass = gate.enter().unwrap();
                most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                std::thread::sleep(std::time::Duration::from_millis(2));
                inside.fetch_sub(1, Ordering::SeqCst);
            });
        }
    });
    assert!(most.into_inner() <= 2);
}

#[test]
fn who_would_wait_behind_too_many_is_told_to_come_again() {
    let gate = Gate::new(1);
    let pass = gate.enter().unwrap();
    std::thread::scope(|scope| {
        for _ in 0..MAX_WAITING {
            scope.spawn(|| drop(gate.enter().unwrap()));
        }
        while gate.counts().waiting < MAX_WAITING {
            std::thread::yield_now();
        }
        assert_eq!(gate.enter().err(), Some(RequestError::Busy));
        drop(pass);
    });
    assert!(gate.enter().is_ok());
}
