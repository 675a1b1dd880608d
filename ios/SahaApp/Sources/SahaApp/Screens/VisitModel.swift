import Foundation
import Observation
import Saha

/// A visit, from the check-in on.
@MainActor @Observable public final class VisitModel {
    /// The visit; none while it is looked for.
    public private(set) var visit: Visit?
    /// Where it is.
    public private(set) var name = ""
    /// How the place compares with the customer's, in words.
    public private(set) var verdict = ""
    /// What may come of it, as the company words it.
    public private(set) var outcomes: [Choice] = []
    /// What a picture may be of, as the company words it.
    public private(set) var purposes: [Named<PhotoPurpose>] = []
    /// Pictures that were taken.
    public private(set) var photos: [Photo] = []
    /// What was sold at it.
    public private(set) var sales: [SaleRow] = []
    /// The rep's own words.
    public var note: String {
        didSet { session.drafts.notes[id] = note == (visit?.note ?? "") ? nil : note }
    }
    /// Whether something is being saved, and what went wrong.
    public let trouble = Trouble()

    private let id: VisitId
    private let session: Session
    private let formats: Formats

    init(_ session: Session, _ formats: Formats, _ id: VisitId) {
        (self.session, self.formats, self.id) = (session, formats, id)
        note = session.drafts.notes[id] ?? ""
    }

    /// Whether it goes on.
    public var isOpen: Bool { visit?.state == .inProgress }
    /// Whether it is over and counts, so that it can be corrected.
    public var isOver: Bool { visit?.state == .completed }

    /// Shows it, now and after every change.
    public func run() async {
        await learnWords()
        async let visit: Void = followVisit()
        async let photos: Void = followPhotos()
        async let sales: Void = followSales()
        _ = await (visit, photos, sales)
    }

    /// What came of it: the second of two taps ends the visit, and corrects one that is over.
    public func choose(_ outcome: Choice) async {
        let done = await trouble.attempt {
            guard self.isOpen else {
                return try await self.session.saha.visits.amend(self.id, outcome: outcome.code, note: self.note.filled)
            }
            let place = await self.session.device.places.here(within: .seconds(2))
            let end = VisitEnd(outcome: outcome.code, note: self.note.filled, location: place)
            return try await self.session.saha.visits.checkOut(self.id, end)
        }
        guard done != nil else { return }
        session.drafts.notes[id] = nil
        session.navigation.close(.visit(id))
    }

    /// Takes it back: it no longer counts, and stays visible.
    public func takeBack() async {
        let done = await trouble.attempt { try await self.session.saha.visits.void(self.id) }
        guard done != nil else { return }
        session.drafts.notes[id] = nil
        session.navigation.close(.visit(id))
    }

    /// Sells at it.
    public func sell() {
        if let visit { session.navigation.open(.sale(visit.customer, id)) }
    }

    /// Opens what was sold.
    public func open(_ sale: SaleId) {
        session.navigation.open(.made(sale))
    }

    /// Takes a picture. The core keeps a copy of its own, so the camera's file goes.
    public func picture(of purpose: PhotoPurpose, from source: PictureSource) async {
        _ = await trouble.attempt { () async throws -> Void in
            guard let file = await self.session.device.camera.picture(from: source) else { return }
            defer { try? FileManager.default.removeItem(at: file) }
            try await self.session.saha.photos.attach(NewPhoto(path: file.path, purpose: purpose), to: self.id)
        }
    }

    private func learnWords() async {
        let saha = session.saha
        do {
            outcomes = try await saha.visits.outcomes()
            purposes = try await saha.photos.purposes().map { Named($0, $0.text(lang: session.lang)) }
        } catch {
            trouble.tell(error)
        }
    }

    private func followVisit() async {
        let id = id
        let query = session.saha.live(.visit, .customer) { saha in
            let visit = try await saha.visits.get(id)
            return (visit, try await saha.customers.name(of: visit.customer))
        }
        await trouble.follow(query) { visit, name in
            let isFirst = self.visit == nil
            (self.visit, self.name) = (visit, name)
            // What was typed is newer than what was saved.
            if isFirst, self.session.drafts.notes[id] == nil { self.note = visit.note ?? "" }
            self.verdict = visit.geoVerdict.text(lang: self.session.lang)
        }
    }

    private func followPhotos() async {
        let id = id
        let query = session.saha.live(.photo) { try await $0.photos.list(of: id) }
        await trouble.follow(query) { self.photos = $0 }
    }

    private func followSales() async {
        let id = id
        let query = session.saha.live(.sale) { saha in
            let visit = try await saha.visits.get(id)
            return try await saha.sales.list(of: visit.customer).filter { $0.visit == id }
        }
        await trouble.follow(query) { self.sales = $0.map { SaleRow($0, self.formats) } }
    }
}

/// A sale in a list.
public struct SaleRow: Identifiable, Sendable, Equatable {
    /// The sale.
    public let id: SaleId
    /// The document's number.
    public let number: String
    /// The sale without tax.
    public let net: String

    init(_ sale: Sale, _ formats: Formats) {
        (id, number, net) = (sale.id, sale.number, formats.money(sale.net))
    }
}
