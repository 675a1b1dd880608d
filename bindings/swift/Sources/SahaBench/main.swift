// What a call costs from Swift, as JSON lines: {"name":"one record","value":41.2,"unit":"µs"}
//
//     swift run -c release SahaBench http://127.0.0.1:8787 ayse.yilmaz saha-ayse-2026
//
// `cargo xtask bench bindings` puts the figures beside those of Rust and Kotlin, with the library that phones get.

import Foundation
import Saha

/// Runs something often and says how long it took at the median.
func measure(_ name: String, unit: String, runs: Int, _ body: () async throws -> Void) async throws {
    for _ in 0..<max(runs / 10, 1) { try await body() }
    var took: [Duration] = []
    took.reserveCapacity(runs)
    for _ in 0..<runs {
        took.append(try await ContinuousClock().measure { try await body() })
    }
    took.sort()
    let median = took[runs / 2] / (unit == "ms" ? Duration.milliseconds(1) : Duration.microseconds(1))
    print(#"{"name":"\#(name)","value":\#((median * 10_000).rounded() / 10_000),"unit":"\#(unit)"}"#)
}

let arguments = CommandLine.arguments.dropFirst()
guard arguments.count == 3 else {
    FileHandle.standardError.write(Data("usage: SahaBench SERVER LOGIN PASSWORD\n".utf8))
    exit(2)
}
let folder = FileManager.default.temporaryDirectory.appending(path: "saha-bench-\(UUID().uuidString)")
defer { try? FileManager.default.removeItem(at: folder) }

let saha = try await Saha.open(Config(folder: folder.path, lang: .en), secrets: MemorySecretStore())
try await saha.account.signIn(server: arguments[1], login: arguments[2], password: arguments[3])
try await saha.sync.run()
let shop = try await saha.customers.search("", limit: 1)[0]
let clock = TestClock(utcMs: 0)

// The bridge alone, without the package's threads and without the database.
try await measure("the bridge alone", unit: "µs", runs: 100_000) { _ = clock.utcMs() }
// The least that a call into the core costs: a thread, a connection, one row by its key.
try await measure("one record", unit: "µs", runs: 20_000) { _ = try await saha.customers.get(shop.id) }
try await measure("a page of 200 records", unit: "ms", runs: 500) {
    _ = try await saha.customers.search("", limit: 200)
}
try await measure("a call written", unit: "µs", runs: 200) {
    try await saha.calls.log(NewCall(customer: shop.id, disposition: .connected, direction: .outgoing))
}
try await saha.sync.run()
try await measure("a sync with nothing new", unit: "ms", runs: 100) { try await saha.sync.run() }
try await saha.shutdown()
