import Observation
import Saha

/// A call that was logged, and its correction. Where the company refused it, this repairs it.
@MainActor @Observable public final class LoggedCallModel {
    /// Whom the rep talked to.
    public private(set) var name = ""
    /// What may come of it, as the company words it.
    public private(set) var outcomes: [Choice] = []
    /// How a call may end, in words.
    public private(set) var dispositions: [Named<CallDisposition>] = []
    /// What is corrected; none while the call is looked for.
    public var draft: CallCorrection? {
        didSet { session.drafts.corrections[id] = draft }
    }
    /// Whether it is being saved, and what went wrong.
    public let trouble = Trouble()

    private let id: CallId
    private let session: Session

    init(_ session: Session, _ id: CallId) {
        (self.session, self.id) = (session, id)
        draft = session.drafts.corrections[id]
    }

    /// Whether they talked, so that something may have come of it.
    public var isTalk: Bool { draft?.disposition == .connected }

    /// Shows the call, unless the rep had begun to correct it.
    public func run() async {
        let saha = session.saha
        do {
            outcomes = try await saha.calls.outcomes()
            dispositions = try await saha.calls.dispositions().map { Named($0, $0.text(lang: session.lang)) }
            let call = try await saha.calls.get(id)
            name = try await saha.customers.name(of: call.customer)
            if draft == nil { draft = CallCorrection(call) }
        } catch {
            trouble.tell(error)
        }
    }

    /// Saves it.
    public func save() async {
        guard let draft else { return }
        let done = await trouble.attempt {
            try await self.session.saha.calls.amend(
                self.id, disposition: draft.disposition, durationS: draft.durationS,
                outcome: self.isTalk ? draft.outcome : nil, note: draft.note.filled)
        }
        if done != nil { forget() }
    }

    /// Drops what was corrected.
    public func forget() {
        draft = nil
        session.navigation.close(.logged(id))
    }
}

extension CallCorrection {
    init(_ call: Call) {
        (disposition, outcome) = (call.disposition, call.outcome)
        (durationS, note) = (call.durationS, call.note ?? "")
    }
}
