import Foundation
import Observation
import Saha

/// A new prospect, or a customer's own data to correct. Where the company refused them, this repairs it.
@MainActor @Observable public final class CustomerFormModel {
    /// What the rep typed.
    public var draft: CustomerDraft {
        didSet { session.drafts.forms[key] = draft }
    }
    /// Whether it is somebody new.
    public var isNew: Bool { id == nil }
    /// Whether it is being saved, and what went wrong.
    public let trouble = Trouble()

    private let id: CustomerId?
    private let session: Session
    private var key: CustomerId { id ?? Drafts.newcomer }

    init(_ session: Session, _ id: CustomerId?) {
        (self.session, self.id) = (session, id)
        draft = session.drafts.forms[id ?? Drafts.newcomer] ?? CustomerDraft(id: id == nil ? UUID() : nil)
    }

    /// Fills the form with what is known, unless the rep had begun to type.
    public func run() async {
        await settle()
        guard let id, session.drafts.forms[id] == nil else { return }
        do {
            draft = CustomerDraft(try await session.saha.customers.get(id))
        } catch {
            trouble.tell(error)
        }
    }

    /// Whether there is enough to save.
    public var canSave: Bool {
        !trouble.isBusy && !draft.name.isEmpty
    }

    /// Saves it and opens the customer.
    public func save() async {
        let (draft, saha) = (draft, session.saha)
        let saved = await trouble.attempt { () async throws -> Customer in
            guard let id = self.id else {
                await self.session.keeper.settled()
                return try await saha.customers.createProspect(draft.asProspect)
            }
            return try await saha.customers.update(draft.over(saha.customers.get(id)))
        }
        if let saved { close(saved.id) }
    }

    /// Drops what was typed.
    public func forget() {
        session.drafts.forms[key] = nil
        session.navigation.close(.form(id))
    }

    /// Where the process ended while a prospect was being saved, the core may have him.
    private func settle() async {
        guard isNew, let drawn = draft.id, (try? await session.saha.customers.get(drawn)) != nil else { return }
        close(drawn)
    }

    private func close(_ saved: CustomerId) {
        forget()
        if isNew { session.navigation.open(.customer(saved)) }
    }
}

extension CustomerDraft {
    init(_ customer: Customer) {
        name = customer.name
        taxNo = customer.taxNo ?? ""
        phone = customer.phone ?? ""
        district = customer.district ?? ""
        address = customer.address ?? ""
        note = customer.note ?? ""
    }

    var asProspect: NewProspect {
        NewProspect(
            name: name, taxNo: taxNo.filled, phone: phone.filled, district: district.filled,
            address: address.filled, note: note.filled, id: id)
    }

    func over(_ customer: Customer) -> Customer {
        var edited = customer
        edited.name = name
        (edited.taxNo, edited.phone) = (taxNo.filled, phone.filled)
        (edited.district, edited.address, edited.note) = (district.filled, address.filled, note.filled)
        return edited
    }
}

extension String {
    /// Itself, and none where there is nothing in it.
    var filled: String? {
        trimmingCharacters(in: .whitespacesAndNewlines).isEmpty ? nil : self
    }
}
