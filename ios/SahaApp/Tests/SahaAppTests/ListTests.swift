import Foundation
import Saha
import Testing

@testable import SahaApp
@testable import TestKit

/// What lists show, and where their rows lead.
@MainActor @Suite struct ListTests {
    let company: Office
    let folder: TemporaryFolder

    init() throws {
        (company, folder) = (try Office(), try TemporaryFolder())
    }

    @Test func customersAreFoundAsOneTypesAndOnePageAtATime() async throws {
        let handset = try await Handset.ofAyse(at: company, in: folder)
        let session = try handset.session
        let list = session.customers()
        var screen = handset.show { await list.run() }
        try await eventually("the first page") { list.rows.count == 50 && list.hasMore }
        list.more()
        screen = handset.show { await list.run() }
        try await eventually("the second page") { list.rows.count > 50 }
        #expect(Set(list.rows.map(\.id)).count == list.rows.count)
        let last = try #require(list.rows.last?.customer)
        list.text = last.name
        screen = handset.show { await list.run() }
        try await eventually("the one") { list.rows.first?.id == last.id }
        list.open(last.id)
        #expect(session.navigation.tab == .customers && session.navigation[.customers] == [.customer(last.id)])
        _ = screen
    }

    @Test func whoIsNearComesFirstAndWithoutAPlaceTheNameDecides() async throws {
        let handset = try await Handset.ofAyse(at: company, in: folder)
        let session = try handset.session
        let shop = try #require(try await session.saha.customers.search("", limit: 200).last { $0.location != nil })
        let list = session.customers()
        list.order = .nearby
        var screen = handset.show { await list.run() }
        try await eventually("everybody by name") { list.lacksPlace && list.rows.count == 50 }
        #expect(list.rows.allSatisfy { $0.distanceM == nil })
        handset.places.place.change { place in
            place = shop.location.map {
                Location(point: $0, accuracyM: 10, fixAgeMs: 0, provider: "test", mocked: false)
            }
        }
        screen = handset.show { await list.run() }
        try await eventually("who is near") { !list.lacksPlace && list.rows.first?.id == shop.id }
        #expect(list.rows.first?.distanceM == 0)
        _ = screen
    }

    @Test func whoIsDueIsAVisitAwayFromTodayAndAStopOnlyOnce() async throws {
        let handset = try await Handset.ofAyse(at: company, in: folder)
        let session = try handset.session
        let (today, list) = (session.today(), session.customers())
        list.order = .due
        let screens = [handset.show { await today.run() }, handset.show { await list.run() }]
        try await eventually("who is due") { today.due.count == 5 && !list.rows.isEmpty }
        let planned = today.stops.map(\.customer.id)
        #expect(today.due.map(\.customer.id) == Array(list.rows.map(\.id).filter { !planned.contains($0) }.prefix(5)))
        #expect(list.rows.allSatisfy { $0.overdueDays != nil })
        let first = today.due[0].customer
        await session.customer(first.id).plan()
        try await eventually("the stop") { today.stops.map(\.customer.id) == planned + [first.id] }
        #expect(!today.due.map(\.customer.id).contains(first.id))
        await today.remove(try #require(today.stops.last))
        try await eventually("the end of it") {
            today.stops.map(\.customer.id) == planned && today.due.first?.customer.id == first.id
        }
        _ = screens
    }

    @Test func everyNumberOpensIntoItsRecordsAndTheyTellWhatWaits() async throws {
        let handset = try await Handset.ofAyse(at: company, in: folder)
        let session = try handset.session
        handset.network.become(isReachable: false)
        let shop = try #require(try await session.saha.customers.search("", limit: 1).first)
        let visit = try await session.saha.visits.checkIn(shop.id)
        try await session.saha.visits.checkOut(visit.id, VisitEnd(outcome: "order"))
        let daily = try await session.saha.targets.progress().first { $0.metric == .visits && $0.period == .day }
        let target = session.target(try #require(daily).target)
        let screen = handset.show { await target.run() }
        try await eventually("the record") { target.rows.count == 1 && target.card != nil }
        let row = target.rows[0]
        #expect(row.title == shop.name && row.state == .waiting && row.value == "1")
        #expect(row.standing == RecordState.waiting.text(lang: .en))
        #expect(target.card?.parts.waiting == "1" && target.card?.parts.confirmed == "0")
        target.open(row)
        #expect(session.navigation[.today] == [.visit(visit.id)])
        handset.network.become(isReachable: true)
        try await eventually("the company's word") { target.rows.first?.state == .confirmed }
        _ = screen
    }

    @Test func aCustomerTellsHisStory() async throws {
        let handset = try await Handset.ofAyse(at: company, in: folder)
        let session = try handset.session
        handset.network.become(isReachable: false)
        let shop = try #require(try await session.saha.customers.search("", limit: 1).first)
        let customer = session.customer(shop.id)
        let screen = handset.show { await customer.run() }
        try await eventually("the customer") { customer.customer == shop && customer.name == shop.name }
        await customer.checkIn()
        guard case .visit(let visit)? = session.navigation[.today].last else { throw Failed("no visit is in front") }
        try await session.saha.calls.log(NewCall(customer: shop.id, disposition: .busy, direction: .outgoing))
        try await eventually("the story") { customer.story.count == 2 }
        #expect(customer.story.allSatisfy { $0.state == .waiting && !$0.title.isEmpty })
        let told = try #require(customer.story.first { $0.activity.id == visit })
        customer.open(told)
        #expect(session.navigation[.today] == [.visit(visit), .visit(visit)])
        _ = screen
    }

    @Test func theRepsOwnDataLeaveThePhoneAsAFile() async throws {
        let handset = try await Handset.ofAyse(at: company, in: folder)
        let settings = try handset.session.settings()
        await settings.export()
        #expect(settings.trouble.sentence == nil)
        let file = try #require(settings.exported)
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) is [String: Any])
    }
}
