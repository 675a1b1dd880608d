import Foundation
import Saha
import Testing

/// Tasks: many at a time, and ones that are cancelled.
@Suite struct TaskTests {
    @Test func manyTasksWriteAndReadAtOnce() async throws {
        let phone = try await Phone.ofAyse()
        let (saha, shop) = (phone.saha, try await phone.shop())
        let ids = try await withThrowingTaskGroup(of: CallId.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    let call = try await saha.calls.log(
                        NewCall(customer: shop.id, disposition: .connected, direction: .outgoing))
                    #expect(try await saha.calls.get(call.id) == call)
                    #expect(try await saha.customers.get(shop.id) == shop)
                    return call.id
                }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(ids.count == 200)
        #expect(try await saha.sync.status().waiting == 200)
        #expect(try await saha.verifyFigures() == [])
    }

    @Test func aTaskThatIsCancelledInMidSyncEndsAtOnceAndLosesNothing() async throws {
        let company = try Company()
        let phone = try await Phone.ofAyse(at: company)
        let (saha, shop) = (phone.saha, try await phone.shop())
        try await saha.visits.checkIn(shop.id)
        let sync = try await phone.hangingSync()
        let begun = ContinuousClock.now
        sync.cancel()
        #expect(try await sync.value == .Cancelled)
        #expect(ContinuousClock.now - begun < .seconds(10))
        try await until("the end") { try await !saha.sync.status().isSyncing }
        #expect(try await saha.sync.status().waiting == 1)
        company.resume()
        #expect(try await saha.sync.run().isComplete)
        #expect(try await saha.sync.status().waiting == 0)
    }

    @Test func whoeverCancelsHisTaskTakesTheSyncFromNobodyElse() async throws {
        let company = try Company()
        let phone = try await Phone.ofAyse(at: company)
        let saha = phone.saha
        company.pause()
        let stays = Task { try await saha.sync.run() }
        try await until("the sync") { try await saha.sync.status().isSyncing }
        let goes = Task { try await failure { try await saha.sync.run() } }
        goes.cancel()
        #expect(try await goes.value == .Cancelled)
        #expect(try await saha.sync.status().isSyncing)
        company.resume()
        #expect(try await stays.value.isComplete)
    }

    @Test func aTaskThatWasCancelledBeforeDoesNotSync() async throws {
        let phone = try await Phone.ofAyse()
        let saha = phone.saha
        let begins = Box(false)
        let sync = Task {
            try await until { begins.value || Task.isCancelled }
            return try await failure { try await saha.sync.run() }
        }
        sync.cancel()
        begins.change { $0 = true }
        await #expect(throws: CancellationError.self) {
            // Whichever comes first says that it was cancelled.
            if try await sync.value == .Cancelled { throw CancellationError() }
        }
    }

    @Test func aSignInThatHangsEndsWithItsTask() async throws {
        let company = try Company()
        let phone = try await Phone(of: company)
        company.pause()
        let signIn = Task {
            try await failure {
                try await phone.saha.account.signIn(server: company.url, login: "ayse.yilmaz", password: "secret")
            }
        }
        try await Task.sleep(for: .milliseconds(50))
        signIn.cancel()
        #expect(try await signIn.value == .Cancelled)
        #expect(try await !phone.saha.account.info().isSignedIn)
    }

    @Test func aSyncIsStoppedForEverybody() async throws {
        let company = try Company()
        let phone = try await Phone.ofAyse(at: company)
        let saha = phone.saha
        let sync = try await phone.hangingSync()
        try await saha.sync.cancel()
        #expect(try await sync.value == .Cancelled)
    }

    @Test func aLocalWriteIsCarriedOutWhateverBecomesOfItsTask() async throws {
        let phone = try await Phone.ofAyse()
        let (saha, shop) = (phone.saha, try await phone.shop())
        let write = Task { try await saha.visits.checkIn(shop.id) }
        write.cancel()
        #expect(try await saha.visits.get(try await write.value.id).customer == shop.id)
    }
}
