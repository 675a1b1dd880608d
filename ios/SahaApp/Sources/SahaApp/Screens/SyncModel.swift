import Foundation
import Observation
import Saha

/// What waits and why, what was refused, and what can be done about it.
@MainActor @Observable public final class SyncModel {
    /// How the phone stands; none while it is looked for.
    public private(set) var status: SyncStatus?
    /// Why the oldest change that waits still does, in a sentence.
    public private(set) var diagnosis = ""
    /// When a sync last ended with nothing left, written out.
    public private(set) var lastSuccess: String?
    /// Since when the figures here and the company's differ, written out; none where they do not.
    public private(set) var figuresDifferSince: String?
    /// Changes that the company refused.
    public private(set) var refused: [OutboxEntry] = []
    /// Changes that the company does not have yet.
    public private(set) var waiting: [OutboxEntry] = []
    /// Edits that lost to someone else's.
    public private(set) var overridden: [OverriddenEdit] = []
    /// A refused change that others hang on, and how many: they go with it only when the rep says so.
    public private(set) var asked: (entry: OutboxEntry, dependants: Int)?
    /// Whether something is being done, and what went wrong.
    public let trouble = Trouble()

    private let session: Session
    private let formats: Formats

    init(_ session: Session, _ formats: Formats) {
        (self.session, self.formats) = (session, formats)
    }

    /// Shows it, now and after every change.
    public func run() async {
        let query = session.saha.live(outbox: true) { saha in
            (
                try await saha.sync.status(), try await saha.sync.diagnosis(), try await saha.outbox.list(),
                try await saha.outbox.listOverridden()
            )
        }
        await trouble.follow(query) { status, diagnosis, entries, overridden in
            (self.status, self.diagnosis, self.overridden) = (status, diagnosis.sentence, overridden)
            self.lastSuccess = status.lastSuccess.map(self.formats.moment)
            self.figuresDifferSince = status.figuresDifferSince.map(self.formats.moment)
            self.refused = entries.filter { $0.state == .rejected }
            self.waiting = entries.filter { $0.state == .queued || $0.state == .sent }
        }
    }

    /// "Sync now".
    public func syncNow() async {
        await session.sync.syncNow()
    }

    /// When something was written, written out.
    public func moment(_ entry: OutboxEntry) -> String {
        formats.moment(entry.captured)
    }

    /// Whether there is a screen on which it can be fixed.
    public func canFix(_ entry: OutboxEntry) -> Bool {
        route(entry) != nil
    }

    /// Whether a record that the company has stands in the way, and can be taken instead.
    public func canUseExisting(_ entry: OutboxEntry) -> Bool {
        entry.existing != nil && entry.op == .create
    }

    /// Opens the record that was refused: to save it again is to send it again.
    public func fix(_ entry: OutboxEntry) {
        if let route = route(entry) { session.navigation.open(route) }
    }

    /// Sends a refused change again as it is.
    public func resend(_ entry: OutboxEntry) async {
        _ = await trouble.attempt { try await self.session.saha.outbox.resend(entry.opId) }
    }

    /// Takes a refused change back. Where other work hangs on it, the rep is asked first.
    public func withdraw(_ entry: OutboxEntry, withDependants: Bool = false) async {
        asked = nil
        _ = await trouble.attempt {
            do {
                try await self.session.saha.outbox.withdraw(entry.opId, withDependants: withDependants)
            } catch SahaError.UnsentWork(let count) {
                self.asked = (entry, Int(count))
            }
        }
    }

    /// He thought better of it.
    public func keep() {
        asked = nil
    }

    /// Takes the record that stands in the way instead.
    public func useExisting(_ entry: OutboxEntry) async {
        _ = await trouble.attempt { try await self.session.saha.outbox.useExisting(entry.opId) }
    }

    /// He has seen an edit that lost.
    public func dismiss(_ edit: OverriddenEdit) async {
        _ = await trouble.attempt { try await self.session.saha.outbox.dismissOverridden(edit.opId) }
    }

    private func route(_ entry: OutboxEntry) -> Navigation.Route? {
        guard let id = UUID(uuidString: entry.recordId), entry.op != .delete else { return nil }
        switch entry.kind {
        case "customer": return .form(id)
        case "visit": return .visit(id)
        case "call": return .logged(id)
        case "plan_item": return .stop(id)
        case "sale": return .made(id)
        default: return nil
        }
    }
}

extension SyncStatus {
    /// Since when the figures differ, by the device's clock.
    fileprivate var figuresDifferSince: Date? {
        guard case .differ(let sinceMs) = figures else { return nil }
        return Date(timeIntervalSince1970: Double(sinceMs) / 1000)
    }
}
