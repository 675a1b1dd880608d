import Foundation
import Observation
import Saha

/// A call that is written down when it is over.
@MainActor @Observable public final class CallModel {
    /// Whom the rep talked to.
    public private(set) var name = ""
    /// What may come of it, as the company words it.
    public private(set) var outcomes: [Choice] = []
    /// How a call may end, in words.
    public private(set) var dispositions: [Named<CallDisposition>] = []
    /// Who called whom.
    public var direction: CallDirection {
        didSet { draft.direction = direction }
    }
    /// How long they talked, in whole minutes.
    public var minutes: Int {
        didSet { draft.durationS = Int64(minutes) * 60 }
    }
    /// The rep's own words.
    public var note: String {
        didSet { draft.note = note }
    }
    /// Whether it is being saved, and what went wrong.
    public let trouble = Trouble()

    private let customer: CustomerId
    private let session: Session

    init(_ session: Session, _ customer: CustomerId) {
        (self.session, self.customer) = (session, customer)
        let draft = session.drafts.calls[customer] ?? CallDraft()
        (direction, minutes, note) = (draft.direction, Int(draft.durationS / 60), draft.note)
    }

    /// Shows whom it is with, and what may come of it.
    public func run() async {
        await settle()
        let saha = session.saha
        do {
            outcomes = try await saha.calls.outcomes()
            dispositions = try await saha.calls.dispositions().map { Named($0, $0.text(lang: session.lang)) }
            name = try await saha.customers.name(of: customer)
        } catch {
            trouble.tell(error)
        }
    }

    /// The rep is back from the phone's own dialler: it took no longer than that.
    public func cameBack() {
        guard let dialled = draft.dialled else { return }
        draft.dialled = nil
        if minutes == 0 { minutes = max(0, Int(session.device.now().timeIntervalSince(dialled) / 60)) }
    }

    /// Who may have called whom, in words.
    public var directions: [Named<CallDirection>] {
        CallDirection.allCases.filter { $0 != .unknown }.map { Named($0, $0.text(lang: session.lang)) }
    }

    /// It ended, and nothing came of it.
    public func end(_ disposition: CallDisposition) async {
        await save(disposition, outcome: nil)
    }

    /// They talked, and something came of it.
    public func choose(_ outcome: Choice) async {
        await save(.connected, outcome: outcome.code)
    }

    private func save(_ disposition: CallDisposition, outcome: String?) async {
        let call = NewCall(
            customer: customer, disposition: disposition, direction: direction,
            durationS: draft.durationS, outcome: outcome, note: note.filled)
        let done = await trouble.attempt {
            self.draft.saving = Saving(before: try await self.made())
            await self.session.keeper.settled()
            return try await self.session.saha.calls.log(call)
        }
        if done == nil { draft.saving = nil } else { forget() }
    }

    /// Where the process ended while a call was being saved, the core may have it.
    private func settle() async {
        guard let saving = draft.saving, let made = try? await made() else { return }
        if made.isSubset(of: saving.before) { draft.saving = nil } else { forget() }
    }

    private func made() async throws -> Set<CallId> {
        let rep = try await session.saha.account.info().rep?.id
        return Set(try await session.saha.calls.list(of: customer).filter { $0.rep == rep }.map(\.id))
    }

    private func forget() {
        session.drafts.calls[customer] = nil
        session.navigation.close(.call(customer))
    }

    private var draft: CallDraft {
        get { session.drafts.calls[customer] ?? CallDraft() }
        set { session.drafts.calls[customer] = newValue }
    }
}
