import SahaBindings

/// Questions and wishes about calls, which are logged when they are over: `saha.calls`.
public struct Calls: Sendable {
    let door: Door<CallsHandle>

    /// Logs a call that is over, as of now. Durable when it returns, and counted.
    ///
    /// ```swift
    /// try await saha.calls.log(
    ///     NewCall(customer: shop.id, disposition: .connected, direction: .outgoing, durationS: 90))
    /// ```
    @discardableResult
    public func log(_ call: NewCall) async throws(SahaError) -> Call {
        try await door.local { try $0.log(call: call) }
    }

    /// Corrects one of the rep's own calls: how it ended, how long it took, and what came of it. Where it was refused, this repairs
    /// it.
    ///
    /// - Parameters:
    ///   - id: The call.
    ///   - disposition: How it ended technically.
    ///   - durationS: How long they spoke, seconds.
    ///   - outcome: The company's code for what came of it; none for nothing.
    ///   - note: The rep's own words; none for nothing.
    @discardableResult
    public func amend(
        _ id: CallId, disposition: CallDisposition, durationS: Int64, outcome: String?, note: String?
    ) async throws(SahaError) -> Call {
        try await door.local {
            try $0.amend(call: id, disposition: disposition, durationS: durationS, outcome: outcome, note: note)
        }
    }

    /// Deletes one of the rep's own calls: it was logged by mistake.
    public func delete(_ id: CallId) async throws(SahaError) {
        try await door.local { try $0.delete(id: id) }
    }

    /// What may come of a call, as a picker shows it: the usual first.
    public func outcomes() async throws(SahaError) -> [Choice] {
        try await door.local { try $0.outcomes() }
    }

    /// How a call may end, as a picker shows it; each says its own name: `disposition.text(lang: .tr)`.
    public func dispositions() async throws(SahaError) -> [CallDisposition] {
        try await door.local { try $0.dispositions() }
    }

    /// The call.
    ///
    /// - Throws: ``SahaError/NotFound(kind:id:)`` where it is not on this device.
    public func get(_ id: CallId) async throws(SahaError) -> Call {
        try await door.local { try $0.get(id: id) }
    }

    /// Calls of one date where they were made, by anyone in sight, in order of time. At most 200 a page.
    public func list(on date: CalendarDate, limit: Int = 200, offset: Int = 0) async throws(SahaError) -> [Call] {
        try await door.local { try $0.listOn(date: date, limit: Int64(limit), offset: Int64(offset)) }
    }

    /// Calls with a customer, newest first. At most 200 a page.
    public func list(of customer: CustomerId, limit: Int = 200, offset: Int = 0) async throws(SahaError) -> [Call] {
        try await door.local { try $0.listOf(customer: customer, limit: Int64(limit), offset: Int64(offset)) }
    }
}
