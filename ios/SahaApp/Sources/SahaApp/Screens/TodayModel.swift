import Foundation
import Observation
import Saha

/// Today: where the rep stands, and the visit that goes on.
@MainActor @Observable public final class TodayModel {
    /// Activity and revenue targets.
    public private(set) var targets: [TargetCard]?
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
        async let open: Void = followOpen()
        _ = await (targets, open)
    }

    /// Begins a visit: the first of two taps.
    public func checkIn(at customer: CustomerId) async {
        _ = await trouble.attempt { try await self.session.checkIn(at: customer) }
    }

    /// Goes on with the visit that was begun.
    public func goOn() {
        if let open { session.navigation.open(.visit(open.visit.id)) }
    }

    private func followTargets() async {
        let query = session.saha.live(.target, .visit, .call, .sale, .customer, .workCalendar, .rep, outbox: true) {
            try await $0.targets.progress()
        }
        await trouble.follow(query) { self.targets = $0.map { TargetCard($0, self.formats) } }
    }

    private func followOpen() async {
        let query = session.saha.live(.visit, .customer) { saha -> (Visit, String)? in
            guard let visit = try await saha.visits.inProgress() else { return nil }
            return (visit, try await saha.customers.name(of: visit.customer))
        }
        await trouble.follow(query) { found in self.open = found.map { (visit: $0.0, name: $0.1) } }
    }
}
