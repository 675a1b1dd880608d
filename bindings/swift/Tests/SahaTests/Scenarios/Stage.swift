import Foundation
import Saha

/// A phone of a scenario: what of it outlasts a core.
private struct Device {
    let folder: URL
    let clock: TestClock
    let secrets = LockableStore()
    var core: Saha?
}

/// Secrets in memory, which can be locked as a phone's are before it is unlocked.
private final class LockableStore: SecretStore {
    let isLocked = Box(false)
    private let secrets = MemorySecretStore()

    private var open: MemorySecretStore {
        get throws {
            if isLocked.value { throw SahaError.StorageLocked }
            return secrets
        }
    }

    func get(name: String) throws -> String? { try open.get(name: name) }
    func set(name: String, secret: String) throws { try open.set(name: name, secret: secret) }
    func delete(name: String) throws { try open.delete(name: name) }
}

/// Where a scenario is played: its phones, its company, and the time.
final class Stage {
    let folder: TemporaryFolder
    let url: String
    private let files: URL
    private var nowMs: Int64
    private var server: Server?
    private let token: String
    private var devices: [String: Device] = [:]

    private var company: URL { folder.url.appending(path: "company") }

    init(files: URL, nowMs: Int64) throws {
        folder = try TemporaryFolder()
        (self.files, self.nowMs) = (files, nowMs)
        let company = folder.url.appending(path: "company")
        try FileManager.default.createDirectory(at: company, withIntermediateDirectories: true)
        try Self.setClock(company, nowMs)
        let server = try Self.start(company, "127.0.0.1:0")
        (self.server, url, token) = (server, server.url, server.adminToken ?? "")
        try officeSays(["import", "all", files.appending(path: "company").path], at: url, token: token)
    }

    /// Time goes by, everywhere.
    func pass(_ ms: Int64) throws {
        nowMs += ms
        devices.values.forEach { $0.clock.advance(ms: ms) }
        try Self.setClock(company, nowMs)
    }

    /// Does what a step says.
    func act(_ step: Scenario.Step, _ with: JSON) async throws -> any Encodable {
        let arguments = Arguments(with: with, files: files)
        guard let operation = operations[step.do] else { return try await verb(step, arguments) }
        guard let core = try device(step).core else { throw Failed("the device was not opened") }
        return try await operation(core, arguments)
    }

    /// Shuts everything down.
    func strike() async throws {
        for device in devices.values { try await device.core?.shutdown() }
        server?.stop()
    }

    private func verb(_ step: Scenario.Step, _ with: Arguments) async throws -> any Encodable {
        switch step.do {
        case "device.open": try await open(step, with)
        case "device.close": try await device(step).core?.shutdown()
        case "device.accounts": return try await Saha.knownAccounts(in: device(step).folder.path)
        case "device.lock": try device(step).secrets.isLocked.change { $0 = true }
        case "device.unlock": try device(step).secrets.isLocked.change { $0 = false }
        case "device.put_file":
            let place = try device(step).folder.appending(path: with.get("as", as: String.self))
            if FileManager.default.fileExists(atPath: place.path) { try FileManager.default.removeItem(at: place) }
            try FileManager.default.copyItem(at: files.appending(path: with.get("file", as: String.self)), to: place)
        case "clock.pass": try pass(with.get("ms"))
        case "clock.turn": try device(step).clock.setWallClock(utcMs: unixMs(with.get("to")))
        case "clock.reboot": try device(step).clock.reboot()
        case "server.stop": stop()
        case "server.start": try start()
        case "server.back_up": try replace("backup", by: "server")
        case "server.restore": try replace("server", by: "backup")
        case "office.import":
            let file = company.appending(path: "import.csv")
            let lines: [String] = try with.get("lines")
            try (lines.joined(separator: "\n") + "\n").write(to: file, atomically: true, encoding: .utf8)
            return try office(["import", with.get("kind"), file.path])
        case "office.revoke": return try office(["devices", "revoke", with.get("device")])
        default: throw Failed("no operation is called \(step.do)")
        }
        return JSON.null
    }

    private func open(_ step: Scenario.Step, _ with: Arguments) async throws {
        let name = try step.on.orFail("on which device?")
        if devices[name] == nil {
            let own = folder.url.appending(path: "devices/\(name)")
            try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
            devices[name] = Device(folder: own, clock: TestClock(utcMs: nowMs))
        }
        let device = try device(step)
        let owner: String? = try with.get("folder_of")
        let place = try owner.map { try devices[$0].orFail("no device is called \($0)").folder } ?? device.folder
        let lang = with.with["lang"] == .text("tr") ? Lang.tr : .en
        let config = Config(folder: place.path, account: try with.get("account"), lang: lang, zone: "Europe/Istanbul")
        devices[name]?.core = try await Saha.open(config, secrets: device.secrets, clock: device.clock)
    }

    private func device(_ step: Scenario.Step) throws -> Device {
        let name = try step.on.orFail("on which device?")
        return try devices[name].orFail("no device is called \(name)")
    }

    private func office(_ command: [String]) throws -> JSON {
        try JSON(parsing: Data(officeSays(command, at: url, token: token).utf8))
    }

    private func start() throws {
        server = try Self.start(company, String(url.dropFirst("http://".count)))
    }

    private func stop() {
        server?.stop()
        server = nil
    }

    /// A copy of one folder of the server's takes the place of another. Nobody tells anyone.
    private func replace(_ folder: String, by other: String) throws {
        stop()
        let place = company.appending(path: folder)
        if FileManager.default.fileExists(atPath: place.path) { try FileManager.default.removeItem(at: place) }
        try FileManager.default.copyItem(at: company.appending(path: other), to: place)
        try start()
    }

    private static func start(_ company: URL, _ address: String) throws -> Server {
        let clock = company.appending(path: "clock").path
        return try Server(folder: company, address: address, more: ["--clock", clock])
    }

    /// In one step, as the server may read it at any moment.
    private static func setClock(_ company: URL, _ nowMs: Int64) throws {
        try "\(nowMs)".write(to: company.appending(path: "clock"), atomically: true, encoding: .utf8)
    }
}

/// Unix milliseconds of `2026-11-23T09:00:00+03:00`.
func unixMs(_ text: String) throws -> Int64 {
    let instant = try ISO8601DateFormatter().date(from: text).orFail("\(text) is no instant")
    return Int64(instant.timeIntervalSince1970 * 1000)
}

extension Optional {
    func orFail(_ why: String) throws -> Wrapped {
        guard let self else { throw Failed(why) }
        return self
    }
}
