import Observation
import Saha

/// Whether a screen is at work, and what went wrong, in the core's words.
@MainActor @Observable public final class Trouble {
    /// What is to be told; none where all is well.
    public private(set) var sentence: String?
    /// Whether something that the rep asked for is being done. Until it is, a second tap does nothing.
    public private(set) var isBusy = false

    /// He has read it.
    public func dismiss() {
        sentence = nil
    }

    /// Does what the rep asked for, and keeps what went wrong. None where it did not come about.
    func attempt<Value: Sendable>(_ work: @MainActor () async throws -> Value) async -> Value? {
        guard !isBusy else { return nil }
        isBusy = true
        defer { isBusy = false }
        do {
            let value = try await work()
            sentence = nil
            return value
        } catch {
            tell(error)
            return nil
        }
    }

    /// Shows each answer of a live query for as long as the screen is there.
    func follow<Value: Sendable>(_ query: LiveQuery<Value>, _ show: @MainActor (Value) async -> Void) async {
        do {
            for try await value in query { await show(value) }
        } catch {
            tell(error)
        }
    }

    /// Whoever called something off knows it, and a core that is closed has nobody before it.
    func tell(_ error: any Error) {
        switch error {
        case SahaError.Cancelled, SahaError.Closed, is CancellationError: return
        default: sentence = error.localizedDescription
        }
    }
}
