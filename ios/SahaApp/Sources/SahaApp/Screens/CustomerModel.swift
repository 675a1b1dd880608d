import Foundation
import Observation
import Saha

/// A customer and everything that happened with him.
@MainActor @Observable public final class CustomerModel {
    /// The customer; none while he is looked for, or where he is out of sight.
    public private(set) var customer: Customer?
    /// His name, even where nothing else is left of him.
    public private(set) var name = ""
    /// What happened, newest first.
    public private(set) var story: [StoryEntry] = []
    /// Whether there is more of it.
    public private(set) var hasMore = false
    /// Changes when more is wanted: whoever shows it begins ``run()`` anew.
    public private(set) var query = 0
    /// Whether a visit is being begun, and what went wrong.
    public let trouble = Trouble()

    private let id: CustomerId
    private let session: Session
    private var wanted = 50

    init(_ session: Session, _ id: CustomerId) {
        (self.session, self.id) = (session, id)
    }

    /// Shows him, now and after every change.
    public func run() async {
        async let himself: Void = followCustomer()
        async let story: Void = followStory()
        _ = await (himself, story)
    }

    /// Begins a visit.
    public func checkIn() async {
        _ = await trouble.attempt { try await self.session.checkIn(at: self.id) }
    }

    /// Where the phone's own dialler is sent; none where he has no number. The call is written down when it is over.
    public func call() -> URL? {
        session.drafts.calls[id, default: CallDraft()].dialled = session.device.now()
        session.navigation.open(.call(id))
        let digits = (customer?.phone ?? "").filter { $0.isNumber || $0 == "+" }
        return digits.isEmpty ? nil : URL(string: "tel:\(digits)")
    }

    /// Where he is, for the map; none where nobody knows.
    public var coordinates: (latitude: Double, longitude: Double)? {
        customer?.location.map { (Double($0.latE7) / 1e7, Double($0.lonE7) / 1e7) }
    }

    /// Sells without a visit.
    public func sell() {
        session.navigation.open(.sale(id, nil))
    }

    /// Makes him a stop of today.
    public func plan() async {
        let today = CalendarDate(session.device.now())
        _ = await trouble.attempt {
            try await self.session.saha.plan.add(NewPlanItem(customer: self.id, date: today))
        }
    }

    /// Corrects his data.
    public func edit() {
        session.navigation.open(.form(id))
    }

    /// Opens what happened.
    public func open(_ entry: StoryEntry) {
        if let route = entry.activity.route { session.navigation.open(route) }
    }

    /// The end of the story is in sight.
    public func more() {
        guard hasMore else { return }
        wanted = min(wanted + 50, 200)
        query += 1
    }

    private func followCustomer() async {
        let id = id
        let query = session.saha.live(.customer) { saha in
            (try await saha.customers.name(of: id), try? await saha.customers.get(id))
        }
        await trouble.follow(query) { (self.name, self.customer) = $0 }
    }

    private func followStory() async {
        let (id, wanted) = (id, wanted)
        let query = session.saha.live(.visit, .call, .sale, outbox: true) { saha in
            try await saha.customers.story(of: id, limit: wanted)
        }
        await trouble.follow(query) {
            self.story = $0
            self.hasMore = $0.count == wanted && wanted < 200
        }
    }
}

extension Activity {
    /// The screen that shows it; a call is all in its line.
    var route: Navigation.Route? {
        switch self {
        case .visit(let visit): .visit(visit.id)
        case .sale(let sale): .made(sale.id)
        case .call: nil
        }
    }
}
