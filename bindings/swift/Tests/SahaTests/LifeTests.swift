import Foundation
import Saha
import Testing

/// Opening, closing, and what goes wrong between.
@Suite struct LifeTests {
    @Test func afterAShutdownEveryCallSaysClosed() async throws {
        let phone = try await Phone.ofAyse()
        let (saha, shop) = (phone.saha, try await phone.shop())
        try await saha.shutdown()
        let end = VisitEnd(outcome: "order")
        let calls: [@Sendable () async throws -> Void] = [
            { _ = try await saha.customers.search("") },
            { _ = try await saha.products.get(code: "P001") },
            { try await saha.visits.checkIn(shop.id) },
            { try await saha.visits.checkOut(UUID(), end) },
            { _ = try await saha.targets.progress() },
            { _ = try await saha.outbox.list() },
            { _ = try await saha.account.info() },
            { try await saha.sync.run() },
            { _ = try saha.observe { _, _ in } },
            { _ = try await saha.sync.status() },
            { _ = try await saha.photos.fetch(UUID()) },
            { try await saha.account.signIn(server: "https://saha.example", login: "a", password: "b") },
        ]
        for call in calls {
            #expect(try await failure(of: call) == .Closed)
        }
    }

    @Test func aSecondShutdownDoesNothing() async throws {
        let phone = try await Phone()
        try await phone.saha.shutdown()
        try await phone.saha.shutdown()
        async let one: Void = phone.saha.shutdown()
        async let other: Void = phone.saha.shutdown()
        _ = try await (one, other)
        #expect(try await failure { try await phone.saha.sync.status() } == .Closed)
    }

    @Test func aShutdownInMidSyncEndsTheSync() async throws {
        let company = try Company()
        let phone = try await Phone.ofAyse(at: company)
        let saha = phone.saha
        let sync = try await phone.hangingSync()
        try await saha.shutdown()
        #expect([.Closed, .Cancelled].contains(try await sync.value))
    }

    @Test func aPanicBecomesAnErrorAndTheCoreWorksOn() async throws {
        let phone = try await Phone.ofAyse(at: Company())
        let (saha, shop) = (phone.saha, try await phone.shop())
        phone.clock.panicAtNextReading()
        let error = try await failure { try await saha.visits.checkIn(shop.id) }
        guard case .Internal(let reason) = error else { throw Failed("\(error)") }
        #expect(reason.contains("a test asked the clock for a panic"))
        #expect(try await saha.visits.inProgress() == nil, "nothing of the write is kept")
        let visit = try await saha.visits.checkIn(shop.id)
        #expect(try await saha.visits.inProgress() == visit)
        #expect(try await saha.sync.run().isComplete)
        #expect(try await saha.verifyFigures() == [])
    }

    @Test func whatIsWrittenIsThereAfterAReopening() async throws {
        let phone = try await Phone.ofAyse()
        let shop = try await phone.shop()
        let visit = try await phone.saha.visits.checkIn(shop.id)
        try await phone.saha.shutdown()
        let config = Config(folder: phone.folder.path, lang: .en)
        let again = try await Saha.open(config, secrets: phone.secrets, clock: phone.clock)
        #expect(try await again.visits.inProgress() == visit)
        #expect(try await again.account.info().isSignedIn)
    }

    @Test func eachAccountHasAFolderOfItsOwn() async throws {
        let folder = try TemporaryFolder()
        for login in ["mehmet", "AYŞE"] {
            let config = Config(folder: folder.path, account: login, lang: .tr)
            let saha = try await Saha.open(config, secrets: MemorySecretStore())
            try await saha.shutdown()
        }
        #expect(try await Saha.knownAccounts(in: folder.path) == ["ayşe", "mehmet"])
    }

    @Test func anOpenedCoreGoesWithItsLastReference() async throws {
        weak var gone: Saha?
        do {
            let folder = try TemporaryFolder()
            let saha = try await Saha.open(Config(folder: folder.path, lang: .en), secrets: MemorySecretStore())
            gone = saha
            _ = try await saha.sync.status()
        }
        #expect(gone == nil)
    }
}
