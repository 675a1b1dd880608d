import Foundation
import Saha
import Testing

/// Foundation's types at the edge.
@Suite struct ValueTests {
    @Test func aDateIsOneOfTheCalendar() throws {
        let leap = try #require(CalendarDate(year: 2028, month: 2, day: 29))
        #expect(leap.description == "2028-02-29")
        #expect(CalendarDate(year: 2027, month: 2, day: 29) == nil)
        #expect(CalendarDate(year: 2027, month: 13, day: 1) == nil)
        #expect(try #require(CalendarDate(year: 2027, month: 12, day: 31)) < leap)
        #expect(try JSONDecoder().decode(CalendarDate.self, from: JSONEncoder().encode(leap)) == leap)
    }

    @Test func anInstantIsOnAnotherDateElsewhere() throws {
        let instant = Date(timeIntervalSince1970: 1_764_019_800)  // 2025-11-24 21:30 UTC
        let istanbul = try #require(TimeZone(identifier: "Europe/Istanbul"))
        #expect(CalendarDate(instant, in: istanbul).description == "2025-11-25")
        #expect(CalendarDate(instant, in: .gmt).description == "2025-11-24")
        #expect(CalendarDate(instant, in: istanbul).start(in: istanbul) == Date(timeIntervalSince1970: 1_764_018_000))
    }

    @Test func anAmountIsDecimal() {
        #expect(Money(amountMinor: 1_250, currency: "TRY").amount == Decimal(string: "12.5"))
        #expect(Money(amountMinor: -1_250, currency: "JPY").amount == -1_250)
        #expect(Money(amountMinor: 1_250, currency: "KWD").amount == Decimal(string: "1.25"))
        #expect(Money(amountMinor: 1_250, currency: "not one").amount == Decimal(string: "12.5"))
        #expect(UnitPrice(amountMicro: 456_700, currency: "TRY").amount == Decimal(string: "0.4567"))
        #expect(Quantity(amountMilli: 2_500, unit: "adet").amount == Decimal(string: "2.5"))
    }

    @Test func aPriceIsRoundedToTheMillionthHalfToEven() throws {
        let half = try #require(Decimal(string: "0.0000005"))
        #expect(UnitPrice(amount: half, currency: "TRY")?.amountMicro == 0)
        #expect(UnitPrice(amount: half * 3, currency: "TRY")?.amountMicro == 2)
        #expect(UnitPrice(amount: 4.5, currency: "TRY")?.amountMicro == 4_500_000)
        #expect(UnitPrice(amount: .greatestFiniteMagnitude, currency: "TRY") == nil)
        #expect(UnitPrice(amount: .nan, currency: "TRY") == nil)
    }

    @Test func aRecordSurvivesJSON() async throws {
        let shop = try await Phone.ofAyse().shop()
        #expect(try JSONDecoder().decode(Customer.self, from: JSONEncoder().encode(shop)) == shop)
        #expect(Set([shop, shop]).count == 1)
        #expect(Kind.allCases.contains(.customer))
    }
}
