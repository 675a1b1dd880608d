import Foundation
import Saha

/// A phone of a rep, with a folder of its own.
struct Phone {
    let saha: Saha
    let clock: TestClock
    let folder: TemporaryFolder
    let secrets = MemorySecretStore()
    /// Kept for as long as the phone is.
    private let company: Company

    /// A phone on which nobody has signed in yet.
    init(of company: Company? = nil, lang: Lang = .en) async throws {
        self.company = try company ?? Company.shared.get()
        folder = try TemporaryFolder()
        clock = TestClock(utcMs: Int64(Date.now.timeIntervalSince1970 * 1000))
        let config = Config(
            folder: folder.path, deviceName: "test", platform: "swift", lang: lang, zone: "Europe/Istanbul")
        saha = try await Saha.open(config, secrets: secrets, clock: clock)
    }

    /// One of a rep who has signed in and synced.
    static func ofAyse(at company: Company? = nil) async throws -> Phone {
        let phone = try await Phone(of: company)
        try await phone.signIn()
        try await phone.saha.sync.run()
        return phone
    }

    func signIn() async throws {
        // The server looks at a few passwords at a time and sends the rest away.
        await Self.doorman.enter()
        defer { Task { await Self.doorman.leave() } }
        try await saha.account.signIn(server: company.url, login: "ayse.yilmaz", password: "saha-ayse-2026")
    }

    /// A sync that gets no answer, as the server stands still.
    func hangingSync() async throws -> Task<SahaError, any Error> {
        company.pause()
        let (saha, ended) = (saha, Box<String?>(nil))
        let sync = Task {
            do {
                let report = try await saha.sync.run()
                ended.change { $0 = "\(report)" }
                throw Failed("it gave \(report)")
            } catch let error as SahaError {
                ended.change { $0 = "\(error)" }
                return error
            }
        }
        try await until("a sync that hangs") {
            if let ended = ended.value { throw Failed("the sync ended: \(ended)") }
            return try await saha.sync.status().isSyncing
        }
        return sync
    }

    private static let doorman = Doorman()

    /// Some customer of the rep's.
    func shop() async throws -> Customer {
        guard let shop = try await saha.customers.search("", limit: 1).first else { throw Failed("no customers came") }
        return shop
    }
}

/// Lets one in after the other.
private actor Doorman {
    private var isBusy = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func enter() async {
        if isBusy { return await withCheckedContinuation { waiting.append($0) } }
        isBusy = true
    }

    func leave() {
        if waiting.isEmpty { isBusy = false } else { waiting.removeFirst().resume() }
    }
}

/// Waits until something is so.
func until(_ what: String = "it", _ isSo: @Sendable () async throws -> Bool) async throws {
    let patience = ContinuousClock.now + .seconds(30)
    while try await !isSo() {
        guard ContinuousClock.now < patience else { throw Failed("\(what) does not come about") }
        try await Task.sleep(for: .milliseconds(2))
    }
}

/// What a call throws, which has to be an error of Saha's.
func failure<Value>(of call: () async throws -> Value) async throws -> SahaError {
    do {
        let value = try await call()
        throw Failed("it gave \(value)")
    } catch let error as SahaError {
        return error
    }
}

/// Something that tasks and threads write into.
final class Box<Value: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var inside: Value

    init(_ value: Value) {
        inside = value
    }

    var value: Value { lock.withLock { inside } }

    func change(_ body: (inout Value) -> Void) {
        lock.withLock { body(&inside) }
    }
}
