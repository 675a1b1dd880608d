import Foundation
import SahaBindings

// Foundation's own types at the edge. The records keep what the core counts with, whole numbers; these are views of them.

extension Date {
    /// Milliseconds since 1970.
    var unixMs: Int64 {
        Int64((timeIntervalSince1970 * 1000).rounded())
    }

    /// Of milliseconds since 1970.
    init(unixMs: Int64) {
        self.init(timeIntervalSince1970: Double(unixMs) / 1000)
    }
}

extension Stamp {
    /// The moment, by the company's clock where the phone knew it, else by its own.
    public var date: Date {
        Date(unixMs: deviceUtcMs + (correctionMs ?? 0))
    }
}

extension OutboxEntry {
    /// When it was captured, by the device's clock.
    public var captured: Date {
        Date(unixMs: capturedMs)
    }
}

extension OverriddenEdit {
    /// When the rep wrote it, by the device's clock.
    public var captured: Date {
        Date(unixMs: capturedMs)
    }
}

extension SyncDiagnosis {
    /// When the change that waits longest was captured, by the device's clock.
    public var oldestCaptured: Date? {
        oldestCapturedMs.map(Date.init(unixMs:))
    }
}

extension SyncStatus {
    /// When a sync last ended with nothing left to send or to fetch, by the device's clock.
    public var lastSuccess: Date? {
        lastSuccessMs.map(Date.init(unixMs:))
    }

    /// Before this a scheduler need not try again, by the device's clock: see `nextTryMs`.
    public var nextTry: Date? {
        nextTryMs.map(Date.init(unixMs:))
    }
}

extension UnitPrice {
    /// The price in major units of its currency: 0.4567 lira.
    public var amount: Decimal {
        Decimal(amountMicro) / 1_000_000
    }

    /// A price in major units, to the millionth; what is beyond that is rounded half to even. None where it does not fit.
    ///
    /// ```swift
    /// let price = UnitPrice(amount: 4.5, currency: "TRY")
    /// ```
    public init?(amount: Decimal, currency: CurrencyCode) {
        guard let micro = Int64(rounding: amount * 1_000_000) else { return nil }
        self.init(amountMicro: micro, currency: currency)
    }
}

extension Quantity {
    /// How much, in the product's unit.
    public var amount: Decimal {
        Decimal(amountMilli) / 1_000
    }
}

extension Money {
    /// The amount in major units of its currency, as a formatter wants it: 12.50 lira.
    ///
    /// ```swift
    /// Text(sale.net.amount, format: .currency(code: sale.currency))
    /// ```
    public var amount: Decimal {
        Decimal(amountMinor) / pow(10, currency.minorDigits)
    }
}

extension CurrencyCode {
    /// How many decimal digits the minor unit has: 2 for the lira, 0 for the yen. Of what is no currency, 2.
    fileprivate var minorDigits: Int {
        (try? currencyDigits(currency: self)).map(Int.init) ?? 2
    }
}

extension Sale {
    /// The sale without tax.
    public var net: Money {
        Money(amountMinor: netMinor, currency: currency)
    }

    /// The tax on it.
    public var tax: Money {
        Money(amountMinor: taxMinor, currency: currency)
    }
}

extension Int64 {
    /// The nearest whole number, half to even; none where it does not fit.
    fileprivate init?(rounding amount: Decimal) {
        var (exact, rounded) = (amount, Decimal())
        NSDecimalRound(&rounded, &exact, 0, .bankers)
        guard let whole = Int64(exactly: NSDecimalNumber(decimal: rounded)) else { return nil }
        self = whole
    }
}
