import Foundation
import Observation
import Saha

/// A sale that was made: what it came to, and its correction. Where the company refused it, this repairs it.
@MainActor @Observable public final class MadeSaleModel {
    /// A line of it.
    public struct Line: Identifiable, Sendable, Equatable {
        /// The line.
        public let id: SaleLineId
        /// The product's name; none where it is not on this phone.
        public let name: String?
        /// How much, written out.
        public let quantity: String
        /// How much.
        public let amount: Decimal
        /// What one unit cost, written out.
        public let price: String
        /// What one unit cost, in major units.
        public let unitPrice: Decimal
        /// What the line came to without tax, written out.
        public let net: String
    }

    /// The sale; none while it is looked for.
    public private(set) var sale: Sale?
    /// To whom.
    public private(set) var name = ""
    /// Its lines.
    public private(set) var lines: [Line] = []
    /// How it stands, in words.
    public private(set) var state = ""
    /// Without tax, written out.
    public private(set) var net = ""
    /// The tax on it, written out.
    public private(set) var tax = ""
    /// Whether something is being saved, and what went wrong.
    public let trouble = Trouble()

    private let id: SaleId
    private let session: Session
    private let formats: Formats

    init(_ session: Session, _ formats: Formats, _ id: SaleId) {
        (self.session, self.formats, self.id) = (session, formats, id)
    }

    /// Whether it counts, so that it can be corrected.
    public var isConfirmed: Bool { sale?.state == .confirmed }

    /// Shows it, now and after every change.
    public func run() async {
        let id = id
        let query = session.saha.live(.sale, .product, .customer) { saha in
            let sale = try await saha.sales.get(id)
            var names: [ProductId: String] = [:]
            for line in sale.lines { names[line.product] = try? await saha.products.get(line.product).name }
            return (sale, try await saha.customers.name(of: sale.customer), names)
        }
        await trouble.follow(query) { self.show($0, $1, $2) }
    }

    /// Corrects how much was sold.
    public func set(_ amount: Decimal, of line: SaleLineId) async {
        let milli = Int64(truncating: (amount * 1_000) as NSDecimalNumber)
        _ = await trouble.attempt {
            try await self.session.saha.sales.changeLine(line, of: self.id, quantityMilli: milli)
        }
    }

    /// Corrects the price of one unit, in major units.
    public func set(price: Decimal, of line: SaleLineId) async {
        guard let currency = sale?.currency, let price = UnitPrice(amount: price, currency: currency) else { return }
        _ = await trouble.attempt {
            try await self.session.saha.sales.changeLine(line, of: self.id, unitPrice: price)
        }
    }

    /// Takes a line out.
    public func remove(_ line: SaleLineId) async {
        _ = await trouble.attempt { try await self.session.saha.sales.removeLine(line, of: self.id) }
    }

    /// Cancels the sale: the document stays.
    public func cancel() async {
        _ = await trouble.attempt { try await self.session.saha.sales.cancel(self.id) }
    }

    private func show(_ sale: Sale, _ name: String, _ names: [ProductId: String]) {
        (self.sale, self.name, state) = (sale, name, sale.state.text(lang: session.lang))
        (net, tax) = (formats.money(sale.net), formats.money(sale.tax))
        lines = sale.lines.map { line in
            Line(
                id: line.id, name: names[line.product],
                quantity: formats.quantity(line.quantity.amountMilli, line.quantity.unit),
                amount: line.quantity.amount, price: formats.price(line.unitPrice), unitPrice: line.unitPrice.amount,
                net: formats.money(Money(amountMinor: line.netMinor, currency: sale.currency)))
        }
    }
}
