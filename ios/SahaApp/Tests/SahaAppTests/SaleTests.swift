import Foundation
import Saha
import Testing

@testable import SahaApp
@testable import TestKit

/// What a sale comes to while it is put together.
@MainActor @Suite struct SaleTests {
    let company: Office
    let folder: TemporaryFolder
    let formats = Formats(locale: Locale(identifier: "tr_TR"))

    init() throws {
        (company, folder) = (try Office(), try TemporaryFolder())
    }

    @Test func whatTheLinesComeToIsShownBeforeTheSaleIsMade() async throws {
        let handset = try await Handset.ofAyse(at: company, in: folder)
        let session = try handset.session
        let products = try await session.saha.products.search("", limit: 2)
        let sale = try await sale(session)
        for product in products { sale.add(product) }
        sale.set(2.5, of: products[0].id)
        let screen = handset.show { await sale.quote() }
        try await eventually("the sums") { sale.sums != nil }
        let (sums, nets) = (try #require(sale.sums), sale.lines.map(sale.net))
        screen.close()

        await sale.save()
        guard case .made(let id)? = session.navigation[.today].last else { throw Failed("no sale is in front") }
        let made = try await session.saha.sales.get(id)
        let money = { formats.money(Money(amountMinor: $0, currency: made.currency)) }
        #expect(nets == made.lines.map { money($0.netMinor) })
        #expect((sums.net, sums.tax) == (money(made.netMinor), money(made.taxMinor)))
        #expect(sums.total == money(made.netMinor + made.taxMinor))
    }

    @Test func aPriceBelowTheFloorIsToldBesideTheLinesAndInNobodysWay() async throws {
        let handset = try await Handset.ofAyse(at: company, in: folder)
        let session = try handset.session
        let found = try await session.saha.products.search("", limit: 200).first { $0.floorPrice != nil }
        let product = try #require(found)
        let sale = try await sale(session)
        sale.add(product)
        sale.set(price: 0.01, of: product.id)
        let cheap = handset.show { await sale.quote() }
        try await eventually("the objection") { sale.objection != nil }
        #expect(sale.sums == nil && sale.trouble.sentence == nil)
        cheap.close()

        sale.set(price: nil, of: product.id)
        let listed = handset.show { await sale.quote() }
        try await eventually("the sums") { sale.sums != nil }
        #expect(sale.objection == nil)
        listed.close()

        sale.set(0, of: product.id)
        await sale.quote()
        #expect(sale.sums == nil && sale.objection == nil, "nothing is sold, and nothing is wrong")
    }

    private func sale(_ session: Session) async throws -> SaleModel {
        let shop = try #require(try await session.saha.customers.search("", limit: 1).first)
        return session.sale(shop.id, visit: nil, formats)
    }
}
