import Foundation
import SahaBindings

#if canImport(os)
    import os
#endif

/// The log of the core: what it says of its work, and its panics. Lines hold ids, codes and counts, never a name, a number or a
/// text of a person's.
public enum SahaLog {
    /// Sends the log to the system's: where Console shows it, or to the standard error where there is no such thing. To be
    /// called once, before the core is opened; a later call takes the earlier one's place.
    ///
    /// ```swift
    /// try SahaLog.start(.info)
    /// ```
    public static func start(_ level: LogLevel) throws(SahaError) {
        try start(level, toSystem)
    }

    /// Sends the log elsewhere: every line that is at least as grave as `level`.
    ///
    /// ```swift
    /// try SahaLog.start(.warn) { level, target, text in
    ///     crashReporter.breadcrumb("\(target): \(text)")
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - level: The least grave that is wanted.
    ///   - sink: Gets a line's level, the part of the core that speaks and the text, on a thread that does nothing else. It may
    ///     take its time, and may call the core.
    public static func start(
        _ level: LogLevel, _ sink: @escaping @Sendable (_ level: LogLevel, _ target: String, _ text: String) -> Void
    ) throws(SahaError) {
        do {
            try initLogging(level: level, sink: Sink(sink))
        } catch {
            throw SahaError(caught: error)
        }
    }

    private static let toSystem: @Sendable (LogLevel, String, String) -> Void = { level, target, text in
        #if canImport(os)
            Logger(subsystem: "dev.saha", category: target).log(level: level.ofTheSystem, "\(text, privacy: .public)")
        #else
            FileHandle.standardError.write(Data("\(level) \(target): \(text)\n".utf8))
        #endif
    }
}

#if canImport(os)
    extension LogLevel {
        fileprivate var ofTheSystem: OSLogType {
            switch self {
            case .error: .fault
            case .warn: .error
            case .info: .default
            case .debug: .info
            case .trace: .debug
            }
        }
    }
#endif

private final class Sink: LogSink {
    private let hear: @Sendable (LogLevel, String, String) -> Void

    init(_ hear: @escaping @Sendable (LogLevel, String, String) -> Void) {
        self.hear = hear
    }

    func log(level: LogLevel, target: String, text: String) {
        hear(level, target, text)
    }
}
