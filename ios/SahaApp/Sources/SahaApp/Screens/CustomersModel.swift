import Foundation
import Observation
import Saha

/// Customers: by name, by distance, by who is due.
@MainActor @Observable public final class CustomersModel {
    /// How they are listed.
    public enum Order: String, Sendable, CaseIterable {
        case all, nearby, due
    }

    /// A customer in the list.
    public struct Row: Identifiable, Sendable, Equatable {
        /// The customer.
        public let customer: Customer
        /// How far he is, in metres, where that was asked.
        public let distanceM: Int?
        /// How many days he has been due for, where that was asked.
        public let overdueDays: Int?
        /// The customer's.
        public var id: CustomerId { customer.id }
    }

    /// What the rep types.
    public var text = "" {
        didSet { if text != oldValue { startOver() } }
    }
    /// How they are listed. A text lists everybody whom it names.
    public var order = Order.all {
        didSet { if order != oldValue { startOver() } }
    }
    /// Who was found.
    public private(set) var rows: [Row] = []
    /// Whether more can be had.
    public private(set) var hasMore = false
    /// Whether the place was looked for and is not known.
    public private(set) var lacksPlace = false
    /// What went wrong.
    public let trouble = Trouble()
    /// Changes with everything on which the list depends: whoever shows it begins ``run()`` anew.
    public private(set) var query = 0

    private static let page = 50
    private var wanted = CustomersModel.page
    private let session: Session

    init(_ session: Session) {
        self.session = session
    }

    /// Shows who is found, now and after every change, until another list is wanted.
    public func run() async {
        let (text, wanted, order) = (text, wanted, text.isEmpty ? order : .all)
        var point: GeoPoint?
        if order == .nearby {
            point = await session.device.places.here(within: .seconds(5))?.point
        }
        lacksPlace = order == .nearby && point == nil
        let here = point
        let found = session.saha.live(.customer, .visit, .assignment, .callCycle) { saha in
            try await Self.list(order, text, here, wanted, saha)
        }
        await trouble.follow(found) { rows in
            self.rows = Array(rows.prefix(wanted))
            self.hasMore = rows.count > wanted
        }
    }

    /// The end of the list is in sight.
    public func more() {
        guard hasMore else { return }
        wanted += Self.page
        query += 1
    }

    /// Opens a customer.
    public func open(_ customer: CustomerId) {
        session.navigation.show(.customer(customer), in: .customers)
    }

    /// Writes down somebody new.
    public func add() {
        session.navigation.show(.form(nil), in: .customers)
    }

    private func startOver() {
        wanted = Self.page
        query += 1
    }

    /// One more than is wanted, so that one sees whether there are more. The core gives 200 at a time.
    private nonisolated static func list(
        _ order: Order, _ text: String, _ here: GeoPoint?, _ wanted: Int, _ saha: Saha
    ) async throws -> [Row] {
        var rows: [Row] = []
        while rows.count <= wanted {
            let (limit, offset) = (min(200, wanted + 1 - rows.count), rows.count)
            let page = try await page(order, text, here, limit, offset, saha)
            rows += page
            if page.count < limit { break }
        }
        return rows
    }

    private nonisolated static func page(
        _ order: Order, _ text: String, _ here: GeoPoint?, _ limit: Int, _ offset: Int, _ saha: Saha
    ) async throws -> [Row] {
        switch (order, here) {
        case (.due, _):
            return try await saha.customers.due(limit: limit, offset: offset).map {
                Row(customer: $0.customer, distanceM: nil, overdueDays: Int($0.overdueDays))
            }
        case (.nearby, let here?):
            return try await saha.customers.nearby(here, limit: limit, offset: offset).map {
                Row(customer: $0.customer, distanceM: Int($0.distanceM), overdueDays: nil)
            }
        case (.all, _), (.nearby, nil):
            return try await saha.customers.search(text, limit: limit, offset: offset).map {
                Row(customer: $0, distanceM: nil, overdueDays: nil)
            }
        }
    }
}
