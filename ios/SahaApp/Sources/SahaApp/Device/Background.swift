import Foundation

/// Grants time when the app is not in front: `BGTaskScheduler` on a phone.
public protocol BackgroundScheduler: Sendable {
    /// Asks for time. A later request of the same kind takes an earlier one's place.
    func submit(_ request: BackgroundRequest) throws
}

/// What kind of time.
public enum BackgroundKind: String, Sendable, CaseIterable {
    /// About half a minute, some time after it was asked for.
    case refresh
    /// Some minutes, when the phone lies idle.
    case processing
    /// What is left to an app that has just been put away.
    case leaving

    /// How long a sync may take in it, in milliseconds: a few seconds below what the system grants. None where it grants
    /// minutes and ends them when it likes.
    var maxMs: Int64? {
        switch self {
        case .refresh, .leaving: 25_000
        case .processing: nil
        }
    }
}

/// A wish for time.
public struct BackgroundRequest: Sendable, Hashable {
    /// What kind.
    public let kind: BackgroundKind
    /// Not before.
    public let earliest: Date

    /// A wish.
    public init(kind: BackgroundKind, earliest: Date) {
        (self.kind, self.earliest) = (kind, earliest)
    }
}

/// Time that was granted.
public protocol GrantedTime: Sendable {
    /// What kind.
    var kind: BackgroundKind { get }
    /// Says what is to be done when the time ends early. Called at once where it has ended already.
    func onExpiry(_ handler: @escaping @Sendable () -> Void)
    /// Gives back what is left. Called once.
    func complete(_ isDone: Bool)
}
