import Foundation

extension SahaError: CustomStringConvertible, LocalizedError {
    /// What the core says to people, in the language that the core was last opened with; before that, in the app's.
    ///
    /// ```swift
    /// do { try await saha.visits.checkOut(visit.id, VisitEnd(outcome: "order")) }
    /// catch { alert = error.localizedDescription }
    /// ```
    public var errorDescription: String? {
        text(lang: AppLanguage.current)
    }
}

extension SahaError {
    /// Whatever a call into the core threw: a panic and what a generated file says of itself become
    /// ``SahaError/Internal(reason:)``, so that there is one type to catch.
    package init(caught error: any Error) {
        switch error {
        case let known as SahaError: self = known
        case is CancellationError: self = .Cancelled
        default: self = .Internal(reason: (error as? any LocalizedError)?.errorDescription ?? String(describing: error))
        }
    }
}

/// The language in which errors speak.
package enum AppLanguage {
    private static let lock = NSLock()
    nonisolated(unsafe) private static var chosen: Lang?

    /// That of the core that was opened last; the app's own before.
    package static var current: Lang {
        get { lock.withLock { chosen } ?? ofTheApp }
        set { lock.withLock { chosen = newValue } }
    }

    private static var ofTheApp: Lang {
        let preferred = Bundle.main.preferredLocalizations.first ?? Locale.preferredLanguages.first ?? "en"
        return preferred.lowercased().hasPrefix("tr") ? .tr : .en
    }
}
