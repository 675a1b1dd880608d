import Foundation
import Saha
import Testing

@testable import SahaApp
@testable import TestKit

/// A rep's days with the app, screen by screen, on the real core and against a real server.
@MainActor @Suite struct JourneyTests {
    let company: Office
    let folder: TemporaryFolder

    init() throws {
        (company, folder) = (try Office(), try TemporaryFolder())
    }

    @Test func whoeverSignsInSeesHisDayWhenTheFirstSyncIsThrough() async throws {
        let handset = Handset(folder: folder.url)
        await handset.app.start()
        await #expect(throws: Failed.self) { try await handset.signIn(at: company, password: "wrong") }
        let said = try handset.signInScreen.trouble.sentence
        #expect(said == SahaError.SignInRefused(code: "wrong_credentials").text(lang: .en))
        try await handset.signIn(at: company)
        let session = try handset.session
        let today = session.today()
        let screen = handset.show { await today.run() }
        // Nobody has to ask for it.
        try await eventually("the first sync") { session.status?.isComplete == true }
        try await eventually("the targets") { today.targets?.isEmpty == false }
        #expect(session.status?.isComplete == true && today.trouble.sentence == nil)
        screen.close()
        try await handset.close()
        // The next start needs nobody.
        let next = Handset(folder: folder.url)
        await next.app.start()
        _ = try next.session
    }

