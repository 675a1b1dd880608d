import SahaBindings

/// What a query answers, now and after every change: see ``Saha/live(_:outbox:query:)``.
///
/// The first value comes first. While the loop's body runs, changes are gathered, so that a slow screen sees the newest state
/// and no queue of old ones. Leaving the loop, or cancelling its task, ends the subscription.
public struct LiveQuery<Value: Sendable>: AsyncSequence, Sendable {
    /// What comes out of the loop.
    public typealias Element = Value

    let changes: @Sendable () -> AsyncThrowingStream<Void, any Error>
    let query: @Sendable () async throws -> Value
    /// Whether the core is shut down: what a query on its way says of that is the end and no failure.
    let isClosed: @Sendable () -> Bool

    /// Asks the query anew whenever something changed.
    public struct AsyncIterator: AsyncIteratorProtocol {
        var changes: AsyncThrowingStream<Void, any Error>.Iterator
        let query: @Sendable () async throws -> Value
        let isClosed: @Sendable () -> Bool
        var isOver = false

        /// The next value; none once the task is cancelled or the core is shut down. What the query throws ends the sequence.
        public mutating func next() async throws -> Value? {
            guard !isOver else { return nil }
            do {
                guard try await changes.next() != nil else { return nil }
                return try await query()
            } catch {
                isOver = true
                if isClosed() { return nil }
                throw error
            }
        }
    }

    /// Begins to listen.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(changes: changes().makeAsyncIterator(), query: query, isClosed: isClosed)
    }
}

extension Saha {
    /// The answer to a query, now and after every change of records of these kinds.
    ///
    /// ```swift
    /// for try await shops in saha.live(.customer, query: { try await $0.customers.search(text, limit: 50) }) {
    ///     self.shops = shops
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - kinds: Records of which kinds the answer depends on.
    ///   - outbox: Whether it depends on where changes stand on their way to the company, too.
    ///   - query: Asks for what is shown. It may ask for as much as it likes, but a screen shows a page.
    /// - Returns: A sequence that may be iterated as often as you like; each loop listens for itself.
    public func live<Value: Sendable>(
        _ kinds: Kind..., outbox: Bool = false, query: @escaping @Sendable (Saha) async throws -> Value
    ) -> LiveQuery<Value> {
        let wanted = Set(kinds)
        return LiveQuery(
            changes: { [self] in changes { !wanted.isDisjoint(with: $0) || (outbox && $1) } },
            query: { [self] in try await query(self) },
            isClosed: { [audience] in audience.isOver })
    }

    /// Hears of every change from now on, after it is durable, on whatever thread wrote. The first call comes at once, with
    /// every kind, before this returns. For what ``live(_:outbox:query:)`` can't do.
    ///
    /// ```swift
    /// let subscription = try saha.observe { kinds, outbox in
    ///     if outbox { badge.needsUpdate() }
    /// }
    /// ```
    ///
    /// - Parameter listener: Gets the kinds of the records that changed, and whether changes moved on their way to the company.
    ///   It may call back into the core. What it throws is logged, and nothing else.
    /// - Returns: Keeps the listener registered until it is cancelled or let go.
    public func observe(
        _ listener: @escaping @Sendable (_ kinds: Set<Kind>, _ outbox: Bool) throws -> Void
    ) throws(SahaError) -> ChangeSubscription {
        do {
            return try door.handle.observe(listener: Listener(listener))
        } catch {
            throw SahaError(caught: error)
        }
    }

    /// A signal whenever `matters` says so, and one at once.
    private func changes(
        _ matters: @escaping @Sendable (Set<Kind>, Bool) -> Bool
    ) -> AsyncThrowingStream<Void, any Error> {
        let (stream, signal) = AsyncThrowingStream<Void, any Error>.makeStream(bufferingPolicy: .bufferingNewest(1))
        guard let seat = audience.enter(signal) else {
            signal.finish()
            return stream
        }
        // The call that comes at once, and this one for what depends on nothing, are one value: nobody iterates yet.
        signal.yield()
        do {
            let subscription = try observe { kinds, outbox in
                if matters(kinds, outbox) { signal.yield() }
            }
            signal.onTermination = { [audience] _ in
                subscription.cancel()
                audience.leave(seat)
            }
        } catch {
            audience.leave(seat)
            signal.finish(throwing: error)
        }
        return stream
    }
}

private final class Listener: ChangeListener {
    let hear: @Sendable (Set<Kind>, Bool) throws -> Void

    init(_ hear: @escaping @Sendable (Set<Kind>, Bool) throws -> Void) {
        self.hear = hear
    }

    func changed(kinds: [Kind], outbox: Bool) throws {
        do {
            try hear(Set(kinds), outbox)
        } catch {
            throw SahaError(caught: error)
        }
    }
}

/// Who waits for changes, so that a shutdown ends their loops.
final class Audience: Sendable {
    private struct Seats {
        var taken: [Int: AsyncThrowingStream<Void, any Error>.Continuation] = [:]
        var next = 0
        var isOver = false
    }

    private let seats = Guarded(Seats())

    /// How many wait.
    var count: Int {
        seats.withLock { $0.taken.count }
    }

    /// Whether everybody was sent home.
    var isOver: Bool {
        seats.withLock { $0.isOver }
    }

    /// A seat; none once everybody was sent home.
    func enter(_ signal: AsyncThrowingStream<Void, any Error>.Continuation) -> Int? {
        seats.withLock { seats in
            guard !seats.isOver else { return nil }
            seats.next += 1
            seats.taken[seats.next] = signal
            return seats.next
        }
    }

    func leave(_ seat: Int) {
        seats.withLock { _ = $0.taken.removeValue(forKey: seat) }
    }

    /// Sends everybody home, for good.
    func leave() {
        let everybody = seats.withLock { seats in
            seats.isOver = true
            defer { seats.taken = [:] }
            return seats.taken
        }
        // Not under the lock: whoever ends gives his seat back.
        everybody.values.forEach { $0.finish() }
    }
}
