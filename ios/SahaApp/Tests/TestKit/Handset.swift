import Foundation
import Saha

@testable import SahaApp

/// A phone with the app on it, in a folder that a later start finds again.
@MainActor final class Handset {
    let app: AppModel
    let clock: TestClock
    let places = FakePlaces()
    let camera = FakeCamera()
    let network = FakeNetwork()
    let background = FakeBackground()
    private var running: Task<Void, Never>?

    /// Switched on. Nothing is started yet.
    init(folder: URL, lang: Lang = .en, secrets: (any SecretStore)? = nil) {
        let clock = TestClock(utcMs: Int64(Date.now.timeIntervalSince1970 * 1000))
        let secrets = secrets ?? FileSecretStore(file: folder.appending(path: "secrets.json"))
        let device = Device(
            folder: folder.appending(path: "saha"), name: "test", lang: lang, secrets: secrets, places: places,
            camera: camera, network: network, background: background,
            now: { Date(timeIntervalSince1970: Double(clock.utcMs()) / 1000) }, clock: clock)
        self.clock = clock
        app = AppModel(device: device)
    }

    /// One whose rep has signed in and had his first sync.
    static func ofAyse(at company: Company, in folder: TemporaryFolder, lang: Lang = .en) async throws -> Handset {
        let handset = Handset(folder: folder.url, lang: lang)
        await handset.app.start()
        try await handset.signIn(at: company)
        try await handset.synced()
        return handset
    }

    /// The screen that asks who is there.
    var signInScreen: SignInModel {
        get throws {
            guard case .signIn(let screen) = app.stage else { throw Failed("the app is at \(app.stage)") }
            return screen
        }
    }

    /// The session that is open.
    var session: Session {
        get throws {
            guard case .session(let session) = app.stage else { throw Failed("the app is at \(app.stage)") }
            return session
        }
    }

    func signIn(at company: Company, password: String = "saha-ayse-2026") async throws {
        let screen = try signInScreen
        (screen.server, screen.login, screen.password) = (company.url, "ayse.yilmaz", password)
        await screen.signIn()
        if let sentence = screen.trouble.sentence { throw Failed(sentence) }
        try follow()
    }

    /// What a scene does with a session: it is followed, and told that it is in front.
    func follow() throws {
        let session = try session
        running = Task { await session.run() }
    }

    /// The process ends in order, so that another may have the folder.
    func close() async throws {
        await app.settled()
        running?.cancel()
        try await session.saha.shutdown()
    }

    /// Waits until nothing is left to send or to fetch.
    func synced() async throws {
        await app.cameToFront()
        let session = try session
        try await eventually("the sync") {
            // A sync that was asked for and has not begun yet would send what the test writes next.
            guard let status = session.status, !session.sync.isRunning else { return false }
            return status.isComplete && !status.isSyncing && status.waiting == 0 && status.accepted == 0
        }
    }

    /// Shows a screen for as long as the test wants it.
    func show(_ run: @escaping @MainActor () async -> Void) -> Screen {
        Screen(task: Task { await run() })
    }
}

/// A screen that is shown. It goes with this object.
final class Screen: Sendable {
    private let task: Task<Void, Never>

    init(task: Task<Void, Never>) {
        self.task = task
    }

    func close() {
        task.cancel()
    }

    deinit {
        task.cancel()
    }
}

/// Waits until something is so on the screens.
@MainActor func eventually(_ what: String, _ isSo: @MainActor () async throws -> Bool) async throws {
    let patience = ContinuousClock.now + .seconds(30)
    while try await !isSo() {
        guard ContinuousClock.now < patience else { throw Failed("\(what) does not come about") }
        try await Task.sleep(for: .milliseconds(5))
    }
}

/// A company's server. The core has a record of the name that it has here.
typealias Office = Company