    @Test func aVisitIsLoggedInTwoTaps() async throws {
        let handset = try await Handset.ofAyse(at: company, in: folder)
        let session = try handset.session
        let shop = try #require(try await session.saha.customers.search("", limit: 1).first)
        await session.customer(shop.id).plan()
        let today = session.today()
        let screen = handset.show { await today.run() }
        try await eventually("the stop") { today.stops.last?.customer == shop && today.targets != nil }
        let stop = try #require(today.stops.last)
        #expect(stop.state == .planned)
        let before = try await visitsToday(session)
        handset.places.place.change { $0 = shop.location.map { here(at: $0) } }

        var taps = 0
        let begun = ContinuousClock.now
        taps += 1
        await today.checkIn(at: stop.customer.id)
        guard case .visit(let id)? = session.navigation[.today].last else { throw Failed("no visit is in front") }
        let visit = session.visit(id)
        let below = handset.show { await visit.run() }
        try await eventually("the visit") { visit.isOpen && !visit.outcomes.isEmpty }
        #expect(visit.name == shop.name && visit.verdict == GeoVerdict.inside.text(lang: .en))
        taps += 1
        await visit.choose(try #require(visit.outcomes.first))

        #expect(taps == 2 && visit.trouble.sentence == nil)
        #expect(ContinuousClock.now - begun < .seconds(2), "the app makes nobody wait between the two")
        #expect(session.navigation[.today].isEmpty, "he is back where he began")
        #expect(try await visitsToday(session) == before + 1)
        try await eventually("the stop is done") { today.stops.last?.state == .done }
        today.open(try #require(today.stops.last))
        #expect(session.navigation[.today] == [.visit(id)])
        _ = (screen, below)
    }

    @Test func aSaleOfflineMovesTheBarAndIsSentWhenTheNetworkIsBack() async throws {
        let handset = try await Handset.ofAyse(at: company, in: folder)
        let session = try handset.session
        handset.network.become(isReachable: false)
        let today = session.today()
        let screen = handset.show { await today.run() }
        try await eventually("the targets") { today.targets?.isEmpty == false }
        let revenue = try #require(try await session.saha.targets.progress().first { $0.metric == .revenue })
        let before = try #require(today.targets?.first { $0.id == revenue.target })

        let shop = try #require(try await session.saha.customers.search("", limit: 1).first)
        session.navigation.open(.sale(shop.id, nil))
        let sale = session.sale(shop.id, visit: nil)
        let above = handset.show { await sale.search() }
        try await eventually("the products") { !sale.products.isEmpty }
        sale.add(sale.products[0])
        sale.set(12.5, of: sale.products[0].id)
        #expect(sale.lines.map(\.quantityMilli) == [12_500])
        await sale.save()
        guard case .made(let made)? = session.navigation[.today].last else { throw Failed("no sale is in front") }
        let net = try await session.saha.sales.get(made).netMinor

        try await eventually("the bar") {
            let now = today.targets?.first { $0.id == revenue.target }
            return now.map { $0.bar.waiting > before.bar.waiting } ?? false
        }
        let after = try #require(try await session.saha.targets.progress().first { $0.target == revenue.target })
        #expect(after.actual == revenue.actual + net && after.waiting == revenue.waiting + net)
        #expect(session.drafts == Drafts(), "what was saved is no draft any more")
        // Nothing was tried: there was no network.
        #expect(try await session.saha.sync.status().waiting == 1)
        handset.network.become(isReachable: true)
        try await eventually("the sync") { session.status?.waiting == 0 && session.status?.accepted == 0 }
        let sent = try #require(try await session.saha.targets.progress().first { $0.target == revenue.target })
        #expect(sent.confirmed == revenue.confirmed + net && sent.waiting == revenue.waiting)
        _ = (screen, above)
    }

    @Test func whatWasBegunOutlivesTheProcess() async throws {
        let handset = try await Handset.ofAyse(at: company, in: folder)
        let shop = try #require(try await handset.session.saha.customers.search("", limit: 1).first)
        try await handset.session.checkIn(at: shop.id)
        try await handset.close()
        try Victim(folder: folder.url).killWhenReady()

        let next = Handset(folder: folder.url)
        await next.app.start()
        try next.follow()
        let session = try next.session
        let path = session.navigation[.today]
        guard case .visit(let id)? = path.dropLast().last, path.last == .sale(shop.id, id) else {
            throw Failed("he is at \(path)")
        }
        let visit = session.visit(id)
        let below = next.show { await visit.run() }
        #expect(visit.note == "Raf boştu")
        let sale = session.sale(shop.id, visit: id)
        await sale.run()
        #expect(sale.lines.map(\.quantityMilli) == [2_000])
        await sale.save()
        try await eventually("the sale at the visit") { visit.sales.count == 1 && visit.isOpen }
        await visit.choose(try #require(visit.outcomes.first))
        #expect(try await session.saha.visits.get(id).note == "Raf boştu")
        try await next.synced()
        #expect(try await session.saha.verifyFigures() == [])
        _ = below
    }

    @Test func whatTheCompanyRefusedIsRepaired() async throws {
        let handset = try await Handset.ofAyse(at: company, in: folder)
        let session = try handset.session
        let known = try await session.saha.customers.search("", limit: 200).first { $0.taxNo != nil }
        let form = session.form(nil)
        session.customers().add()
        form.draft.name = "Yağmur Bakkal"
        form.draft.taxNo = try #require(known?.taxNo)
        await form.save()
        let changes = session.changes()
        let screen = handset.show { await changes.run() }
        try await eventually("the refusal") { changes.refused.count == 1 && changes.status?.rejected == 1 }
        let entry = changes.refused[0]
        #expect(entry.code == "duplicate_tax_no" && entry.reason?.isEmpty == false && changes.canFix(entry))

        session.navigation.tab = .sync
        changes.fix(entry)
        guard case .form(let id?)? = session.navigation[.sync].last else { throw Failed("no form is in front") }
        let repair = session.form(id)
        await repair.run()
        #expect(repair.draft.name == "Yağmur Bakkal")
        repair.draft.taxNo = ""
        await repair.save()
        #expect(session.navigation[.sync].isEmpty)
        try await handset.synced()
        try await eventually("the end of the refusal") { changes.refused.isEmpty && changes.status?.rejected == 0 }
        #expect(try await session.saha.customers.get(id).taxNo == nil)
        _ = screen
    }

    @Test func nobodySignsOutFromUnsentWork() async throws {
        let handset = try await Handset.ofAyse(at: company, in: folder)
        let session = try handset.session
        handset.network.become(isReachable: false)
        let shop = try #require(try await session.saha.customers.search("", limit: 1).first)
        let call = session.call(shop.id)
        await call.run()
        await call.end(.noAnswer)
        let settings = session.settings()
        await settings.signOut()
        #expect(settings.trouble.sentence == SahaError.UnsentWork(count: 1).text(lang: .en))
        _ = try handset.session
        handset.network.become(isReachable: true)
        try await handset.synced()
        await settings.signOut()
        let screen = try handset.signInScreen
        #expect(screen.known == ["ayse.yilmaz"] && screen.login == "ayse.yilmaz" && screen.server == company.url)
        try await handset.signIn(at: company)
        #expect(try await handset.session.saha.calls.list(of: shop.id).count == 1, "what is on the phone stays")
    }

    private func visitsToday(_ session: Session) async throws -> Int64 {
        let daily = try await session.saha.targets.progress().first { $0.metric == .visits && $0.period == .day }
        return try #require(daily).actual
    }

    private func here(at point: GeoPoint) -> Location {
        Location(point: point, accuracyM: 8, fixAgeMs: 500, provider: "test", mocked: false)
    }
}

/// The app as a process of its own, which is killed in the middle of a rep's work.
private struct Victim {
    let process: Child
    let output: URL

    init(folder: URL) throws {
        output = folder.appending(path: "victim.txt")
        process = try Child(Repository.program("Victim"), [folder.path], output: output)
    }

    func killWhenReady() throws {
        let patience = Date.now + 60
        while try !String(contentsOf: output, encoding: .utf8).contains("ready") {
            guard Date.now < patience else { throw Failed("the app does not get that far") }
            usleep(5_000)
        }
        process.signal(SIGKILL)
        process.wait()
    }
}
