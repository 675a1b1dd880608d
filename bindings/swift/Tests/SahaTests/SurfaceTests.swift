import Foundation
import Testing

/// Holds the package against what is generated, so that a method of the core is never forgotten here.
@Suite struct SurfaceTests {
    private static let generated = Repository.package.appending(path: "Sources/SahaBindings/Generated/SahaCore.swift")

    /// The methods of the generated classes by class: `Visits` has `checkIn`, `checkOut`, …
    private static func methods() throws -> [String: [String]] {
        let text = try String(contentsOf: generated, encoding: .utf8)
        var (methods, owner) = ([String: [String]](), "")
        for line in text.split(separator: "\n") {
            if let found = line.firstMatch(of: /^open class (\w+?)(?:Handle)?:/) {
                owner = String(found.1)
            } else if let found = line.firstMatch(of: /^(?:open|public static) func `?(\w+)`?\(/) {
                methods[owner, default: []].append(String(found.1))
            }
        }
        return methods
    }

    private static func source(_ file: String) throws -> String {
        try String(contentsOf: Repository.package.appending(path: "Sources/Saha/\(file).swift"), encoding: .utf8)
    }

    @Test(arguments: [
        "Account", "Calls", "Customers", "Outbox", "Photos", "Plan", "Products", "Sales", "Sync", "Targets", "Visits",
    ])
    func everyMethodOfAGroupIsReachable(group: String) throws {
        let (methods, source) = (try #require(try Self.methods()[group]), try Self.source(group))
        #expect(!methods.isEmpty)
        for method in methods {
            #expect(source.contains("$0.\(method)("), "\(group).\(method) can't be called")
        }
    }

    @Test func everyGroupAndMethodOfTheFacadeIsReachable() throws {
        let methods = try #require(try Self.methods()["Saha"])
        let source = try Self.source("Saha") + Self.source("Live")
        #expect(methods.count > 12)
        for method in methods {
            let uses = ["core.", "$0.", "handle.", "Bindings.Saha."].contains { source.contains("\($0)\(method)(") }
            #expect(uses, "Saha.\(method) can't be called")
        }
    }

    @Test func noGeneratedClassIsNew() throws {
        let known = [
            "Account", "Calls", "Cancellation", "ChangeListenerImpl", "ChangeSubscription", "Customers", "LogSinkImpl",
            "Outbox", "Photos", "Plan", "Products", "Saha", "Sales", "SecretStoreImpl", "Sync", "Targets", "TestClock",
            "Visits",
        ]
        #expect(Set(try Self.methods().keys) == Set(known), "a new group needs its own file and its line above")
    }

    @Test func everyFunctionOfTheModuleIsReachable() throws {
        let text = try String(contentsOf: Self.generated, encoding: .utf8)
        let functions = text.matches(of: /(?m)^public func (\w+)\(/).map { String($0.1) }
        let ours = functions.filter { !$0.hasPrefix("Ffi") && !$0.hasPrefix("uniffi") }
        #expect(Set(ours) == ["knownAccounts", "initLogging"])
        #expect(try Self.source("Saha").contains("SahaBindings.knownAccounts("))
        #expect(try Self.source("Log").contains("initLogging("))
    }
}
