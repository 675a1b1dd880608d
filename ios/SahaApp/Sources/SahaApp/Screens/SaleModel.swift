import Foundation
import Observation
import Saha

/// A sale that is put together. What it comes to is the core's to say.
@MainActor @Observable public final class SaleModel {
    /// What it comes to so far, written out.
    public struct Sums: Sendable, Equatable {
        /// Without tax.
        public let net: String
        /// The tax on it.
        public let tax: String
        /// What the customer pays.
        public let total: String
        fileprivate let lineNets: [ProductId: String]
    }

    /// To whom.
    public private(set) var name = ""
    /// What the rep types to find a product.
    public var text = "" {
        didSet { if text != oldValue { query += 1 } }
    }
    /// What the lines come to; none where there are none, or where no sale can be made of them.
    public private(set) var sums: Sums?
    /// Why no sale can be made of the lines, in the core's words.
    public private(set) var objection: String?
    /// Products that were found.
    public private(set) var products: [Product] = []
    /// Changes with what is looked for: whoever shows it begins ``search()`` anew.
    public private(set) var query = 0
    /// The rep's own words.
    public var note: String {
        didSet { draft.note = note }
    }
    /// Whether it is being saved, and what went wrong.
    public let trouble = Trouble()

    private let customer: CustomerId
    private let visit: VisitId?
    private let session: Session
    private let formats: Formats

    init(_ session: Session, _ formats: Formats, _ customer: CustomerId, visit: VisitId?) {
        (self.session, self.formats, self.customer, self.visit) = (session, formats, customer, visit)
        note = session.drafts.sales[customer]?.note ?? ""
    }

    /// What is sold so far.
    public var lines: [LineDraft] { draft.lines }

    /// Whether there is anything to save.
    public var canSave: Bool { !trouble.isBusy && !lines.isEmpty }

    /// Shows to whom it is, and what was begun before the process ended.
    public func run() async {
        await settle()
        name = (try? await session.saha.customers.name(of: customer)) ?? ""
    }

    /// Shows the products that the text names.
    public func search() async {
        let text = text
        let query = session.saha.live(.product) { try await $0.products.search(text, limit: 50) }
        await trouble.follow(query) { self.products = $0 }
    }

    /// Shows what the lines come to, now and whenever a price of the company changes. Whoever shows it begins anew with other lines.
    public func quote() async {
        let lines = lines
        guard !lines.isEmpty else { return (sums, objection) = (nil, nil) }
        let query = session.saha.live(.product) { saha in
            do {
                return Quoted.quote(try await saha.sales.quote(lines.map(\.asNew)))
            } catch let error as SahaError {
                switch error {
                // The rep is still typing: that is told beside the lines, and not in his way.
                case .InvalidInput, .NotFound: return .refused(error)
                default: throw error
                }
            }
        }
        await trouble.follow(query) { self.show($0, of: lines) }
    }

    /// What a line comes to without tax, written out; none where that is not known.
    public func net(of line: LineDraft) -> String? {
        sums?.lineNets[line.id]
    }

    /// One unit more of a product.
    public func add(_ product: Product) {
        guard let place = draft.lines.firstIndex(where: { $0.id == product.id }) else {
            draft.lines.append(
                LineDraft(
                    id: product.id, name: product.name, unit: product.unit, listPrice: product.unitPrice,
                    quantityMilli: 1_000))
            return
        }
        draft.lines[place].quantityMilli += 1_000
    }

    /// Another quantity of a product, as the rep typed it; nothing takes the line out.
    public func set(_ amount: Decimal, of product: ProductId) {
        guard let place = draft.lines.firstIndex(where: { $0.id == product }) else { return }
        let milli = Int64(truncating: (amount * 1_000) as NSDecimalNumber)
        if milli > 0 { draft.lines[place].quantityMilli = milli } else { draft.lines.remove(at: place) }
    }

    /// A price of this sale's own, in major units; none is the list's.
    public func set(price: Decimal?, of product: ProductId) {
        guard let place = draft.lines.firstIndex(where: { $0.id == product }) else { return }
        let currency = draft.lines[place].listPrice.currency
        draft.lines[place].price = price.flatMap { UnitPrice(amount: $0, currency: currency) }
    }

    /// What one unit costs in this sale, written out.
    public func price(of line: LineDraft) -> String {
        formats.price(line.price ?? line.listPrice)
    }

    /// What a product costs, written out.
    public func price(of product: Product) -> String {
        formats.price(product.unitPrice)
    }

    /// Makes the sale, and shows it.
    public func save() async {
        guard canSave else { return }
        let sale = NewSale(customer: customer, visit: visit, lines: lines.map(\.asNew), note: note.filled)
        let made = await trouble.attempt {
            self.draft.saving = Saving(before: try await self.made())
            await self.session.keeper.settled()
            return try await self.session.saha.sales.create(sale)
        }
        guard let made else { return draft.saving = nil }
        forget()
        session.navigation.open(.made(made.id))
    }

    /// Drops what was begun.
    public func forget() {
        session.drafts.sales[customer] = nil
        session.navigation.close(.sale(customer, visit))
    }

    private func show(_ quoted: Quoted, of lines: [LineDraft]) {
        switch quoted {
        case .refused(let error): (sums, objection) = (nil, error.localizedDescription)
        case .quote(let quote):
            let nets = zip(lines.map(\.id), quote.lineNets.map(formats.money))
            sums = Sums(
                net: formats.money(quote.net), tax: formats.money(quote.tax), total: formats.money(quote.total),
                lineNets: Dictionary(uniqueKeysWithValues: nets))
            objection = nil
        }
    }

    /// Where the process ended while the sale was being saved, the core may have it.
    private func settle() async {
        guard let saving = draft.saving, let made = try? await made() else { return }
        if made.isSubset(of: saving.before) { draft.saving = nil } else { forget() }
    }

    private func made() async throws -> Set<SaleId> {
        let rep = try await session.saha.account.info().rep?.id
        return Set(try await session.saha.sales.list(of: customer).filter { $0.rep == rep }.map(\.id))
    }

    private var draft: SaleDraft {
        get { session.drafts.sales[customer] ?? SaleDraft(visit: visit) }
        set { session.drafts.sales[customer] = newValue }
    }
}

/// What the core says of lines.
private enum Quoted {
    /// They come to that.
    case quote(SaleQuote)
    /// No sale can be made of them.
    case refused(SahaError)
}
