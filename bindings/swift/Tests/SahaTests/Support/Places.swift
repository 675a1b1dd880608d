import Foundation

/// Where things are.
enum Repository {
    /// The folder of the workspace.
    static let root: URL = {
        let named = ProcessInfo.processInfo.environment["SAHA_REPOSITORY"].map { URL(fileURLWithPath: $0) }
        let above = (0..<6).reduce(URL(fileURLWithPath: #filePath)) { path, _ in path.deletingLastPathComponent() }
        return named ?? above
    }()

    /// The program whose server the tests speak to.
    static let saha: URL = {
        let named = ProcessInfo.processInfo.environment["SAHA_SERVER"].map { URL(fileURLWithPath: $0) }
        return named ?? root.appending(path: "target/debug/saha")
    }()

    /// A program of the package. It lies beside the tests: beside their bundle on macOS, in the same folder on Linux.
    static func program(_ name: String) throws -> URL {
        let tests = Bundle(for: TemporaryFolder.self).bundleURL
        let beside = [tests, tests.deletingLastPathComponent()].map { $0.appending(path: name) }
        let found = beside.first { FileManager.default.isExecutableFile(atPath: $0.path) }
        guard let found else { throw Failed("no program \(name) lies beside the tests") }
        return found
    }

    /// The folder that cargo builds into.
    static let target = saha.deletingLastPathComponent().deletingLastPathComponent()

    /// The folder of the package.
    static let package = root.appending(path: "bindings/swift")
}

/// A folder that goes with this object.
final class TemporaryFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "saha-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    var path: String { url.path }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }
}
