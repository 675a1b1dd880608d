import Foundation
import Saha
import Testing

/// The scenarios of `tests/scenarios`: the same files that Rust and Kotlin play, against a real `saha serve`.
@Suite struct ScenarioTests {
    private static let files = Repository.root.appending(path: "tests/scenarios")

    private static let names: [String] = {
        let found = (try? FileManager.default.contentsOfDirectory(atPath: files.path)) ?? []
        return found.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(".json".count)) }.sorted()
    }()

    @Test func thereAreScenarios() {
        #expect(Self.names.count >= 8)
    }

    @Test(arguments: names)
    func aScenarioEndsAsItSays(name: String) async throws {
        let text = try Data(contentsOf: Self.files.appending(path: "\(name).json"))
        let scenario = try JSONDecoder().decode(Scenario.self, from: text)
        let stage = try Stage(files: Self.files, nowMs: unixMs(scenario.starts_at))
        var memory = Memory()
        memory.keep("server", .text(stage.url))
        var steps: [JSON] = []
        for (number, step) in scenario.steps.enumerated() {
            try stage.pass(1_000)
            do {
                steps.append(try await take(step, on: stage, &memory))
            } catch {
                try? await stage.strike()
                throw Failed("\(name), step \(number + 1) (\(step.do)): \(error)")
            }
        }
        try await stage.strike()
        try write(
            name, .object(["folder": .text(stage.folder.path), "server": .text(stage.url), "steps": .list(steps)]))
    }

    /// One step, as it stands in the results.
    private func take(_ step: Scenario.Step, on stage: Stage, _ memory: inout Memory) async throws -> JSON {
        let with = try memory.fill(step.with ?? .object([:]))
        let outcome: Result<JSON, SahaError>
        do {
            outcome = .success(try JSON(showing: try await stage.act(step, with)))
        } catch let error as SahaError {
            outcome = .failure(error)
        }
        switch (outcome, step.error) {
        case (.success(let result), nil):
            if let name = step.as { memory.keep(name, result) }
            let expected = try step.expect.map(memory.fill)
            if let difference = expected?.difference(from: result, at: "result") { throw Failed(difference) }
            return .object(["do": .text(step.do), "result": result])
        case (.failure(let error), let expected?):
            let shown = try JSON(showing: error)
            if let difference = try memory.fill(expected).difference(from: shown, at: "error") {
                throw Failed(difference)
            }
            return .object(["do": .text(step.do), "error": shown])
        case (.success(let result), let expected?):
            throw Failed("expected the error \(expected), and the result is \(result)")
        case (.failure(let error), nil):
            throw Failed("the error \(error)")
        }
    }

    /// For the comparison with the other languages.
    private func write(_ name: String, _ results: JSON) throws {
        let folder = Repository.target.appending(path: "scenarios/swift")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(results).write(to: folder.appending(path: "\(name).json"))
    }
}

/// A story of phones and a company's server.
struct Scenario: Decodable {
    let shows: String
    let starts_at: String
    let steps: [Step]

    /// One step of it.
    struct Step {
        let `do`: String
        let on: String?
        let with: JSON?
        let `as`: String?
        let expect: JSON?
        let error: JSON?
        let note: String?
    }
}

extension Scenario.Step: Decodable {
    private enum Keys: String, CodingKey, CaseIterable {
        case `do`, on, with, `as`, expect, error, note
    }

    /// An unknown key is a mistake, and an expected null is an expectation.
    init(from decoder: any Decoder) throws {
        let fields = try decoder.singleValueContainer().decode([String: JSON].self)
        let unknown = Set(fields.keys).subtracting(Keys.allCases.map(\.rawValue))
        guard unknown.isEmpty else { throw Failed("unknown: \(unknown)") }
        self.do = try fields["do"]?.text.orFail("a step does something") ?? ""
        (on, self.as, note) = (fields["on"]?.text, fields["as"]?.text, fields["note"]?.text)
        (with, expect, error) = (fields["with"], fields["expect"], fields["error"])
    }
}
