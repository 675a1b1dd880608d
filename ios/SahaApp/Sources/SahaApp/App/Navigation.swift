import Foundation
import Observation
import Saha

/// Where the rep is in the app.
@MainActor @Observable public final class Navigation {
    /// The parts of the app, in their order at the bottom of the screen.
    public enum Tab: String, Codable, Hashable, Sendable, CaseIterable {
        case today, customers, targets, sync, settings
    }

    /// A screen that is opened from another.
    public enum Route: Codable, Hashable, Sendable {
        /// A customer and his story.
        case customer(CustomerId)
        /// A new prospect, or a customer's own data to correct.
        case form(CustomerId?)
        /// A visit, from the check-in on.
        case visit(VisitId)
        /// A call to write down.
        case call(CustomerId)
        /// A call that was logged, to correct.
        case logged(CallId)
        /// A planned visit to correct.
        case stop(PlanItemId)
        /// A sale to make, at a visit or without one.
        case sale(CustomerId, VisitId?)
        /// A sale that was made.
        case made(SaleId)
        /// What a target's number rests on.
        case target(TargetId)
    }

    /// A place that outlives the process.
    struct Place: Codable, Equatable, Sendable {
        var tab = Tab.today
        var paths: [Tab: [Route]] = [:]
    }

    /// Which part is in front.
    public var tab: Tab {
        get { place.tab }
        set { place.tab = newValue }
    }

    /// Where he is.
    var place: Place {
        didSet { keep(place) }
    }

    private let keep: (Place) -> Void

    init(_ place: Place, keep: @escaping (Place) -> Void) {
        (self.place, self.keep) = (place, keep)
    }

    /// The screens that lie over the first one of a part.
    public subscript(tab: Tab) -> [Route] {
        get { place.paths[tab] ?? [] }
        set { place.paths[tab] = newValue }
    }

    /// Opens a screen over the one in front.
    public func open(_ route: Route) {
        self[tab].append(route)
    }

    /// Opens a screen as the only one over the first of its part.
    public func show(_ route: Route, in tab: Tab) {
        place.paths[tab] = [route]
        self.tab = tab
    }

    /// Closes a screen that is done with, and what lies over it, wherever it is open.
    func close(_ route: Route) {
        for (tab, path) in place.paths {
            if let first = path.firstIndex(of: route) { place.paths[tab] = Array(path[..<first]) }
        }
    }
}
