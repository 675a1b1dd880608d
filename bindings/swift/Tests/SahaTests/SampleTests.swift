import Foundation
import Testing

/// The sample, as its comment says it is run.
@Suite struct SampleTests {
    @Test func theSamplePlaysARepsMorning() async throws {
        // The programs of a package lie beside its tests.
        let sample = Bundle.main.executableURL?.deletingLastPathComponent().appending(path: "SahaSample")
        let tests = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        let beside = [sample, tests.appending(path: "SahaSample")].compactMap { $0 }
        let program = try #require(beside.first { FileManager.default.isExecutableFile(atPath: $0.path) })
        let folder = try TemporaryFolder()
        let output = folder.url.appending(path: "said")
        let company = try Company.shared.get()
        let arguments = [company.url, "mehmet.kaya", "saha-mehmet-2026"]
        try Child(program, arguments, output: output).wait()
        let said = try String(contentsOf: output, encoding: .utf8)
        #expect(said.contains("synced: ") && said.contains("sold to ") && said.contains("sent: "), "\(said)")
        #expect(said.contains("target: visits"), "\(said)")
        #expect(!said.contains("error"), "\(said)")
    }
}
