import SahaBindings

/// Questions and wishes about customers: `saha.customers`.
public struct Customers: Sendable {
    let door: Door<CustomersHandle>

    /// The customer.
    ///
    /// - Throws: ``SahaError/NotFound(kind:id:)`` where he is not on this device.
    public func get(_ id: CustomerId) async throws(SahaError) -> Customer {
        try await door.local { try $0.get(id: id) }
    }

    /// The customer by the company's code.
    public func get(code: String) async throws(SahaError) -> Customer {
        try await door.local { try $0.getByCode(code: code) }
    }

    /// Customers whose name, district or code holds every word of `text`, however Turkish letters are typed; exact spelling
    /// first, then by name. An empty text lists everyone.
    ///
    /// ```swift
    /// let shops = try await saha.customers.search("ihlamur", limit: 50)
    /// ```
    ///
    /// - Parameters:
    ///   - text: Words in any order.
    ///   - limit: Length of the page, 200 at the most.
    ///   - offset: How many come before the page.
    public func search(_ text: String, limit: Int = 200, offset: Int = 0) async throws(SahaError) -> [Customer] {
        try await door.local { try $0.search(text: text, limit: Int64(limit), offset: Int64(offset)) }
    }

    /// The rep's customers of today whose next visit is due, today's included, those who are due longest first. By the call cycles
    /// of the company, without which nobody is due; customers who are lost are not visited. At most 200 a page.
    public func due(limit: Int = 200, offset: Int = 0) async throws(SahaError) -> [DueCustomer] {
        try await door.local { try $0.due(limit: Int64(limit), offset: Int64(offset)) }
    }

    /// Customers with a known place, the nearest to `point` first. At most 200 a page.
    public func nearby(
        _ point: GeoPoint, limit: Int = 200, offset: Int = 0
    ) async throws(SahaError) -> [NearbyCustomer] {
        try await door.local { try $0.nearby(point: point, limit: Int64(limit), offset: Int64(offset)) }
    }

    /// What happened with a customer: visits, calls and sales by anyone in sight, newest first, each with whether the company
    /// has it. At most 200 a page.
    public func story(
        of customer: CustomerId, limit: Int = 200, offset: Int = 0
    ) async throws(SahaError) -> [StoryEntry] {
        try await door.local { try $0.story(customer: customer, limit: Int64(limit), offset: Int64(offset)) }
    }

    /// The customer's name, even of one who is out of sight and of whom only the name is left.
    public func name(of id: CustomerId) async throws(SahaError) -> String {
        try await door.local { try $0.name(id: id) }
    }

    /// Writes down a prospect. He is the rep's own from now on; the office gives code and segment.
    public func createProspect(_ prospect: NewProspect) async throws(SahaError) -> Customer {
        try await door.local { try $0.createProspect(prospect: prospect) }
    }

    /// Saves an edited customer. Of the fields, a rep may change name, tax number, phone, district, address, location and note;
    /// the server refuses the others. Where the customer's last change was refused, this repairs it.
    ///
    /// ```swift
    /// shop.phone = "0532 000 00 00"
    /// shop = try await saha.customers.update(shop)
    /// ```
    public func update(_ customer: Customer) async throws(SahaError) -> Customer {
        try await door.local { try $0.update(customer: customer) }
    }
}
