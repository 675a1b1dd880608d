import Foundation
import Saha

/// Something that a person chooses, with its name.
public struct Named<Value: Hashable & Sendable>: Identifiable, Sendable {
    /// What is chosen.
    public let value: Value
    /// In words.
    public let name: String
    /// Itself.
    public var id: Value { value }

    init(_ value: Value, _ name: String) {
        (self.value, self.name) = (value, name)
    }
}

/// Typed values as the rep's language and region write them.
public struct Formats: Sendable {
    /// How things are written.
    public let locale: Locale

    /// As people write there.
    public init(locale: Locale = .current) {
        self.locale = locale
    }

    /// Money where there is a currency, else a count.
    public func amount(_ value: Int64, _ currency: CurrencyCode?) -> String {
        guard let currency else { return value.formatted(.number.locale(locale)) }
        return money(Money(amountMinor: value, currency: currency))
    }

    /// An amount with its currency.
    public func money(_ money: Money) -> String {
        money.amount.formatted(.currency(code: money.currency).locale(locale))
    }

    /// A price of one unit.
    public func price(_ price: UnitPrice) -> String {
        price.amount.formatted(.currency(code: price.currency).locale(locale))
    }

    /// A quantity of a product, in thousandths of its unit.
    public func quantity(_ amountMilli: Int64, _ unit: String) -> String {
        let amount = Quantity(amountMilli: amountMilli, unit: unit).amount
        return "\(amount.formatted(.number.locale(locale))) \(unit)"
    }

    /// Basis points as a whole percentage.
    public func percent(_ basisPoints: Int64) -> String {
        (Double(basisPoints) / 10_000).formatted(.percent.precision(.fractionLength(0)).locale(locale))
    }

    /// When something was, by the clock of where the phone is.
    public func moment(_ instant: Date) -> String {
        instant.formatted(Date.FormatStyle(date: .abbreviated, time: .shortened, locale: locale))
    }

    /// A date of the calendar.
    public func day(_ date: CalendarDate) -> String {
        date.start().formatted(Date.FormatStyle(date: .abbreviated, time: .omitted, locale: locale))
    }
}
