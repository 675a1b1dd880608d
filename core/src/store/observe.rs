//! Who wants to hear that something changed. Called after the commit, never under a lock or in a transaction, so a
//! listener may call back into the core.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, Weak},
};

use saha_domain::Kind;

use crate::lock::lock_of;

/// What a commit touched.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Touched {
    /// Kinds of which rows were written.
    pub kinds: BTreeSet<Kind>,
    /// Whether a change of the outbox moved.
    pub outbox: bool,
}

impl Touched {
    fn is_nothing(&self) -> bool {
        self.kinds.is_empty() && !self.outbox
    }
}

type Hear = dyn Fn(&Touched) + Send + Sync;

/// Keeps a listener registered while it lives.
pub(crate) struct Registration(#[expect(dead_code, reason = "held, not read")] Arc<Hear>);

/// The listeners.
#[derive(Default)]
pub(crate) struct Observers(Mutex<Vec<Weak<Hear>>>);

impl Observers {
    /// Calls `hear` after every commit, until the registration is dropped.
    pub(crate) fn register(&self, hear: impl Fn(&Touched) + Send + Sync + 'static) -> Registration {
        let hear: Arc<Hear> = Arc::new(hear);
        self.lock().push(Arc::downgrade(&hear));
        Registration(hear)
    }

    /// Tells everyone.
    pub(crate) fn tell(&self, touched: &Touched) {
        if touched.is_nothing() {
            return;
        }
        let listeners: Vec<_> = {
            let mut listeners = self.lock();
            listeners.retain(|listener| listener.strong_count() > 0);
            listeners.iter().filter_map(Weak::upgrade).collect()
        };
        for hear in listeners {
            hear(touched);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Weak<Hear>>> {
        lock_of(&self.0)
    }
}
