import Foundation

/// A company whose server is a process of its own, with the data of Istanbul. It ends with this object.
final class Company: Sendable {
    /// The one that most tests share. Phones of one test do not see what those of another write but for what is everybody's.
    static let shared = Result { try Company() }

    /// Where it listens.
    var url: String { server.url }

    private let server: Server
    private let folder: TemporaryFolder

    /// Starts a server and gives it the files of `data`.
    init(data: URL = Repository.root.appending(path: "tests/data/istanbul")) throws {
        folder = try TemporaryFolder()
        server = try Server(folder: folder.url)
        let said = try office(["import", "all", data.path])
        guard said.contains("imports") else { throw Failed("the import said \(said)") }
    }

    /// What the office does by `saha`: the document that it prints.
    @discardableResult
    func office(_ arguments: [String]) throws -> String {
        try officeSays(arguments, at: url, token: server.adminToken ?? "")
    }

    /// The server's process stands still: requests get no answer.
    func pause() {
        server.pause()
    }

    /// It goes on.
    func resume() {
        server.signal(SIGCONT)
    }
}

/// A `saha serve`. It is killed with this object.
final class Server: Sendable {
    /// Where it listens.
    let url: String
    /// For imports; only at the first start on a folder.
    let adminToken: String?
    private let process: Child

    /// Starts it and waits until it listens.
    init(folder: URL, address: String = "127.0.0.1:0", more: [String] = []) throws {
        let output = folder.appending(path: "serve-\(UUID().uuidString).json")
        let arguments = ["--data", folder.path, "--json", "serve", "--listen", address] + more
        process = try Child(Repository.saha, arguments, output: output)
        let patience = Date.now + 60
        while try !Data(contentsOf: output).contains(UInt8(ascii: "\n")) {
            guard Date.now < patience else { throw Failed("the server does not listen") }
            usleep(5_000)
        }
        let greeting = try JSONDecoder().decode(Greeting.self, from: Data(contentsOf: output))
        (url, adminToken) = (greeting.url, greeting.admin_token)
    }

    deinit {
        // What is stopped does not hear that it is to end.
        process.signal(SIGKILL)
        process.wait()
    }

    func signal(_ number: Int32) {
        process.signal(number)
    }

    func pause() {
        process.pause()
    }

    /// Ends it as the system does, and waits.
    func stop() {
        process.signal(SIGTERM)
        process.wait()
    }

    private struct Greeting: Decodable {
        let url: String
        let admin_token: String?
    }
}

/// What the office does by `saha`: the document that it prints.
@discardableResult
func officeSays(_ arguments: [String], at url: String, token: String) throws -> String {
    let folder = try TemporaryFolder()
    let output = folder.url.appending(path: "said.json")
    let all = ["--json", "--lang", "en"] + arguments + ["--server", url]
    try Child(Repository.saha, all, output: output, environment: ["SAHA_ADMIN_TOKEN": token]).wait()
    return try String(contentsOf: output, encoding: .utf8)
}

/// Something that a test needs went wrong.
struct Failed: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
