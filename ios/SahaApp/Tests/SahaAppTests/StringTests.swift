import Foundation
import Testing

@testable import TestKit

/// Whether everything that the views say is said in both languages. The catalogues are read as they are.
@Suite struct StringTests {
    private static let shell = Repository.root.appending(path: "ios/Saha")

    @Test func everyTextOfAViewIsInTheCatalogueAndNothingElseIs() throws {
        let keys = Set(try Catalogue("Localizable").strings.keys.map(Self.shape))
        let used = try Self.used()
        #expect(used.keys.filter { !keys.contains($0) }.map { "\($0) in \(used[$0] ?? "")" } == [])
        #expect(keys.subtracting(used.keys) == [], "said by no view")
    }

    @Test(arguments: ["Localizable", "InfoPlist"]) func everyTextIsThereInBothLanguages(_ name: String) throws {
        for (key, entry) in try Catalogue(name).strings {
            let wanted = Self.placeholders(key)
            for language in ["en", "tr"] {
                let units = entry.localizations[language]?.units ?? []
                #expect(!units.isEmpty, "\(key) is missing in \(language)")
                for unit in units {
                    #expect(unit.state == "translated" && !unit.value.isEmpty, "\(key) in \(language)")
                    #expect(Self.placeholders(unit.value) == wanted, "\(key) in \(language): \(unit.value)")
                }
            }
        }
    }

    @Test func theSystemAsksInBothLanguages() throws {
        let info = try String(
            contentsOf: Repository.root.appending(path: "ios/Config/Info.plist"), encoding: .utf8)
        let asked = info.matches(of: /<key>(NS[A-Za-z]+UsageDescription)<\/key>/).map { String($0.output.1) }
        let keys = Set(try Catalogue("InfoPlist").strings.keys)
        #expect(!asked.isEmpty && keys.isSuperset(of: asked))
    }

    /// Every text in the views that is no symbol's name, and where it stands.
    private static func used() throws -> [String: String] {
        var found: [String: String] = [:]
        let views = shell.appending(path: "Views")
        for file in try FileManager.default.contentsOfDirectory(at: views, includingPropertiesForKeys: nil) {
            for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
                guard !line.trimmingPrefix(while: \.isWhitespace).hasPrefix("//") else { continue }
                for literal in line.matches(of: /(systemImage: |id: )?"((?:[^"\\]|\\\([^)]*\)+)*)"/) {
                    let text = String(literal.output.2)
                    // Nothing, and a sign of the same meaning everywhere.
                    if literal.output.1 != nil || text.isEmpty || text == "–" { continue }
                    found[shape(text)] = file.lastPathComponent
                }
            }
        }
        return found
    }

    /// A key with `%` for whatever is put into it: as a source writes it, or as a catalogue does.
    private static func shape(_ text: String) -> String {
        text.replacing(/\\\([^)]*\)+|%(@|lld)/, with: "%")
    }

    /// Which kinds of values are put into a text, wherever they stand in it.
    private static func placeholders(_ text: String) -> [String] {
        text.matches(of: /%(?:[0-9]\$)?(@|lld)/).map { String($0.output.1) }.sorted()
    }
}

/// A String Catalog.
private struct Catalogue: Decodable {
    let strings: [String: Entry]

    struct Entry: Decodable {
        let localizations: [String: Localization]
    }

    struct Localization: Decodable {
        let stringUnit: Unit?
        let variations: Variations?

        /// The one text, or one for each number.
        var units: [Unit] {
            [stringUnit].compactMap(\.self) + (variations?.plural.values.map(\.stringUnit) ?? [])
        }
    }

    struct Variations: Decodable {
        let plural: [String: Variation]
    }

    struct Variation: Decodable {
        let stringUnit: Unit
    }

    struct Unit: Decodable {
        let state: String
        let value: String
    }

    init(_ name: String) throws {
        let file = Repository.root.appending(path: "ios/Saha/Resources/\(name).xcstrings")
        self = try JSONDecoder().decode(Self.self, from: Data(contentsOf: file))
    }
}
