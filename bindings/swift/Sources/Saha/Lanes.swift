import Dispatch
import Foundation
import SahaBindings

/// Where calls into the core run: threads of the package's own, so that a query or a write never holds one of the few that
/// Swift's tasks share.
///
/// At most ``width`` run at a time, in the order in which they were asked for. Without the limit, a thousand tasks that write
/// would be a thousand threads in front of the one writer.
final class Lanes: Sendable {
    static let shared = Lanes()

    /// Readers do not wait for each other, and phones have few cores.
    static let width = 4

    private let queue = DispatchQueue(label: "dev.saha.lanes", qos: .userInitiated, attributes: .concurrent)
    private let state = Guarded(State())

    private struct State {
        var running = 0
        var waiting: [@Sendable () -> Void] = []
        /// The first of `waiting` that was not taken yet.
        var next = 0

        /// The next job, for a thread that has done its own; none where it is to end.
        mutating func take() -> (@Sendable () -> Void)? {
            guard next < waiting.count else {
                running -= 1
                waiting.removeAll()
                next = 0
                return nil
            }
            defer { next += 1 }
            return waiting[next]
        }
    }

    func run(_ job: @escaping @Sendable () -> Void) {
        let starts = state.withLock { state in
            if state.running == Self.width {
                state.waiting.append(job)
                return false
            }
            state.running += 1
            return true
        }
        if starts {
            queue.async { self.drive(job) }
        }
    }

    private func drive(_ first: @escaping @Sendable () -> Void) {
        var job: (@Sendable () -> Void)? = first
        while let current = job {
            current()
            job = state.withLock { $0.take() }
        }
    }
}

/// A value behind a lock. Foundation's own `Mutex` wants newer systems than the package does.
final class Guarded<Value>: @unchecked Sendable {
    private let lock = NSLock()
    private var value: Value

    init(_ value: Value) {
        self.value = value
    }

    func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        lock.lock()
        defer { lock.unlock() }
        return try body(&value)
    }
}
