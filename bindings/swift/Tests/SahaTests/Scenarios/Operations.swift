import Foundation
import Saha

/// The arguments of a step.
struct Arguments {
    let with: JSON
    /// Where the files of the scenarios are.
    let files: URL

    /// The argument of that name.
    func get<Value: Codable>(_ name: String, as _: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(with[name]))
    }

    /// A record: what is left out is as in `prototype`.
    func get<Value: Codable>(_ name: String, over prototype: Value) throws -> Value {
        try with[name].read(over: prototype)
    }

    /// Any value of a type without defaults or enums in it.
    func optional<Value: Codable>(_ name: String, over prototype: Value) throws -> Value? {
        with[name] == .null ? nil : try get(name, over: prototype)
    }
}

/// One operation: what came of it.
typealias Operation = @Sendable (Saha, Arguments) async throws -> any Encodable

/// Every operation of the façade that asks for something and gets an answer.
let operations: [String: Operation] = [
    "account.info": { saha, _ in try await saha.account.info() },
    "account.sign_in": { saha, with in
        let (server, login): (String, String) = (try with.get("server"), try with.get("login"))
        return try await none {
            try await saha.account.signIn(server: server, login: login, password: with.get("password"))
        }
    },
    "account.sign_out": { saha, _ in try await none { try await saha.account.signOut() } },
    "calls.amend": { saha, with in
        let disposition = try with.get("disposition", over: CallDisposition.connected)
        return try await saha.calls.amend(
            with.get("call"), disposition: disposition, durationS: with.get("duration_s"),
            outcome: with.get("outcome"), note: with.get("note"))
    },
    "calls.delete": { saha, with in try await none { try await saha.calls.delete(with.get("id")) } },
    "calls.dispositions": { saha, _ in try await saha.calls.dispositions() },
    "calls.get": { saha, with in try await saha.calls.get(with.get("id")) },
    "calls.list_of": { saha, with in
        try await saha.calls.list(of: with.get("customer"), limit: with.get("limit"), offset: with.get("offset"))
    },
    "calls.list_on": { saha, with in
        try await saha.calls.list(on: with.get("date"), limit: with.get("limit"), offset: with.get("offset"))
    },
    "calls.log": { saha, with in
        let silent = NewCall(customer: UUID(), disposition: .connected, direction: .outgoing)
        return try await saha.calls.log(with.get("call", over: silent))
    },
    "calls.outcomes": { saha, _ in try await saha.calls.outcomes() },
    "core.verify_figures": { saha, _ in try await saha.verifyFigures() },
    "customers.create_prospect": { saha, with in
        try await saha.customers.createProspect(with.get("prospect", over: NewProspect(name: "")))
    },
    "customers.due": { saha, with in
        try await saha.customers.due(limit: with.get("limit"), offset: with.get("offset"))
    },
    "customers.get": { saha, with in try await saha.customers.get(with.get("id")) },
    "customers.get_by_code": { saha, with in try await saha.customers.get(code: with.get("code")) },
    "customers.name": { saha, with in try await saha.customers.name(of: with.get("id")) },
    "customers.nearby": { saha, with in
        let nowhere = GeoPoint(latE7: 0, lonE7: 0)
        return try await saha.customers.nearby(
            with.get("point", over: nowhere), limit: with.get("limit"), offset: with.get("offset"))
    },
    "customers.search": { saha, with in
        try await saha.customers.search(with.get("text"), limit: with.get("limit"), offset: with.get("offset"))
    },
    "customers.story": { saha, with in
        try await saha.customers.story(
            of: with.get("customer"), limit: with.get("limit"), offset: with.get("offset"))
    },
    "customers.update": { saha, with in
        let id: UUID = try Arguments(with: with.with["customer"], files: with.files).get("id")
        return try await saha.customers.update(with.get("customer", over: saha.customers.get(id)))
    },
    "outbox.dismiss_overridden": { saha, with in
        try await none { try await saha.outbox.dismissOverridden(with.get("op_id")) }
    },
    "outbox.list": { saha, _ in try await saha.outbox.list() },
    "outbox.list_overridden": { saha, _ in try await saha.outbox.listOverridden() },
    "outbox.resend": { saha, with in try await none { try await saha.outbox.resend(with.get("op_id")) } },
    "outbox.use_existing": { saha, with in try await none { try await saha.outbox.useExisting(with.get("op_id")) } },
    "outbox.withdraw": { saha, with in
        let change: UUID = try with.get("op_id")
        return try await none { try await saha.outbox.withdraw(change, withDependants: with.get("with_dependants")) }
    },
    "photos.attach": { saha, with in
        var photo = try with.get("photo", over: NewPhoto(path: "", purpose: .shelf))
        photo.path = with.files.appending(path: photo.path).path
        return try await saha.photos.attach(photo, to: with.get("visit"))
    },
    "photos.delete": { saha, with in try await none { try await saha.photos.delete(with.get("id")) } },
    "photos.edit": { saha, with in
        let purpose = try with.get("purpose", over: PhotoPurpose.shelf)
        return try await saha.photos.edit(with.get("id"), purpose: purpose, note: with.get("note"))
    },
    "photos.fetch": { saha, with in try await saha.photos.fetch(with.get("id")).path },
    "photos.file": { saha, with in try await saha.photos.file(of: with.get("id")) },
    "photos.get": { saha, with in try await saha.photos.get(with.get("id")) },
    "photos.list_of": { saha, with in
        try await saha.photos.list(of: with.get("visit"), limit: with.get("limit"), offset: with.get("offset"))
    },
    "photos.purposes": { saha, _ in try await saha.photos.purposes() },
    "plan.add": { saha, with in
        try await saha.plan.add(with.get("item", over: NewPlanItem(customer: UUID(), date: CalendarDate(.now))))
    },
    "plan.day": { saha, with in try await saha.plan.day(with.get("date")) },
    "plan.get": { saha, with in try await saha.plan.get(with.get("id")) },
    "plan.remove": { saha, with in try await none { try await saha.plan.remove(with.get("id")) } },
    "plan.update": { saha, with in
        let empty = PlanItem(
            id: UUID(), rep: UUID(), customer: UUID(), date: CalendarDate(.now), window: nil, sequence: 1, note: nil)
        return try await saha.plan.update(with.get("item", over: empty))
    },
    "products.get": { saha, with in try await saha.products.get(with.get("id")) },
    "products.get_by_code": { saha, with in try await saha.products.get(code: with.get("code")) },
    "products.search": { saha, with in
        try await saha.products.search(with.get("text"), limit: with.get("limit"), offset: with.get("offset"))
    },
    "sales.cancel": { saha, with in try await saha.sales.cancel(with.get("sale")) },
    "sales.change_line": { saha, with in
        let price = try with.optional("unit_price", over: UnitPrice(amountMicro: 0, currency: "TRY"))
        let (line, sale): (UUID, UUID) = (try with.get("line"), try with.get("sale"))
        return try await saha.sales.changeLine(
            line, of: sale, quantityMilli: with.get("quantity_milli"), unitPrice: price,
            discountsBp: with.get("discounts_bp"))
    },
    "sales.create": { saha, with in
        let empty = NewSale(customer: UUID(), lines: [NewSaleLine(product: UUID(), quantityMilli: 0)])
        return try await saha.sales.create(with.get("sale", over: empty))
    },
    "sales.get": { saha, with in try await saha.sales.get(with.get("id")) },
    "sales.list_of": { saha, with in
        try await saha.sales.list(of: with.get("customer"), limit: with.get("limit"), offset: with.get("offset"))
    },
    "sales.list_on": { saha, with in
        try await saha.sales.list(on: with.get("date"), limit: with.get("limit"), offset: with.get("offset"))
    },
    "sales.quote": { saha, with in
        let lines: [JSON] = try with.get("lines")
        let empty = NewSaleLine(product: UUID(), quantityMilli: 0)
        return try await saha.sales.quote(lines.map { try $0.read(over: empty) })
    },
    "sales.remove_line": { saha, with in
        let line: UUID = try with.get("line")
        return try await saha.sales.removeLine(line, of: with.get("sale"))
    },
    "sync.cancel": { saha, _ in try await none { try await saha.sync.cancel() } },
    "sync.diagnosis": { saha, _ in try await saha.sync.diagnosis() },
    "sync.run": { saha, with in try await saha.sync.run(with.get("budget", over: SyncBudget())) },
    "sync.status": { saha, _ in try await saha.sync.status() },
    "targets.progress": { saha, _ in try await saha.targets.progress() },
    "targets.progress_at": { saha, with in
        let asOfMs: Int64 = try with.get("as_of_ms")
        return try await saha.targets.progress(at: Date(timeIntervalSince1970: Double(asOfMs) / 1000))
    },
    "targets.records": { saha, with in
        try await saha.targets.records(
            behind: with.get("target"), limit: with.get("limit"), offset: with.get("offset"))
    },
    "targets.records_at": { saha, with in
        let asOfMs: Int64 = try with.get("as_of_ms")
        return try await saha.targets.records(
            behind: with.get("target"), at: Date(timeIntervalSince1970: Double(asOfMs) / 1000),
            limit: with.get("limit"), offset: with.get("offset"))
    },
    "visits.amend": { saha, with in
        try await saha.visits.amend(with.get("visit"), outcome: with.get("outcome"), note: with.get("note"))
    },
    "visits.check_in": { saha, with in
        let here = Location(
            point: GeoPoint(latE7: 0, lonE7: 0), accuracyM: 0, fixAgeMs: 0, provider: "", mocked: false)
        return try await saha.visits.checkIn(with.get("customer"), at: with.optional("location", over: here))
    },
    "visits.check_out": { saha, with in
        try await saha.visits.checkOut(with.get("visit"), with.get("end", over: VisitEnd(outcome: "")))
    },
    "visits.get": { saha, with in try await saha.visits.get(with.get("id")) },
    "visits.in_progress": { saha, _ in try await saha.visits.inProgress() },
    "visits.list_of": { saha, with in
        try await saha.visits.list(of: with.get("customer"), limit: with.get("limit"), offset: with.get("offset"))
    },
    "visits.list_on": { saha, with in
        try await saha.visits.list(on: with.get("date"), limit: with.get("limit"), offset: with.get("offset"))
    },
    "visits.outcomes": { saha, _ in try await saha.visits.outcomes() },
    "visits.void": { saha, with in try await saha.visits.void(with.get("visit")) },
]

/// A call that gives nothing is null in the results.
func none(_ call: () async throws -> Void) async throws -> any Encodable {
    try await call()
    return JSON.null
}
