import SahaBindings

/// Questions and wishes about changes on their way to the company: `saha.outbox`.
public struct Outbox: Sendable {
    let door: Door<OutboxHandle>

    /// Everything that is not settled, in the order in which it was written.
    public func list() async throws(SahaError) -> [OutboxEntry] {
        try await door.local { try $0.list() }
    }

    /// Sends a refused change again as it is, say after the office has removed the obstacle. It goes with the next sync.
    public func resend(_ change: OpId) async throws(SahaError) {
        try await door.local { try $0.resend(opId: change) }
    }

    /// Takes a refused change back. Other unsent work that hangs on a withdrawn new record goes with it only when
    /// `withDependants` says so.
    ///
    /// - Throws: ``SahaError/UnsentWork(count:)`` with the number of those, and nothing happens.
    public func withdraw(_ change: OpId, withDependants: Bool = false) async throws(SahaError) {
        try await door.local { try $0.withdraw(opId: change, withDependants: withDependants) }
    }

    /// Ends a refused new record in favour of the one that stands in its way (`OutboxEntry.existing`): a prospect whom the
    /// company knows already. Other unsent work that hangs on the refused record moves over and goes with the next sync;
    /// unsent edits of the refused record itself are dropped with it.
    ///
    /// - Throws: ``SahaError/WrongState(kind:id:state:wanted:)`` where nothing stands in the way.
    public func useExisting(_ change: OpId) async throws(SahaError) {
        try await door.local { try $0.useExisting(opId: change) }
    }

    /// Edits that lost to someone else's, in the order in which they were written, until they are dismissed or the company's
    /// backups hold them (30 days as a rule).
    public func listOverridden() async throws(SahaError) -> [OverriddenEdit] {
        try await door.local { try $0.listOverridden() }
    }

    /// The rep has seen an edit that lost.
    public func dismissOverridden(_ change: OpId) async throws(SahaError) {
        try await door.local { try $0.dismissOverridden(opId: change) }
    }
}
