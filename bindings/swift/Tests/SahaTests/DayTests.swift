import Foundation
import Saha
import Testing

/// What a rep does in a day, through the package.
@Suite struct DayTests {
    @Test func aVisitIsLoggedCountedAndSent() async throws {
        // Nobody else has a visit open that would be ended.
        let phone = try await Phone.ofAyse(at: Company())
        let saha = phone.saha
        let shop = try await phone.shop()
        let before = try await saha.targets.progress().first { $0.metric == .visits && $0.period == .day }
        let visit = try await saha.visits.checkIn(shop.id)
        #expect(try await saha.visits.inProgress() == visit)
        phone.clock.advance(ms: 600_000)
        let over = try await saha.visits.checkOut(visit.id, VisitEnd(outcome: "order", note: "Çay içtik"))
        #expect(over.checkOut?.date == over.checkIn.date + 600)
        let today = try await saha.visits.list(on: over.checkIn.localDate)
        #expect(today.contains(over))
        let after = try await saha.targets.progress().first { $0.metric == .visits && $0.period == .day }
        #expect(after?.actual == (before?.actual ?? 0) + 1)
        #expect(try await saha.outbox.list().map(\.kind) == ["visit", "visit"])
        let report = try await saha.sync.run()
        #expect(report.isComplete && report.applied == 2)
        #expect(try await saha.outbox.list().isEmpty)
        #expect(try await saha.verifyFigures() == [])
    }

    @Test func aSaleIsMadeCorrectedAndCancelled() async throws {
        let phone = try await Phone.ofAyse()
        let saha = phone.saha
        let product = try await saha.products.get(code: "P001")
        let line = NewSaleLine(product: product.id, quantityMilli: 24_000)
        let sale = try await saha.sales.create(NewSale(customer: try await phone.shop().id, lines: [line]))
        #expect(sale.lines.first?.quantity.amount == 24)
        #expect(sale.net.amount == Decimal(sale.netMinor) / 100 && sale.net.currency == "TRY")
        let fewer = try await saha.sales.changeLine(sale.lines[0].id, of: sale.id, quantityMilli: 12_000)
        #expect(fewer.lines[0].quantity.amount == 12 && fewer.netMinor * 2 == sale.netMinor)
        let refused = try await failure { try await saha.sales.removeLine(sale.lines[0].id, of: sale.id) }
        guard case .InvalidInput = refused else { throw Failed("\(refused)") }
        #expect(try await saha.sales.cancel(sale.id).state == .cancelled)
        #expect(try await saha.sales.list(of: sale.customer).first?.state == .cancelled)
    }

    @Test func aPhotoIsAttachedSentAndFetchedByAnotherPhone() async throws {
        let phone = try await Phone.ofAyse()
        let picture = phone.folder.url.appending(path: "shelf.jpg")
        try Data([0xff, 0xd8, 0xff, 0xe0] + UUID().uuidString.utf8).write(to: picture)
        let visit = try await phone.saha.visits.checkIn(try await phone.shop().id)
        let photo = try await phone.saha.photos.attach(NewPhoto(path: picture.path, purpose: .shelf), to: visit.id)
        try await phone.saha.visits.checkOut(visit.id, VisitEnd(outcome: "order"))
        #expect(try await phone.saha.photos.file(of: photo.id).isWaiting)
        #expect(try await phone.saha.sync.run().filesSent == 1)
        let other = try await Phone.ofAyse()
        #expect(try await other.saha.photos.list(of: visit.id).map(\.id) == [photo.id])
        let fetched = try await other.saha.photos.fetch(photo.id)
        #expect(try Data(contentsOf: fetched) == Data(contentsOf: picture))
    }

    @Test func onesOwnDataIsOneDocument() async throws {
        let phone = try await Phone.ofAyse()
        let call = try await phone.saha.calls.log(
            NewCall(customer: try await phone.shop().id, disposition: .noAnswer, direction: .outgoing))
        #expect(call.disposition.text(lang: .tr) == "cevap yok")
        let file = phone.folder.url.deletingLastPathComponent().appending(path: "\(UUID()).json")
        defer { try? FileManager.default.removeItem(at: file) }
        let export = try await phone.saha.account.export(to: file)
        #expect(try Data(contentsOf: file).count == Int(export.bytes))
        #expect(try String(contentsOf: file, encoding: .utf8).contains(call.id.uuidString.lowercased()))
    }

    @Test func aRefusedProspectIsTakenBack() async throws {
        let phone = try await Phone.ofAyse()
        let saha = phone.saha
        let known = try await saha.customers.search("", limit: 200).first { $0.taxNo != nil }
        let prospect = NewProspect(name: "Yağmur Bakkal", taxNo: try #require(known?.taxNo))
        let written = try await saha.customers.createProspect(prospect)
        #expect(try await saha.sync.run().rejected == 1)
        let entry = try #require(try await saha.outbox.list().first)
        #expect(entry.state == .rejected && entry.recordId == written.id.uuidString.lowercased())
        #expect(entry.existing == known?.id.uuidString.lowercased())
        try await saha.outbox.useExisting(entry.opId)
        #expect(try await saha.outbox.list().isEmpty)
    }
}
