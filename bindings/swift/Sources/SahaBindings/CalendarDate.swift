import Foundation

/// A date of the calendar, in no time zone: the day of a visit where it was made.
///
/// ```swift
/// let today = CalendarDate(.now)                    // where the phone is
/// let visits = try await saha.visits.list(on: today)
/// ```
public struct CalendarDate: Hashable, Comparable, Codable, Sendable, CustomStringConvertible {
    /// The year of the Gregorian calendar.
    public let year: Int
    /// 1 to 12.
    public let month: Int
    /// 1 to 31.
    public let day: Int

    /// The date, if there is one: none for 30 February.
    public init?(year: Int, month: Int, day: Int) {
        let components = DateComponents(year: year, month: month, day: day)
        guard (0...9999).contains(year), components.isValidDate(in: Self.gregorian) else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// The date of an instant, in a time zone: that of the phone where none is given.
    public init(_ instant: Date, in zone: TimeZone = .current) {
        let components = Self.gregorian.dateComponents(in: zone, from: instant)
        (year, month, day) = (components.year ?? 1970, components.month ?? 1, components.day ?? 1)
    }

    /// As the core writes it: `2026-11-23`.
    init(parsing text: String) throws {
        let parts = text.split(separator: "-").map { Int($0) }
        guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
            let date = Self(year: year, month: month, day: day)
        else {
            throw SahaError.Internal(reason: "\(text) is no date")
        }
        self = date
    }

    /// Reads `2026-11-23`.
    public init(from decoder: any Decoder) throws {
        try self.init(parsing: decoder.singleValueContainer().decode(String.self))
    }

    /// Writes `2026-11-23`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// The moment at which the date begins in a time zone.
    public func start(in zone: TimeZone = .current) -> Date {
        var calendar = Self.gregorian
        calendar.timeZone = zone
        let noon = DateComponents(year: year, month: month, day: day, hour: 12)
        // A day that begins an hour later, as where summer time begins at midnight, still has a noon.
        return calendar.startOfDay(for: calendar.date(from: noon) ?? .distantPast)
    }

    /// `2026-11-23`.
    public var description: String {
        String(format: "%04d-%02d-%02d", year, month, day)
    }

    /// The earlier first.
    public static func < (left: Self, right: Self) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    private static let gregorian: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar
    }()
}

extension UUID {
    /// As the core writes an id.
    init(parsing text: String) throws {
        guard let id = UUID(uuidString: text) else { throw SahaError.Internal(reason: "\(text) is no id") }
        self = id
    }
}
