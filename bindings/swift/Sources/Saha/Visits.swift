import SahaBindings

/// Questions and wishes about visits: `saha.visits`. A routine visit is two calls.
///
/// ```swift
/// let visit = try await saha.visits.checkIn(shop.id, at: location)
/// try await saha.visits.checkOut(visit.id, VisitEnd(outcome: "order"))
/// ```
public struct Visits: Sendable {
    let door: Door<VisitsHandle>

    /// Starts a visit now. `location` is labelled with a geo verdict and never blocks. A visit that is still open is ended
    /// first, marked as forced: nobody is in two shops. Durable when it returns.
    @discardableResult
    public func checkIn(_ customer: CustomerId, at location: Location? = nil) async throws(SahaError) -> Visit {
        try await door.local { try $0.checkIn(customer: customer, location: location) }
    }

    /// Ends a visit now, with what came of it. Durable when it returns, and counted from then on.
    @discardableResult
    public func checkOut(_ visit: VisitId, _ end: VisitEnd) async throws(SahaError) -> Visit {
        try await door.local { try $0.checkOut(visit: visit, end: end) }
    }

    /// Saves a corrected outcome or note of a visit that is over.
    @discardableResult
    public func amend(_ visit: VisitId, outcome: String, note: String?) async throws(SahaError) -> Visit {
        try await door.local { try $0.amend(visit: visit, outcome: outcome, note: note) }
    }

    /// Takes a visit back: it no longer counts, and stays visible.
    @discardableResult
    public func void(_ visit: VisitId) async throws(SahaError) -> Visit {
        try await door.local { try $0.void(visit: visit) }
    }

    /// What may come of a visit, as a picker shows it: the usual first.
    public func outcomes() async throws(SahaError) -> [Choice] {
        try await door.local { try $0.outcomes() }
    }

    /// The visit.
    ///
    /// - Throws: ``SahaError/NotFound(kind:id:)`` where it is not on this device.
    public func get(_ id: VisitId) async throws(SahaError) -> Visit {
        try await door.local { try $0.get(id: id) }
    }

    /// The rep's visit that has no end yet.
    public func inProgress() async throws(SahaError) -> Visit? {
        try await door.local { try $0.inProgress() }
    }

    /// Visits of one date where they were made, by anyone in sight, in order of time. At most 200 a page.
    public func list(on date: CalendarDate, limit: Int = 200, offset: Int = 0) async throws(SahaError) -> [Visit] {
        try await door.local { try $0.listOn(date: date, limit: Int64(limit), offset: Int64(offset)) }
    }

    /// Visits of a customer, newest first. At most 200 a page.
    public func list(of customer: CustomerId, limit: Int = 200, offset: Int = 0) async throws(SahaError) -> [Visit] {
        try await door.local { try $0.listOf(customer: customer, limit: Int64(limit), offset: Int64(offset)) }
    }
}
