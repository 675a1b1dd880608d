import Foundation
import Observation
import Saha

/// Today: where the rep stands, and what the day has for him.
@MainActor @Observable public final class TodayModel {
    /// Activity and revenue targets.
    public private(set) var targets: [TargetCard]?
    /// The day's stops in their order.
    public private(set) var stops: [Stop] = []
    /// Who has been due longest and is no stop of today.
    public private(set) var due: [DueCustomer] = []
    /// The visit that goes on, and where.
    public private(set) var open: (visit: Visit, name: String)?
    /// Whether a visit is being begun, and what went wrong.
    public let trouble = Trouble()

    private let session: Session
    private let formats: Formats

    init(_ session: Session, _ formats: Formats) {
        (self.session, self.formats) = (session, formats)
    }

    /// Shows everything, now and after every change, for as long as the screen is there.
    public func run() async {
        async let targets: Void = followTargets()
        async let stops: Void = followStops()
        async let open: Void = followOpen()
        _ = await (targets, stops, open)
    }

    /// Begins a visit: the first of two taps.
    public func checkIn(at customer: CustomerId) async {
        _ = await trouble.attempt { try await self.session.checkIn(at: customer) }
    }

    /// Opens a stop: his visit where there is one, else the customer.
    public func open(_ stop: Stop) {
        session.navigation.open(stop.visit.map { .visit($0) } ?? .customer(stop.customer.id))
    }

    /// Opens a customer.
    public func open(_ customer: CustomerId) {
        session.navigation.open(.customer(customer))
    }

    /// Takes a stop out of the day.
    public func remove(_ stop: Stop) async {
        _ = await trouble.attempt { () async throws -> Void in
            try await self.session.saha.plan.remove(stop.item.id)
        }
    }

    /// Goes on with the visit that was begun.
    public func goOn() {
        if let open { session.navigation.open(.visit(open.visit.id)) }
    }

    private func followTargets() async {
        await trouble.follow(session.progress()) { self.targets = $0.map { TargetCard($0, self.formats) } }
    }

    private func followStops() async {
        let query = session.saha.live(.planItem, .visit, .customer, .assignment, .callCycle) { saha in
            (try await saha.plan.day(), try await saha.customers.due(limit: 20))
        }
        await trouble.follow(query) { stops, due in
            let planned = Set(stops.map(\.customer.id))
            self.stops = stops
            self.due = Array(due.filter { !planned.contains($0.customer.id) }.prefix(5))
        }
    }

    private func followOpen() async {
        let query = session.saha.live(.visit, .customer) { saha -> (Visit, String)? in
            guard let visit = try await saha.visits.inProgress() else { return nil }
            return (visit, try await saha.customers.name(of: visit.customer))
        }
        await trouble.follow(query) { found in self.open = found.map { (visit: $0.0, name: $0.1) } }
    }
}
