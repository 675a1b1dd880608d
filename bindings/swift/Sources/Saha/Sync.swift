import SahaBindings

/// Wishes about syncing: `saha.sync`.
public struct Sync: Sendable {
    let door: Door<SyncHandle>

    /// Sends what waits and fetches what is new, until nothing is left, the network fails for good, the budget ends, or it is
    /// cancelled. What was exchanged by then is saved in each case.
    ///
    /// ```swift
    /// // In a background task, of which iOS gives about 30 seconds:
    /// let report = try await saha.sync.run(SyncBudget(maxMs: 25_000, isBackground: true))
    /// ```
    ///
    /// One sync runs at a time. It may be asked for at any moment and by anyone: everyone who asks for the same while one is
    /// under way is served by one further sync, so whatever was written before the call is sent. Cancelling the task calls off
    /// its own wish; the sync goes on while others wait for it.
    ///
    /// On a device that the office revoked it only sends; once nothing is left that can be sent, or the office takes nothing
    /// more, **everything on the device is erased**, what was refused too. It then throws ``SahaError/SignInRefused(code:)``
    /// with `device_revoked`, and listeners hear that every kind changed.
    ///
    /// - Throws: ``SahaError/Cancelled`` at once when the task is cancelled, and ``SahaError/Offline(reason:)`` without a network.
    @discardableResult
    public func run(_ budget: SyncBudget = SyncBudget()) async throws(SahaError) -> SyncReport {
        try await door.remote { try await $0.run(budget: budget, cancellation: $1) }
    }

    /// Stops every sync that was asked for so far, by whomever, at its next safe point. They throw ``SahaError/Cancelled``.
    public func cancel() async throws(SahaError) {
        try await door.local { try $0.cancel() }
    }

    /// Why the oldest change that waits still does, as a sentence for the rep and a code for programs. Local and fast, but for
    /// one question to the app's key store.
    public func diagnosis() async throws(SahaError) -> SyncDiagnosis {
        try await door.local { try $0.diagnosis() }
    }

    /// How the phone stands towards the server. Local and fast.
    public func status() async throws(SahaError) -> SyncStatus {
        try await door.local { try $0.status() }
    }
}
