import Foundation
import Testing

@testable import Saha

/// Live queries, and the listener below them.
@Suite struct LiveTests {
    private func log(_ phone: Phone, of shop: Customer) async throws {
        try await phone.saha.calls.log(NewCall(customer: shop.id, disposition: .connected, direction: .outgoing))
    }

    @Test func theFirstValueComesFirstAndEveryChangeAfterIt() async throws {
        let phone = try await Phone.ofAyse()
        let shop = try await phone.shop()
        var counts: [Int] = []
        for try await calls in phone.saha.live(.call, query: { try await $0.calls.list(of: shop.id) }) {
            counts.append(calls.count)
            if counts.count == 3 { break }
            try await log(phone, of: shop)
        }
        #expect(counts == [counts[0], counts[0] + 1, counts[0] + 2])
    }

    @Test func leavingTheLoopEndsTheSubscription() async throws {
        let phone = try await Phone.ofAyse()
        let query = phone.saha.live(.customer) { try await $0.customers.search("", limit: 1) }
        for try await _ in query { break }
        try await until("the end") { phone.saha.audience.count == 0 }
    }

    @Test func cancellingTheTaskEndsTheLoop() async throws {
        let phone = try await Phone.ofAyse()
        let saha = phone.saha
        let seen = Box(0)
        let screen = Task {
            for try await _ in saha.live(.call, query: { try await $0.sync.status() }) { seen.change { $0 += 1 } }
            return Task.isCancelled
        }
        try await until("a value") { seen.value == 1 }
        screen.cancel()
        #expect(try await screen.value)
        try await until("the end") { saha.audience.count == 0 }
    }

    @Test func whatChangesWhileAScreenIsSlowComesAsOneValue() async throws {
        let phone = try await Phone.ofAyse()
        let shop = try await phone.shop()
        let before = try await phone.saha.calls.list(of: shop.id).count
        var counts: [Int] = []
        for try await calls in phone.saha.live(.call, query: { try await $0.calls.list(of: shop.id) }) {
            counts.append(calls.count - before)
            if counts.count == 2 { break }
            for _ in 0..<20 { try await log(phone, of: shop) }
        }
        #expect(counts == [0, 20])
    }

    @Test func changesOfOtherKindsAreNotHeardOf() async throws {
        let phone = try await Phone.ofAyse()
        let shop = try await phone.shop()
        var asked = 0
        let query = phone.saha.live(.visit) { saha in try await saha.visits.list(of: shop.id).count }
        var before: Int?
        for try await visits in query {
            asked += 1
            if let before, visits > before { break }
            before = visits
            for _ in 0..<5 { try await log(phone, of: shop) }
            try await phone.saha.visits.checkIn(shop.id)
        }
        #expect(asked == 2)
    }

    @Test func aQueryOfTheOutboxHearsOfASync() async throws {
        let phone = try await Phone.ofAyse()
        let (saha, shop) = (phone.saha, try await phone.shop())
        try await log(phone, of: shop)
        var sync: Task<SyncReport, any Error>?
        for try await waiting in saha.live(outbox: true, query: { try await $0.outbox.list() }) {
            if waiting.isEmpty { break }
            sync = sync ?? Task { try await saha.sync.run() }
        }
        #expect(try await sync?.value.applied == 1)
    }

    @Test func whatTheQueryThrowsEndsTheLoop() async throws {
        let phone = try await Phone.ofAyse()
        let error = try await failure {
            for try await _ in phone.saha.live(.customer, query: { try await $0.customers.get(code: "nobody") }) {}
        }
        #expect(error == .NotFound(kind: "customer", id: "nobody"))
        try await until("the end") { phone.saha.audience.count == 0 }
    }

    @Test func aShutdownEndsEveryLoop() async throws {
        let phone = try await Phone.ofAyse()
        let saha = phone.saha
        let seen = Box(0)
        let screens = (0..<3).map { _ in
            Task {
                for try await _ in saha.live(.call, query: { try await $0.sync.status() }) { seen.change { $0 += 1 } }
            }
        }
        try await until("the first values") { seen.value == 3 }
        try await saha.shutdown()
        for screen in screens { try await screen.value }
        var later = saha.live(.call) { try await $0.sync.status() }.makeAsyncIterator()
        #expect(try await later.next() == nil)
    }

    @Test func aQueryThatAShutdownOvertakesEndsItsLoop() async throws {
        let phone = try await Phone.ofAyse()
        var values = 0
        let query = phone.saha.live(.call) { saha in
            try await saha.shutdown()
            return try await saha.sync.status()
        }
        for try await _ in query { values += 1 }
        #expect(values == 0)
    }

    @Test func aListenerThatThrowsHarmsNobody() async throws {
        let phone = try await Phone.ofAyse()
        let shop = try await phone.shop()
        let (heard, wellHeard) = (Box(0), Box(0))
        let fails = try phone.saha.observe { _, _ in
            heard.change { $0 += 1 }
            throw heard.value % 2 == 0 ? SahaError.Busy : Failed("not again") as any Error
        }
        let works = try phone.saha.observe { _, _ in wellHeard.change { $0 += 1 } }
        for _ in 0..<4 { try await log(phone, of: shop) }
        #expect(heard.value == 5 && wellHeard.value == 5)
        fails.cancel()
        works.cancel()
        try await log(phone, of: shop)
        #expect(heard.value == 5 && wellHeard.value == 5)
    }

    @Test func aListenerMayCallBackIntoTheCore() async throws {
        let phone = try await Phone.ofAyse()
        let shop = try await phone.shop()
        let (saha, answers) = (phone.saha, Box<[Int64]>([]))
        let subscription = try saha.observe { kinds, _ in
            guard kinds.contains(.call) else { return }
            // Straight into the core, on the thread that wrote, and by way of a task.
            let status = try saha.door.handle.sync().status()
            answers.change { $0.append(status.waiting) }
            Task { try await saha.sync.status() }
        }
        try await log(phone, of: shop)
        subscription.cancel()
        #expect(answers.value == [0, 1])
    }

    @Test func aListenerThatIsNeverCancelledEndsWithTheCore() async throws {
        let heard = Box(0)
        var forgotten: [ChangeSubscription] = []
        do {
            let phone = try await Phone.ofAyse()
            forgotten.append(try phone.saha.observe { _, _ in heard.change { $0 += 1 } })
            try await phone.saha.shutdown()
            #expect(try await failure { try await phone.saha.sync.status() } == .Closed)
        }
        #expect(heard.value == 1 && forgotten.count == 1)
    }
}
