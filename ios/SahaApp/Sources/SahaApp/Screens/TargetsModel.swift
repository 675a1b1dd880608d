import Foundation
import Observation
import Saha

/// Every target. Each opens into what its number rests on.
@MainActor @Observable public final class TargetsModel {
    /// The targets; none while they are looked for.
    public private(set) var targets: [TargetCard]?
    /// What went wrong.
    public let trouble = Trouble()

    private let session: Session
    private let formats: Formats

    init(_ session: Session, _ formats: Formats) {
        (self.session, self.formats) = (session, formats)
    }

    /// Shows them, now and after every change.
    public func run() async {
        await trouble.follow(session.progress()) { self.targets = $0.map { TargetCard($0, self.formats) } }
    }

    /// Opens one.
    public func open(_ target: TargetId) {
        session.navigation.open(.target(target))
    }
}

/// A target and the records that its number rests on.
@MainActor @Observable public final class TargetModel {
    /// A record and what it adds.
    public struct Row: Identifiable, Sendable, Equatable {
        /// The record's.
        public let id: UUID
        /// At whom.
        public let title: String
        /// What it was.
        public let summary: String
        /// When it was, written out.
        public let at: String
        /// What it adds, written out.
        public let value: String
        /// Whether the company has it.
        public let state: RecordState
        /// The same in words.
        public let standing: String
        /// Its screen, where it has one.
        let route: Navigation.Route?
    }

    /// The target; none while it is looked for.
    public private(set) var card: TargetCard?
    /// What it rests on, newest first.
    public private(set) var rows: [Row] = []
    /// Whether there is more.
    public private(set) var hasMore = false
    /// Changes when more is wanted: whoever shows it begins ``run()`` anew.
    public private(set) var query = 0
    /// What went wrong.
    public let trouble = Trouble()

    private let id: TargetId
    private let session: Session
    private let formats: Formats
    private var wanted = 50

    init(_ session: Session, _ formats: Formats, _ id: TargetId) {
        (self.session, self.formats, self.id) = (session, formats, id)
    }

    /// Shows it, now and after every change.
    public func run() async {
        async let card: Void = followCard()
        async let records: Void = followRecords()
        _ = await (card, records)
    }

    /// The end of the list is in sight.
    public func more() {
        guard hasMore else { return }
        wanted = min(wanted + 50, 200)
        query += 1
    }

    /// Opens a record.
    public func open(_ row: Row) {
        if let route = row.route { session.navigation.open(route) }
    }

    private func followCard() async {
        let id = id
        await trouble.follow(session.progress()) { all in
            self.card = all.first { $0.target == id }.map { TargetCard($0, self.formats) }
        }
    }

    private func followRecords() async {
        let (id, wanted) = (id, wanted)
        let query = session.saha.live(.target, .visit, .call, .sale, .customer, outbox: true) { saha in
            let currency = try await saha.targets.progress().first { $0.target == id }?.currency
            return (try await saha.targets.records(behind: id, limit: wanted), currency)
        }
        await trouble.follow(query) { records, currency in
            self.rows = records.map { self.row($0, currency) }
            self.hasMore = records.count == wanted && wanted < 200
        }
    }

    private func row(_ record: TargetRecord, _ currency: CurrencyCode?) -> Row {
        Row(
            id: record.activity.id, title: record.title, summary: record.summary, at: formats.moment(record.at.date),
            value: formats.amount(record.value, currency), state: record.state,
            standing: record.state.text(lang: session.lang), route: record.activity.route)
    }
}

extension Session {
    /// Every target's progress, now and after every change of whatever it depends on.
    func progress() -> LiveQuery<[TargetProgress]> {
        saha.live(.target, .visit, .call, .sale, .customer, .workCalendar, .rep, .company, outbox: true) {
            try await $0.targets.progress()
        }
    }
}

extension Activity {
    /// The record's.
    public var id: UUID {
        switch self {
        case .visit(let visit): visit.id
        case .call(let call): call.id
        case .sale(let sale): sale.id
        }
    }
}
