import Observation
import Saha

/// A planned visit, and its correction. Where the company refused it, this repairs it.
@MainActor @Observable public final class StopModel {
    /// Whom it is about.
    public private(set) var name = ""
    /// What is corrected; none while the visit is looked for.
    public var draft: StopCorrection? {
        didSet { session.drafts.stops[id] = draft }
    }
    /// Whether it is being saved, and what went wrong.
    public let trouble = Trouble()

    private let id: PlanItemId
    private let session: Session

    init(_ session: Session, _ id: PlanItemId) {
        (self.session, self.id) = (session, id)
        draft = session.drafts.stops[id]
    }

    /// Shows it, unless the rep had begun to correct it.
    public func run() async {
        let saha = session.saha
        do {
            let item = try await saha.plan.get(id)
            name = try await saha.customers.name(of: item.customer)
            if draft == nil { draft = StopCorrection(item) }
        } catch {
            trouble.tell(error)
        }
    }

    /// Saves it.
    public func save() async {
        guard let draft else { return }
        let done = await trouble.attempt {
            try await self.session.saha.plan.update(draft.over(self.session.saha.plan.get(self.id)))
        }
        if done != nil { forget() }
    }

    /// Drops what was corrected.
    public func forget() {
        draft = nil
        session.navigation.close(.stop(id))
    }
}

extension StopCorrection {
    init(_ item: PlanItem) {
        (date, sequence, note) = (item.date, Int(item.sequence), item.note ?? "")
    }

    func over(_ item: PlanItem) -> PlanItem {
        var corrected = item
        (corrected.date, corrected.sequence, corrected.note) = (date, Int32(sequence), note.filled)
        return corrected
    }
}
