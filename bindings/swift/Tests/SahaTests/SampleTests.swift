import Foundation
import Testing

/// The sample, as its comment says it is run.
@Suite struct SampleTests {
    @Test func theSamplePlaysARepsMorning() async throws {
        let program = try Repository.program("SahaSample")
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
