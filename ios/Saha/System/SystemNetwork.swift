import Foundation
import Network
import SahaApp

/// The system's view of the network.
final class SystemNetwork: NetworkWatch, @unchecked Sendable {
    /// It may be asked on any thread, though it does not say so in every SDK.
    private let monitor = NWPathMonitor()

    init() {
        monitor.start(queue: .global(qos: .utility))
    }

    var state: NetworkState { NetworkState(monitor.currentPath) }

    var states: AsyncStream<NetworkState> {
        AsyncStream { signal in
            let following = Task {
                for await path in NWPathMonitor() { signal.yield(NetworkState(path)) }
            }
            signal.onTermination = { _ in following.cancel() }
        }
    }
}

extension NetworkState {
    /// A mobile network and a personal hotspot cost money, and so does whatever the rep put on low data.
    fileprivate init(_ path: NWPath) {
        self.init(isReachable: path.status != .unsatisfied, isMetered: path.isExpensive || path.isConstrained)
    }
}
