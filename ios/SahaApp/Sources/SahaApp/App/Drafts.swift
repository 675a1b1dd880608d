import Foundation
import Saha

/// What a rep has begun to write and not saved yet. It outlives the process, and goes when it was saved.
struct Drafts: Codable, Equatable, Sendable {
    /// Notes of visits that go on.
    var notes: [VisitId: String] = [:]
    /// One call for each customer.
    var calls: [CustomerId: CallDraft] = [:]
    /// One sale for each customer.
    var sales: [CustomerId: SaleDraft] = [:]
    /// A customer's own data; a prospect who is nobody yet stands under `newcomer`.
    var forms: [CustomerId: CustomerDraft] = [:]
    /// Corrections of calls that were logged.
    var corrections: [CallId: CallCorrection] = [:]
    /// Corrections of planned visits.
    var stops: [PlanItemId: StopCorrection] = [:]

    /// The place of a prospect who is nobody yet.
    static let newcomer = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
}

/// A call that is being written down.
struct CallDraft: Codable, Equatable, Sendable {
    var direction = CallDirection.outgoing
    var durationS: Int64 = 0
    var note = ""
    /// When the rep dialled from the app.
    var dialled: Date?
    /// Set while it is being saved.
    var saving: Saving<CallId>?
}

/// A sale that is being put together.
struct SaleDraft: Codable, Equatable, Sendable {
    var visit: VisitId?
    var lines: [LineDraft] = []
    var note = ""
    /// Set while it is being saved.
    var saving: Saving<SaleId>?
}

/// A line of a sale that is being put together.
public struct LineDraft: Codable, Equatable, Hashable, Sendable, Identifiable {
    /// The product, of which there is one line.
    public let id: ProductId
    /// What it is called, how it is counted and what it costs.
    public let name: String
    public let unit: String
    public let listPrice: UnitPrice
    /// How much, in thousandths of the unit.
    public var quantityMilli: Int64
    /// A price of this sale's own.
    public var price: UnitPrice?

    /// How much, in the unit.
    public var amount: Decimal { Quantity(amountMilli: quantityMilli, unit: unit).amount }

    /// What one unit costs in this sale, in major units.
    public var unitPrice: Decimal { (price ?? listPrice).amount }

    /// What the core is given.
    var asNew: NewSaleLine {
        NewSaleLine(product: id, quantityMilli: quantityMilli, unitPrice: price)
    }
}

/// A customer's own data as a form has it: an empty text is none.
public struct CustomerDraft: Codable, Equatable, Sendable {
    /// Of a prospect, drawn when the form is begun: where the process ends while he is being saved, he is found by it.
    var id: CustomerId?
    public var name = ""
    public var taxNo = ""
    public var phone = ""
    public var district = ""
    public var address = ""
    public var note = ""
}

/// What is corrected in a call that was logged.
public struct CallCorrection: Codable, Equatable, Sendable {
    /// How it ended.
    public var disposition = CallDisposition.connected
    /// What came of it; nothing where they did not talk.
    public var outcome: String?
    var durationS: Int64 = 0
    /// The rep's own words.
    public var note = ""

    /// How long they talked, in whole minutes.
    public var minutes: Int {
        get { Int(durationS / 60) }
        set { durationS = Int64(newValue) * 60 }
    }
}

/// What is corrected in a planned visit.
public struct StopCorrection: Codable, Equatable, Sendable {
    /// On which day.
    public var date = CalendarDate(.now)
    /// Where it stands in the day, from 1.
    public var sequence = 1
    /// What it is for.
    public var note = ""

    /// The day as a picker has it, where the phone is.
    public var day: Date {
        get { date.start() }
        set { date = CalendarDate(newValue) }
    }
}

/// What was there before something was saved. Where the process ended while it was, whoever comes next sees by this whether the
/// core has it: a draft that stayed behind must not become a second sale.
struct Saving<Id: Codable & Hashable & Sendable>: Codable, Equatable, Sendable {
    let before: Set<Id>
}
