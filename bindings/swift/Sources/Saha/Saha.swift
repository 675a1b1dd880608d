import Foundation
@_exported import SahaBindings

/// An open core: what a rep does is stored, queued and counted on the phone, and brought to the company's server when there is
/// a network. One for each account's folder and process.
///
/// ```swift
/// let saha = try await Saha.open(Config(folder: folder.path, lang: .tr), secrets: KeychainSecretStore())
/// let shop = try await saha.customers.search("ihlamur", limit: 1)[0]
/// let visit = try await saha.visits.checkIn(shop.id)
/// try await saha.visits.checkOut(visit.id, VisitEnd(outcome: "order"))
/// ```
///
/// Every call may be made from any task or actor. A local one runs on a thread of the package's own and is durable when it
/// returns; what is under way is carried out even where the task is cancelled. Calls that wait for a network
/// (``Account/signIn(server:login:password:)``, ``Sync/run(_:)``, ``Photos/fetch(_:)``) end with the task. Every error is a
/// ``SahaError``.
public final class Saha: Sendable {
    /// Customers.
    public let customers: Customers
    /// Products.
    public let products: Products
    /// Visits.
    public let visits: Visits
    /// Calls.
    public let calls: Calls
    /// Sales.
    public let sales: Sales
    /// Photos of visits.
    public let photos: Photos
    /// The plan.
    public let plan: Plan
    /// Targets.
    public let targets: Targets
    /// What waits, what was refused, and what can be done about it.
    public let outbox: Outbox
    /// Syncing.
    public let sync: Sync
    /// Signing in and out.
    public let account: Account

    let door: Door<SahaBindings.Saha>
    let audience = Audience()

    init(_ core: SahaBindings.Saha) {
        door = Door(core)
        customers = Customers(door: Door(core.customers()))
        products = Products(door: Door(core.products()))
        visits = Visits(door: Door(core.visits()))
        calls = Calls(door: Door(core.calls()))
        sales = Sales(door: Door(core.sales()))
        photos = Photos(door: Door(core.photos()))
        plan = Plan(door: Door(core.plan()))
        targets = Targets(door: Door(core.targets()))
        outbox = Outbox(door: Door(core.outbox()))
        sync = Sync(door: Door(core.sync()))
        account = Account(door: Door(core.account()))
    }

    /// Opens the database, and makes it where it is missing. Never needs a network or a token. From then on errors speak the
    /// language of `config`.
    ///
    /// - Parameters:
    ///   - config: The folder and what the app is called. Keep the folder out of the system's backup.
    ///   - secrets: Where tokens are kept: `KeychainSecretStore` on a phone.
    /// - Throws: ``SahaError/Busy`` where another process holds it for more than five seconds.
    public static func open(_ config: Config, secrets: any SecretStore) async throws(SahaError) -> Saha {
        let core = try await Door(config).local { try SahaBindings.Saha.open(config: $0, secrets: secrets) }
        AppLanguage.current = config.lang
        return Saha(core)
    }

    /// As ``open(_:secrets:)``, with clocks that a test sets. Everything else is as in the app.
    ///
    /// ```swift
    /// let clock = TestClock(utcMs: 1_764_000_000_000)
    /// let saha = try await Saha.open(config, secrets: MemorySecretStore(), clock: clock)
    /// clock.advance(ms: 3_600_000)
    /// ```
    public static func open(
        _ config: Config, secrets: any SecretStore, clock: TestClock
    ) async throws(SahaError) -> Saha {
        let core = try await Door(config).local {
            try SahaBindings.Saha.openWithClock(config: $0, secrets: secrets, clock: clock)
        }
        AppLanguage.current = config.lang
        return Saha(core)
    }

    /// The accounts that were opened in the app's folder before, by their login names in lower case and in order: for the
    /// screen that asks who is there. Each is opened with `Config.account`.
    public static func knownAccounts(in folder: String) async throws(SahaError) -> [String] {
        try await Door(folder).local { try SahaBindings.knownAccounts(folder: $0) }
    }

    /// Compares every figure with a recount of the records. An empty answer is a healthy database; each line names a cell that
    /// differs. Reads everything, so it is for support, not for a screen.
    public func verifyFigures() async throws(SahaError) -> [String] {
        try await door.local { try $0.verifyFigures() }
    }

    /// Stops the sync and closes the database. Live queries end; later calls say ``SahaError/Closed``; a second shutdown does
    /// nothing.
    public func shutdown() async throws(SahaError) {
        audience.leave()
        try await door.local { try $0.shutdown() }
    }
}
