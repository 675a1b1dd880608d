import SahaBindings

/// Questions about products, which are the company's to give: `saha.products`.
public struct Products: Sendable {
    let door: Door<ProductsHandle>

    /// The product.
    ///
    /// - Throws: ``SahaError/NotFound(kind:id:)`` where it is not on this device.
    public func get(_ id: ProductId) async throws(SahaError) -> Product {
        try await door.local { try $0.get(id: id) }
    }

    /// The product by the company's code.
    public func get(code: String) async throws(SahaError) -> Product {
        try await door.local { try $0.getByCode(code: code) }
    }

    /// Products whose name, group or code holds every word of `text`; an empty text lists all.
    ///
    /// - Parameters:
    ///   - text: Words in any order.
    ///   - limit: Length of the page, 200 at the most.
    ///   - offset: How many come before the page.
    public func search(_ text: String, limit: Int = 200, offset: Int = 0) async throws(SahaError) -> [Product] {
        try await door.local { try $0.search(text: text, limit: Int64(limit), offset: Int64(offset)) }
    }
}
