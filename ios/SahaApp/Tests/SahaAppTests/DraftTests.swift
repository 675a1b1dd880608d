import Foundation
import Saha
import Testing

@testable import SahaApp
@testable import TestKit

/// What was begun, and what happens to it when a process ends between any two lines.
@MainActor @Suite struct DraftTests {
    let company: Office
    let folder: TemporaryFolder

    init() throws {
        (company, folder) = (try Office(), try TemporaryFolder())
    }

    @Test func aSaleThatTheCoreHasIsNotMadeTwice() async throws {
        let handset = try await Handset.ofAyse(at: company, in: folder)
        let session = try handset.session
        let (shop, draft) = try await saleDraft(session)
        // The process ended after the sale was made, and before its draft went.
        session.drafts.sales[shop] = SaleDraft(lines: draft.lines, saving: Saving(before: []))
        try await session.saha.sales.create(NewSale(customer: shop, lines: draft.lines.map(\.asNew)))
        session.navigation.open(.sale(shop, nil))
        let sale = session.sale(shop, visit: nil)
        await sale.run()
        #expect(sale.lines.isEmpty && session.navigation[.today].isEmpty)
    }

    @Test func aSaleThatTheCoreDoesNotHaveIsStillADraft() async throws {
        let handset = try await Handset.ofAyse(at: company, in: folder)
        let session = try handset.session
        let (shop, draft) = try await saleDraft(session)
        let made = try await session.saha.sales.create(NewSale(customer: shop, lines: draft.lines.map(\.asNew)))
        // It ended before: the sale that is there is an older one.
        session.drafts.sales[shop] = SaleDraft(lines: draft.lines, saving: Saving(before: [made.id]))
        let sale = session.sale(shop, visit: nil)
        await sale.run()
        #expect(sale.lines == draft.lines && sale.canSave)
        await sale.save()
        #expect(try await session.saha.sales.list(of: shop).count == 2)
    }

    @Test func aCallThatTheCoreHasIsNotLoggedTwice() async throws {
        let handset = try await Handset.ofAyse(at: company, in: folder)
        let session = try handset.session
        let shop = try #require(try await session.saha.customers.search("", limit: 1).first)
        session.drafts.calls[shop.id] = CallDraft(note: "once", saving: Saving(before: []))
        try await session.saha.calls.log(NewCall(customer: shop.id, disposition: .busy, direction: .outgoing))
        session.navigation.open(.call(shop.id))
        await session.call(shop.id).run()
        #expect(session.drafts.calls.isEmpty && session.navigation[.today].isEmpty)
    }

    @Test func aProspectWhomTheCoreHasIsNotMadeTwice() async throws {
        let handset = try await Handset.ofAyse(at: company, in: folder)
        let session = try handset.session
        session.customers().add()
        let begun = session.form(nil)
        begun.draft.name = "Kırlangıç Manavı"
        // The process ended after he was made, and before his draft went.
        let made = try await session.saha.customers.createProspect(begun.draft.asProspect)
        let form = session.form(nil)
        #expect(form.draft.name == "Kırlangıç Manavı", "the draft is still there")
        await form.run()
        #expect(session.drafts == Drafts())
        #expect(session.navigation[session.navigation.tab] == [.customer(made.id)])
        // Nor could a second tap before that.
        await #expect(throws: SahaError.self) {
            try await session.saha.customers.createProspect(begun.draft.asProspect)
        }
        #expect(try await session.saha.customers.search("Kırlangıç Manavı").count == 1)
    }

    @Test func aProspectWhomTheCoreDoesNotHaveIsStillADraft() async throws {
        let handset = try await Handset.ofAyse(at: company, in: folder)
        let session = try handset.session
        let begun = session.form(nil)
        begun.draft.name = "Kırlangıç Manavı"
        let form = session.form(nil)
        await form.run()
        #expect(form.draft == begun.draft && form.canSave)
        await form.save()
        #expect(try await session.saha.customers.search("Kırlangıç Manavı").map(\.id) == [begun.draft.id])
        #expect(session.form(nil).draft.id != begun.draft.id, "the next one is somebody else")
    }

    @Test func aSecondTapWhileTheFirstIsCarriedOutDoesNothing() async throws {
        let handset = try await Handset.ofAyse(at: company, in: folder)
        let session = try handset.session
        let (shop, draft) = try await saleDraft(session)
        let customer = session.customer(shop)
        async let tap: Void = customer.checkIn()
        async let again: Void = customer.checkIn()
        _ = await (tap, again)
        #expect(try await session.saha.visits.list(of: shop).count == 1 && session.navigation[.today].count == 1)
        session.drafts.sales[shop] = draft
        let sale = session.sale(shop, visit: nil)
        async let saved: Void = sale.save()
        async let twice: Void = sale.save()
        _ = await (saved, twice)
        #expect(try await session.saha.sales.list(of: shop).count == 1)
    }

    @Test func aSaleThatTheCoreRefusesStaysADraft() async throws {
        let handset = try await Handset.ofAyse(at: company, in: folder)
        let session = try handset.session
        let (shop, draft) = try await saleDraft(session)
        session.drafts.sales[shop] = draft
        let sale = session.sale(shop, visit: nil)
        // Far below the floor.
        sale.set(price: 0.01, of: draft.lines[0].id)
        await sale.save()
        #expect(sale.trouble.sentence != nil && sale.lines.count == 1 && sale.canSave)
        #expect(session.drafts.sales[shop]?.saving == nil)
    }

    @Test func aCallTakesAsLongAsTheRepWasAway() async throws {
        let handset = try await Handset.ofAyse(at: company, in: folder)
        let session = try handset.session
        let shop = try #require(try await session.saha.customers.search("", limit: 200).first { $0.phone != nil })
        let customer = session.customer(shop.id)
        let screen = handset.show { await customer.run() }
        try await eventually("the customer") { customer.customer == shop }
        let dialler = try #require(customer.call())
        #expect(dialler.scheme == "tel" && !dialler.absoluteString.contains(" "))
        #expect(session.navigation[.today] == [.call(shop.id)])
        handset.clock.advance(ms: 150_000)
        let call = session.call(shop.id)
        call.cameBack()
        #expect(call.minutes == 2)
        // Going away once more is no part of it.
        handset.clock.advance(ms: 600_000)
        call.cameBack()
        #expect(call.minutes == 2)
        _ = screen
    }

    private func saleDraft(_ session: Session) async throws -> (CustomerId, SaleDraft) {
        let shop = try #require(try await session.saha.customers.search("", limit: 1).first)
        let product = try #require(
            try await session.saha.products.search("", limit: 200).first { $0.floorPrice != nil })
        let line = LineDraft(
            id: product.id, name: product.name, unit: product.unit, listPrice: product.unitPrice, quantityMilli: 2_000)
        return (shop.id, SaleDraft(lines: [line]))
    }
}
