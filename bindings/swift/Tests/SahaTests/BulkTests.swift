import Foundation
import Saha
import Testing

/// Much of it: many rows, and many calls.
@Suite(.serialized) struct BulkTests {
    /// A company with as many customers of Ayşe's as a rep may have, and more.
    private static func company(customers: Int) throws -> (Company, TemporaryFolder) {
        let (data, istanbul) = (try TemporaryFolder(), Repository.root.appending(path: "tests/data/istanbul"))
        for file in ["reps", "users", "products", "targets"] {
            try FileManager.default.copyItem(
                at: istanbul.appending(path: "\(file).csv"), to: data.url.appending(path: "\(file).csv"))
        }
        let codes = (1...customers).map { String(format: "B%05d", $0) }
        let shops = codes.map { "\($0),Bakkal \($0),prospect" }
        let ofAyse = codes.map { "\($0),R01,2026-01-01," }
        try (["code,name,lifecycle"] + shops).joined(separator: "\n")
            .write(to: data.url.appending(path: "customers.csv"), atomically: true, encoding: .utf8)
        try (["customer_code,rep_code,from,to"] + ofAyse).joined(separator: "\n")
            .write(to: data.url.appending(path: "assignments.csv"), atomically: true, encoding: .utf8)
        return (try Company(data: data.url), data)
    }

    @Test func tenThousandRowsComeInPages() async throws {
        let (company, _) = try Self.company(customers: 10_000)
        let phone = try await Phone.ofAyse(at: company)
        var (names, pages) = (Set<String>(), 0)
        while true {
            let page = try await phone.saha.customers.search("", limit: 200, offset: names.count)
            if page.isEmpty { break }
            names.formUnion(page.map(\.name))
            pages += 1
        }
        #expect(names.count == 10_000 && pages == 50)
    }

    @Test func memoryIsFlatOverManyCalls() async throws {
        let phone = try await Phone.ofAyse()
        let (saha, shop) = (phone.saha, try await phone.shop())
        func round() async throws {
            for _ in 0..<100 {
                _ = try await saha.customers.search("market", limit: 50)
                _ = try await failure { try await saha.customers.get(code: "nobody") }
                _ = try await saha.targets.progress()
                try saha.observe { _, _ in }.cancel()
                for try await _ in saha.live(.customer, query: { try await $0.customers.get(shop.id) }) { break }
            }
        }
        for _ in 0..<5 { try await round() }
        let before = try residentMiB()
        for _ in 0..<20 { try await round() }
        let grown = try residentMiB() - before
        #expect(grown < 8, "2 000 rounds took \(grown) MiB")
    }

    /// What the process has in memory.
    private func residentMiB() throws -> Double {
        let figures = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
        guard figures.count > 1, let pages = Double(figures[1]) else { throw Failed("no /proc/self/statm") }
        return pages * Double(sysconf(Int32(_SC_PAGESIZE))) / 1_048_576
    }
}
