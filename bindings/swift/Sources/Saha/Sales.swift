import SahaBindings

/// Questions and wishes about sales: `saha.sales`.
public struct Sales: Sendable {
    let door: Door<SalesHandle>

    /// Makes a confirmed sale as of now, with the next document number of this device, or one without a series where the device
    /// has none. A price below the product's floor is refused here already, as far as the phone knows the floor. Durable when
    /// it returns, and counted.
    ///
    /// ```swift
    /// let crates = NewSaleLine(product: cola.id, quantityMilli: 24_000)
    /// let sale = try await saha.sales.create(NewSale(customer: shop.id, lines: [crates]))
    /// ```
    @discardableResult
    public func create(_ sale: NewSale) async throws(SahaError) -> Sale {
        try await door.local { try $0.create(sale: sale) }
    }

    /// What a sale of these lines would come to if it were made now, or the error that its making would give. Stores nothing and
    /// uses up no number.
    public func quote(_ lines: [NewSaleLine]) async throws(SahaError) -> SaleQuote {
        try await door.local { try $0.quote(lines: lines) }
    }

    /// Corrects quantity, price or discounts of a line; what is left out stays. Where the sale was refused, this repairs it.
    ///
    /// - Parameters:
    ///   - line: A line of the sale.
    ///   - sale: The rep's own sale.
    ///   - quantityMilli: Thousandths of the product's unit; more than zero.
    ///   - unitPrice: Price of one unit.
    ///   - discountsBp: Discounts in the order in which they are taken, basis points.
    @discardableResult
    public func changeLine(
        _ line: SaleLineId, of sale: SaleId, quantityMilli: Int64? = nil, unitPrice: UnitPrice? = nil,
        discountsBp: [Int32]? = nil
    ) async throws(SahaError) -> Sale {
        try await door.local {
            try $0.changeLine(
                sale: sale, line: line, quantityMilli: quantityMilli, unitPrice: unitPrice, discountsBp: discountsBp)
        }
    }

    /// Takes a line out. The last line can't go: cancel the sale instead.
    @discardableResult
    public func removeLine(_ line: SaleLineId, of sale: SaleId) async throws(SahaError) -> Sale {
        try await door.local { try $0.removeLine(sale: sale, line: line) }
    }

    /// Cancels a sale as of now: a negative entry on today's date. The document stays.
    @discardableResult
    public func cancel(_ sale: SaleId) async throws(SahaError) -> Sale {
        try await door.local { try $0.cancel(sale: sale) }
    }

    /// The sale.
    ///
    /// - Throws: ``SahaError/NotFound(kind:id:)`` where it is not on this device.
    public func get(_ id: SaleId) async throws(SahaError) -> Sale {
        try await door.local { try $0.get(id: id) }
    }

    /// Sales of one date where they were made, by anyone in sight, in order of time. At most 200 a page.
    public func list(on date: CalendarDate, limit: Int = 200, offset: Int = 0) async throws(SahaError) -> [Sale] {
        try await door.local { try $0.listOn(date: date, limit: Int64(limit), offset: Int64(offset)) }
    }

    /// Sales to a customer, newest first. At most 200 a page.
    public func list(of customer: CustomerId, limit: Int = 200, offset: Int = 0) async throws(SahaError) -> [Sale] {
        try await door.local { try $0.listOf(customer: customer, limit: Int64(limit), offset: Int64(offset)) }
    }
}
