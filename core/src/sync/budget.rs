//! What a sync may cost.

/// What a sync may cost. With nothing set it goes on until nothing is left: what a rep who waits for it wants. What is
/// exchanged is saved at once, so a small budget brings a part, and the next sync goes on where this one ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize, uniffi::Record)]
#[serde(default, deny_unknown_fields)]
pub struct SyncBudget {
    /// Milliseconds from the call to the answer; none for as long as it takes. A request that is under way then is given up.
    /// Leave some of what the system grants for the app's own last steps: iOS gives about 30 seconds, Android 10 minutes.
    #[uniffi(default = None)]
    pub max_ms: Option<i64>,
    /// Bytes of requests as they travel and of answers after decompression; none for as many as it takes. Looked at between
    /// requests: the next one is made only where one as large as the largest so far would fit. A request that got no answer is
    /// not counted, as nobody knows how much of it went.
    #[uniffi(default = None)]
    pub max_bytes: Option<i64>,
    /// Whether the network costs money by the byte. Records go all the same: they are small, and somebody waits for them. What
    /// can wait for another network does.
    #[uniffi(default = false)]
    pub is_metered: bool,
    /// Whether a scheduler asks and nobody waits. Such a sync keeps away for as long as the server has asked for, and says
    /// `server_busy` without a request; one that a person asks for tries all the same.
    #[uniffi(default = false)]
    pub is_background: bool,
}

/// What a sync has cost so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Spent {
    /// Milliseconds since it was asked for.
    pub ms: u64,
    pub bytes: u64,
}

impl SyncBudget {
    /// Milliseconds that are left; none where there is no end.
    pub(crate) fn left_ms(self, spent: Spent) -> Option<u64> {
        left(self.max_ms, spent.ms)
    }

    /// Bytes that are left; none where there is no end.
    pub(crate) fn left_bytes(self, spent: Spent) -> Option<u64> {
        left(self.max_bytes, spent.bytes)
    }
}

fn left(most: Option<i64>, spent: u64) -> Option<u64> {
    most.map(|most| u64::try_from(most).unwrap_or(0).saturating_sub(spent))
}
