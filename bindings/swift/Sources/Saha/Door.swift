import SahaBindings

/// The way into one object of the core.
struct Door<Handle: Sendable>: Sendable {
    let handle: Handle

    init(_ handle: Handle) {
        self.handle = handle
    }

    /// A local call. It runs on a thread of the package's own, and once begun it is carried out, whatever becomes of the task.
    func local<Value: Sendable>(
        _ body: @escaping @Sendable (Handle) throws -> Value
    ) async throws(SahaError) -> Value {
        let handle = handle
        let result: Result<Value, SahaError> = await withCheckedContinuation { continuation in
            Lanes.shared.run {
                continuation.resume(returning: Result { try body(handle) }.mapError(SahaError.init(caught:)))
            }
        }
        return try result.get()
    }

    /// A call that waits for a network. It holds no thread meanwhile, and the task's cancellation reaches the core: it calls
    /// off this call and no other.
    func remote<Value: Sendable>(
        _ body: @Sendable (Handle, CancellationHandle) async throws -> Value
    ) async throws(SahaError) -> Value {
        let cancellation = CancellationHandle()
        do {
            return try await withTaskCancellationHandler {
                try await body(handle, cancellation)
            } onCancel: {
                cancellation.cancel()
            }
        } catch {
            throw SahaError(caught: error)
        }
    }
}
