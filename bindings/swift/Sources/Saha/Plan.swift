import SahaBindings

/// Questions and wishes about the plan: `saha.plan`. The company makes it, and a rep may add to it, change and take out for
/// himself.
///
/// ```swift
/// for stop in try await saha.plan.day() {
///     print(stop.item.sequence, stop.customer.name, stop.state.text(lang: .en))
/// }
/// ```
public struct Plan: Sendable {
    let door: Door<PlanHandle>

    /// The rep's stops of a day, today without one, in their order. Customers who are out of sight by now are left out: whoever
    /// has them plans for them.
    public func day(_ date: CalendarDate? = nil) async throws(SahaError) -> [Stop] {
        try await door.local { try $0.day(date: date) }
    }

    /// The item, of whatever day.
    ///
    /// - Throws: ``SahaError/NotFound(kind:id:)`` where it is not on this device.
    public func get(_ id: PlanItemId) async throws(SahaError) -> PlanItem {
        try await door.local { try $0.get(id: id) }
    }

    /// Plans a visit. Durable when it returns.
    @discardableResult
    public func add(_ item: NewPlanItem) async throws(SahaError) -> PlanItem {
        try await door.local { try $0.add(item: item) }
    }

    /// Saves a changed item of the rep's own plan: another day, another time, another place in the day.
    @discardableResult
    public func update(_ item: PlanItem) async throws(SahaError) -> PlanItem {
        try await door.local { try $0.update(item: item) }
    }

    /// Takes an item out of the rep's own plan.
    public func remove(_ id: PlanItemId) async throws(SahaError) {
        try await door.local { try $0.remove(id: id) }
    }
}
