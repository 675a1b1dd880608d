import Foundation
import Testing

@testable import TestKit

/// Whether Xcode finds what the project names. No Mac is needed to see it.
@Suite struct ProjectTests {
    private static let folder = Repository.root.appending(path: "ios")
    private let project: Plist
    private let objects: [String: Plist]

    init() throws {
        project = try Self.read("Saha.xcodeproj/project.pbxproj")
        objects = try #require(project["objects"]?.dictionary)
    }

    @Test func everyReferenceNamesAnObjectAndEveryObjectIsNamed() throws {
        var named: Set<String> = [try #require(project["rootObject"]?.text)]
        for object in objects.values { named.formUnion(object.ids) }
        #expect(named.subtracting(objects.keys) == [], "named, and not there")
        #expect(Set(objects.keys).subtracting(named) == [], "there, and named by nobody")
    }

    @Test func theSourcesAreWhateverLiesInTheFolders() throws {
        #expect(project["objectVersion"]?.text == "77")
        let folders = all("PBXFileSystemSynchronizedRootGroup").compactMap { $0["path"]?.text }
        #expect(Set(folders) == ["Saha", "SahaTests", "Config"])
        for path in folders { #expect(isThere(path), "\(path)") }
        for (name, folder) in ["SahaShell": "Saha", "SahaShellTests": "SahaTests"] {
            let target = try #require(all("PBXNativeTarget").first { $0["name"]?.text == name })
            let groups = try #require(target["fileSystemSynchronizedGroups"]?.array).compactMap(\.text)
            #expect(groups.compactMap { objects[$0]?["path"]?.text } == [folder])
        }
    }

    @Test func thePackagesAreThereAndHaveTheProducts() throws {
        for dependency in all("XCSwiftPackageProductDependency") {
            let package = try #require(dependency["package"]?.text.flatMap { objects[$0]?["relativePath"]?.text })
            let product = try #require(dependency["productName"]?.text)
            let manifest = Self.folder.appending(path: package).appending(path: "Package.swift")
            let text = try String(contentsOf: manifest, encoding: .utf8)
            #expect(text.contains(".library(name: \"\(product)\""), "\(package) has no \(product)")
        }
    }

    @Test func everySettingThatIsAFileIsThere() throws {
        let settings = all("XCBuildConfiguration").compactMap { $0["buildSettings"] }
        let files = settings.flatMap { [$0["INFOPLIST_FILE"], $0["CODE_SIGN_ENTITLEMENTS"]] }.compactMap { $0?.text }
        #expect(files.count == 4)
        for file in files { #expect(isThere(file), "\(file)") }
    }

    @Test func theAppHasAnIconAsTheStoreWantsIt() throws {
        let set = Self.folder.appending(path: "Saha/Resources/Assets.xcassets/AppIcon.appiconset")
        let contents = try Data(contentsOf: set.appending(path: "Contents.json"))
        let file = try #require(try JSONDecoder().decode(IconSet.self, from: contents).images.first?.filename)
        let header = try Data(contentsOf: set.appending(path: file)).prefix(26)
        let side: [UInt8] = [0, 0, 4, 0]
        #expect(header.dropFirst(16).prefix(8).elementsEqual(side + side), "1 024 points wide and high")
        #expect(header.dropFirst(24).elementsEqual([8, 2]), "without transparency")
    }

    @Test func theSystemIsToldWhatTheAppDoesInTheBackground() throws {
        let info = try Self.read("Config/Info.plist")
        let permitted = try #require(info["BGTaskSchedulerPermittedIdentifiers"]?.array).compactMap(\.text)
        let source = Self.folder.appending(path: "Saha/System/SystemBackground.swift")
        let text = try String(contentsOf: source, encoding: .utf8)
        let asked = text.matches(of: /: "(dev\.saha\.[a-z.]+)"/).map { String($0.output.1) }
        #expect(Set(permitted) == Set(asked) && permitted.count == 2)
        #expect(info["UIBackgroundModes"]?.array?.compactMap(\.text) == ["fetch", "processing"])
        let entitlements = try Self.read("Config/Saha.entitlements")
        let protection = entitlements["com.apple.developer.default-data-protection"]?.text
        #expect(protection == "NSFileProtectionCompleteUntilFirstUserAuthentication")
        #expect(entitlements["com.apple.security.application-groups"] == nil, "the database is in no app group")
    }

    @Test func theSchemeBuildsAndTestsTheTargets() throws {
        let file = Self.folder.appending(path: "Saha.xcodeproj/xcshareddata/xcschemes/SahaShell.xcscheme")
        let scheme = try String(contentsOf: file, encoding: .utf8)
        let ids = scheme.matches(of: /BlueprintIdentifier = "([0-9A-F]{24})"/).map { String($0.output.1) }
        #expect(Set(ids.compactMap { objects[$0]?["name"]?.text }) == ["SahaShell", "SahaShellTests"])
        #expect(ids.allSatisfy { objects[$0] != nil })
    }

    private func all(_ isa: String) -> [Plist] {
        objects.values.filter { $0["isa"]?.text == isa }
    }

    private func isThere(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: Self.folder.appending(path: path).path)
    }

    private static func read(_ path: String) throws -> Plist {
        let data = try Data(contentsOf: folder.appending(path: path))
        return Plist(try PropertyListSerialization.propertyList(from: data, format: nil))
    }
}

/// What Xcode notes beside the pictures of an icon.
private struct IconSet: Decodable {
    let images: [Image]

    struct Image: Decodable {
        let filename: String?
    }
}

/// A property list of texts, arrays and dictionaries.
private struct Plist {
    let value: Any

    init(_ value: Any) {
        self.value = value
    }

    var text: String? { value as? String }
    var array: [Plist]? { (value as? [Any])?.map(Plist.init) }
    var dictionary: [String: Plist]? { (value as? [String: Any])?.mapValues(Plist.init) }
    subscript(key: String) -> Plist? { dictionary?[key] }

    /// Every id in it, as Xcode writes them.
    var ids: Set<String> {
        var found: Set<String> = []
        if let text, text.wholeMatch(of: /[0-9A-F]{24}/) != nil { found.insert(text) }
        for part in array ?? [] { found.formUnion(part.ids) }
        for (key, part) in dictionary ?? [:] { found.formUnion(Plist(key).ids.union(part.ids)) }
        return found
    }
}
