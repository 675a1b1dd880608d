import Foundation
import Saha
import SahaApp

/// A place that a test sets.
final class FakePlaces: PlaceFinder {
    let place = Box<Location?>(nil)

    func here(within patience: Duration) async -> Location? { place.value }
}

/// A camera that takes the picture of a test.
final class FakeCamera: Camera {
    let picture = Box<Data?>(nil)
    /// The file that was given last.
    let given = Box<URL?>(nil)

    func picture(from source: PictureSource) async -> URL? {
        guard let data = picture.value else { return nil }
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).jpg")
        guard (try? data.write(to: file)) != nil else { return nil }
        given.change { $0 = file }
        return file
    }
}

/// A network that a test takes away and gives back.
final class FakeNetwork: NetworkWatch {
    private let now = Box(NetworkState(isReachable: true, isMetered: false))
    private let listeners = Box<[AsyncStream<NetworkState>.Continuation]>([])

    var state: NetworkState { now.value }

    var states: AsyncStream<NetworkState> {
        let (stream, signal) = AsyncStream<NetworkState>.makeStream()
        signal.yield(state)
        listeners.change { $0.append(signal) }
        return stream
    }

    func become(isReachable: Bool, isMetered: Bool = false) {
        now.change { $0 = NetworkState(isReachable: isReachable, isMetered: isMetered) }
        for listener in listeners.value { listener.yield(state) }
    }
}

/// A system that writes down what it was asked for, and grants what a test likes.
final class FakeBackground: BackgroundScheduler {
    private let submitted = Box<[BackgroundKind: BackgroundRequest]>([:])

    /// What is asked for now.
    var requests: [BackgroundKind: BackgroundRequest] { submitted.value }

    func submit(_ request: BackgroundRequest) throws {
        submitted.change { $0[request.kind] = request }
    }

    /// The request is granted: it is gone.
    func grant(_ kind: BackgroundKind) -> FakeTime {
        submitted.change { $0[kind] = nil }
        return FakeTime(kind)
    }
}

/// Time that a test ends.
final class FakeTime: GrantedTime {
    let kind: BackgroundKind
    /// What the app said when it was done, each time.
    let answers = Box<[Bool]>([])
    private let handler = Box<(@Sendable () -> Void)?>(nil)

    init(_ kind: BackgroundKind) {
        self.kind = kind
    }

    func onExpiry(_ handler: @escaping @Sendable () -> Void) {
        self.handler.change { $0 = handler }
    }

    func complete(_ isDone: Bool) {
        answers.change { $0.append(isDone) }
    }

    /// The time ends.
    func expire() {
        handler.value?()
    }
}

/// A key store that outlives a process.
final class FileSecretStore: SecretStore {
    private let file: URL
    private let secrets: Box<[String: String]>

    init(file: URL) {
        self.file = file
        let kept = (try? Data(contentsOf: file)).flatMap { try? JSONDecoder().decode([String: String].self, from: $0) }
        secrets = Box(kept ?? [:])
    }

    func get(name: String) throws -> String? { secrets.value[name] }

    func set(name: String, secret: String) throws { try change { $0[name] = secret } }

    func delete(name: String) throws { try change { $0[name] = nil } }

    private func change(_ body: (inout [String: String]) -> Void) throws {
        secrets.change(body)
        try JSONEncoder().encode(secrets.value).write(to: file, options: .atomic)
    }
}
