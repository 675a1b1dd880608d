import Foundation
import Saha
import Testing

@testable import SahaApp
@testable import TestKit

/// Time that the system grants, and ends when it likes.
@MainActor @Suite struct BackgroundTests {
    let company: Office
    let folder: TemporaryFolder

    init() throws {
        (company, folder) = (try Office(), try TemporaryFolder())
    }

    /// A phone on which a call waits, as there was no network when it was written down.
    private func phoneWithACall() async throws -> (Handset, Session) {
        let handset = try await Handset.ofAyse(at: company, in: folder)
        let session = try handset.session
        handset.network.become(isReachable: false)
        let shop = try #require(try await session.saha.customers.search("", limit: 1).first)
        try await session.saha.calls.log(NewCall(customer: shop.id, disposition: .noAnswer, direction: .outgoing))
        try await eventually("the call") { session.status?.waiting == 1 }
        return (handset, session)
    }

    @Test func timeThatEndsEarlyEndsTheSyncAndALaterOneFinishesIt() async throws {
        let (handset, session) = try await phoneWithACall()
        company.pause()
        let short = handset.background.grant(.refresh)
        let working = Task { await handset.app.carryOut(short) }
        try await eventually("a sync that hangs") { try await session.saha.sync.status().isSyncing }
        // Asked for before the work begins: whoever is killed in the middle has his next time.
        #expect(handset.background.requests[.refresh] != nil && short.answers.value == [])
        let begun = ContinuousClock.now
        short.expire()
        await working.value
        #expect(short.answers.value == [false] && ContinuousClock.now - begun < .seconds(5))
        #expect(try await session.saha.sync.status().waiting == 1)
        #expect(handset.background.requests[.processing] != nil, "there is more to do")

        company.resume()
        let long = handset.background.grant(.processing)
        await handset.app.carryOut(long)
        #expect(long.answers.value == [true])
        #expect(try await session.saha.sync.status().waiting == 0)
    }

    @Test func theAppIsStartedForItsTimeAlone() async throws {
        let (handset, _) = try await phoneWithACall()
        try await handset.close()
        let woken = Handset(folder: folder.url)
        let task = woken.background.grant(.refresh)
        await woken.app.carryOut(task)
        #expect(task.answers.value == [true])
        #expect(try await woken.session.saha.sync.status().waiting == 0)
        let next = try #require(woken.background.requests[.refresh])
        #expect(next.earliest.timeIntervalSince(Date.now) > 14 * 60)
    }

    @Test func nothingIsDoneWhereNobodyIsSignedIn() async throws {
        let handset = Handset(folder: folder.url)
        let task = handset.background.grant(.refresh)
        await handset.app.carryOut(task)
        #expect(task.answers.value == [true])
        _ = try handset.signInScreen
    }

    @Test func aPhoneThatWasNotUnlockedYetIsTriedLater() async throws {
        let (handset, _) = try await phoneWithACall()
        try await handset.close()
        // Before the first unlock no file can be read.
        let file = folder.url.appending(path: "saha/app.json")
        let kept = try Data(contentsOf: file)
        try FileManager.default.removeItem(at: file)
        try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
        let woken = Handset(folder: folder.url)
        let task = woken.background.grant(.refresh)
        await woken.app.carryOut(task)
        guard case .failed = woken.app.stage else { throw Failed("the app is at \(woken.app.stage)") }
        #expect(task.answers.value == [false] && woken.background.requests[.refresh] != nil)
        // Unlocked, everything is as it was.
        try FileManager.default.removeItem(at: file)
        try kept.write(to: file)
        await woken.app.start()
        _ = try woken.session
    }

    @Test func anAppThatIsPutAwaySendsWhatWaitsAndOtherwiseAsksForNothing() async throws {
        let (handset, session) = try await phoneWithACall()
        let sending = FakeTime(.leaving)
        await handset.app.carryOut(sending)
        #expect(sending.answers.value == [true])
        #expect(try await session.saha.sync.status().waiting == 0)
        // Whoever asked now would wait for an answer.
        company.pause()
        let nothing = FakeTime(.leaving)
        await handset.app.carryOut(nothing)
        #expect(nothing.answers.value == [true])
        company.resume()
    }

    @Test func theNextTimeIsNotBeforeTheCompanyWantsToHearOfUs() throws {
        let handset = Handset(folder: folder.url)
        let device = handset.app.device
        SyncScheduler.submit([.refresh, .processing], after: nil, to: device)
        #expect(handset.background.requests[.refresh]?.earliest == device.now() + 15 * 60)
        let hour = device.now() + 60 * 60
        SyncScheduler.submit([.refresh], after: hour, to: device)
        #expect(handset.background.requests[.refresh]?.earliest == hour)
        #expect(handset.background.requests[.processing]?.earliest == device.now() + 15 * 60)
    }

    @Test func filesStayOnThePhoneWhereTheNetworkCostsMoneyUntilTheRepAllowsIt() async throws {
        let handset = try await Handset.ofAyse(at: company, in: folder)
        let session = try handset.session
        handset.network.become(isReachable: true, isMetered: true)
        let shop = try #require(try await session.saha.customers.search("", limit: 1).first)
        try await session.checkIn(at: shop.id)
        guard case .visit(let id)? = session.navigation[.today].last else { throw Failed("no visit is in front") }
        let visit = session.visit(id)
        let screen = handset.show { await visit.run() }
        handset.camera.picture.change { $0 = Data([0xff, 0xd8, 0xff, 0xe0] + UUID().uuidString.utf8) }
        await visit.picture(of: .shelf, from: .camera)
        #expect(visit.trouble.sentence == nil)
        let file = try #require(handset.camera.given.value)
        #expect(!FileManager.default.fileExists(atPath: file.path), "the core has a copy of its own")
        try await eventually("the photo on the screen") { visit.photos.count == 1 }
        await session.sync.syncNow()
        #expect(session.sync.trouble.sentence == nil)
        #expect(try await session.saha.sync.status().filesWaiting == 1)
        session.settings().sendsFilesOnMeteredNetworks = true
        await session.sync.syncNow()
        #expect(try await session.saha.sync.status().filesWaiting == 0)
        _ = screen
    }
}
