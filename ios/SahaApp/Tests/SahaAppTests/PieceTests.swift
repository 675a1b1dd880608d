import Foundation
import Saha
import Testing

@testable import SahaApp
@testable import TestKit

/// Pieces that need no server.
@MainActor @Suite struct PieceTests {
    @Test func valuesAreWrittenAsTheRepsRegionDoes() {
        let turkish = Formats(locale: Locale(identifier: "tr_TR"))
        let english = Formats(locale: Locale(identifier: "en_GB"))
        let price = Money(amountMinor: 123_456_789, currency: "TRY")
        #expect(turkish.money(price).contains("1.234.567,89"))
        #expect(english.money(price).contains("1,234,567.89"))
        #expect(turkish.amount(1_234, nil) == "1.234" && english.amount(1_234, nil) == "1,234")
        #expect(turkish.percent(10_750).contains("108") && english.percent(5_000) == "50%")
        #expect(turkish.quantity(12_500, "koli") == "12,5 koli")
    }

    @Test func aScreenThatIsDoneClosesWithWhatLiesOverIt() {
        var kept = Navigation.Place()
        let navigation = Navigation(kept) { kept = $0 }
        let (visit, shop) = (UUID(), UUID())
        navigation.open(.visit(visit))
        navigation.open(.sale(shop, visit))
        navigation.show(.customer(shop), in: .customers)
        #expect(navigation.tab == .customers)
        navigation.close(.visit(visit))
        #expect(navigation[.today].isEmpty && navigation[.customers] == [.customer(shop)])
        #expect(kept == navigation.place, "whatever changes is kept")
    }

    @Test func whatIsKeptIsReadAgainAndWhatCannotBeReadIsNotTakenForNothing() async throws {
        let folder = try TemporaryFolder()
        let keeper = try Keeper(folder: folder.url)
        #expect(keeper.memory == Memory())
        for number in 0..<100 {
            keeper.memory.desks["ayse", default: Desk()].drafts.notes[UUID()] = "\(number)"
        }
        keeper.memory.account = "ayse"
        await keeper.settled()
        #expect(try Keeper(folder: folder.url).memory == keeper.memory)

        let file = folder.url.appending(path: "app.json")
        try Data("not ours".utf8).write(to: file)
        #expect(try Keeper(folder: folder.url).memory == Memory())
        try FileManager.default.removeItem(at: file)
        try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
        #expect(throws: (any Error).self) { try Keeper(folder: folder.url) }
    }

    @Test func aBarShowsWhatIsConfirmedWhatWaitsAndWhereOneWouldBe() {
        let bar = TargetCard.Bar(target(confirmed: 40, waiting: 20, wanted: 100, expected: 50))
        #expect(bar.confirmed == 0.4 && bar.waiting == 0.2 && bar.expected == 0.5)
        // More than is wanted fills the bar and no more.
        let more = TargetCard.Bar(target(confirmed: 150, waiting: 50, wanted: 100, expected: 250))
        #expect(more.confirmed == 0.75 && more.waiting == 0.25 && more.expected == 1)
        let nothing = TargetCard.Bar(target(confirmed: -3, waiting: 0, wanted: 0, expected: nil))
        #expect(nothing.confirmed == 0 && nothing.waiting == 0 && nothing.expected == nil)
    }

    private func target(confirmed: Int64, waiting: Int64, wanted: Int64, expected: Int64?) -> TargetProgress {
        let day = CalendarDate(.now)
        return TargetProgress(
            target: UUID(), title: "", metric: .visits,
            filter: TargetFilter(segment: nil, lifecycle: nil, productGroup: nil, outcome: nil), period: .month,
            range: DateRange(first: day, last: day), currency: nil, targetValue: wanted, confirmed: confirmed,
            waiting: waiting, rejected: 0, actual: confirmed + waiting, progressBp: nil, expected: expected,
            paceBp: nil, remaining: 0, requiredPerDay: nil, workingDaysLeft: 1, todayQuota: nil, todayActual: 0,
            otherCurrencies: [])
    }
}
